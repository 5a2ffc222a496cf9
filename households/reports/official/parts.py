"""What every official form is put together from: the figures it asks for, and the lines they are laid into."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from households.poverty import Standard
from households.reports import disclosure
from households.reports.forms import Form
from households.reports.held import Figure, Members, Scope, count, members
from households.reports.rows import Figures, Place
from thanhsen.tables import Cell, Check, Column, Heading, Kind, Line

Where = disclosure.Place
HOUSEHOLDS, PEOPLE = "Hộ", "Nhân khẩu"
TOTALS = "totals"  # the key of a cell that holds an entered total


@dataclass(frozen=True)
class Job:
    """One form to fill in: its words, its places, and its figures by tổ dân phố."""

    form: Form
    scope: Scope
    standard: Standard
    places: list[Place]
    figures: Figures

    def sum(self, place: Place, key: str) -> int:
        return place.sum(self.figures, key)


@dataclass(frozen=True)
class Filling:
    """The lines of a form and where they stand. `sums`: figures of which one follows from the others; `links`:
    (a, b), who may not see a may not see b; `finish` turns a line of counts into what is shown. The rest: `thanhsen.tables`."""

    lines: list[Line]
    sums: list[list[Where]]
    links: list[tuple[Where, Where]]
    headings: tuple[Heading, ...]
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    title_top: int
    place_top: int | None
    numbers_top: int
    notes: tuple[str, ...] = ()
    finish: Callable[[Line], Line] | None = None


@dataclass(frozen=True)
class Recipe:
    """How one kind of form is made. `members`: the households behind each of the figures."""

    figures: Callable[[Scope, Form, Standard], Figures]
    members: Callable[[Scope, Form, Standard], Members]
    fill: Callable[[Job], Filling]


Wanted = Callable[[Form, Standard], Mapping[str, Figure]]


def counted(wanted: Wanted, fill: Callable[[Job], Filling]) -> Recipe:
    """A recipe for figures that are counted over the statuses of the closing day."""
    return Recipe(
        figures=lambda scope, form, standard: count(scope, wanted(form, standard)),
        members=lambda scope, form, standard: members(scope, wanted(form, standard)),
        fill=fill,
    )


def text(value: str, rows: int = 1) -> Cell:
    return Cell(value, Kind.TEXT, rows)


def rate(value: Decimal | None, key: str = "") -> Cell:
    return Cell(value, Kind.RATE, key=key)


def line(place: Place, *cells: Cell | None, name: str = "") -> Line:
    return Line(cells, name or place.name, place.style, place.key)


def zero_check(heading: str, formula: str, value: Callable[[Line], int], sentence: str) -> Check:
    """A column that is 0 where all is well. `formula` holds {r} for the row, `sentence` {line} and {value}."""

    def fault(each: Line) -> str | None:
        found = value(each)
        return sentence.format(line=each.name, value=found) if found else None

    return Check(heading, lambda each, row: formula.format(r=row), value, fault)


def whole(each: Line, index: int) -> int:
    """The count in a cell, 0 where there is none."""
    value = each.value(index)
    return value if isinstance(value, int) else 0


def column_sums(places: list[Place], column: int, lines: int = 1, step: int = 0) -> list[list[Where]]:
    """Which figures of a column add up: the units to their group, the groups (or all units) to the total.

    `lines`: lines a place takes; `step`: which of them.
    """
    at = [(index * lines + step, column) for index in range(len(places))]
    groups: list[list[Where]] = []
    for place, where in zip(places, at, strict=True):
        if place.style == "group":
            groups.append([where])
        elif place.style == "unit" and groups:
            groups[-1].append(where)
    if places[-1].style != "total":
        return groups
    parts = [each[0] for each in groups] or at[:-1]
    return [*groups, [*parts, at[-1]]]
