"""What came of a course: the figures of its report, on screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef

from thanhsen import vietnamese
from trainings.completion import with_standing
from trainings.models import Course, Mark, Trainee, TrainingCertificate
from trainings.reports import attendance, comparison
from trainings.reports.comparison import Beside
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
    """`here`: the course as a line beside others; `earlier`: the courses of its ward before it, the newest first.
    `scales`: none below five forms."""

    here: Beside
    earlier: Sequence[Beside]
    whole: Share
    by_sex: Sequence[Share]
    by_group: Sequence[Share]
    by_position: Sequence[Share]
    by_class: Sequence[Share]
    by_unit: Sequence[Share]
    sessions: Sequence[attendance.SessionLine]
    tests: Sequence[results.Standing]
    gain: Sequence[results.Gain]
    scales: Sequence[evaluation.Scale]

    @property
    def beside(self) -> list[Beside]:
        return [self.here, *self.earlier]

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
    """Six queries, however large the course, and one from five forms of evaluation on."""
    here, *earlier = comparison.before(course)
    shares, gains = _shares(course), results.gain(course)
    return Results(
        here=here,
        earlier=earlier,
        whole=shares["whole"][0],
        by_sex=shares["sex"],
        by_group=shares["group"],
        by_position=shares["position"],
        by_class=shares["class"],
        by_unit=shares["unit"],
        sessions=attendance.per_session(course),
        tests=results.standings(course),
        gain=gains[0][1] if gains else [],
        scales=evaluation.scales(course) if here.forms >= evaluation.FEWEST else [],
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
