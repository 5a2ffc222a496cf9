"""What the ward reports: SQL aggregates, laid into the official forms."""

from households.reports.errors import ReportError
from households.reports.forms import FORMS
from households.reports.official import build

__all__ = ["FORMS", "ReportError", "build"]
