"""What came of a course: the figures of its report, on screen and on paper; courses of a ward side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from thanhsen import vietnamese
from thanhsen.models import User
from trainings.completion import with_standing
from trainings.models import CostLine, Course, Mark, Quota, Trainee, TrainingCertificate
from trainings.reports import attendance
from trainings.reports.learning import evaluation, results


@dataclass(frozen=True)
class Share:
    """A part of the roster: enrolled, those who came at least once, those who completed, certificates that are valid."""

    name: str
    enrolled: int
    came: int
    completed: int
    certified: int

    @property
    def rate(self) -> Decimal | None:
        """Completed of enrolled, percent."""
        return vietnamese.rate(self.completed, self.enrolled)


@dataclass(frozen=True)
class Results:
    """`invited`: seats asked of the units. `absent_units`: asked to send and sent nobody. Money in đồng."""

    course: Course
    invited: int
    whole: Share
    by_sex: Sequence[Share]
    by_group: Sequence[Share]
    by_position: Sequence[Share]
    by_class: Sequence[Share]
    by_unit: Sequence[Share]
    absent_units: Sequence[str]
    sessions: Sequence[attendance.SessionLine]
    tests: Sequence[results.Standing]
    gain: Sequence[results.Gain]
    scales: Sequence[evaluation.Scale]
    forms: int
    planned: Decimal
    used: Decimal

    @property
    def parts(self) -> list[tuple[str, Sequence[Share]]]:
        return [
            ("Giới tính", self.by_sex),
            ("Nhóm", self.by_group),
            ("Chức vụ", self.by_position),
            ("Lớp", self.by_class),
            ("Đơn vị", self.by_unit),
        ]


def of_course(course: Course) -> Results:
    """Nine queries or a few more with evaluations, however large the course."""
    shares = _shares(course)
    gains = results.gain(course)
    money = CostLine.objects.filter(course=course).aggregate(
        planned=Sum(F("quantity") * F("rate")), used=Sum("used")
    )
    said = evaluation.results(course)
    return Results(
        course=course,
        invited=Quota.objects.filter(course=course).aggregate(n=Sum("seats"))["n"] or 0,
        whole=shares["whole"][0],
        by_sex=shares["sex"],
        by_group=shares["group"],
        by_position=shares["position"],
        by_class=shares["class"],
        by_unit=shares["unit"],
        absent_units=absent_units(course),
        sessions=attendance.per_session(course),
        tests=results.standings(course),
        gain=gains[0][1] if gains else [],
        scales=said[0].scales,
        forms=said[0].forms,
        planned=Decimal(money["planned"] or 0).quantize(Decimal(1)),
        used=Decimal(money["used"] or 0),
    )


KINDS = ("sex", "group", "position", "class", "unit")
_COLUMNS = (
    "sex", "group", "position", "training_class__name", "unit__name", "unit__sort_key", "came", "has_completed", "certified",
)  # fmt: skip
# Every trainee once in each kind of part, and once in the whole.
_PARTS = """
SELECT GROUPING(sex, grp, position, class, unit), COALESCE(sex, grp, position, class, unit, ''), count(*),
       count(*) FILTER (WHERE came), count(*) FILTER (WHERE completed), count(*) FILTER (WHERE certified)
  FROM (%s) AS roster (sex, grp, position, class, unit, unit_key, came, completed, certified)
 GROUP BY GROUPING SETS ((), (sex), (grp), (position), (class), (unit, unit_key))
 ORDER BY 1, unit_key, 2
"""
_PART_OF = {
    0b01111: "sex",
    0b10111: "group",
    0b11011: "position",
    0b11101: "class",
    0b11110: "unit",
    0b11111: "whole",
}
_LABELS = {
    "sex": dict(Trainee.Sex.choices),
    "group": dict(Trainee.Group.choices),
    "position": dict(Trainee.Position.choices),
    "whole": {"": "Cả khoá"},
}


def _shares(course: Course) -> dict[str, list[Share]]:
    """Kind of part → its parts by name; `whole` has one. One query."""
    mine = OuterRef("pk")
    people = with_standing(Trainee.objects.enrolled().filter(course=course)).annotate(
        came=Exists(Mark.objects.attended().filter(trainee=mine)),
        certified=Exists(TrainingCertificate.objects.valid().filter(trainee=mine)),
    )
    sql, params = people.order_by().values_list(*_COLUMNS).query.sql_with_params()
    found: dict[str, list[Share]] = {kind: [] for kind in (*KINDS, "whole")}
    with connection.cursor() as cursor:
        cursor.execute(_PARTS.replace("%s", sql), params)
        for grouping, name, *counts in cursor.fetchall():
            kind = _PART_OF[grouping]
            empty = "chưa xếp lớp" if kind == "class" else name
            found[kind].append(Share(_LABELS.get(kind, {}).get(name, name or empty), *counts))
    for kind, labels in _LABELS.items():
        found[kind].sort(key=lambda share: list(labels.values()).index(share.name))
    return found


def absent_units(course: Course) -> list[str]:
    """Units asked to send somebody from which nobody is enrolled. One query."""
    there = Trainee.objects.enrolled().filter(course=course, unit=OuterRef("unit"))
    found = Quota.objects.filter(course=course, seats__gt=0).exclude(Exists(there))
    return list(found.order_by("unit__sort_key", "unit").values_list("unit__name", flat=True))


@dataclass(frozen=True)
class Beside:
    """A course beside others: people and sessions counted, money in đồng."""

    course: Course
    enrolled: int
    sessions: int
    attended: int
    expected: int
    certified: int
    used: int

    @property
    def rate(self) -> Decimal | None:
        """Attended of the marks of the sessions held, percent."""
        return vietnamese.rate(self.attended, self.expected)


def side_by_side(user: User) -> list[Beside]:
    """The courses of the user's wards, the newest first. Five queries, however many courses."""
    courses = list(Course.objects.governed_by(user).select_related("ward").newest_first())
    enrolled = _counts(Trainee.objects.enrolled(), "course", courses)
    held = Q(session__state="held", is_guest=False)
    marks = Mark.objects.filter(held, session__training_class__course__in=courses)
    counted = (
        marks.order_by()
        .values("session__training_class__course")
        .annotate(
            sessions=Count("session", distinct=True),
            n=Count("pk"),
            there=Count("pk", filter=Q(state__in=Mark.ATTENDED)),
        )
    )
    attended = {row["session__training_class__course"]: row for row in counted}
    certified = _counts(TrainingCertificate.objects.valid(), "course", courses)
    money = CostLine.objects.filter(course__in=courses).order_by().values("course").annotate(n=Sum("used"))
    used = {row["course"]: int(row["n"] or 0) for row in money}
    none: dict[str, Any] = {"sessions": 0, "there": 0, "n": 0}
    return [
        Beside(
            each, enrolled.get(each.pk, 0), (row := attended.get(each.pk, none))["sessions"], row["there"], row["n"],
            certified.get(each.pk, 0), used.get(each.pk, 0),
        )
        for each in courses
    ]  # fmt: skip


def _counts(rows: Any, by: str, courses: Sequence[Course]) -> dict[int, int]:
    counted = rows.filter(course__in=courses).order_by().values(by).annotate(n=Count("pk"))
    return {row[by]: row["n"] for row in counted}
