"""What help a household received, typed; and why a row is taken out."""

from django import forms
from django.utils.timezone import localdate

from households.models import Policy
from thanhsen.forms import DayField, PortalForm, WholeNumberField


class SupportForm(PortalForm):
    policy = forms.ChoiceField(label="Chính sách", choices=[("", "(chọn)"), *Policy.choices])
    content = forms.CharField(
        label="Nội dung hỗ trợ",
        max_length=200,
        help_text="Ví dụ: thẻ BHYT năm 2026; 2 con bò giống; sửa mái nhà.",
    )
    received_on = DayField(label="Nhận ngày", initial=localdate)
    amount = WholeNumberField(
        label="Số tiền hoặc trị giá (đồng)",
        required=False,
        min_value=0,
        max_value=100_000_000_000,
        help_text="Để trống khi chưa biết.",
    )
    source = forms.CharField(label="Nguồn kinh phí", max_length=200, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class VoidSupportForm(PortalForm):
    reason = forms.CharField(
        label="Lý do bỏ", max_length=300, help_text="Ví dụ: ghi nhầm sang hộ khác cùng tên."
    )
