"""The years of a ward or a tổ dân phố: poor and near-poor households at 31/12, over the households entered, against the
target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F
from psycopg.sql import SQL

from households.models import Target
from households.reports.held import Scope, run
from households.reports.rows import Figures, Period, Place, Unit, grouped
from thanhsen import vietnamese
from thanhsen.models import Area

FIRST = 2022  # of the standards that are loaded

_BY_YEAR = SQL("""
WITH {relation}, years AS (SELECT generate_series(%(first)s::int, %(last)s::int) AS year)
SELECT years.year, held.area_id,
       count(*) FILTER (WHERE held.classification = 'poor'),
       count(*) FILTER (WHERE held.classification = 'near_poor')
  FROM years JOIN held ON held.valid_from <= make_date(years.year, 12, 31)
                      AND (held.valid_to IS NULL OR held.valid_to > make_date(years.year, 12, 31))
 WHERE held.area_id = ANY(%(areas)s)
 GROUP BY 1, 2
""")


@dataclass(frozen=True)
class Share:
    """Households of a class among all of a place. `whole` None: a total is missing, so there is no rate."""

    part: int
    whole: int | None

    @property
    def rate(self) -> Decimal | None:
        """Percent with two decimals, half up."""
        return vietnamese.rate(self.part, self.whole)

    def fall_from(self, earlier: "Share") -> Decimal | None:
        """How many percentage points lower than `earlier`, from the unrounded rates, each over its own whole, half up;
        negative for a rise. None where one of the two has no rate."""
        if not self.whole or not earlier.whole:
            return None
        over = earlier.part * self.whole - self.part * earlier.whole
        return vietnamese.half_up(Decimal(over * 100) / Decimal(self.whole * earlier.whole), 2)


@dataclass(frozen=True)
class Year:
    """31/12 of a year. `is_known`: some household had a status that day. `is_over`: the day has come. `standard_id`:
    the rates of two years compare only under the same one. `lacks`: the tổ dân phố without a total;
    `has_no_totals`: all of them."""

    year: int
    standard_id: str
    is_known: bool
    is_over: bool
    poor: Share
    near_poor: Share
    target: Target | None
    lacks: tuple[str, ...]
    has_no_totals: bool


@dataclass(frozen=True)
class History:
    """The years up to the one asked for, and the places and counts of each."""

    years: tuple[Year, ...]
    places: Mapping[int, list[Place]]
    figures: Mapping[int, Figures]

    def at(self, year: int) -> Year | None:
        """The year, None where nothing is known of it."""
        return next((each for each in self.years if each.year == year and each.is_known), None)

    def before(self, year: int) -> Year | None:
        """The year before, None where nothing is known of it or another standard held."""
        now, then = self.at(year), self.at(year - 1)
        return then if now and then and then.standard_id == now.standard_id else None


def history(area: Area, last: int, today: date) -> History:
    """Every year from 2022 to `last`. Three queries."""
    groups = _groups(area)
    scope = Scope(tuple(each[0] for each in groups.values()), Period(last))
    figures: dict[int, Figures] = {year: {} for year in range(FIRST, last + 1)}
    for year, group, poor, near_poor in run(scope, _BY_YEAR, {"first": FIRST, "last": last}):
        figures[year][group] = {"poor": poor, "near_poor": near_poor}
    places = {year: _places(groups, year, figures[year]) for year in figures}
    targets = {} if area.is_group else {each.year: each for each in Target.objects.filter(ward=area)}
    years = tuple(
        _year(Period(year), places[year], figures[year], targets.get(year), today) for year in figures
    )
    return History(years, places, figures)


Known = tuple[Unit, date, date | None, dict[int, int]]  # a tổ dân phố, its days, its households by year


def _groups(area: Area) -> dict[int, Known]:
    """Every tổ dân phố there ever was, in order, with all its totals. One query."""
    found: dict[int, Known] = {}
    groups = Area.objects.filter(pk=area.pk) if area.is_group else Area.objects.groups().filter(parent=area)
    rows = groups.annotate(year=F("totals__year"), households_entered=F("totals__households")).in_order()
    for each in rows:
        unit = Unit(each.pk, each.name, each.area_type, None, None, None, expects_total=True)
        known = found.setdefault(each.pk, (unit, each.valid_from, each.valid_to, {}))
        if each.year:
            known[3][each.year] = each.households_entered
    return found


def _places(groups: Mapping[int, Known], year: int, figures: Figures) -> list[Place]:
    """The lines of form 1 of the year: its tổ dân phố, and those that ended before with a status that held."""
    first, last = Period(year).opening, Period(year).closing
    units = []
    for unit, start, end, totals in groups.values():
        there = start <= last and (end is None or end > first)
        if there or unit.id in figures:
            expected = start <= last and (end is None or end > last)
            units.append(Unit(unit.id, unit.name, unit.area_type, totals.get(year), None, None, expected))
    return grouped(units, always_split=False, last_name="Cộng")


def _year(
    period: Period, places: Sequence[Place], figures: Figures, target: Target | None, today: date
) -> Year:
    whole = places[-1]
    total = None if whole.lacking_totals else whole.households
    return Year(
        year=period.year,
        standard_id=period.standard.id,
        is_known=bool(figures),
        is_over=period.closing <= today,
        poor=Share(whole.sum(figures, "poor"), total),
        near_poor=Share(whole.sum(figures, "near_poor"), total),
        target=target,
        lacks=tuple(unit.name for unit in whole.units if unit.lacks_total),
        has_no_totals=bool(whole.units) and whole.households is None,
    )
