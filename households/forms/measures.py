"""What the reader of the measures chooses: over whom, weighted how, k, and the weights."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import forms

from households.poverty import Standard, nested_weights
from households.reports.measures import Choice, Grouping
from thanhsen.forms import PortalForm, WholeNumberField

TWELFTHS = range(1, 13)
OFFICIAL_K = 3
MOST = 1000  # of a weight the reader types


class MeasuresForm(PortalForm):
    """Always bound: what is left out is as the standard has it."""

    so_nam = forms.ChoiceField(
        label="So với năm",
        required=False,
        error_messages={
            "invalid_choice": "Chọn một năm áp dụng cùng chuẩn nghèo: chuẩn khác có các chỉ số khác."
        },
    )
    co_so = forms.ChoiceField(
        label="Tính trên",
        choices=[("", "các hộ đã rà soát"), ("toan-bo", "toàn bộ hộ dân cư")],
        required=False,
    )
    dem = forms.ChoiceField(label="Đếm theo", choices=[("", "hộ"), ("nguoi", "nhân khẩu")], required=False)
    nhom = forms.ChoiceField(
        label="Chia theo", choices=[(each.value, each.label) for each in Grouping], required=False
    )
    k = forms.ChoiceField(
        label="Ngưỡng k",
        choices=[(each, f"{each}/12" + (" (theo chuẩn)" if each == OFFICIAL_K else "")) for each in TWELFTHS],
        required=False,
        initial=OFFICIAL_K,
    )
    trong_so = forms.ChoiceField(
        label="Trọng số",
        choices=[
            ("", "theo chuẩn: các chiều bằng nhau"),
            ("deu", "các chỉ số bằng nhau"),
            ("rieng", "tự chọn"),
        ],
        required=False,
    )

    def __init__(self, data: Mapping[str, str], *, standard: Standard, years: list[int]):
        # What is left out is shown as it is taken.
        super().__init__({**data, "k": data.get("k") or str(OFFICIAL_K)})
        self.standard = standard
        self.fields["so_nam"].choices = [("", "không so"), *((str(each), str(each)) for each in years)]
        for indicator in standard.indicators:
            self.fields[self._name(indicator.code)] = WholeNumberField(
                label=f"{indicator.number}. {indicator.name}", required=False, min_value=0, max_value=MOST
            )
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if chosen else "form-control"

    @staticmethod
    def _name(code: str) -> str:
        return f"w-{code}"

    def weights_fields(self) -> list[forms.BoundField]:
        return [self[self._name(each.code)] for each in self.standard.indicators]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("trong_so") == "rieng" and not sum(self._typed().values()):
            raise forms.ValidationError("Tự chọn trọng số thì ít nhất một chỉ số phải có trọng số lớn hơn 0.")
        if data.get("co_so") and data.get("nhom") not in {"", Grouping.AREA.value}:
            raise forms.ValidationError(
                "Tính trên toàn bộ hộ dân cư thì chỉ chia được theo tổ dân phố, vì chỉ biết tổng số hộ của tổ dân phố."
            )
        return data

    def choice(self) -> Choice:
        """What was chosen, exactly. Only of a form that is right."""
        data = self.cleaned_data
        return Choice(
            weights=self._weights(),
            k=Fraction(int(data["k"] or OFFICIAL_K), 12),
            people=bool(data["dem"]),
            everybody=bool(data["co_so"]),
        )

    def grouping(self) -> Grouping:
        return Grouping(self.cleaned_data["nhom"] or Grouping.AREA)

    def other_year(self) -> int | None:
        return int(self.cleaned_data["so_nam"]) if self.cleaned_data["so_nam"] else None

    def _typed(self) -> dict[str, int]:
        return {code: self.cleaned_data.get(self._name(code)) or 0 for code in self.standard.codes}

    def _weights(self) -> dict[str, Fraction]:
        chosen = self.cleaned_data["trong_so"]
        if chosen == "deu":
            return dict.fromkeys(self.standard.codes, Fraction(1, len(self.standard.codes)))
        if chosen == "rieng":
            typed = self._typed()
            return {code: Fraction(weight, sum(typed.values())) for code, weight in typed.items()}
        return nested_weights(self.standard)
