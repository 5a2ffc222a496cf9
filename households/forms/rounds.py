"""Forms of a round and of a decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.models import Round
from households.poverty import load, standard_ids
from thanhsen.forms import AreaChoice, DayField, PortalForm, WholeNumberField
from thanhsen.models import Area, User


class RoundForm(PortalForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    year = WholeNumberField(label="Năm", min_value=2022, max_value=2100)
    kind = forms.ChoiceField(label="Loại", choices=Round.Kind.choices)
    name = forms.CharField(label="Tên đợt", max_length=120)
    standard_id = forms.ChoiceField(label="Chuẩn nghèo quyết định")
    advisory_standard_id = forms.ChoiceField(
        label="Chuẩn tham khảo",
        required=False,
        help_text="Chấm thêm một lần để xem trước; không quyết định phân loại.",
    )
    starts_on = DayField(label="Từ ngày", help_text="Định kỳ: từ 01/09, theo kế hoạch của tỉnh.")
    ends_on = DayField(label="Hạn nộp phiếu", help_text="Định kỳ: đến 14/12, theo kế hoạch của tỉnh.")

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = Area.objects.visible_to(by).wards().valid_on(localdate()).in_order()
        standards = [load(each) for each in standard_ids()]
        self.fields["standard_id"].choices = [(each.id, each.title) for each in standards if not each.draft]
        self.fields["advisory_standard_id"].choices = [
            ("", "(không)"),
            *((each.id, each.title + (" (dự thảo)" if each.draft else "")) for each in standards),
        ]


class DecisionForm(PortalForm):
    number = forms.CharField(label="Số quyết định", max_length=40, help_text="Ví dụ: 05/QĐ-UBND")
    date = DayField(label="Ngày quyết định", initial=localdate)
    signer = forms.CharField(label="Người ký", max_length=120)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def clean_date(self):
        if self.cleaned_data["date"] > localdate():
            raise ValidationError("Ngày quyết định ở tương lai; xem lại giúp.")
        return self.cleaned_data["date"]
