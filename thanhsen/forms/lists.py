"""Why a list leaves the portal."""

from django import forms
from django.core.exceptions import ValidationError

from thanhsen.forms.base import PortalForm

SHORTEST = 8  # characters of a reason that says something


class ReasonForm(PortalForm):
    reason = forms.CharField(
        label="Lý do xuất",
        max_length=300,
        help_text="Ví dụ: gửi Ngân hàng Chính sách xã hội theo công văn số 12. Lý do được ghi vào nhật ký và vào tệp.",
        error_messages={"required": "Ghi lý do xuất: gửi ai, để làm gì."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if len(reason) < SHORTEST or len(reason.split()) < 2:
            raise ValidationError("Ghi rõ hơn bằng vài chữ: gửi ai, để làm gì.")
        return reason
