"""Two people at one record: the second to save is told. One page sent twice: the record is made once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from hashlib import sha256
from json import dumps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models

from thanhsen.constraints import kept
from thanhsen.models import IdempotencyKey

P = ParamSpec("P")
Made = TypeVar("Made", bound=models.Model)

AROUND = {"by", "today", "at", "calendar", "request_id"}
"""What an action is told of its circumstances: other the next minute, though the page says the same."""

KEEP = "INSERT INTO thanhsen_idempotencykey (key, fingerprint) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING"
SENT_TWICE = "Trang này đã ghi một lần rồi nên lần này chưa ghi gì. Mở lại trang từ đầu để ghi việc khác."


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


def once(model: type[Made]) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """An action that makes one `model`, in one transaction and once for each `request_id` (of the page that asks).

    The same page again, later or at the same moment, gives the record made the first time. A page that was gone back
    to and filled in for something else keeps its request id: ValidationError, rather than the first record, or one
    taken back since, passing for the second. So says the fingerprint of everything the page asked for.
    """

    def wrap(act: Callable[P, Made]) -> Callable[P, Made]:
        @wraps(act)
        def made_once(*args: P.args, **asked: P.kwargs) -> Made:
            key = asked.get("request_id")
            with kept():
                if key is None or _is_first(key, fingerprint(asked)):
                    return act(*args, **asked)
                made = model._base_manager.get(request_id=key)
                if getattr(made, "voided_at", None) or getattr(made, "reversed_at", None):
                    raise ValidationError(SENT_TWICE)
                return made

        return made_once

    return wrap


def _is_first(key: Any, told: str) -> bool:
    """Who sends the same key meanwhile waits here until the first is done; where that one failed, comes first."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [key, told])
        if cursor.rowcount:
            return True
    if IdempotencyKey.objects.get(key=key).fingerprint != told:
        raise ValidationError(SENT_TWICE)
    return False


def fingerprint(asked: Mapping[str, Any]) -> str:
    """SHA-256, as hex, of what was asked for apart from AROUND: equal where every value is."""
    told = {name: value for name, value in asked.items() if name not in AROUND}
    return sha256(dumps(_plain(told), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """`value` as JSON that differs where the value does: a record is its key, a file its digest."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date | Decimal | UUID):
        return str(value)
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if isinstance(value, models.Model):
        return [value._meta.label, value.pk]
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value), key=str)
    if isinstance(value, Iterable) and not isinstance(value, Iterator):  # which could be read but once
        many = [*value]
        chosen = all(
            isinstance(each, models.Model) for each in many
        )  # from a list, in whatever order it came
        return sorted(map(_plain, many)) if chosen else [_plain(each) for each in many]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"{type(value).__name__} has no fingerprint")
