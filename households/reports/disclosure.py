"""Small counts hidden from those who may see aggregates only.

A count of 1–4 is printed "<5". Where it could be worked out again, being the only hidden figure of a sum, the
smallest other figure of that sum is withheld too ("ẩn"), and so on until nothing more follows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from thanhsen.tables import SMALL, WITHHELD, Cell, Kind, Line

LIMIT = 5
Place = tuple[int, int]  # (index of the line, index of the cell), from 0


def hidden(
    lines: Sequence[Line], sums: Iterable[Sequence[Place]], links: Iterable[tuple[Place, Place]]
) -> set[Place]:
    """The places to hide. `sums`: figures of which one follows from the others; `links`: (a, b), hiding a hides b."""
    figures = {
        (row, column): cell.value
        for row, line in enumerate(lines)
        for column, cell in enumerate(line.cells)
        if cell and cell.is_number and not isinstance(cell.value, str) and cell.value is not None
    }
    found = {place for place, value in figures.items() if _is_count(lines, place) and 0 < value < LIMIT}
    sums, links = [list(each) for each in sums], list(links)
    while True:
        before = len(found)
        found |= {b for a, b in links if a in found and b in figures}
        for each in sums:
            if sum(place in found for place in each) == 1:
                others = [place for place in each if place not in found and figures.get(place)]
                if others:
                    found.add(min(others, key=lambda place: (figures[place], place)))
        if len(found) == before:
            return found


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
