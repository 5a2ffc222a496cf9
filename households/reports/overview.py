"""What the home page shows: the ward's figures today, and the work waiting by role."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from households.models import AreaTotal, Listing, Round, Sheet, Status
from thanhsen import vietnamese
from thanhsen.models import Area, User

MOST_ROUNDS = 4  # open rounds shown at home


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
    """An open round and what of it waits within the reader's areas. `unsurveyed`: listed, without a sheet yet."""

    round: Round
    sheets: dict[str, int]
    can_check: int  # submitted by somebody else
    unsurveyed: int
    days_left: int

    @property
    def late(self) -> bool:
        return self.days_left < 0


def work(user: User, day: date) -> list[Work]:
    """Every open round the reader sees, the newest first. Three queries."""
    rounds = list(
        Round.objects.visible_to(user)
        .filter(closed_at=None)
        .select_related("ward")
        .current_first()[:MOST_ROUNDS]
    )
    sheets: dict[int, dict[str, int]] = {each.pk: {} for each in rounds}
    checks = dict.fromkeys(sheets, 0)
    counted = Sheet.objects.visible_to(user).filter(round__in=rounds).values("round_id", "state")
    for row in counted.annotate(n=Count("pk"), others=Count("pk", filter=~Q(submitted_by=user))).order_by():
        sheets[row["round_id"]][row["state"]] = row["n"]
        if row["state"] == Sheet.State.SUBMITTED:
            checks[row["round_id"]] = row["others"]
    waiting = Listing.objects.visible_to(user).present().filter(round__in=rounds, sheet=None)
    waiting = waiting.exclude(state=Listing.State.STOPPED).values_list("round_id")
    unsurveyed = dict(waiting.annotate(n=Count("pk")).order_by())
    return [
        Work(each, sheets[each.pk], checks[each.pk], unsurveyed.get(each.pk, 0), (each.ends_on - day).days)
        for each in rounds
    ]
