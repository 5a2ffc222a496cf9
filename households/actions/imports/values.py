"""Values of a record as JSON keeps them, and back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models


def kept(values: dict[str, Any]) -> dict[str, Any]:
    """Field values for a JSON column."""
    return {name: _plain(value) for name, value in values.items()}


def meant(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Field values of `model` from what a JSON column kept."""
    return {name: one(model, name, value) for name, value in values.items()}


def one(model: type[models.Model], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.to_python(value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
