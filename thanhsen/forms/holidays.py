"""The form of a year's holidays: lines to take out, fixed days to take up, one span to add."""

from django import forms
from django.core.exceptions import ValidationError

from thanhsen.forms.base import PortalForm
from thanhsen.forms.fields import DayField
from thanhsen.holidays import Span
from thanhsen.models import Holiday
from thanhsen.vietnamese import day


class HolidayForm(PortalForm):
    first = DayField(label="Từ ngày", required=False)
    last = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chỉ một ngày.")
    name = forms.CharField(label="Tên", max_length=120, required=False)
    kind = forms.ChoiceField(label="Loại", choices=Holiday.Kind.choices, required=False)
    suggestions = forms.MultipleChoiceField(required=False)
    removed = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, days: list[Holiday], suggested: list[Span], **kwargs):
        super().__init__(*args, **kwargs)
        self.suggested = {span.first.isoformat(): span for span in suggested}
        self.fields["suggestions"].choices = [
            (key, f"{day(span.first)} {span.name}") for key, span in self.suggested.items()
        ]
        self.fields["removed"].choices = [(str(each.pk), str(each)) for each in days]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        added = [self.suggested[key] for key in data.get("suggestions", [])]
        if data.get("first"):
            if not data.get("name"):
                self.add_error("name", "Ghi tên ngày nghỉ, ví dụ: Tết Nguyên đán.")
            added.append(
                Span(
                    data["first"], data.get("last") or data["first"], data.get("name", ""), data.get("kind") or "off"
                )
            )  # fmt: skip
        elif data.get("name") or data.get("last"):
            self.add_error("first", "Chưa nhập ngày đầu.")
        if not added and not data.get("removed") and not self.errors:
            raise ValidationError("Chưa có gì để lưu: nhập một ngày, chọn ngày gợi ý hoặc chọn dòng cần bỏ.")
        return {"added": added, "removed": [int(each) for each in data.get("removed", [])]}
