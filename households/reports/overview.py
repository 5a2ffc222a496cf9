"""What the home page shows: the ward's figures today, and the work waiting by role."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from households.models import AreaTotal, Round, Sheet, Status
from thanhsen import vietnamese
from thanhsen.models import Area, User


@dataclass(frozen=True)
class Figures:
    """Households and people by class in force on `day`, within the reader's areas; `total` entered for `year`."""

    year: int | None
    total: int | None
    poor: int
    near_poor: int
    poor_people: int
    near_poor_people: int

    @property
    def poor_rate(self) -> Decimal | None:
        return vietnamese.rate(self.poor, self.total)

    @property
    def near_poor_rate(self) -> Decimal | None:
        return vietnamese.rate(self.near_poor, self.total)


def figures(areas: list[int], day: date) -> Figures:
    """The figures of everything under `areas` (ids). Two queries. No total where a tổ dân phố lacks its own."""
    under = Area.objects.under(areas)
    counted = (
        Status.objects.on(day)
        .filter(area__in=under)
        .aggregate(
            poor=Count("pk", filter=Q(classification="poor")),
            near_poor=Count("pk", filter=Q(classification="near_poor")),
            poor_people=Sum("size", filter=Q(classification="poor"), default=0),
            near_poor_people=Sum("size", filter=Q(classification="near_poor"), default=0),
        )
    )
    totals = (
        AreaTotal.objects.filter(area__in=under, year__lte=day.year)
        .values("year")
        .annotate(households_entered=Sum("households"))
        .order_by("-year")
        .first()
    )
    return Figures(
        year=totals["year"] if totals else None,
        total=totals["households_entered"] if totals else None,
        **counted,
    )


@dataclass(frozen=True)
class Work:
    """The current round and the reader's sheets in it by state."""

    round: Round | None
    sheets: dict[str, int]
    own_returned: int
    can_check: int  # submitted by somebody else
    late: bool


def work(user: User, day: date) -> Work:
    """Two queries: the newest open round, and its sheets within the reader's areas."""
    round_ = (
        Round.objects.visible_to(user).filter(closed_at=None).select_related("ward").current_first().first()
    )
    if round_ is None:
        return Work(None, {}, 0, 0, False)
    states = {state: Count("pk", filter=Q(state=state)) for state in Sheet.State.values}
    counted = (
        Sheet.objects.visible_to(user)
        .filter(round=round_)
        .aggregate(
            own_returned=Count("pk", filter=Q(state=Sheet.State.RETURNED, submitted_by=user)),
            can_check=Count("pk", filter=Q(state=Sheet.State.SUBMITTED) & ~Q(submitted_by=user)),
            **states,
        )
    )
    own_returned, can_check = counted.pop("own_returned"), counted.pop("can_check")
    return Work(round_, counted, own_returned, can_check, round_.ends_on < day)
