"""The rows of a report: the tổ dân phố of a ward in a year, with the totals entered for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from psycopg.types.numeric import Int8

from households.models import Status
from households.poverty import Standard, UnknownStandard, standard_on
from households.reports.errors import ReportError
from thanhsen import vietnamese
from thanhsen.models import Area, AreaKind, AreaType

Figures = dict[int, dict[str, int]]  # area id → column → count
GROUP_NAMES = {AreaType.URBAN: "Khu vực thành thị", AreaType.RURAL: "Khu vực nông thôn"}


@dataclass(frozen=True)
class Period:
    """A year and the two days that stand for its beginning and its end, both inside it."""

    year: int

    @property
    def opening(self) -> date:
        return date(self.year, 1, 1)

    @property
    def closing(self) -> date:
        return date(self.year, 12, 31)

    @property
    def standard(self) -> Standard:
        """The standard in force at the end of the year; ReportError when none is loaded."""
        try:
            return standard_on(self.closing)
        except (UnknownStandard, ValueError, OverflowError):
            raise ReportError(
                f"Không lập được báo cáo năm {self.year}: chưa nạp chuẩn nghèo áp dụng cho năm này. "
                "Chọn một năm từ 2022 đến 2030."
            ) from None


@dataclass(frozen=True)
class Unit:
    """One tổ dân phố. `households`, `people`: the totals entered for the year, None when they are not.

    `minority_households`: the same of households of an ethnic minority, which may be unknown by itself.

    `expects_total`: it exists at the end of the year, so its totals are wanted.
    """

    id: int
    name: str
    area_type: str
    households: int | None
    people: int | None
    minority_households: int | None
    expects_total: bool

    @property
    def lacks_total(self) -> bool:
        return self.expects_total and self.households is None

    @property
    def lacks_minority(self) -> bool:
        return self.expects_total and self.minority_households is None


def units(area: Area, period: Period) -> list[Unit]:
    """The tổ dân phố of a ward (or the one given) as rows, in Vietnamese order. One query.

    Those valid on any day of the year, and those that ended before it while a status decided in them still
    held in the year: no household on the list is left out. ReportError for a province.
    """
    if area.kind == AreaKind.PROVINCE:
        raise ReportError(
            f"Báo cáo được lập cho một phường, xã hoặc một tổ dân phố, không lập cho {area.name}."
        )
    groups = Area.objects.filter(pk=area.pk) if area.is_group else Area.objects.groups().filter(parent=area)
    first, last = period.opening, period.closing
    held = Status.objects.filter(area=OuterRef("pk"), valid_from__lte=last).filter(
        Q(valid_to=None) | Q(valid_to__gt=first)
    )
    there = Q(valid_from__lte=last) & (Q(valid_to=None) | Q(valid_to__gt=first))
    found = (
        groups.filter(there | Exists(held))
        .annotate(total=FilteredRelation("totals", condition=Q(totals__year=period.year)))
        .annotate(
            households_entered=F("total__households"),
            people_entered=F("total__people"),
            minority_entered=F("total__minority_households"),
        )
        .in_order()
    )
    return [
        Unit(
            id=each.pk,
            name=each.name,
            area_type=each.area_type,
            households=each.households_entered,
            people=each.people_entered,
            minority_households=each.minority_entered,
            expects_total=each.valid_from <= last and (each.valid_to is None or each.valid_to > last),
        )
        for each in found
    ]


def area_ids(units: Iterable[Unit]) -> list[Int8]:
    """The tổ dân phố for a query: as bigint, like the columns they are compared with. Only then does PostgreSQL look
    them up by hash, not one after another for every row."""
    return [Int8(unit.id) for unit in units]


@dataclass(frozen=True)
class Place:
    """A line of places: a unit, or the sum of `units` (style "group" or "total")."""

    number: str
    name: str
    units: tuple[Unit, ...]
    style: str

    @property
    def key(self) -> str:
        """How an address names the line: a unit by its id, "urban", "rural", "all"."""
        return {"unit": str(self.units[0].id) if self.units else "", "total": "all"}.get(
            self.style, {"I": "urban", "II": "rural"}.get(self.number, "")
        )

    @property
    def households(self) -> int | None:
        return total(unit.households for unit in self.units)

    @property
    def people(self) -> int | None:
        return total(unit.people for unit in self.units)

    @property
    def minority_households(self) -> int | None:
        return total(unit.minority_households for unit in self.units)

    @property
    def lacking_totals(self) -> int:
        """Units whose totals were not entered."""
        return sum(unit.lacks_total for unit in self.units)

    @property
    def lacking_minority(self) -> int:
        """Units whose minority households were not entered."""
        return sum(unit.lacks_minority for unit in self.units)

    def sum(self, figures: Figures, key: str) -> int:
        return sum(figures[unit.id][key] for unit in self.units if unit.id in figures)

    def rate(self, part: int, whole: int | None) -> Decimal | None:
        """part ÷ whole × 100; None when a total of any unit of the line is missing."""
        return None if self.lacking_totals else vietnamese.rate(part, whole)


def total(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def grouped(found: list[Unit], *, always_split: bool, last_name: str) -> list[Place]:
    """I Khu vực thành thị and its units, II Khu vực nông thôn and its units, then the sum.

    Unless `always_split`, the two headings stand only where both kinds exist. One unit alone has no sum.
    """
    by_type: dict[str, list[Unit]] = {kind: [u for u in found if u.area_type == kind] for kind in GROUP_NAMES}
    split = always_split or all(by_type.values())
    lines: list[Place] = []
    for number, (kind, members) in zip(("I", "II"), by_type.items(), strict=True):
        if split:
            lines.append(Place(number, GROUP_NAMES[AreaType(kind)], tuple(members), "group"))
        lines.extend(
            Place(str(place), unit.name, (unit,), "unit") for place, unit in enumerate(members, start=1)
        )
    lines.append(Place("III" if split and always_split else "", last_name, tuple(found), "total"))
    return lines


def alone(unit: Unit) -> list[Place]:
    """The only line of a report on one tổ dân phố."""
    return [Place("1", unit.name, (unit,), "unit")]
