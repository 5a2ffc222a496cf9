"""A campaign, a visit, a meeting and its households, as they are typed, the visit on a phone."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate

from households.models import (
    Activity,
    Campaign,
    Contact,
    Entitled,
    Group,
    LivelihoodProject,
    Material,
    Programme,
    Side,
)
from households.reports.support.indicators import indicator_names
from thanhsen.forms import AreaChoice, AreaChoices, DayField, PortalForm, WholeNumberField
from thanhsen.models import Area, User

LATE = timedelta(days=92)  # how long after its end a campaign is still offered, for what is recorded late
Answer, Kind = Contact.Answer, Activity.Kind
LINES = forms.Textarea({"rows": 3})


def my_places(by: User) -> Any:
    return Area.objects.groups().under(by.area_ids).valid_on(localdate()).select_related("parent").in_order()


def open_campaigns(by: User) -> Any:
    today = localdate()
    found = Campaign.objects.visible_to(by).filter(starts_on__lte=today, ends_on__gte=today - LATE)
    return found.newest_first()


class CampaignForm(PortalForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    name = forms.CharField(
        label="Tên đợt vận động", max_length=200, help_text="Ví dụ: Mời tham gia mô hình nuôi bò sinh sản."
    )
    purpose = forms.CharField(
        label="Mục đích, nội dung chính", max_length=500, widget=LINES,
        help_text="Ghi như sẽ nói với gia đình; lần vận động nào không ghi nội dung thì lấy câu này.",
    )  # fmt: skip
    starts_on = DayField(label="Từ ngày", initial=localdate)
    ends_on = DayField(label="Đến hết ngày")
    classes = forms.MultipleChoiceField(
        label="Diện hộ", choices=Entitled.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: mọi hộ. Hộ mới thoát: hộ không còn nghèo, cận nghèo, mà lần phân loại trước là nghèo, cận nghèo.",
    )  # fmt: skip
    term_months = WholeNumberField(
        label="Hộ mới thoát: thoát không quá (tháng)", required=False, min_value=1, max_value=120,
        help_text="Phải nhập khi chọn hộ mới thoát; tính từ ngày thôi là hộ nghèo, cận nghèo. Ví dụ: 36.",
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label="Chỉ nhóm", choices=Group.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: không xét nhóm. Chọn nhiều: thuộc một trong các nhóm.",
    )  # fmt: skip
    lacking = forms.MultipleChoiceField(
        label="Chỉ hộ thiếu hụt chỉ số", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: không xét chỉ số. Theo phân loại đang có hiệu lực; chọn nhiều: thiếu một trong các chỉ số.",
    )  # fmt: skip
    sides = forms.MultipleChoiceField(
        label="Chỉ hộ có mặt yếu", choices=Side.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: không xét. Theo lần xem gần nhất ở trang dễ bị tổn thương của hộ; chọn nhiều: một trong các mặt.",
    )  # fmt: skip
    programme = forms.ModelChoiceField(
        label="Mời vào chương trình", queryset=Programme.objects.none(), required=False, empty_label="(không)"
    )
    project = forms.ModelChoiceField(
        label="Mời vào mô hình",
        queryset=LivelihoodProject.objects.none(),
        required=False,
        empty_label="(không)",
    )
    materials = forms.ModelMultipleChoiceField(
        label="Tài liệu mang theo", queryset=Material.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    areas = AreaChoices(
        label="Tổ dân phố", queryset=Area.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Không chọn: cả phường.",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, by: User, wards, campaign: Campaign | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        today = localdate()
        self.fields["ward"].queryset = wards
        self.fields["lacking"].choices = list(indicator_names().items())
        self.fields["areas"].queryset = my_places(by)
        self.fields["programme"].queryset = Programme.objects.visible_to(by).running(today).in_order()
        projects = LivelihoodProject.objects.visible_to(by).filter(ended_on=None)
        self.fields["project"].queryset = projects.order_by("name", "pk")
        materials = Material.objects.visible_to(by).in_use()
        if campaign is not None:
            del self.fields["ward"]
            self.fields["areas"].queryset = self.fields["areas"].queryset.filter(parent=campaign.ward_id)
            # What stands in it stays on offer, even if withdrawn or ended since.
            self.fields["programme"].queryset |= Programme.objects.filter(campaigns=campaign)
            self.fields["project"].queryset |= LivelihoodProject.objects.filter(campaigns=campaign)
            materials = materials | campaign.materials.all()
            self.fields["areas"].queryset |= Area.objects.filter(
                pk__in=campaign.areas.values("pk")
            ).select_related("parent")
        self.fields["areas"].queryset = self.fields["areas"].queryset.in_order()
        self.fields["materials"].queryset = materials.distinct().newest_first()

    def clean(self):
        super().clean()
        data = self.cleaned_data
        just_left = {Entitled.LEFT_POOR, Entitled.LEFT_NEAR_POOR} & set(data.get("classes") or ())
        if just_left and not data.get("term_months") and "term_months" not in self.errors:
            self.add_error("term_months", "Ghi thoát không quá mấy tháng thì còn là hộ mới thoát.")
        if not just_left and "classes" not in self.errors:
            data["term_months"] = None
        return data


class AnswerFields(PortalForm):
    """What a family answered; why not, only where it says no."""

    answer = forms.ChoiceField(
        label="Gia đình trả lời",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn câu trả lời của gia đình."},
    )
    refusal = forms.ChoiceField(
        label="Vì sao không", choices=[("", "(chọn)"), *Contact.Refusal.choices], required=False
    )
    refusal_note = forms.CharField(label="Ghi rõ", max_length=300, required=False)
    next_visit_on = DayField(label="Hẹn đến lại ngày", required=False)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("answer") != Answer.REFUSED:
            data.update(refusal="", refusal_note="")
        elif not data.get("refusal"):
            self.add_error("refusal", "Chọn vì sao gia đình không tham gia.")
        elif data["refusal"] == Contact.Refusal.OTHER and not data.get("refusal_note"):
            self.add_error("refusal_note", "Ghi rõ lý do gia đình nói.")
        return data


class VisitForm(AnswerFields):
    """One visit to, or call of, one household: the activity and its contact in one form."""

    kind = forms.ChoiceField(
        label="Hình thức",
        choices=[(each, each.label) for each in (Kind.VISIT, Kind.CALL)],
        widget=forms.RadioSelect,
        initial=Kind.VISIT,
    )
    campaign = forms.ModelChoiceField(
        label="Thuộc đợt",
        queryset=Campaign.objects.none(),
        required=False,
        empty_label="(không thuộc đợt nào)",
    )
    date = DayField(label="Ngày", initial=localdate)
    subject = forms.CharField(
        label="Đã nói gì", max_length=1000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="Không thuộc đợt nào thì phải ghi; thuộc một đợt thì để trống được.",
    )  # fmt: skip
    led_by = forms.CharField(label="Người thực hiện", max_length=200)
    materials = forms.ModelMultipleChoiceField(
        label="Tài liệu đã dùng, để lại", queryset=Material.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    person = forms.CharField(label="Gặp ai", max_length=120, required=False)
    said = forms.CharField(
        label="Gia đình nói gì", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, by: User, ward: int, **kwargs):
        super().__init__(*args, **kwargs)
        materials = Material.objects.visible_to(by).in_use().filter(ward=ward)
        self.fields["materials"].queryset = materials.newest_first()
        self.fields["campaign"].queryset = open_campaigns(by).filter(ward=ward)
        self.fields["led_by"].initial = by.full_name
        for name, field in self.fields.items():
            if name not in {"kind", "answer", "materials", "request_id"}:
                is_choice = isinstance(field, forms.ChoiceField)
                field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def clean(self):
        data = super().clean()
        if (
            data.get("answer") == Answer.ABSENT
        ):  # nobody was met: neither the head offered nor anybody's words
            data.update(person="", said="")
        if not data.get("subject") and not data.get("campaign") and "campaign" not in self.errors:
            self.add_error("subject", "Ghi đã nói gì, hoặc chọn đợt vận động.")
        return data


class ActivityForm(PortalForm):
    """A meeting, whose households are ticked afterwards, or a broadcast."""

    kind = forms.ChoiceField(
        label="Hình thức",
        choices=[(each, each.label) for each in (Kind.MEETING, Kind.BROADCAST)],
        widget=forms.RadioSelect,
        initial=Kind.MEETING,
    )
    area = AreaChoice(label="Tổ dân phố", queryset=Area.objects.none(), empty_label="(chọn)")
    campaign = forms.ModelChoiceField(
        label="Thuộc đợt",
        queryset=Campaign.objects.none(),
        required=False,
        empty_label="(không thuộc đợt nào)",
    )
    date = DayField(label="Ngày", initial=localdate)
    place = forms.CharField(label="Nơi", max_length=200, required=False)
    subject = forms.CharField(
        label="Nội dung đã nói", max_length=1000, required=False, widget=LINES,
        help_text="Không thuộc đợt nào thì phải ghi; thuộc một đợt thì để trống được.",
    )  # fmt: skip
    led_by = forms.CharField(label="Người thực hiện", max_length=200)
    attended = WholeNumberField(label="Số người dự, nghe", required=False, min_value=0, max_value=100_000)
    materials = forms.ModelMultipleChoiceField(
        label="Tài liệu đã dùng", queryset=Material.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = my_places(by)
        self.fields["campaign"].queryset = open_campaigns(by)
        self.fields["materials"].queryset = Material.objects.visible_to(by).in_use().newest_first()
        self.fields["led_by"].initial = by.full_name

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if not data.get("subject") and not data.get("campaign") and "campaign" not in self.errors:
            self.add_error("subject", "Ghi nội dung đã nói, hoặc chọn đợt vận động.")
        return data


class PresentForm(AnswerFields):
    """One household of a meeting, a line of the list."""

    said = forms.CharField(label="Gia đình nói gì", max_length=500, required=False)

    def __init__(self, *args, household, **kwargs):
        super().__init__(*args, prefix=f"h{household.pk}", initial={"answer": Answer.INFORMED}, **kwargs)
        answer = self.fields["answer"]
        answer.widget = forms.Select(choices=[each for each in Answer.choices if each[0] != Answer.ABSENT])
        for name in ("answer", "refusal"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("said", "refusal_note", "next_visit_on"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.household = household


class CorrectForm(AnswerFields):
    """What one household answered, put right."""

    person = forms.CharField(label="Gặp ai", max_length=120, required=False)
    said = forms.CharField(
        label="Gia đình nói gì", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    reason = forms.CharField(
        label="Lý do sửa", max_length=300, help_text="Ví dụ: ghi nhầm với nhà bên cạnh; nghe lại gia đình."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, contact: Contact, **kwargs):
        said = {name: getattr(contact, name) for name in (*Contact.SAID, "version")}
        super().__init__(*args, initial=said, **kwargs)
        if contact.activity.kind == Kind.MEETING:
            self.fields["answer"].choices = [each for each in Answer.choices if each[0] != Answer.ABSENT]

    def clean(self):
        data = super().clean()
        if data.get("answer") == Answer.ABSENT:
            data.update(person="", said="")
        return data


class WithdrawForm(PortalForm):
    reason = forms.CharField(
        label="Lý do bỏ", max_length=300, help_text="Ví dụ: đánh dấu nhầm, hộ không có người dự."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VoidForm(PortalForm):
    reason = forms.CharField(label="Lý do bỏ", max_length=300, help_text="Ví dụ: ghi nhầm hộ, ghi trùng.")
