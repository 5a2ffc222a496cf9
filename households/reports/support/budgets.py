"""Money planned and received, programme by programme and year by year. Money is summed from receipts alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear

from households.models import Budget, Programme, Receipt, Support
from thanhsen import vietnamese
from thanhsen.models import User


@dataclass(frozen=True)
class Use:
    """A line in a year. `planned` in đồng (None: not entered), `supports`: given from a day of the year on,
    `received`: đồng received on days of the year, whichever support it is of."""

    programme: Programme
    year: int
    planned: int | None
    basis: str
    version: int | None
    supports: int
    received: int

    @property
    def percent(self) -> Decimal | None:
        return vietnamese.rate(self.received, self.planned)

    @property
    def is_over(self) -> bool:
        return self.planned is not None and self.received > self.planned


def of_programme(programme: Programme, user: User, *, this_year: int) -> list[Use]:
    """Every year of its line in which something was planned, given or received, and this one; the newest first."""
    plans, given, received = _parts([programme.root], user, None)
    years = {year for _, year in (*plans, *given, *received)} | {this_year}
    return [_use(programme, year, plans, given, received) for year in sorted(years, reverse=True)]


def of_year(user: User, year: int) -> list[Use]:
    """Every line the reader sees that ran, was planned or was used in the year. Four queries."""
    first_day, last_day = f"{year}-01-01", f"{year}-12-31"
    newest: dict[int, Programme] = {}
    for each in Programme.objects.visible_to(user).filter(valid_from__lte=last_day).in_order():
        newest[each.line_id] = max(newest.get(each.line_id, each), each, key=lambda one: one.valid_from)
    plans, given, received = _parts(newest, user, year)
    rows = [_use(each, year, plans, given, received) for each in newest.values()]
    return [
        each
        for each in rows
        if each.planned is not None
        or each.supports
        or each.received
        or each.programme.valid_to is None
        or f"{each.programme.valid_to}" > first_day
    ]


Key = tuple[int, int]


def _parts(
    lines: Iterable[int], user: User, year: int | None
) -> tuple[dict[Key, Budget], dict[Key, int], dict[Key, int]]:
    wanted = list(lines)
    plans = Budget.objects.filter(programme__in=wanted)
    given = (
        Support.objects.visible_to(user)
        .counted()
        .filter(line__in=wanted)
        .annotate(year=ExtractYear("valid_from"))
    )
    money = (
        Receipt.objects.visible_to(user)
        .counted()
        .filter(support__line__in=wanted)
        .annotate(year=ExtractYear("received_on"))
    )
    if year is not None:
        plans, given, money = plans.filter(year=year), given.filter(year=year), money.filter(year=year)
    return (
        {(each.programme_id, each.year): each for each in plans},
        {
            (row["line"], row["year"]): row["n"]
            for row in given.values("line", "year").annotate(n=Count("pk"))
        },
        {
            (row["support__line"], row["year"]): row["s"]
            for row in money.values("support__line", "year").annotate(s=Sum("amount", default=0))
        },
    )


def _use(programme: Programme, year: int, plans: dict, given: dict, received: dict) -> Use:
    key = (programme.root, year)
    plan = plans.get(key)
    return Use(
        programme=programme,
        year=year,
        planned=plan.planned if plan else None,
        basis=plan.basis if plan else "",
        version=plan.version if plan else None,
        supports=given.get(key, 0),
        received=received.get(key, 0),
    )


def by_area(programme: Programme, user: User, year: int) -> list[tuple[str, int, int, int]]:
    """(tổ dân phố, its id, receipts, đồng) of the line in the year, where something was received."""
    money = (
        Receipt.objects.visible_to(user)
        .counted()
        .filter(Q(support__line=programme.root, received_on__year=year))
        .values("support__area__name", "support__area", "support__area__sort_key")
        .annotate(n=Count("pk"), s=Sum("amount", default=0))
        .order_by("support__area__sort_key", "support__area")
    )
    return [(row["support__area__name"], row["support__area"], row["n"], row["s"]) for row in money]
