"""A programme as data: what it gives, by which law, to whom; giving, stopping, receiving; the plan of a year."""

from django import forms
from django.utils.timezone import localdate

from households.models import Entitled, Group, Policy, Programme
from households.reports.support.indicators import indicator_names
from thanhsen.forms import AreaChoice, DayField, NumberField, PortalForm, WholeNumberField
from thanhsen.models import Area


class ProgrammeForm(PortalForm):
    """Nothing is filled in beforehand: every figure is the ward's, from the document it names."""

    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    policy = forms.ChoiceField(label="Chính sách", choices=[("", "(chọn)"), *Policy.choices])
    name = forms.CharField(label="Tên chương trình", max_length=200)
    legal_basis = forms.CharField(
        label="Căn cứ pháp lý", max_length=300, help_text="Số, ngày, cơ quan ban hành; điều khoản nếu có."
    )
    content = forms.CharField(
        label="Nội dung, mức hưởng",
        max_length=500,
        help_text="Ghi như văn bản: được gì, bao nhiêu, trong bao lâu.",
    )
    amount = WholeNumberField(
        label="Mức tiền mỗi kỳ (đồng)", required=False, min_value=0, max_value=100_000_000_000,
        help_text="Để trống khi văn bản không ghi một số tiền.",
    )  # fmt: skip
    share = NumberField(
        label="Tỷ lệ hỗ trợ (%)", required=False, max_digits=5, decimal_places=2, min_value=0, max_value=100
    )
    source = forms.CharField(label="Nguồn kinh phí", max_length=200)
    per = forms.ChoiceField(
        label="Mỗi kỳ là một",
        choices=Programme.Per.choices,
        help_text="Trong một kỳ không ai được hưởng hai lần.",
    )
    valid_from = DayField(label="Áp dụng từ ngày")
    valid_to = DayField(label="Đến trước ngày", required=False, help_text="Để trống khi chưa biết ngày hết.")
    classes = forms.MultipleChoiceField(
        label="Diện được hưởng", choices=Entitled.choices, widget=forms.CheckboxSelectMultiple
    )
    term_months = WholeNumberField(
        label="Hộ mới thoát còn được hưởng (tháng)", required=False, min_value=1, max_value=120,
        help_text="Chỉ ghi khi chọn hộ mới thoát nghèo, thoát cận nghèo.",
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label="Chỉ dành cho nhóm", choices=Group.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: mọi hộ đúng diện.",
    )  # fmt: skip
    lacking = forms.MultipleChoiceField(
        label="Chỉ hộ thiếu hụt chỉ số", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: không xét chỉ số.",
    )  # fmt: skip
    per_person = forms.BooleanField(label="Tính cho từng người trong hộ", required=False)
    min_age = WholeNumberField(label="Từ tuổi", required=False, min_value=0, max_value=120)
    max_age = WholeNumberField(label="Đến hết tuổi", required=False, min_value=0, max_value=120)
    studying = forms.BooleanField(label="Chỉ người đang đi học", required=False)
    selective = forms.BooleanField(
        label="Xét chọn từng hộ", required=False,
        help_text="Đúng diện chưa đủ, phải được chọn (vay vốn, nhà ở, mô hình): không nhắc ở việc buổi sáng.",
    )  # fmt: skip

    def __init__(self, *args, wards, programme: Programme | None = None, **kwargs):
        if programme is not None:
            kwargs["initial"] = {
                **{name: getattr(programme, name) for name in FIELDS},
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards
        self.fields["lacking"].choices = list(indicator_names().items())
        if programme is not None:
            del self.fields["ward"]

    def clean(self):
        data = super().clean() or {}
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] <= data["valid_from"]:
            self.add_error("valid_to", "Ngày hết áp dụng phải sau ngày bắt đầu.")
        left = {"left_poor", "left_near_poor"} & set(data.get("classes") or ())
        if bool(left) != (data.get("term_months") is not None) and "term_months" not in self.errors:
            self.add_error(
                "term_months",
                "Ghi số tháng hộ mới thoát còn được hưởng."
                if left
                else "Chỉ ghi khi chọn diện hộ mới thoát.",
            )
        return data


class NewProgrammeForm(ProgrammeForm):
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class EditProgrammeForm(ProgrammeForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


FIELDS = tuple(name for name in ProgrammeForm.base_fields if name != "ward")


class EndForm(PortalForm):
    on = DayField(
        label="Hết áp dụng từ ngày", initial=localdate, help_text="Ngày đầu tiên không còn áp dụng."
    )


class ChosenForm(PortalForm):
    """What is done with the ticked lines of a list, or with all of the filter. Subclasses add what is asked."""

    everyone = forms.BooleanField(
        label="Tất cả trong danh sách đang lọc, không chỉ những dòng đánh dấu", required=False
    )


class GrantForm(ChosenForm):
    reason = forms.CharField(
        label="Lý do, căn cứ",
        max_length=300,
        help_text="Ví dụ: Quyết định 15/QĐ-UBND ngày 05/01/2026 phê duyệt danh sách.",
    )
    day = DayField(label="Cho kỳ có ngày", initial=localdate)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class StopForm(ChosenForm):
    on = DayField(label="Thôi hưởng từ ngày", initial=localdate)
    reason = forms.CharField(label="Lý do", max_length=300)


class ReceiveForm(ChosenForm):
    received_on = DayField(label="Nhận ngày", initial=localdate)
    amount = WholeNumberField(
        label="Mỗi khoản nhận (đồng)", required=False, min_value=0, max_value=100_000_000_000,
        help_text="Để trống khi chưa biết số tiền.",
    )  # fmt: skip
    beyond = forms.BooleanField(label="Nhận vượt mức mỗi kỳ", required=False)
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class BudgetForm(PortalForm):
    planned = WholeNumberField(label="Kinh phí kế hoạch (đồng)", min_value=0, max_value=10_000_000_000_000)
    basis = forms.CharField(label="Căn cứ số liệu", max_length=200)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def chosen_ids(data, name: str = "chon") -> list[str]:
    """The ticked lines of a sent list, without doubles."""
    return list(dict.fromkeys(data.getlist(name)))
