"""Small counts hidden from those who may see aggregates only.

A count of 1–4 is printed "<5". Where it could be worked out again, being the only hidden figure of a sum, or one of
several that could only be one thing each (1 and 1 of a rest of 2), the smallest other figure of that sum is withheld
too ("ẩn"), and so on until nothing more follows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from thanhsen.tables import SMALL, WITHHELD, Cell, Kind, Line

LIMIT = 5
Place = tuple[int, int]  # (index of the line, index of the cell), from 0


def hidden(
    lines: Sequence[Line],
    sums: Iterable[Sequence[Place]],
    links: Iterable[tuple[Place, Place]],
    also: Iterable[Place] = (),
    known: Collection[Place] = (),
) -> set[Place]:
    """The places to hide. `sums`: figures of which one follows from the others; `links`: (a, b), hiding a hides b;
    `also`: places to hide whatever stands there; `known`: those it is of no use to hide, being shown elsewhere."""
    figures = _figures(lines)
    found = small(lines) | set(also)
    sums, links = [list(each) for each in sums], list(links)
    while True:
        before = len(found)
        found |= {b for a, b in links if a in found and b in figures}
        for each in sums:
            if _given_away([figures[place] for place in each if place in found and place in figures]):
                others = [place for place in each if place not in found and figures.get(place)]
                others = [place for place in others if place not in known] or others
                if others:
                    found.add(min(others, key=lambda place: (figures[place], place)))
        if len(found) == before:
            return found


def _given_away(values: Sequence[int | Decimal]) -> bool:
    """Whether who knows what these come to may know each: there is one, or every one is the least or the most that it
    can be. Which of them a sum adds and which it takes away is not asked: 1 and 4 count as given away too."""
    return len(values) == 1 or (bool(values) and all(value in {1, LIMIT - 1, LIMIT} for value in values))


def surely_hidden(
    lines: Sequence[Line],
    sums: Sequence[Sequence[Place]],
    links: Sequence[tuple[Place, Place]],
    known: Collection[Place] = (),
) -> set[Place]:
    """Like `hidden`, where several sums taken together must not give a small count away either. `sums`: the whole,
    then its parts. The smallest figure beside a count given away is hidden, until none is."""
    figures, counts, also = _figures(lines), small(lines), set[Place]()
    published = set(known) - counts
    while True:
        found = hidden(lines, sums, links, also, published)
        given = determined(sums, found - published) & counts
        wanted = {place for place in figures if figures[place]} - found - published
        others = _nearest(sums, given, wanted)
        if not others:
            return found
        also.add(min(others, key=lambda place: (figures[place], place)))


def _nearest(sums: Sequence[Sequence[Place]], start: set[Place], wanted: set[Place]) -> set[Place]:
    """Those wanted that share a sum with the start, or with what shares one with it, and so on."""
    reach = start
    while reach:
        further = {place for each in sums if reach & set(each) for place in each} | reach
        if further & wanted or further == reach:
            return further & wanted
        reach = further
    return set()


def determined(sums: Iterable[Sequence[Place]], unknown: set[Place]) -> set[Place]:
    """Those of the unknown figures that the sums (the whole, then its parts) leave no choice for: elimination."""
    solved: dict[Place, dict[Place, Fraction]] = {}
    for whole, *parts in sums:
        row: dict[Place, Fraction] = {}
        for place, sign in [(whole, 1), *((part, -1) for part in parts)]:
            if place in unknown:
                row[place] = row.get(place, Fraction(0)) + sign
        for pivot in [place for place in row if place in solved]:
            _take(row, solved[pivot], pivot)
        row = {place: factor for place, factor in row.items() if factor}
        if row:
            pivot = min(row)
            row = {place: factor / row[pivot] for place, factor in row.items()}
            for other in solved.values():
                _take(other, row, pivot)
            solved[pivot] = row
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _take(row: dict[Place, Fraction], solved: dict[Place, Fraction], pivot: Place) -> None:
    """Put what is solved for a figure in its place."""
    factor = row.get(pivot)
    for place, value in solved.items() if factor else ():
        rest = row.get(place, Fraction(0)) - factor * value  # type: ignore[operator]
        if rest:
            row[place] = rest
        else:
            row.pop(place, None)


def small(lines: Sequence[Line]) -> set[Place]:
    """Where a count under the limit stands."""
    return {
        place for place, value in _figures(lines).items() if _is_count(lines, place) and 0 < value < LIMIT
    }


def _figures(lines: Sequence[Line]) -> dict[Place, int | Decimal]:
    return {
        (row, column): cell.value
        for row, line in enumerate(lines)
        for column, cell in enumerate(line.cells)
        if cell and cell.is_number and isinstance(cell.value, (int, Decimal))
    }


def cover(lines: Sequence[Line], places: set[Place]) -> tuple[Line, ...]:
    """The lines with the figures at `places` hidden."""
    return tuple(
        replace(
            line,
            cells=tuple(_covered(cell, (row, column) in places) for column, cell in enumerate(line.cells)),
        )
        for row, line in enumerate(lines)
    )


def _covered(cell: Cell | None, hide: bool) -> Cell | None:
    if cell is None or not hide:
        return cell
    small = cell.kind is Kind.COUNT and isinstance(cell.value, int) and 0 < cell.value < LIMIT
    return replace(cell, value=SMALL if small else WITHHELD)


def _is_count(lines: Sequence[Line], place: Place) -> bool:
    cell = lines[place[0]].cells[place[1]]
    return cell is not None and cell.kind is Kind.COUNT
