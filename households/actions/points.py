"""Writes of the points tables: load, compare and activate by another person, withdraw."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from households.models import PointsTable
from households.poverty import Malformed, load
from households.poverty.points import read_items
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User


def load_table(
    *,
    by: User,
    kind: str,
    standard_id: str,
    title: str,
    source: str,
    content: dict[str, Any],
    file_name: str,
    note: str = "",
) -> PointsTable:
    """Keep a table as it was read from its file. It applies to nothing until another person activates it."""
    load(standard_id)
    try:
        read_items(content)
    except Malformed as error:
        raise ValidationError(str(error)) from error
    with kept():
        table = PointsTable.objects.create(
            kind=kind,
            standard_id=standard_id,
            title=title,
            source=source,
            content=content,
            digest=digest(content),
            file_name=file_name,
            note=note,
            loaded_by=by,
        )
        after = {name: value for name, value in events.snapshot(table).items() if name != "content"}
        events.record(by=by, act="points.load", on=table, after=after)
    return table


def activate_table(*, by: User, table: PointsTable, active_from: date, at: datetime) -> PointsTable:
    """`by`, who did not load it, has compared every line with the document: it applies from `active_from`."""
    with kept():
        stored = _locked(table)
        if stored.withdrawn_at:
            raise ValidationError("Bảng đã thu hồi nên không đưa vào áp dụng được. Nạp lại bảng đúng.")
        if stored.activated_at:
            raise ValidationError(
                f"{stored.activated_by} đã đưa bảng này vào áp dụng từ {stored.active_from:%d/%m/%Y}."
            )
        if stored.loaded_by_id == by.pk:
            raise ValidationError(
                "Anh/chị là người nạp bảng này; cần một người khác đối chiếu và đưa vào áp dụng."
            )
        standard = load(stored.standard_id)
        if not standard.covers(active_from):
            raise ValidationError(
                {
                    "active_from": f"{standard.title} áp dụng từ {standard.valid_from:%d/%m/%Y} đến "
                    f"{standard.valid_to:%d/%m/%Y}; chọn một ngày trong thời gian đó."
                }
            )
        stored.activated_by, stored.activated_at, stored.active_from = by, at, active_from
        stored.save(update_fields=["activated_by", "activated_at", "active_from"])
        events.record(by=by, act="points.activate", on=stored, after={"active_from": active_from.isoformat()})
    return stored


def withdraw_table(*, by: User, table: PointsTable, reason: str, at: datetime) -> PointsTable:
    """No draft is scored with it any more. Sheets already handed in keep the points it gave them."""
    with kept():
        stored = _locked(table)
        if stored.withdrawn_at:
            raise ValidationError("Bảng này đã được thu hồi.")
        stored.withdrawn_by, stored.withdrawn_at, stored.withdrawn_reason = by, at, reason.strip()
        stored.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        events.record(by=by, act="points.withdraw", on=stored, reason=reason)
    return stored


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content, the same wherever and however it was stored."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _locked(table: PointsTable) -> PointsTable:
    rows = PointsTable.objects.select_for_update(of=("self",)).select_related("activated_by")
    return rows.get(pk=table.pk)
