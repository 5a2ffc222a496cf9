"""What is typed of a shock, of what it did to a household, of the help and the requests that follow."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from households.models import Policy, Programme, Request, Shock, ShockEvent, ShockImpact, Vulnerability
from households.models.support.relief import used_for_others
from thanhsen.forms import AreaChoices, DayField, PortalForm, WholeNumberField
from thanhsen.models import Area, User

MOST = 100_000_000_000
Severity = ShockImpact.Severity
# As the officer in the street reads them: short, the worst last.
SEVERITIES = [
    (Severity.NONE, "Không"),
    (Severity.LIGHT, "Nhẹ"),
    (Severity.HEAVY, "Nặng"),
    (Severity.LOST, Severity.LOST.label),
    (Severity.DEATH, Severity.DEATH.label),
]


def _mine(by: User) -> Any:
    return Area.objects.groups().under(by.area_ids).valid_on(localdate()).select_related("parent").in_order()


class AreasField(AreaChoices):
    def __init__(self, **named):
        super().__init__(
            label="Tổ dân phố bị ảnh hưởng",
            queryset=Area.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            **named,
        )


class AboutShockForm(PortalForm):
    """What may be corrected of a shock once it is recorded."""

    name = forms.CharField(
        label="Tên gọi", max_length=200, help_text="Ví dụ: Bão số 5; dịch tả lợn châu Phi; giá tôm giảm."
    )
    kind = forms.ChoiceField(label="Loại", choices=[("", "(chọn)"), *Shock.choices])
    ended_on = DayField(label="Hết ngày", required=False, help_text="Để trống khi chưa hết.")
    description = forms.CharField(
        label="Mô tả, thiệt hại chung", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


class EditShockForm(AboutShockForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, shock: ShockEvent, **kwargs):
        names = ("name", "kind", "ended_on", "description", "version")
        super().__init__(*args, initial={name: getattr(shock, name) for name in names}, **kwargs)


class RedateForm(PortalForm):
    happened_on = DayField(label="Ngày xảy ra đúng")
    reason = forms.CharField(
        label="Lý do sửa", max_length=300, help_text="Ví dụ: ghi nhầm ngày nhập máy thành ngày xảy ra."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VoidShockForm(PortalForm):
    reason = forms.CharField(
        label="Lý do bỏ", max_length=300, help_text="Ví dụ: ghi trùng với biến cố đã có; ghi nhầm phường."
    )


class ShockForm(AboutShockForm):
    """A new shock, with the tổ dân phố of the user's that it struck."""

    happened_on = DayField(label="Xảy ra ngày", initial=localdate)
    areas = AreasField(
        help_text="Mọi hộ đang có trong sổ ở các tổ này vào ngày đó được đưa vào danh sách để xem; thêm tổ sau được."
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["name", "kind", "happened_on", "ended_on", "description", "areas"]

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = _mine(by)


class SpreadForm(PortalForm):
    areas = AreasField()

    def __init__(self, *args, by: User, shock: ShockEvent, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = (
            _mine(by).filter(parent=shock.ward_id).exclude(pk__in=shock.areas.all())
        )


class ImpactForm(PortalForm):
    """One household of the quick entry."""

    severity = forms.ChoiceField(
        label="Mức độ",
        choices=SEVERITIES,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn mức độ."},
    )
    loss = WholeNumberField(label="Ước tính (đồng)", required=False, min_value=0, max_value=MOST)
    text = forms.CharField(label="Thiệt hại gì", max_length=500, required=False)
    pushed_down = forms.BooleanField(label="Có thể rơi vào nghèo, cận nghèo", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, impact: ShockImpact, **kwargs):
        names = ("severity", "loss", "text", "pushed_down", "version")
        super().__init__(
            *args,
            initial={name: getattr(impact, name) for name in names},
            prefix=str(impact.pk),
            auto_id="%s",
            **kwargs,
        )
        for name in ("loss", "text"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.impact = impact

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ReliefProgramme(forms.ModelChoiceField):
    """The programme with the other shocks it was used for."""

    used: dict[int, list[ShockEvent]] = {}

    def label_from_instance(self, programme):
        others = ", ".join(str(each) for each in self.used.get(programme.pk, ()))
        return f"{programme} – đã dùng cho {others}" if others else str(programme)


class ReliefForm(PortalForm):
    programme = ReliefProgramme(
        label="Hỗ trợ theo chương trình", queryset=Programme.objects.none(), empty_label="(chọn)"
    )
    is_meant = forms.BooleanField(
        label="Đúng là dùng chương trình này cho biến cố này", required=False,
        help_text="Chỉ đánh dấu khi chọn chương trình đã dùng cho biến cố khác.",
    )  # fmt: skip
    day = DayField(label="Hỗ trợ từ ngày", initial=localdate)
    reason = forms.CharField(label="Lý do, căn cứ", max_length=300)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, shock: ShockEvent, **kwargs):
        super().__init__(*args, **kwargs)
        running = Programme.objects.running(localdate()).filter(ward=shock.ward_id, per_person=False)
        self.fields["programme"].queryset = running.filter(policy=Policy.EMERGENCY).in_order()
        self.fields["programme"].used = used = used_for_others(shock)
        offered = self.fields["programme"].queryset
        self.used = [(each, used[each.pk]) for each in offered.filter(pk__in=used)] if used else []
        if not self.used:
            del self.fields["is_meant"]
        self.fields["programme"].initial = shock.programme_id
        self.fields["reason"].initial = f"Thiệt hại do {shock.name} ngày {shock.happened_on:%d/%m/%Y}"


class ReviewsForm(PortalForm):
    received_on = DayField(label="Nhận đơn ngày", initial=localdate)
    channel = forms.ChoiceField(
        label="Cách nộp", choices=Request.Channel.choices, initial=Request.Channel.GROUP_HEAD
    )


class VulnerabilityForm(PortalForm):
    assessed_on = DayField(label="Xem ngày", initial=localdate)
    single_earner = forms.BooleanField(label="Chỉ một người làm ra tiền", required=False)
    unstable_livelihood = forms.BooleanField(label="Sinh kế bấp bênh, theo mùa", required=False)
    illness = forms.BooleanField(label="Có người bệnh nặng, bệnh lâu dài", required=False)
    debt = WholeNumberField(
        label="Đang nợ (đồng)",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text="Để trống khi chưa biết; không nợ thì ghi 0.",
    )
    debt_to = forms.CharField(
        label="Nợ ai",
        max_length=200,
        required=False,
        help_text="Ví dụ: Ngân hàng Chính sách xã hội; người thân.",
    )
    exposures = forms.MultipleChoiceField(
        label="Dễ bị",
        choices=Vulnerability.Exposure.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label="Ghi rõ", max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    request_id = forms.UUIDField(widget=forms.HiddenInput)
