"""Two people at one record: the second to save is told, and nothing is overwritten."""

from typing import Any

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
