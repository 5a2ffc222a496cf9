"""A file that was exported before somebody else saved: what it only repeats of then is no change of its sender's."""

from typing import Any

from django.db import models

from thanhsen.models import Event


def only_repeated(record: models.Model, version: int, values: dict[str, Any]) -> set[str]:
    """Of `values` (field → as JSON keeps it) the fields that the record held at `version`, by its trail."""
    held: dict[str, Any] = {}
    rows = Event.objects.about(record).filter(after__version__gt=version).order_by("pk")
    for before in rows.values_list("before", flat=True):
        for name, value in (before or {}).items():
            held.setdefault(name, value)
    return {name for name, value in values.items() if name in held and held[name] == value}
