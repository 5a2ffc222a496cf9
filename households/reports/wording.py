"""The forms in the words of a ward: what it typed for a form, else for all of them, else as printed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from households.models import FormWording
from households.reports.forms import FORMS, Form
from thanhsen.models import Area

COMMON = ("recipients", "maker_title", "maker_name", "signer_title", "signer_name")
OWN = ("label", "name", "template", "circular", "note", *COMMON)

Words = Mapping[int, Mapping[str, str]]  # form (0: all of them) → field → text


def of_ward(ward: Area) -> Words:
    """What the ward typed. One query."""
    return {
        row.form: {name: getattr(row, name) for name in OWN} for row in FormWording.objects.filter(ward=ward)
    }


def worded(form: Form, words: Words) -> Form:
    """The form with the ward's words in the place of its own."""
    common = {name: text for name, text in words.get(0, {}).items() if text and name in COMMON}
    own = {name: text for name, text in words.get(form.number, {}).items() if text}
    texts: dict[str, Any] = {**common, **own}
    return replace(form, **texts)


def forms_of(ward: Area) -> dict[int, Form]:
    """Every form as the ward words it. One query."""
    words = of_ward(ward)
    return {number: worded(form, words) for number, form in FORMS.items()}
