"""Events in words: the act's Vietnamese name and each changed field with its label, before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from thanhsen import acts, vietnamese
from thanhsen.masking import masked
from thanhsen.models import Area, Event, User

LABELS = {
    "areas": "địa bàn",
    "predecessors": "hình thành từ",
    "successors": "thành các nơi",
    "members": "thành viên",
    "lacking": "chỉ số thiếu hụt",
    "answers": "các câu trả lời",
    "facts": "thông tin hộ lúc nộp",
    "days": "các ngày",
    "kind": "loại",
    "state": "trạng thái",
    "rows": "số dòng",
    "filters": "lọc theo",
    "masked": "che số CCCD",
}
HIDDEN = {"id", "version", "request_id", "head_name", "saved_at", "created_at", "search", "plain"}
MASKED = {"cccd", "old_id"}
LONGEST = 160  # characters of one value


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    event: Event
    act: str
    changes: list[Change]


def readable(events: list[Event]) -> list[Line]:
    """The events as lines for the screen; the names of the areas and people they mention cost two queries."""
    names = _names(events)
    return [Line(event, acts.name_of(event.act), _changes(event, names)) for event in events]


def _changes(event: Event, names: dict) -> list[Change]:
    before, after = event.before or {}, event.after or {}
    model = _model(event.record_type)
    changes = []
    for name in {**before, **after}:
        if name in HIDDEN:
            continue
        field = _field(model, name)
        old, new = _say(before.get(name), field, name, names), _say(after.get(name), field, name, names)
        if old != new:
            label = LABELS.get(name) or str(getattr(field, "verbose_name", name))
            changes.append(Change(label, old, new))
    return changes


def _say(value: Any, field, name: str, names: dict) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if name in MASKED and isinstance(value, str):
        return masked(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if field is not None and field.is_relation and isinstance(value, int):
        return names.get((field.related_model, value), f"số {value}")
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateField) and isinstance(value, str) and len(value) == 10:
        return vietnamese.day(date.fromisoformat(value))
    if isinstance(value, (int, float)) and not isinstance(field, models.CharField):
        return str(value) if "year" in name else vietnamese.number(value)
    if isinstance(value, list):
        value = "; ".join(str(part) for part in value)
    if isinstance(value, dict):
        return f"{len(value)} mục"
    return value if len(str(value)) <= LONGEST else f"{str(value)[:LONGEST]}…"


def _model(label: str):
    try:
        return apps.get_model(label) if label else None
    except (LookupError, ValueError):
        return None


def _field(model, name: str):
    try:
        return model._meta.get_field(name.removesuffix("_id")) if model else None
    except FieldDoesNotExist:
        return None


def _names(events: Iterable[Event]) -> dict:
    """(model, id) → name, of the areas and people that the changes point at."""
    wanted: dict[type[models.Model], set] = {Area: set(), User: set()}
    for event in events:
        model = _model(event.record_type)
        for values in (event.before or {}, event.after or {}):
            for name, value in values.items():
                field = _field(model, name)
                if (
                    field is not None
                    and field.is_relation
                    and field.related_model in wanted
                    and isinstance(value, int)
                ):
                    wanted[field.related_model].add(value)
    found: dict = {}
    for model, ids in wanted.items():
        if ids:
            found |= {(model, record.pk): str(record) for record in model._default_manager.filter(pk__in=ids)}
    return found
