"""What a trainee sees of their own course: class, timetable, attendance, what is missing, materials, tests, certificate."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from households.models import Material
from thanhsen.models import User
from trainings.completion import Standing, standing
from trainings.models import (
    EvaluationGiven,
    Mark,
    Session,
    Test,
    Trainee,
    TrainingCertificate,
)


@dataclass(frozen=True)
class OwnSession:
    session: Session
    mark: Mark | None


@dataclass(frozen=True)
class OwnTest:
    """`state`: early, open, done, missed. `score`, `out_of`: once handed in."""

    test: Test
    state: str
    score: int | None
    out_of: int | None


@dataclass(frozen=True)
class Own:
    standing: Standing | None
    sessions: list[OwnSession]
    materials: list[Material]
    tests: list[OwnTest]
    has_evaluated: bool
    certificate: TrainingCertificate | None


def by_code(code: str) -> Trainee | None:
    """Who holds the personal code, whatever became of them. One query."""
    found = Trainee.objects.select_related("course__ward", "unit", "training_class").filter(code=code)
    return found.first()


def own(trainee: Trainee, at: datetime) -> Own:
    """Eight queries at most."""
    found = standing(trainee.course, Trainee.objects.enrolled().filter(pk=trainee.pk))
    return Own(
        standing=found[0] if found else None,
        sessions=_sessions(trainee),
        materials=list(materials(trainee)),
        tests=_tests(trainee, at),
        has_evaluated=EvaluationGiven.objects.filter(trainee=trainee).exists(),
        certificate=certificate_of(trainee),
    )


def certificate_of(trainee: Trainee) -> TrainingCertificate | None:
    """The valid one. One query."""
    found = TrainingCertificate.objects.valid().filter(trainee=trainee)
    return found.select_related("ward", "replaces").first()


def materials(trainee: Trainee):
    """Those of the topics of the course that are in use."""
    topics = trainee.course.course_topics.values("topic__materials")
    return Material.objects.in_use().filter(pk__in=topics).order_by("title", "pk")


def of_user(user: User) -> list[Trainee]:
    """The courses in which the account itself is on the roster, the newest first. One query."""
    found = Trainee.objects.present_on_roster().filter(user=user).select_related("course", "training_class")
    return list(found.order_by("-course__starts_on", "-pk"))


def _sessions(trainee: Trainee) -> list[OwnSession]:
    """Those of one's class, and any other that one was marked in."""
    marks = {each.session_id: each for each in trainee.marks.all()}
    mine = Q(training_class=trainee.training_class_id) if trainee.training_class_id else Q(pk__in=[])
    found = Session.objects.filter(mine | Q(pk__in=marks.keys())).select_related("topic", "speaker", "venue")
    return [OwnSession(each, marks.get(each.pk)) for each in found.in_order()]


def _tests(trainee: Trainee, at: datetime) -> list[OwnTest]:
    done = {each.test_id: each for each in trainee.attempts.all()}
    return [_test(each, done.get(each.pk), at) for each in trainee.course.tests.in_order()]


def _test(test: Test, attempt, at: datetime) -> OwnTest:
    if attempt and attempt.handed_in_at:
        return OwnTest(test, "done", attempt.score, attempt.out_of)
    if at < test.opens_at:
        return OwnTest(test, "early", None, None)
    return OwnTest(test, "open" if at < test.closes_at or attempt else "missed", None, None)
