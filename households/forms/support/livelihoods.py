"""A model of livelihood, typed; a household's part in it; a month of follow-ups."""

from django import forms
from django.utils.timezone import localdate

from households.forms.support.choices import SupportChoice
from households.models import LivelihoodProject, Participation, Programme, Support
from thanhsen.forms import AreaChoice, DayField, PortalForm, WholeNumberField
from thanhsen.models import Area

LINES = forms.Textarea(attrs={"rows": 3})
MOST = 100_000_000_000


def money(label: str, help_text: str = "") -> WholeNumberField:
    return WholeNumberField(label=label, required=False, min_value=0, max_value=MOST, help_text=help_text)


class ProjectForm(PortalForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    name = forms.CharField(
        label="Tên mô hình", max_length=200, help_text="Ví dụ: Nuôi bò sinh sản tổ dân phố 3."
    )
    kind = forms.ChoiceField(label="Loại hình", choices=[("", "(chọn)"), *LivelihoodProject.Kind.choices])
    description = forms.CharField(label="Cách làm, kỹ thuật", max_length=2000, required=False, widget=LINES)
    lead = forms.CharField(label="Đơn vị, người chủ trì", max_length=200, required=False)
    programme = forms.ModelChoiceField(
        label="Thuộc chương trình", queryset=Programme.objects.none(), required=False, empty_label="(không)"
    )
    planned_capital = money("Vốn dự kiến (đồng)")
    started_on = DayField(label="Bắt đầu ngày")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, wards, programmes, fixed_ward=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards
        self.fields["programme"].queryset = programmes
        if fixed_ward:
            del self.fields["ward"]


class JoinForm(PortalForm):
    on = DayField(label="Tham gia từ ngày", initial=localdate)


class ParticipationForm(PortalForm):
    own_capital = money("Vốn gia đình góp (đồng)")
    loan = money("Vốn vay (đồng)")
    equipment = forms.CharField(
        label="Con giống, vật tư, thiết bị được cấp", max_length=500, required=False, widget=LINES
    )
    training = forms.CharField(label="Tập huấn đã nhận", max_length=500, required=False)
    support = SupportChoice(
        label="Khoản hỗ trợ đã giao", queryset=Support.objects.none(), required=False, empty_label="(không)",
        help_text="Số tiền lấy từ các lần nhận của khoản này, không nhập lại ở đây.",
    )  # fmt: skip
    income_before = money("Thu nhập từ sinh kế này trước khi tham gia (đồng/tháng)")
    income_after = money("Thu nhập từ sinh kế này hiện nay (đồng/tháng)")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, supports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["support"].queryset = supports


class LeaveForm(PortalForm):
    on = DayField(label="Ra khỏi mô hình ngày", initial=localdate)
    reason = forms.ChoiceField(label="Lý do", choices=[("", "(chọn)"), *Participation.LeftReason.choices])
    note = forms.CharField(label="Vì sao, ghi rõ", max_length=500, required=False, widget=LINES)


class FollowUpForm(PortalForm):
    """One line of a month; empty while nothing is chosen."""

    condition = forms.ChoiceField(
        label="Tình trạng", required=False,
        choices=[("", "(chưa ghi)"), ("good", "Tốt"), ("fair", "Bình thường"), ("bad", "Khó khăn"), ("lost", "Mất trắng")],
    )  # fmt: skip
    income = money("Thu trong tháng (đồng)")
    text = forms.CharField(label="Ghi nhận", max_length=500, required=False)
    next_action = forms.CharField(label="Việc cần làm", max_length=300, required=False)
    visited_on = DayField(label="Xem ngày", initial=localdate)
    version = forms.IntegerField(
        required=False, widget=forms.HiddenInput
    )  # of the line as the page showed it

    @property
    def said(self) -> bool:
        """Whether anything was written of the household, or it was there before: a line left empty is passed over."""
        names = ("condition", "income", "text", "next_action", "version")
        return any(self.data.get(self.add_prefix(name), "").strip() for name in names)

    def clean(self):
        data = super().clean() or {}
        said = any(data.get(name) not in (None, "") for name in ("income", "text", "next_action"))
        if (said or data.get("version")) and not data.get("condition"):
            self.add_error("condition", "Chọn tình trạng.")
        if data.get("condition") in {"bad", "lost"} and not data.get("text"):
            self.add_error("text", "Khó khăn hoặc mất trắng thì ghi rõ chuyện gì.")
        return data
