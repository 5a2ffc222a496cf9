"""A test, its hours and its questions, as they are typed."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware

from thanhsen.forms import DayField, PortalForm, WholeNumberField
from trainings.models import Test

HOURS = ["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H"]


def _hour(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, input_formats=HOURS, error_messages={"invalid": "Ghi giờ như 7:30 hoặc 13:45."},
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "placeholder": "giờ:phút"}),
    )  # fmt: skip


class TestForm(PortalForm):
    """Days and hours apart, as they are spoken of."""

    __test__ = False

    kind = forms.ChoiceField(label="Bài", choices=Test.Kind.choices, widget=forms.RadioSelect)
    opens_on = DayField(label="Mở ngày")
    opens_hour = _hour("Mở lúc")
    closes_on = DayField(label="Đóng ngày")
    closes_hour = _hour("Đóng lúc")
    minutes = WholeNumberField(label="Thời gian làm bài (phút)", min_value=1, max_value=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean() or self.cleaned_data
        values: dict[str, Any] = {name: data.get(name) for name in ("kind", "minutes")}
        for name, day, hour in (
            ("opens_at", "opens_on", "opens_hour"),
            ("closes_at", "closes_on", "closes_hour"),
        ):
            if data.get(day) and data.get(hour) is not None:
                values[name] = make_aware(datetime.combine(data[day], data[hour]))
        if values.get("opens_at") and values.get("closes_at") and values["closes_at"] <= values["opens_at"]:
            self.add_error("closes_hour", "Giờ đóng phải sau giờ mở.")
        return {"values": values, "version": data.get("version")}


def started(test: Test) -> dict[str, Any]:
    opens, closes = localtime(test.opens_at), localtime(test.closes_at)
    return {
        "kind": test.kind, "minutes": test.minutes, "version": test.version, "opens_on": opens.date(),
        "opens_hour": opens.time(), "closes_on": closes.date(), "closes_hour": closes.time(),
    }  # fmt: skip
