"""What officers learned beside how they survey: for the supervisor, to see whom to help with what."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate

from households.models import Remark, Round, Sheet
from thanhsen.models import User
from trainings.completion import with_attendance
from trainings.models import Attempt, Trainee


@dataclass(frozen=True)
class OfficerLine:
    """`before`, `after`: points of the tests as "12/20", "" where not taken. Of the sheets they handed in last:
    `submitted`, how many of these once came back with a remark, how many came after the day they were due."""

    trainee: Trainee
    total: int
    attended: int
    before: str
    after: str
    submitted: int
    returned: int
    late: int


@dataclass(frozen=True)
class Officers:
    round: Round | None
    lines: list[OfficerLine]


def officers(user: User) -> Officers:
    """Every officer of the user's wards in the newest course they were on, by name; the newest periodic round. Four
    queries. A sheet is due on the last day of its round (`Round.ends_on`)."""
    latest = Round.objects.governed_by(user).filter(kind="periodic").current_first().first()
    newest = Trainee.objects.enrolled().filter(user=OuterRef("user")).order_by("-course__starts_on", "-pk")
    people = with_attendance(Trainee.objects.enrolled().governed_by(user).exclude(user=None))
    people = people.filter(pk=newest.values("pk")[:1]).select_related("course", "user").in_order()
    marks = {
        (each.trainee_id, each.test.kind): f"{each.score}/{each.out_of}"
        for each in Attempt.objects.filter(trainee__in=people, handed_in_at__isnull=False).select_related(
            "test"
        )
    }
    sheets = _sheets(user, latest) if latest else {}
    return Officers(latest, [_line(each, marks, sheets.get(each.user_id, (0, 0, 0))) for each in people])


def _line(trainee: Any, marks: dict, sheets: tuple[int, int, int]) -> OfficerLine:
    before, after = (marks.get((trainee.pk, kind), "") for kind in ("pre", "post"))
    return OfficerLine(trainee, trainee.total, trainee.attended, before, after, *sheets)


def _sheets(user: User, latest: Round) -> dict[int, tuple[int, int, int]]:
    """Officer → sheets of the round they submitted, of these once returned, of these late."""
    came_back = Exists(Remark.objects.filter(sheet=OuterRef("pk")))
    rows = (
        Sheet.objects.visible_to(user)
        .filter(round=latest, submitted_by__isnull=False)
        .annotate(came_back=came_back, handed_in=TruncDate("submitted_at"))
    )
    counted = (
        rows.order_by()
        .values("submitted_by")
        .annotate(
            n=Count("pk"),
            returned=Count("pk", filter=Q(came_back=True)),
            late=Count("pk", filter=Q(handed_in__gt=F("round__ends_on"))),
        )
    )
    return {row["submitted_by"]: (row["n"], row["returned"], row["late"]) for row in counted}
