"""A line of the list of assignments of a class."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from thanhsen.forms import DayField, PortalForm
from trainings.actions.learning.assignments import Received
from trainings.models import Assignment, Trainee

PASSED = {"": None, "dat": True, "khong": False}


class AssignmentLine(PortalForm):
    received_on = DayField(label="Nhận ngày", required=False)
    passed = forms.ChoiceField(
        label="Kết quả", required=False, choices=[("", "chưa chấm"), ("dat", "đạt"), ("khong", "không đạt")]
    )
    remark = forms.CharField(label="Nhận xét", max_length=500, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, trainee: Trainee, stored: Assignment | None, **kwargs):
        start: dict[str, Any] = {"version": 0}
        if stored is not None:
            passed = next(code for code, value in PASSED.items() if value is stored.passed)
            start = {
                "received_on": stored.received_on, "passed": passed, "remark": stored.remark, "version": stored.version,
            }  # fmt: skip
        super().__init__(*args, prefix=f"h{trainee.pk}", initial=start, **kwargs)
        self.trainee = trainee
        for name in ("received_on", "remark"):
            self.fields[name].widget.attrs |= {
                "class": "form-control", "aria-label": f"{self.fields[name].label}: {trainee.full_name}",
            }  # fmt: skip
        self.fields["passed"].widget.attrs |= {
            "class": "form-select",
            "aria-label": f"Kết quả: {trainee.full_name}",
        }

    def clean(self):
        data = super().clean() or self.cleaned_data
        day = data.get("received_on")
        if day and day > localdate():
            self.add_error("received_on", "Ngày nhận không ở sau hôm nay.")
        if not day and "received_on" not in self.errors and (data.get("passed") or data.get("remark")):
            self.add_error("received_on", "Ghi ngày nhận bài.")
        return data

    @property
    def said(self) -> Received:
        data = self.cleaned_data
        return Received(
            data.get("received_on"),
            PASSED[data.get("passed") or ""],
            data.get("remark", ""),
            data.get("version") or 0,
        )
