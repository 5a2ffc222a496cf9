"""The items of a points table or of Phiếu A as form fields, and what was typed as the answer that is kept."""

from typing import Any

from django import forms

from households.poverty.points import LARGEST_COUNT, Item, ItemKind
from thanhsen.forms import WholeNumberField

NONE_OF_THEM = "none_of_them"


def field_of(item: Item) -> forms.Field:
    """One field an item: radio buttons, boxes to tick, or a number. Nothing has to be answered in a draft."""
    options = [(each.code, each.label) for each in item.options]
    if item.kind is ItemKind.COUNT:
        return WholeNumberField(
            label=f"{item.name} ({item.options[0].label})",
            required=False,
            min_value=0,
            max_value=LARGEST_COUNT,
        )
    if item.kind is ItemKind.MULTI:
        return forms.MultipleChoiceField(
            label=item.name,
            choices=[*options, (NONE_OF_THEM, "Không có mục nào ở trên")],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(label=item.name, choices=options, required=False, widget=forms.RadioSelect)


def answer_of(item: Item, typed: Any) -> str | int | list[str] | None:
    """The answer kept for what the field gives; None where nothing was answered."""
    if item.kind is ItemKind.COUNT:
        return typed
    if item.kind is ItemKind.MULTI:
        return [each for each in typed if each != NONE_OF_THEM] if typed else None
    return typed or None


def shown(answer: Any) -> Any:
    """A kept answer as the field shows it."""
    return [NONE_OF_THEM] if answer == [] else answer
