"""The sheet's form, built from the data of its standards: change the standard and the form follows."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.timezone import localdate

from households.assessment import advisory_questions
from households.forms.items import NONE_OF_THEM, answer_of, field_of, shown
from households.income import field_name, table_of
from households.models import Cause, Sheet, Shock
from households.poverty import Indicator, load
from households.poverty.points import Item
from thanhsen.forms import DayField, PortalForm, WholeNumberField
from thanhsen.models import AreaType

LACKING = [("lacking", "Thiếu hụt"), ("fine", "Không thiếu hụt")]
PLAIN_FIELDS = (
    "surveyed_on", "income_score", "per_capita_income", "asks_average", "causes", "main_cause", "cause_note", "shocks", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """An indicator with its place in the form. `reason` is the field for an override's reason, if it has one."""

    indicator: Indicator
    answer: forms.BoundField
    reason: forms.BoundField | None
    is_carried: bool = False  # offered from the last sheet, not confirmed yet


@dataclass(frozen=True)
class AskedItem:
    """An item of the points table with its place in the form."""

    item: Item
    answer: forms.BoundField


class SheetForm(PortalForm):
    """All fields may stay empty in a draft; what a submission needs is said by the action.

    Field names are the indicator's code, and code + "_reason" for an override of a derived one; "b1-" + code
    for an item of the points table that applies. With a table the income score is not typed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.UUIDField(widget=forms.HiddenInput)
    asked_table = forms.IntegerField(
        widget=forms.HiddenInput, required=False
    )  # the points table this page asks
    asked_area = forms.ChoiceField(
        widget=forms.HiddenInput, choices=AreaType.choices, required=False
    )  # where this page says the household lies
    surveyed_on = DayField(label="Ngày rà soát", help_text="Tuổi của mọi người tính đến ngày này.")
    income_score = WholeNumberField(label="Điểm B1", required=False, min_value=0, max_value=1000)
    per_capita_income = WholeNumberField(
        label="Thu nhập bình quân (đồng/người/tháng)", required=False, min_value=0, max_value=1_000_000_000
    )
    asks_average = forms.BooleanField(label="Hộ đề nghị công nhận có mức sống trung bình", required=False)
    causes = forms.MultipleChoiceField(
        label="Nguyên nhân nghèo, cận nghèo",
        choices=Cause.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    main_cause = forms.ChoiceField(
        label="Nguyên nhân chính", choices=[("", "(chưa chọn)"), *Cause.choices], required=False
    )
    cause_note = forms.CharField(label="Nguyên nhân khác, ghi rõ", max_length=200, required=False)
    shocks = forms.MultipleChoiceField(
        label="Trong 12 tháng qua hộ có bị",
        choices=Shock.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label="Ghi chú", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data=None, *, sheet: Sheet, page: str, **kwargs):
        self.sheet = sheet
        self.indicators = list(load(sheet.round.standard_id).indicators)
        self.advisory_indicators = advisory_questions(sheet.round)
        self.base_fields = dict(type(self).base_fields)  # type: ignore[misc]  # this sheet's own
        for indicator in [*self.indicators, *self.advisory_indicators]:
            self.base_fields.update(_fields(indicator))
        self.points_table = table_of(sheet)
        self.items = self.points_table.read().items if self.points_table else ()
        self.base_fields.update({field_name(item.code): field_of(item) for item in self.items})
        if self.points_table:
            del self.base_fields["income_score"]
        own = {"page": page, "version": sheet.version, "asked_table": self._table_id}
        super().__init__(data, initial={**self._stored(), **own}, **kwargs)

    def asked(self) -> list[Asked]:
        return [self._asked(each) for each in self.indicators]

    def asked_by_advisory(self) -> list[Asked]:
        return [self._asked(each) for each in self.advisory_indicators]

    def asked_items(self) -> list[AskedItem]:
        return [AskedItem(item, self[field_name(item.code)]) for item in self.items]

    @property
    def asks_another_table(self) -> bool:
        """Whether the page that was sent asked the items of another table, or of none."""
        return self.is_bound and self.cleaned_data.get("asked_table") != self._table_id

    @property
    def _table_id(self) -> int | None:
        return self.points_table.pk if self.points_table else None

    def clean_surveyed_on(self):
        day = self.cleaned_data["surveyed_on"]
        if day > localdate():
            raise forms.ValidationError("Ngày rà soát không thể ở tương lai.")
        return day

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("main_cause") and "causes" in data and data["main_cause"] not in data["causes"]:
            data["causes"] = [*data["causes"], data["main_cause"]]
        return data

    def values(self) -> dict[str, Any]:
        """What can be kept: every field that reads well, for `actions.survey.save_draft`."""
        kept = {name: self.cleaned_data[name] for name in PLAIN_FIELDS if name in self.cleaned_data}
        answers = dict(self.sheet.answers)
        for indicator in [*self.indicators, *self.advisory_indicators]:
            if indicator.code not in self.errors:
                answers[indicator.code] = self._answer(indicator)
        kept["answers"] = {code: answer for code, answer in answers.items() if answer}
        if self.items:
            kept["points"] = self._points()
        if "main_cause" in kept and "causes" not in kept:
            del kept["main_cause"]
        return kept

    def differences(self, stored: Sheet) -> list[tuple[str, str, str, str]]:
        """(field, label, typed, stored) wherever what was typed is not what is stored now."""
        theirs = SheetForm(sheet=stored, page="")._stored()
        found = []
        mine = self._flat(self.values())
        for name in {**mine, **theirs}:
            if name not in self.fields or name in self.errors:
                continue
            typed, kept = mine.get(name), theirs.get(name)
            if _known(typed) != _known(kept):
                found.append((name, self._label(name), self._shown(name, typed), self._shown(name, kept)))
        return found

    def take(self, names: list[str], stored: Sheet) -> None:
        """Replace what was typed in these fields by what is stored."""
        theirs = SheetForm(sheet=stored, page="")._stored()
        self.data = self.data.copy()
        for name in set(names) & set(self.fields):
            value = theirs.get(name)
            if isinstance(value, list):
                self.data.setlist(name, value)
            elif _known(value) == "":
                self.data.pop(name, None)
            else:
                self.data[name] = f"{value:%d/%m/%Y}" if name == "surveyed_on" else str(value)

    def _asked(self, indicator: Indicator) -> Asked:
        reason = f"{indicator.code}_reason"
        carried = indicator.code in self.sheet.carried
        return Asked(
            indicator, self[indicator.code], self[reason] if reason in self.fields else None, carried
        )

    def _answer(self, indicator: Indicator) -> dict[str, Any]:
        typed = self.cleaned_data.get(indicator.code)
        if indicator.question is None:
            reason = self.cleaned_data.get(f"{indicator.code}_reason", "")
            kept = {"lacking": typed == "lacking"} if typed else {}
            return {**kept, "override_reason": reason} if reason else kept
        if indicator.question.kind == "multi":
            chosen = [each for each in typed or [] if each != NONE_OF_THEM]
            return {"value": chosen} if typed else {}
        return {"value": typed} if typed else {}

    def _points(self) -> dict[str, Any]:
        """The answers to the items; those to items of other tables stay until the sheet is handed in."""
        points = dict(self.sheet.points)
        for item in self.items:
            name = field_name(item.code)
            if name not in self.errors:
                points[item.code] = answer_of(item, self.cleaned_data.get(name))
        return {code: answer for code, answer in points.items() if answer is not None}

    def _stored(self) -> dict[str, Any]:
        flat = self._flat({name: getattr(self.sheet, name) for name in (*PLAIN_FIELDS, "answers", "points")})
        if self.sheet.points_table_id:
            del flat["income_score"]  # computed, so nobody typed it
        return flat

    def _flat(self, values: dict[str, Any]) -> dict[str, Any]:
        """Field name → value as the form shows it, from the shape the sheet stores."""
        flat = {name: value for name, value in values.items() if name not in {"answers", "points"}}
        flat |= {field_name(code): shown(answer) for code, answer in values.get("points", {}).items()}
        for code, answer in values.get("answers", {}).items():
            if answer.get("lacking") is not None:
                flat[code] = "lacking" if answer["lacking"] else "fine"
            if "value" in answer:
                flat[code] = answer["value"] if answer["value"] != [] else [NONE_OF_THEM]
            if answer.get("override_reason"):
                flat[f"{code}_reason"] = answer["override_reason"]
        return flat

    def _label(self, name: str) -> str:
        code = name.removesuffix("_reason")
        for indicator in [*self.indicators, *self.advisory_indicators]:
            if indicator.code == code:
                return indicator.name + (" (lý do)" if name != code else "")
        return str(self.fields[name].label)

    def _shown(self, name: str, value: Any) -> str:
        if value in (None, "", []):
            return "(trống)"
        if isinstance(value, bool):
            return "có" if value else "không"
        if hasattr(value, "strftime"):
            return f"{value:%d/%m/%Y}"
        labels = {str(code): str(label) for code, label in getattr(self.fields[name], "choices", ())}
        if isinstance(value, list):
            return ", ".join(labels.get(str(each), str(each)) for each in value)
        return labels.get(str(value), str(value))


def _known(value: Any) -> Any:
    """A value to compare: nothing answered is one thing, whatever stands for it; 0 is an answer."""
    return "" if value is None or value is False or value == [] else value


def _fields(indicator: Indicator) -> dict[str, forms.Field]:
    question = indicator.question
    if question is None:
        return {
            indicator.code: forms.ChoiceField(
                label="Cán bộ xác nhận", choices=LACKING, required=False, widget=forms.RadioSelect
            ),
            f"{indicator.code}_reason": forms.CharField(
                label="Lý do ghi khác kết quả máy tính ra",
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": " ", "autocomplete": "off"}),
            ),
        }
    options = [(option.code, option.label) for option in question.options]
    if question.kind == "multi":
        return {
            indicator.code: forms.MultipleChoiceField(
                label=question.text,
                choices=[*options, (NONE_OF_THEM, "Không có thứ nào ở trên")],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        }
    return {
        indicator.code: forms.ChoiceField(
            label=question.text, choices=options, required=False, widget=forms.RadioSelect
        )
    }
