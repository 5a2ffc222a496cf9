"""The disputed questions of a sheet: as it answers them, beside what a re-check found."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.forms import ChoiceField

from households.actions.complaints import CORRECTED
from households.forms.season import INCOME
from households.forms.sheet import Asked, SheetForm
from households.income import field_name
from households.models import Complaint, Sheet

FIGURES = (INCOME, "per_capita_income")


@dataclass(frozen=True)
class Disputed:
    """One question: `stands` is the answer of the sheet in words; an indicator is asked, a figure has a field."""

    label: str
    stands: str
    asked: Asked | None = None
    field: Any = None

    @property
    def is_choice(self) -> bool:
        return isinstance(getattr(self.field, "field", None), ChoiceField)


class DisputedForm(SheetForm):
    """The sheet's own questions, of which only the disputed ones are asked; all where the complaint names none.

    Income is the typed score, or the items of the points table the sheet was scored with.
    """

    def __init__(self, data=None, *, sheet: Sheet, questions: list[str], **kwargs):
        super().__init__(data, sheet=sheet, page=str(uuid4()), **kwargs)
        self.indicators = [each for each in self.indicators if not questions or each.code in questions]
        self.advisory_indicators = []
        about_income = not questions or INCOME in questions
        self.items = self.items if about_income else ()
        self.figures = [name for name in FIGURES if name in self.fields] if about_income else []
        codes = [each.code for each in self.indicators]
        kept = {*self.figures, *codes, *(f"{code}_reason" for code in codes)}
        kept |= {field_name(item.code) for item in self.items}
        for name in set(self.fields) - kept:
            del self.fields[name]

    def rows(self) -> list[Disputed]:
        stored = self._stored()
        names = [*self.figures, *(field_name(item.code) for item in self.items)]
        figures = [
            Disputed(str(self.fields[name].label), self._shown(name, stored.get(name)), field=self[name])
            for name in names
        ]
        return figures + [
            Disputed(self._label(asked.indicator.code), self._shown(asked.indicator.code, stored.get(asked.indicator.code)), asked)
            for asked in self.asked()
        ]  # fmt: skip

    @property
    def changes_anything(self) -> bool:
        """Whether what was typed is not what the sheet says."""
        stored = {"answers": self.sheet.answers, "points": self.sheet.points}
        stored |= {name: getattr(self.sheet, name) for name in self.figures}
        return self._flat(self.corrections()) != self._flat(stored)

    def corrections(self) -> dict[str, Any]:
        """Sheet field → value, for `actions.complaints.settle_complaint`."""
        answers = dict(self.sheet.answers)
        for indicator in self.indicators:
            answers[indicator.code] = self._answer(indicator)
        figures = {name: self.cleaned_data.get(name) for name in self.figures}
        return {"answers": answers, "points": self._points(), **figures}


def changes(complaint: Complaint) -> list[tuple[str, str, str]]:
    """(question, as it was, as it is) of a corrected sheet, in words."""
    form = SheetForm(sheet=complaint.sheet, page=str(uuid4()))
    before, after = (_flat(form, stored) for stored in (complaint.before, complaint.after))
    return [
        (form._label(name), form._shown(name, before.get(name)), form._shown(name, after.get(name)))
        for name in {**before, **after}
        if name in form.fields
    ]


def _flat(form: SheetForm, stored: dict[str, Any]) -> dict[str, Any]:
    items = {item.code: stored[name] for item in form.items if (name := field_name(item.code)) in stored}
    figures = {name: value for name, value in stored.items() if name in CORRECTED}
    answers = {
        name: value for name, value in stored.items() if name not in figures and isinstance(value, dict)
    }
    return form._flat({**figures, "answers": answers, "points": items})
