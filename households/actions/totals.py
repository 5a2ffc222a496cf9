"""The totals of a year, tổ dân phố by tổ dân phố: figures the ward enters, with their source."""

from collections.abc import Iterable
from dataclasses import dataclass

from households.models import AreaTotal
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, User


@dataclass(frozen=True)
class Figures:
    """`households`, `people`, where they come from, and the minority households among them (None: unknown)."""

    households: int
    people: int
    source: str
    minority_households: int | None = None


@dataclass(frozen=True)
class Entry:
    """What was typed for one tổ dân phố, and what stood there when the page was opened; None for nothing.

    `kept`: the warning of a jump that was read and answered with "keep it"; the trail keeps it as the reason.
    """

    area: Area
    typed: Figures | None
    seen: Figures | None
    kept: str = ""


class Overtaken(Exception):
    """Somebody else changed rows meanwhile. `stored`: area id → what is stored now. Nothing was saved."""

    def __init__(self, stored: dict[int, Figures | None]):
        super().__init__("Người khác vừa sửa cùng các dòng này.")
        self.stored = stored


def save_totals(*, by: User, year: int, entries: Iterable[Entry]) -> int:
    """Save the rows that differ from what was seen, all or none; how many were saved.

    Overtaken when one of them was changed since to something else than what is typed.
    """
    changed = [entry for entry in entries if entry.typed != entry.seen]
    with kept():
        # One writer at a time per tổ dân phố, also where there is no row of totals to lock yet.
        areas = [entry.area.pk for entry in changed]
        list(Area.objects.select_for_update(no_key=True).filter(pk__in=areas).order_by("pk").values("pk"))
        rows = {row.area_id: row for row in AreaTotal.objects.filter(area__in=areas, year=year)}
        stored = {area: figures(rows.get(area)) for area in areas}
        overtaken = {
            entry.area.pk: stored[entry.area.pk]
            for entry in changed
            if stored[entry.area.pk] not in (entry.seen, entry.typed)
        }
        if overtaken:
            raise Overtaken(overtaken)
        todo = [entry for entry in changed if stored[entry.area.pk] != entry.typed]
        for entry in todo:
            _save(by, year, entry, rows.get(entry.area.pk))
    return len(todo)


def figures(row: AreaTotal | None) -> Figures | None:
    """A stored row as it is compared."""
    return Figures(row.households, row.people, row.source, row.minority_households) if row else None


def _save(by: User, year: int, entry: Entry, row: AreaTotal | None) -> None:
    before = events.snapshot(row) if row else None
    if entry.typed is None:
        if row:
            events.record(by=by, act="total.save", on=row, before=before, area=entry.area)
            row.delete()
        return
    row = row or AreaTotal(area=entry.area, year=year)
    row.households, row.people, row.source = entry.typed.households, entry.typed.people, entry.typed.source
    row.minority_households = entry.typed.minority_households
    row.save()
    reason = f"Đã xem cảnh báo và giữ số. {entry.kept}" if entry.kept else ""
    after = events.snapshot(row)
    events.record(by=by, act="total.save", on=row, before=before, after=after, area=entry.area, reason=reason)
