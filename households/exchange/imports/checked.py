"""The forms of the screens, over and over: what a file says is right or wrong by the very rules of the pages."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from households.forms.register import HouseholdForm, MemberForm
from households.models import Household, Member
from thanhsen.vietnamese import day, number


class Again:
    """One form, bound anew for each record: building a form costs many times what checking it does."""

    def __init__(self, form: Any):
        self.form = form
        form.is_bound = True

    def check(self, texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
        """(field → value, field → sentence) of what was typed; "" names what is wrong with the whole."""
        self.form.data = texts
        self.form.full_clean()
        wrong = {
            ("" if name == "__all__" else name): " ".join(str(each) for each in errors)
            for name, errors in self.form.errors.items()
        }
        return self.form.values(), wrong


class Forms:
    def __init__(self) -> None:
        self.household = Again(HouseholdForm())
        self.head = Again(MemberForm(only_head=True))
        self.member = Again(MemberForm())


def typed(record: Household | Member, names: Iterable[str]) -> dict[str, str]:
    """The fields of a record as somebody would type them into its form; empty ones are left out."""
    texts = {name: _text(getattr(record, name)) for name in names}
    return {name: text for name, text in texts.items() if text}


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value.normalize())
    return str(value)


def said(model: type[models.Model], name: str, value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return "(trống)"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value.normalize())
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()) or ())
    return str(choices.get(value, value))


def label(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))
