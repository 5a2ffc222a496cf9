"""What a household was given or received, typed; and why a row is stopped or taken out."""

from django import forms
from django.utils.timezone import localdate

from households.models import Policy
from thanhsen.forms import DayField, PortalForm, WholeNumberField

MOST = 100_000_000_000


class SupportForm(PortalForm):
    """A help outside the programmes that are entered."""

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
        max_value=MOST,
        help_text="Để trống khi chưa biết.",
    )
    source = forms.CharField(label="Nguồn kinh phí", max_length=200, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class GiveForm(PortalForm):
    """One programme that runs, for the household or one person of it; `verdicts` name those it may be given."""

    choice = forms.ChoiceField(label="Giao", widget=forms.RadioSelect)
    reason = forms.CharField(label="Lý do, căn cứ", max_length=300)
    day = DayField(label="Cho kỳ có ngày", initial=localdate)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, verdicts, **kwargs):
        super().__init__(*args, **kwargs)
        # What was chosen stays a choice: sent twice, it is given by now, which is for the action to answer.
        chosen = self.data.get("choice")
        self.verdicts = {each.key: each for each in verdicts if not each.refusal or each.key == chosen}
        self.fields["choice"].choices = [(key, each.name) for key, each in self.verdicts.items()]

    def clean_choice(self):
        return self.verdicts[self.cleaned_data["choice"]]


class OneReceiptForm(PortalForm):
    received_on = DayField(label="Nhận ngày", initial=localdate)
    amount = WholeNumberField(
        label="Số tiền hoặc trị giá (đồng)",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text="Để trống khi chưa biết.",
    )
    beyond = forms.BooleanField(label="Nhận vượt mức mỗi kỳ", required=False)
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class StopOneForm(PortalForm):
    on = DayField(label="Thôi hưởng từ ngày", initial=localdate)
    reason = forms.CharField(label="Lý do", max_length=300)


class VoidSupportForm(PortalForm):
    reason = forms.CharField(
        label="Lý do bỏ", max_length=300, help_text="Ví dụ: ghi nhầm sang hộ khác cùng tên."
    )
