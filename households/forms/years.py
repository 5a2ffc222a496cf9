"""Closing a year: the reason, and the words typed that say one means it; and opening it for a correction."""

from django import forms
from django.core.exceptions import ValidationError

from thanhsen.forms import PortalForm


class CloseYearForm(PortalForm):
    reason = forms.CharField(
        label="Căn cứ khoá sổ",
        max_length=300,
        help_text="Ví dụ: báo cáo chính thức số 45/BC-UBND ngày 20/12/2026.",
    )
    typed = forms.CharField(label="Xác nhận", max_length=40)

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.words = f"KHOÁ SỔ {year}"
        self.fields["typed"].help_text = f"Gõ đúng dòng chữ: {self.words}"

    def clean_typed(self):
        typed = self.cleaned_data["typed"].upper().replace("KHÓA", "KHOÁ")
        if typed != self.words:
            raise ValidationError(f"Gõ đúng dòng chữ “{self.words}” để xác nhận.")
        return typed


class CorrectionForm(PortalForm):
    reason = forms.CharField(
        label="Sửa số nào, vì sao",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: tổng số hộ của Tổ dân phố 3 nhập thừa 10 hộ.",
    )
    document = forms.CharField(
        label="Văn bản làm căn cứ", max_length=200, help_text="Ví dụ: Công văn 12/UBND ngày 05/02/2027."
    )
