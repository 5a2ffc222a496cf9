"""What was learned beside how it is surveyed since, by officer and by tổ dân phố: for the supervisor, to see whom to
help with what."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import TruncDate

from households.models import Remark, Round, Sheet
from thanhsen import vietnamese
from thanhsen.models import Area, User
from trainings.completion import with_attendance, with_standing
from trainings.models import Attempt, Course, Test, Trainee
from trainings.reports.learning.results import Gain, Part

FEWEST = 5  # sheets below which a share says more of one household than of how it is surveyed


@dataclass(frozen=True)
class Sheets:
    """Of the sheets of a round handed in: how many of them once came back with a remark, how many came after the last
    day of the round (`Round.ends_on`)."""

    submitted: int = 0
    returned: int = 0
    late: int = 0

    @property
    def returned_rate(self) -> Decimal | None:
        """Percent; None below FEWEST sheets."""
        return vietnamese.rate(self.returned, self.submitted) if self.submitted >= FEWEST else None

    @property
    def late_rate(self) -> Decimal | None:
        return vietnamese.rate(self.late, self.submitted) if self.submitted >= FEWEST else None


NONE = Sheets()


@dataclass(frozen=True)
class OfficerLine:
    """`before`, `after`: points of the tests as "12/20", "" where not taken."""

    trainee: Trainee
    total: int
    attended: int
    before: str
    after: str
    sheets: Sheets


@dataclass(frozen=True)
class GroupLine:
    """A tổ dân phố: who of it was on the course (`people`), who completed, what they gained; its sheets of each round
    (see `Compared`)."""

    area: Area
    people: int
    completed: int
    gain: Gain
    sheets: Sequence[Sheets]


@dataclass(frozen=True)
class Compared:
    """`course`: the newest with people. `rounds`, as far as they are: the first periodic round begun after it, and the
    last begun before it was over."""

    course: Course | None
    rounds: Sequence[Round]
    officers: Sequence[OfficerLine]
    groups: Sequence[GroupLine]

    @property
    def newest(self) -> Round | None:
        return self.rounds[0] if self.rounds else None

    @property
    def is_after(self) -> bool:
        """Whether the newest round began after the course, so that it can show anything of it."""
        return bool(self.newest and self.course and self.newest.starts_on > self.course.ends_on)


def compared(user: User) -> Compared:
    """Every officer of the user's wards in the newest course they were on, and every tổ dân phố. Nine queries."""
    courses = Course.objects.governed_by(user).filter(Exists(_enrolled().filter(course=OuterRef("pk"))))
    course = courses.newest_first().first()
    rounds = _rounds(user, course)
    by_officer = _sheets(user, rounds[:1], "submitted_by")
    return Compared(course, rounds, _officers(user, by_officer), _groups(user, course, rounds))


def _rounds(user: User, course: Course | None) -> list[Round]:
    """One query."""
    found = list(Round.objects.governed_by(user).filter(kind="periodic").current_first())
    if course is None:
        return found[:2]
    after = [each for each in found if each.starts_on > course.ends_on]
    return after[-1:] + [each for each in found if each.starts_on <= course.ends_on][:1]


def _enrolled() -> Any:
    return Trainee.objects.enrolled().order_by()


def _officers(user: User, sheets: dict[tuple[int, int], Sheets]) -> list[OfficerLine]:
    newest = _enrolled().filter(user=OuterRef("user")).order_by("-course__starts_on", "-pk")
    people = with_attendance(_enrolled().governed_by(user).exclude(user=None))
    people = list(people.filter(pk=newest.values("pk")[:1]).select_related("course", "user").in_order())
    of_user = {user: found for (user, _), found in sheets.items()}
    taken = Attempt.objects.filter(trainee__in=people, handed_in_at__isnull=False).select_related("test")
    marks = {(each.trainee_id, each.test.kind): f"{each.score}/{each.out_of}" for each in taken}
    return [
        OfficerLine(
            each, each.total, each.attended, marks.get((each.pk, Test.Kind.PRE), ""),
            marks.get((each.pk, Test.Kind.POST), ""), of_user.get(each.user_id, NONE),
        )
        for each in people
    ]  # fmt: skip


def _groups(user: User, course: Course | None, rounds: Sequence[Round]) -> list[GroupLine]:
    areas = Area.objects.visible_to(user).groups().filter(valid_to=None).in_order()
    sheets = _sheets(user, rounds, "household__area")
    people, points = _learned(course) if course else ({}, {})
    return [
        GroupLine(
            each, *people.get(each.pk, (0, 0)), points.get(each.pk, Gain("", 0, Part(0, 0), Part(0, 0))),
            [sheets.get((each.pk, held.pk), NONE) for held in rounds],
        )
        for each in areas
    ]  # fmt: skip


def _learned(course: Course) -> tuple[dict[int, tuple[int, int]], dict[int, Gain]]:
    """By tổ dân phố of the units that sent somebody: (people, completed), and what those gained who took both tests."""
    sent = _enrolled().filter(course=course).exclude(unit__area=None)
    completed = Count("pk", filter=Q(has_completed=True))
    counted = with_standing(sent).values("unit__area").annotate(n=Count("pk"), done=completed)
    handed_in = Attempt.objects.filter(handed_in_at__isnull=False, trainee__in=sent)
    other = handed_in.filter(trainee=OuterRef("trainee")).exclude(test=OuterRef("test"))
    sums: dict[str, Any] = {
        f"{kind}_{name}": Sum(name, filter=Q(test__kind=kind), default=0)
        for kind in Test.Kind.values
        for name in ("score", "out_of")
    }
    taken: Any = handed_in.filter(Exists(other)).order_by().values("trainee__unit__area")
    taken = taken.annotate(n=Count("trainee", distinct=True), **sums)
    return (
        {row["unit__area"]: (row["n"], row["done"]) for row in counted},
        {
            row["trainee__unit__area"]: Gain(
                "",
                row["n"],
                Part(row["pre_score"], row["pre_out_of"]),
                Part(row["post_score"], row["post_out_of"]),
            )
            for row in taken
        },
    )


def _sheets(user: User, rounds: Sequence[Round], by: str) -> dict[tuple[int, int], Sheets]:
    """(what `by` names, round) → its sheets handed in."""
    came_back = Exists(Remark.objects.filter(sheet=OuterRef("pk")))
    rows = (
        Sheet.objects.visible_to(user)
        .filter(round__in=rounds, submitted_by__isnull=False)
        .annotate(came_back=came_back, handed_in=TruncDate("submitted_at"))
    )
    counted = (
        rows.order_by()
        .values(by, "round")
        .annotate(
            n=Count("pk"),
            returned=Count("pk", filter=Q(came_back=True)),
            late=Count("pk", filter=Q(handed_in__gt=F("round__ends_on"))),
        )
    )
    return {(row[by], row["round"]): Sheets(row["n"], row["returned"], row["late"]) for row in counted}
