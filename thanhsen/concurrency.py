"""Two people at one record: the second to save is told. One request sent twice: the record is made once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models


class Stale(Exception):
    """Someone saved first. `record` is what is stored now, `version` its version."""

    def __init__(self, record: models.Model):
        super().__init__("Người khác vừa lưu hồ sơ này trước anh/chị.")
        self.record = record
        self.version: int = record.version  # type: ignore[attr-defined]


def lock(record: models.Model, version: int | None) -> Any:
    """The row of `record`, locked until the end of the transaction.

    Stale when `version` (the one the caller last saw) is not the stored one; None skips that check.
    """
    row = type(record)._base_manager.select_for_update().get(pk=record.pk)
    if version is not None and row.version != version:  # type: ignore[attr-defined]
        raise Stale(row)
    return row


def made_before(model: type[models.Model], request_id: UUID | None, **same: Any) -> Any:
    """The record this request made the first time it was sent, or None.

    `same`: fields in which a second sending is the same. A page that was gone back to and filled in for something
    else keeps its request id: ValidationError, rather than the first record passing for the second.
    """
    made = model._base_manager.filter(request_id=request_id).first() if request_id else None
    if made and any(getattr(made, name) != value for name, value in same.items()):
        raise ValidationError(
            "Trang này đã ghi một lần rồi nên lần này chưa ghi gì. Mở lại trang từ đầu để ghi việc khác."
        )
    return made


class Twin:
    """`record`: what the same request made at the very same time, where it was first."""

    record: Any = None


@contextmanager
def made_once(model: type[models.Model], request_id: UUID | None) -> Iterator[Twin]:
    """Making a record that the same request may be making elsewhere: who comes second takes the first one's."""
    twin = Twin()
    try:
        yield twin
    except ValidationError:
        twin.record = made_before(model, request_id)
        if twin.record is None:
            raise
