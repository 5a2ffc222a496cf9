"""The register, the survey, the decision and its statuses. Reached by subject; imported from here."""

from households.models.register import (
    Ethnicity,
    Household,
    Housing,
    Livelihood,
    Member,
    Relationship,
    Sex,
)
from households.models.status import AreaTotal, Decision, Status
from households.models.survey import Cause, Remark, Round, Score, Sheet

__all__ = [
    "AreaTotal",
    "Cause",
    "Decision",
    "Ethnicity",
    "Household",
    "Housing",
    "Livelihood",
    "Member",
    "Relationship",
    "Remark",
    "Round",
    "Score",
    "Sex",
    "Sheet",
    "Status",
]
