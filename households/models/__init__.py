"""The register, the survey, the decision and its statuses. Reached by subject; imported from here."""

from households.models.alike import NotSame
from households.models.causes import Cause, Shock
from households.models.certificates import Certificate, Notice
from households.models.documents import DocumentTemplate
from households.models.editions import Correction, FormWording, Snapshot, SnapshotFile
from households.models.imports import ColumnMeaning, Import, ImportFile, ImportUnit
from households.models.life import LifeEvent
from households.models.listing import Listing, Request
from households.models.points import PointsTable
from households.models.register import (
    Ethnicity,
    Household,
    Housing,
    Livelihood,
    Member,
    Relationship,
    Sex,
)
from households.models.review import Complaint, Meeting, Opinion, PostedSheet, Posting, Vote
from households.models.status import AreaTotal, Decision, Status
from households.models.support import (
    Activity,
    Budget,
    Campaign,
    Contact,
    ContactChange,
    Entitled,
    FollowUp,
    Group,
    LivelihoodProject,
    Material,
    MaterialFile,
    Need,
    Participation,
    Plan,
    PlanReview,
    PlanStep,
    Policy,
    Programme,
    Receipt,
    ShockEvent,
    ShockImpact,
    Side,
    Support,
    Vulnerability,
)
from households.models.survey import Remark, Round, Score, Sheet
from households.models.targets import Target
from households.models.years import ClosedYear

__all__ = [
    "Activity",
    "AreaTotal",
    "Budget",
    "Campaign",
    "Cause",
    "Certificate",
    "ClosedYear",
    "ColumnMeaning",
    "Complaint",
    "Contact",
    "ContactChange",
    "Correction",
    "Decision",
    "DocumentTemplate",
    "Entitled",
    "Ethnicity",
    "FollowUp",
    "FormWording",
    "Group",
    "Household",
    "Housing",
    "Import",
    "ImportFile",
    "ImportUnit",
    "LifeEvent",
    "Listing",
    "Livelihood",
    "LivelihoodProject",
    "Material",
    "MaterialFile",
    "Meeting",
    "Member",
    "Need",
    "NotSame",
    "Notice",
    "Opinion",
    "Participation",
    "Plan",
    "PlanReview",
    "PlanStep",
    "PointsTable",
    "Policy",
    "PostedSheet",
    "Posting",
    "Programme",
    "Receipt",
    "Relationship",
    "Remark",
    "Request",
    "Round",
    "Score",
    "Sex",
    "Sheet",
    "Shock",
    "ShockEvent",
    "ShockImpact",
    "Side",
    "Snapshot",
    "SnapshotFile",
    "Status",
    "Support",
    "Target",
    "Vote",
    "Vulnerability",
]
