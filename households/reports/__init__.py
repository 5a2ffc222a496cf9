"""What the ward reports: SQL aggregates, laid into the official forms."""

from households.reports.editions import Edition, Live
from households.reports.errors import ReportError
from households.reports.filled import TABULATED, List, behind, build, build_list
from households.reports.forms import FORMS
from households.reports.held import Basis

__all__ = [
    "FORMS",
    "TABULATED",
    "Basis",
    "Edition",
    "List",
    "Live",
    "ReportError",
    "behind",
    "build",
    "build_list",
]
