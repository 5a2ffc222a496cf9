"""Forms of the points tables: load a file, activate, withdraw."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.models import PointsTable
from households.poverty import load, standard_ids
from thanhsen.forms import DayField, PortalForm
from thanhsen.workbook import LARGEST


class LoadTableForm(PortalForm):
    kind = forms.ChoiceField(label="Loại bảng", choices=PointsTable.Kind.choices)
    standard_id = forms.ChoiceField(label="Chuẩn nghèo")
    title = forms.CharField(
        label="Tên bảng", max_length=200, help_text="Đúng như tên phụ lục hoặc biểu mẫu trong văn bản."
    )
    source = forms.CharField(
        label="Nguồn", max_length=300, help_text="Số văn bản, phụ lục, trang; để người đối chiếu tìm được."
    )
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    file = forms.FileField(
        label="Tệp Excel đã điền (.xlsx)",
        help_text=f"Tối đa {LARGEST // 1_000_000} MB, điền theo tệp mẫu.",
        error_messages={
            "required": "Chưa chọn tệp.",
            "empty": "Tệp trống, không có nội dung nào.",
            "invalid": "Chưa gửi được tệp; chọn lại tệp rồi bấm lại.",
            "missing": "Chưa chọn tệp.",
            "max_length": "Tên tệp dài quá; đổi tên ngắn hơn rồi nạp lại.",
        },
        max_length=200,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["standard_id"].choices = [(each, load(each).title) for each in standard_ids()]
        self.fields["file"].widget.attrs["accept"] = ".xlsx"

    def clean_file(self):
        if self.cleaned_data["file"].size > LARGEST:
            raise ValidationError(f"Tệp lớn quá: tối đa {LARGEST // 1_000_000} MB.")
        return self.cleaned_data["file"]


class ActivateTableForm(PortalForm):
    active_from = DayField(label="Áp dụng từ ngày", initial=localdate)
    compared = forms.BooleanField(
        label="Tôi đã đối chiếu từng dòng với văn bản gốc",
        error_messages={"required": "Đánh dấu khi đã đối chiếu từng dòng; chưa đối chiếu thì chưa áp dụng."},
    )


class WithdrawTableForm(PortalForm):
    reason = forms.CharField(label="Lý do thu hồi", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
