"""The trail: the only writer of Event. Acts are recorded by actions, reads by views that show records."""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from thanhsen.models import Area, Event, User

client_address: ContextVar[str | None] = ContextVar("client_address", default=None)
RECORDS_KEPT = 1000  # ids kept on one row of the trail; a longer export is split over several rows


def snapshot(record: models.Model) -> dict[str, Any]:
    """The stored fields of one record as JSON values, for `before` and `after`."""
    return {
        field.attname: _plain(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.attname not in {"password", "sort_key", "search"}
    }


def record(
    *,
    by: User | None,
    act: str,
    on: models.Model | None = None,
    before: dict | None = None,
    after: dict | None = None,
    area: Area | int | None = None,
    reason: str = "",
) -> Event:
    """Add one act to the trail. Of `before` and `after` only what differs is kept when both are given."""
    if before is not None and after is not None:
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        before = {name: before.get(name) for name in changed}
        after = {name: after.get(name) for name in changed}
    return Event.objects.create(
        actor=by,
        act=act,
        record_type=on._meta.label_lower if on is not None else "",
        record_id=on.pk if on is not None else None,
        record_name=str(on)[:200] if on is not None else "",
        before=before,
        after=after,
        area_id=area.pk if isinstance(area, Area) else area,
        reason=reason[:500],
        address=client_address.get(),
    )


def record_each(
    *,
    by: User | None,
    act: str,
    of: Iterable[tuple[models.Model, dict, int | None]],
    before: Mapping[int, dict] | None = None,
    reason: str = "",
) -> None:
    """Add one act to the trail for each of many records: (record, what it became, area id). `before`: id of a record →
    what it was; of these only what differs is kept."""
    was = before or {}
    Event.objects.bulk_create(
        Event(
            actor=by, act=act, record_type=record._meta.label_lower, record_id=record.pk, record_name=str(record)[:200],
            before=_but(was[record.pk], after) if record.pk in was else None,
            after=_but(after, was[record.pk]) if record.pk in was else after,
            area_id=area, reason=reason[:500], address=client_address.get(),
        )
        for record, after, area in of
    )  # fmt: skip


def _but(values: dict, others: dict) -> dict:
    """Of `values`, those that are otherwise in `others`."""
    return {name: value for name, value in values.items() if value != others.get(name)}


def read(
    *,
    by: User,
    act: str,
    of: type[models.Model],
    ids: Iterable[int],
    name: str = "",
    reason: str = "",
    after: dict | None = None,
) -> None:
    """Add to the trail that `by` saw (or exported) these records; `after`: what is told once, on the first row."""
    shown = ids if isinstance(ids, Sequence) else list(ids)
    for start in range(0, max(len(shown), 1), RECORDS_KEPT):
        Event.objects.create(
            actor=by,
            act=act,
            record_type=of._meta.label_lower,
            record_id=shown[0] if len(shown) == 1 else None,
            record_name=name[:200],
            records=list(shown[start : start + RECORDS_KEPT]),
            after=after if start == 0 else None,
            reason=reason[:500],
            address=client_address.get(),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (str, int, bool, float, list, dict)) or value is None:
        return value
    return str(value)
