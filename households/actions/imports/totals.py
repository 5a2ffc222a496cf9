"""Totals of tổ dân phố, written as the grid writes them, and taken back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from households.actions.imports.changes import Moved
from households.actions.totals import Entry, Figures, Overtaken, save_totals
from households.models import Import, ImportUnit


def write(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    assert imported.committed_by is not None
    for year, listed in _by_year(units).items():
        entries = [
            Entry(each.area, _figures(each.values), _figures(each.before)) for each in listed if each.area
        ]
        try:
            save_totals(by=imported.committed_by, year=year, entries=entries)
        except Overtaken as overtaken:
            raise Moved from overtaken


def undo(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    """Give back the figures that stood there, but where somebody typed another since."""
    assert imported.undone_by is not None
    for year, listed in _by_year(units).items():
        entries = {
            each.area_id: Entry(each.area, _figures(each.before), _figures(each.values))
            for each in listed
            if each.area
        }
        try:
            save_totals(by=imported.undone_by, year=year, entries=entries.values())
        except Overtaken as overtaken:
            for each in listed:
                each.kept = "số liệu đã được sửa sau khi nhập" if each.area_id in overtaken.stored else ""
            free = [entry for area, entry in entries.items() if area not in overtaken.stored]
            save_totals(by=imported.undone_by, year=year, entries=free)


def _by_year(units: Sequence[ImportUnit]) -> dict[int, list[ImportUnit]]:
    found: dict[int, list[ImportUnit]] = defaultdict(list)
    for unit in units:
        found[int(unit.given["year"])].append(unit)
    return found


def _figures(values: dict) -> Figures | None:
    return Figures(**values) if values else None
