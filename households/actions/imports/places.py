"""Tổ dân phố, written as the pages of places write them, and taken back."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from households.actions.imports.changes import Moved
from households.models import AreaTotal, Household, Import, ImportUnit
from thanhsen import actions, events
from thanhsen.models import Area, AreaKind

PART = ("code", "name", "area_type", "valid_from")


def write(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    assert imported.committed_by is not None
    by = imported.committed_by
    for unit in units:
        values: dict[str, Any] = {**unit.values, "valid_from": date.fromisoformat(unit.values["valid_from"])}
        predecessors = Area.objects.filter(pk__in=values.pop("predecessors"))
        if unit.target is None:
            area = actions.create_area(
                by=by, kind=AreaKind.GROUP, parent=imported.ward, predecessors=predecessors, **values
            )
            unit.target = area.pk
        else:
            area = Area.objects.get(pk=unit.record)
            if kept_of(area) != unit.before:
                raise Moved
            values.pop("valid_to", None)
            area = actions.update_area(by=by, area=area, predecessors=predecessors, **values)
        unit.after = kept_of(area)


def kept_of(area: Area) -> dict[str, Any]:
    """What of a tổ dân phố a file may change, as JSON keeps it."""
    stored = events.snapshot(area)
    return {name: stored[name] for name in PART} | {
        "predecessors": sorted(area.predecessors.values_list("pk", flat=True))
    }


def undo(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    """A tổ dân phố that was made is never deleted: it ends, and its code is free again."""
    assert imported.undone_by is not None
    ids = [each.record for each in units]
    lived_in = set(Household.objects.filter(area__in=ids).values_list("area", flat=True))
    lived_in |= set(AreaTotal.objects.filter(area__in=ids).values_list("area", flat=True))
    for unit in units:
        area = Area.objects.get(pk=unit.record)
        if kept_of(area) != unit.after or area.valid_to:
            unit.kept = "tổ dân phố đã được sửa hoặc kết thúc sau khi nhập"
        elif not unit.before and area.pk in lived_in:
            unit.kept = "tổ dân phố đã có hộ hoặc số liệu"
        elif unit.before:
            _restore(unit, area, imported)
        else:
            _end(area, imported)


def _restore(unit: ImportUnit, area: Area, imported: Import) -> None:
    assert imported.undone_by is not None
    values = {**unit.before, "valid_from": date.fromisoformat(unit.before["valid_from"])}
    predecessors = Area.objects.filter(pk__in=values.pop("predecessors"))
    actions.update_area(by=imported.undone_by, area=area, predecessors=predecessors, **values)


def _end(area: Area, imported: Import) -> None:
    assert imported.undone_by is not None
    freed = f"{area.code[:8]}~{area.pk}"  # its own, though two long codes begin alike
    area = actions.update_area(
        by=imported.undone_by,
        area=area,
        code=freed,
        name=area.name,
        area_type=area.area_type,
        valid_from=area.valid_from,
    )
    day = area.valid_from + timedelta(days=1)
    actions.end_area(
        by=imported.undone_by, area=area, valid_to=day, reason=f"Hoàn tác: {imported.undo_reason}"
    )
