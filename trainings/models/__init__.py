"""Courses, who is on them, what was attended and learned, and what came of it. Reached by subject; imported from here."""

from trainings.models.attendance import Mark, MarkChange
from trainings.models.certificates import CertificateBatch, TrainingCertificate
from trainings.models.classes import Session, TrainingClass
from trainings.models.courses import CostLine, Course, CourseTopic, Speaker, Topic, Venue
from trainings.models.discussions import Contribution
from trainings.models.learning import (
    Assignment,
    Attempt,
    Choice,
    Evaluation,
    EvaluationGiven,
    EvaluationItem,
    Question,
    Test,
    TestQuestion,
)
from trainings.models.roster import Quota, RosterImport, RosterVersion, Trainee, Unit, new_code
from trainings.models.signing import SignerTitle

__all__ = [
    "Assignment", "Attempt", "CertificateBatch", "Choice", "Contribution", "CostLine", "Course", "CourseTopic",
    "Evaluation", "EvaluationGiven", "EvaluationItem", "Mark", "MarkChange", "Question", "Quota", "RosterImport",
    "RosterVersion", "Session", "SignerTitle", "Speaker", "Test", "TestQuestion", "Topic", "Trainee", "TrainingCertificate",
    "TrainingClass", "Unit", "Venue", "new_code",
]  # fmt: skip
