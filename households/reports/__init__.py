"""What the ward reports: SQL aggregates, laid into the official forms."""

from households.reports.editions import Edition, Live
from households.reports.errors import ReportError
from households.reports.filled import (
    TABULATED,
    List,
    behind,
    build,
    build_list,
    heading_of,
    set_name,
    set_title,
    ward_of,
    whole,
)
from households.reports.forms import FORMS
from households.reports.frozen import Kept, edition_of, freeze
from households.reports.held import Basis
from households.reports.identities import gaps
from households.reports.wording import forms_of

__all__ = [
    "FORMS",
    "TABULATED",
    "Basis",
    "Edition",
    "Kept",
    "List",
    "Live",
    "ReportError",
    "behind",
    "build",
    "build_list",
    "edition_of",
    "forms_of",
    "freeze",
    "gaps",
    "heading_of",
    "set_name",
    "set_title",
    "ward_of",
    "whole",
]
