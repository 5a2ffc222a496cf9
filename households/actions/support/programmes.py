"""Programmes entered, replaced from a day on, ended. Once something was given by one, it is never edited."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.models import Programme
from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import Area, User


@once(Programme)
def create_programme(
    *, by: User, ward: Area, values: dict[str, Any], request_id: UUID | None = None
) -> Programme:
    """A new programme of the ward, the first of its line. `values`: fields of Programme that say what and for whom."""
    made = Programme.objects.create(ward=ward, made_by=by, request_id=request_id, **values)
    made.line_id = made.pk
    made.save(update_fields=["line"])
    events.record(by=by, act="programme.create", on=made, after=events.snapshot(made), area=ward)
    return made


def edit_programme(
    *, by: User, programme: Programme, version: int | None, values: dict[str, Any]
) -> Programme:
    """Correct a programme by which nothing was given yet; of one that gave, only the end. Stale where somebody saved it
    since."""
    with kept():
        row: Programme = lock(programme, version)
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        if row.valid_to:
            _must_not_be_given_from(row, row.valid_to, "valid_to")
        row.version += 1
        row.save()
        events.record(
            by=by, act="programme.edit", on=row, before=before, after=events.snapshot(row), area=row.ward_id
        )
    return row


@once(Programme)
def replace_programme(
    *, by: User, programme: Programme, values: dict[str, Any], request_id: UUID | None = None
) -> Programme:
    """The law changed: from `values["valid_from"]` on another rule or rate of the same line. The old one ends there."""
    values = {**values, "policy": programme.policy}  # of a line it stays
    day = values["valid_from"]
    old: Programme = lock(programme, None)
    if Programme.objects.filter(replaces=old).exists():
        raise ValidationError("Chương trình này đã được thay; mở bản mới nhất rồi thay bản đó.")
    if day <= old.valid_from or (old.valid_to and day < old.valid_to):
        raise ValidationError(
            {
                "valid_from": f"Bản mới phải bắt đầu sau ngày {old.valid_from:%d/%m/%Y}"
                + (f" và không trước ngày {old.valid_to:%d/%m/%Y}." if old.valid_to else ".")
            }
        )
    _must_not_be_given_from(old, day, "valid_from")
    if values["per_person"] != old.per_person:
        raise ValidationError(
            {"per_person": "Bản thay thế phải cùng cách tính (theo hộ hoặc theo người) với bản cũ."}
        )
    _end(by, old, day)
    made = Programme.objects.create(
        ward_id=old.ward_id, replaces=old, line_id=old.line_id, made_by=by, request_id=request_id,
        **values,
    )  # fmt: skip
    events.record(by=by, act="programme.replace", on=made, after=events.snapshot(made), area=old.ward_id)
    return made


def end_programme(*, by: User, programme: Programme, on: date) -> Programme:
    """From `on` nothing is given by it; what was given keeps its period."""
    with kept():
        row: Programme = lock(programme, None)
        _must_not_be_given_from(row, on, "on")
        return _end(by, row, on)


def _must_not_be_given_from(row: Programme, day: date, field: str) -> None:
    if row.supports.counted().filter(valid_from__gte=day).exists():
        raise ValidationError(
            {field: "Đã giao hỗ trợ từ ngày này trở đi; chọn ngày muộn hơn, hoặc bỏ các khoản đó trước."}
        )


def _end(by: User, row: Programme, on: date) -> Programme:
    before = events.snapshot(row)
    if row.valid_to is None or row.valid_to > on:
        row.valid_to = on
        row.version += 1
        row.save(update_fields=["valid_to", "version"])
        events.record(
            by=by, act="programme.end", on=row, before=before, after=events.snapshot(row), area=row.ward_id
        )
    return row
