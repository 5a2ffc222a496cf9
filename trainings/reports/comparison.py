"""Courses beside each other: who came, who completed, what was learned, how it was judged, what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DecimalField, Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Round

from thanhsen import vietnamese
from thanhsen.vietnamese import half_up
from trainings.completion import count_of_outer, with_standing
from trainings.models import (
    Attempt,
    CostLine,
    Course,
    Quota,
    Session,
    Test,
    Trainee,
    TrainingCertificate,
)
from trainings.reports.attendance import with_rate
from trainings.reports.learning import evaluation
from trainings.reports.learning.results import Gain, Part

EARLIER = 3  # courses that stand beside a report


@dataclass(frozen=True)
class Beside:
    """A course beside others. `invited`: seats asked of the units; `absent_units`: asked to send and sent nobody.
    `sessions`: held. `gain`: over whoever took both tests, all topics together. `judged`: the average of every mark
    of 1 to 5 that its forms gave, None below five forms. Money in đồng."""

    course: Course
    invited: int
    absent_units: Sequence[str]
    enrolled: int
    sessions: int
    attended: int
    expected: int
    completed: int
    certified: int
    gain: Gain
    forms: int
    judged: Decimal | None
    planned: Decimal
    used: Decimal

    @property
    def rate(self) -> Decimal | None:
        """Attended of expected, percent (see `attendance.with_rate`)."""
        return vietnamese.rate(self.attended, self.expected)

    @property
    def completed_rate(self) -> Decimal | None:
        return vietnamese.rate(self.completed, self.enrolled)

    @property
    def each(self) -> Decimal | None:
        """Spent for each of the enrolled, whole đồng."""
        return half_up(self.used / self.enrolled, 0) if self.enrolled else None


def side_by_side(courses: Any) -> list[Beside]:
    """The courses (a queryset), the newest first. Two queries, however many courses."""
    people = Trainee.objects.enrolled().filter(course=OuterRef("pk"))
    money = CostLine.objects.filter(course=OuterRef("pk"))
    quotas = Quota.objects.filter(course=OuterRef("pk"))
    held = Session.objects.filter(training_class__course=OuterRef("pk"), state=Session.State.HELD)
    there = Trainee.objects.enrolled().filter(course=OuterRef("course"), unit=OuterRef("unit"))
    absent = quotas.filter(seats__gt=0).exclude(Exists(there)).order_by("unit__sort_key", "unit")
    before, after = _both_taken(Test.Kind.PRE), _both_taken(Test.Kind.POST)
    rows = with_rate(courses.select_related("ward")).annotate(
        invited=_sum(quotas, "course", "seats"),
        absent_units=ArraySubquery(absent.values("unit__name")),
        enrolled=count_of_outer(people, "course"),
        completed=count_of_outer(with_standing(people).filter(has_completed=True), "course"),
        held=count_of_outer(held, "training_class__course"),
        certified=count_of_outer(TrainingCertificate.objects.valid().filter(course=OuterRef("pk")), "course"),
        planned=_sum(money, "course", Round(F("quantity") * F("rate"))),
        used=_sum(money, "course", "used"),
        tested=count_of_outer(before, "test__course"),
        had=_sum(before, "test__course", "score"),
        had_of=_sum(before, "test__course", "out_of"),
        got=_sum(after, "test__course", "score"),
        got_of=_sum(after, "test__course", "out_of"),
    )  # fmt: skip
    found = list(rows.newest_first())
    judged = evaluation.averages([each.pk for each in found])
    return [_beside(each, *judged.get(each.pk, (0, None))) for each in found]


def before(course: Course) -> list[Beside]:
    """The course itself and the courses of its ward that began before it, the newest first."""
    earlier = Course.objects.filter(ward=course.ward_id, starts_on__lt=course.starts_on)
    chosen = earlier.newest_first().values("pk")[:EARLIER]
    return side_by_side(Course.objects.filter(pk=course.pk) | Course.objects.filter(pk__in=chosen))


def _beside(course: Any, forms: int, judged: Decimal | None) -> Beside:
    return Beside(
        course=course, invited=int(course.invited), absent_units=course.absent_units, enrolled=course.enrolled,
        sessions=course.held, attended=course.attended, expected=course.expected, completed=course.completed,
        certified=course.certified,
        gain=Gain("", course.tested, Part(int(course.had), int(course.had_of)), Part(int(course.got), int(course.got_of))),
        forms=forms, judged=judged, planned=_dong(course.planned), used=_dong(course.used),
    )  # fmt: skip


def _dong(amount: Any) -> Decimal:
    return Decimal(amount or 0).quantize(Decimal(1))


def _both_taken(kind: str) -> Any:
    """What the enrolled of the outer course came to in the test of this kind, where they took both."""
    other = Test.Kind.POST if kind == Test.Kind.PRE else Test.Kind.PRE
    handed_in = Attempt.objects.filter(handed_in_at__isnull=False, trainee__state=Trainee.State.ENROLLED)
    took = handed_in.filter(
        trainee=OuterRef("trainee"), test__course=OuterRef("test__course"), test__kind=other
    )
    return handed_in.filter(Exists(took), test__course=OuterRef("pk"), test__kind=kind)


def _sum(rows: Any, by: str, what: Any) -> Coalesce:
    """Of the rows that belong to the outer course, which `by` names in them."""
    summed = rows.order_by().values(by).annotate(sum_=Sum(what)).values("sum_")
    return Coalesce(Subquery(summed), 0, output_field=DecimalField())
