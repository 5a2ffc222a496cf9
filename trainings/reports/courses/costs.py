"""What a course is to cost and has cost: totals, and quantities counted from the roster and the sessions."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Round

from trainings.models import CostLine, Course, Mark, Session, Trainee, TrainingClass

Basis = CostLine.Basis


@dataclass(frozen=True)
class Counted:
    """A quantity for a basis: as planned, as it came about, and what it was counted from."""

    basis: str
    unsalaried_only: bool
    planned: int
    happened: int
    source: str

    @property
    def label(self) -> str:
        return f"{Basis(self.basis).label}{' (không hưởng lương ngân sách)' if self.unsalaried_only else ''}"


def totals(course: Course) -> dict[str, Decimal]:
    """Đồng: `planned`, quantity × rate each rounded to whole đồng; `used`, as typed."""
    return course.costs.aggregate(
        planned=Coalesce(Sum(Round(F("quantity") * F("rate"))), Decimal(0)),
        used=Coalesce(Sum("used"), Decimal(0)),
    )


def counted(course: Course) -> list[Counted]:
    """Quantities that the portal knows. Before there is a roster the seats of the classes stand for the people."""
    people = course.trainees.aggregate(
        all=Count("pk", filter=Q(state=Trainee.State.ENROLLED)),
        unsalaried=Count("pk", filter=Q(state=Trainee.State.ENROLLED, is_salaried=False)),
        unknown=Count("pk", filter=Q(state=Trainee.State.ENROLLED, is_salaried=None)),
    )
    seated, attended, sessions = _seated(course), _attended(course), _sessions(course)
    roster = bool(people["all"])
    by = "danh sách học viên" if roster else "số chỗ của các lớp (chưa có danh sách)"
    unsure = (
        f"; {people['unknown']} người chưa ghi có hưởng lương hay không, không tính"
        if people["unknown"]
        else ""
    )
    all_people = people["all"] if roster else seated["seats"]
    all_turns = seated["turns"] if roster else seated["seat_turns"]
    return [
        Counted(Basis.TRAINEE_SESSION, False, all_turns, attended["turns"], f"{by} và lịch học"),
        Counted(
            Basis.TRAINEE_SESSION, True, seated["unsalaried_turns"], attended["unsalaried_turns"],
            f"danh sách học viên và lịch học{unsure}",
        ),
        Counted(Basis.TRAINEE, False, all_people, attended["people"], by),
        Counted(Basis.TRAINEE, True, people["unsalaried"], attended["unsalaried"], f"danh sách học viên{unsure}"),
        Counted(Basis.SPEAKER_SESSION, False, sessions["all"], sessions["held"], "các buổi đã có báo cáo viên"),
    ]  # fmt: skip


def _seated(course: Course) -> dict[str, int]:
    """Over the classes: seats, and people (or seats) × sessions that take place."""
    people = Trainee.objects.enrolled().filter(training_class=OuterRef("pk"))
    sessions = Session.objects.taking_place().filter(training_class=OuterRef("pk"))
    classes = TrainingClass.objects.filter(course=course).annotate(
        people=_count(people), unsalaried=_count(people.filter(is_salaried=False)), meetings=_count(sessions)
    )
    found = classes.aggregate(
        seats=Sum("capacity"),
        seat_turns=Sum(F("capacity") * F("meetings")),
        turns=Sum(F("people") * F("meetings")),
        unsalaried_turns=Sum(F("unsalaried") * F("meetings")),
    )
    return {name: value or 0 for name, value in found.items()}


def _attended(course: Course) -> dict[str, int]:
    marks = Mark.objects.attended().filter(trainee__course=course)
    unsalaried = Q(trainee__is_salaried=False)
    return marks.aggregate(
        turns=Count("pk"),
        unsalaried_turns=Count("pk", filter=unsalaried),
        people=Count("trainee", distinct=True),
        unsalaried=Count("trainee", filter=unsalaried, distinct=True),
    )


def _sessions(course: Course) -> dict[str, int]:
    taught = Session.objects.taking_place().filter(training_class__course=course, speaker__isnull=False)
    return taught.aggregate(all=Count("pk"), held=Count("pk", filter=Q(state=Session.State.HELD)))


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("training_class").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
