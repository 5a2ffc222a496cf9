"""The grid of cost lines: those stored and a few empty ones, each a form of its own."""

import re

from django import forms

from thanhsen.forms import NumberField, PortalForm, WholeNumberField
from trainings.actions.courses.costs import FIELDS, Typed
from trainings.forms.courses.cells import cell
from trainings.models import CostLine, Course

EMPTY = 3  # lines offered below those stored
COLUMNS = {
    "name": "Nội dung chi",
    "basis": "Tính theo",
    "unsalaried_only": "Chỉ người không hưởng lương",
    "unit": "Đơn vị tính",
    "quantity": "Số lượng",
    "rate": "Mức chi",
    "legal_basis": "Căn cứ",
    "used": "Đã chi",
    "used_note": "Chứng từ, ghi chú",
}


class LineForm(PortalForm):
    """One line. An empty one that nobody typed in is left out."""

    name = forms.CharField(max_length=200)
    basis = forms.ChoiceField(choices=[("", "(chọn)"), *CostLine.Basis.choices])
    unsalaried_only = forms.BooleanField(required=False)
    unit = forms.CharField(max_length=40, required=False)
    quantity = NumberField(max_digits=10, decimal_places=2, min_value=0)
    rate = WholeNumberField(min_value=0, max_value=99_999_999_999_999)
    legal_basis = forms.CharField(max_length=200, required=False)
    used = WholeNumberField(required=False, min_value=0, max_value=9_999_999_999_999_999)
    used_note = forms.CharField(max_length=200, required=False)
    removed = forms.BooleanField(required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, line: CostLine | None, number: int, **kwargs):
        self.line, self.number = line, number
        if line is not None:
            start = {name: getattr(line, name) for name in (*FIELDS, "version")}
            start |= {
                name: int(start[name]) for name in ("rate", "used") if start[name] is not None
            }  # whole đồng
            kwargs["initial"] = start
        super().__init__(*args, empty_permitted=line is None, use_required_attribute=False, **kwargs)
        for name, label in COLUMNS.items():
            cell(self.fields[name], f"{label}, dòng {number}", **{"data-column": name})
        cell(self.fields["removed"], f"Bỏ dòng {number}")
        self.fields["legal_basis"].widget.attrs |= {"list": "can-cu", "placeholder": "căn cứ"}
        self.fields["used_note"].widget.attrs["placeholder"] = "chứng từ, ghi chú"
        for name in ("quantity", "rate", "used"):
            self.fields[name].widget.attrs["class"] += " num"

    @property
    def typed(self) -> Typed | None:
        if self.line is None and not self.has_changed():
            return None
        data = self.cleaned_data
        values = {name: data.get(name) for name in FIELDS}
        pk = self.line.pk if self.line else None
        return Typed(values, pk, data.get("version"), bool(data.get("removed")) and pk is not None)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("unsalaried_only") and data.get("basis") not in ("trainee_session", "trainee", None):
            self.add_error("unsalaried_only", "Chỉ khoản chi cho học viên mới phân biệt người hưởng lương.")
        return data

    def full_clean(self):
        """What is to be removed need not be right."""
        super().full_clean()
        if self.is_bound and self.line and self.cleaned_data.get("removed"):
            self.errors.clear()


class CostGrid:
    """The lines of a course, as stored or as typed over them."""

    def __init__(self, course: Course, data=None):
        stored = list(course.costs.order_by("number"))
        rows = [*stored, *[None] * EMPTY]
        self.forms = [
            LineForm(
                data, line=line, number=number, prefix=f"c{line.pk}" if line else f"n{number - len(stored)}"
            )
            for number, line in enumerate(rows, 1)
        ]
        sent = {int(found[1]) for name in data or () if (found := re.fullmatch(r"c(\d{1,18})-version", name))}
        self.gone = sorted(
            sent - {each.pk for each in stored}
        )  # lines on the page that somebody else removed

    def is_valid(self) -> bool:
        return all([each.is_valid() for each in self.forms])

    @property
    def lines(self) -> list[Typed]:
        gone = [Typed({}, pk) for pk in self.gone]
        return [*(line for each in self.forms if (line := each.typed)), *gone]

    @property
    def wrong(self) -> int:
        return sum(bool(each.is_bound and each.errors) for each in self.forms)
