"""Materials, campaigns, visits and meetings, typed."""

from django import forms
from django.utils.timezone import localdate

from households.actions.support.materials import KINDS
from households.models import (
    Activity,
    Campaign,
    Contact,
    Entitled,
    Group,
    LivelihoodProject,
    Material,
    Programme,
)
from thanhsen.forms import AreaChoice, AreaChoices, DayField, PortalForm, WholeNumberField
from thanhsen.models import Area

LINES = forms.Textarea(attrs={"rows": 2})
CLASSES = [each for each in Entitled.choices if each[0] in {"poor", "near_poor", "average"}]


class MaterialForm(PortalForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    title = forms.CharField(label="Tên tài liệu", max_length=200)
    topic = forms.CharField(label="Chủ đề", max_length=200, required=False)
    audience = forms.ChoiceField(label="Dùng cho", choices=Material.Audience.choices)
    author = forms.CharField(label="Nơi soạn, nguồn", max_length=200)
    file = forms.FileField(label="Tệp", required=False, help_text=f"{KINDS}; không quá 20 MB.")
    link = forms.URLField(
        label="Hoặc địa chỉ trên mạng", max_length=500, required=False, assume_scheme="https",
        help_text="Bắt đầu bằng https://.",
    )  # fmt: skip
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, wards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards

    def clean(self):
        data = super().clean() or {}
        if bool(data.get("file")) == bool(data.get("link")) and not {"file", "link"} & set(self.errors):
            self.add_error("file", "Gửi tệp hoặc ghi địa chỉ trên mạng, một trong hai.")
        if data.get("link") and not data["link"].startswith("https://"):
            self.add_error("link", "Địa chỉ phải bắt đầu bằng https://.")
        return data


class CampaignForm(PortalForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    name = forms.CharField(label="Tên đợt vận động", max_length=200)
    purpose = forms.CharField(label="Mục đích", max_length=500, widget=LINES)
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến hết ngày")
    areas = AreaChoices(
        label="Tổ dân phố", queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: cả phường.",
    )  # fmt: skip
    classes = forms.MultipleChoiceField(
        label="Diện hộ", choices=CLASSES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: mọi hộ trong sổ.",
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label="Nhóm", choices=Group.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: mọi nhóm.",
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
        label="Tài liệu",
        queryset=Material.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, choices: dict, fixed_ward: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset
        if fixed_ward:
            del self.fields["ward"]


class ActivityForm(PortalForm):
    """What is the same for everybody reached."""

    campaign = forms.ModelChoiceField(
        label="Thuộc đợt", queryset=Campaign.objects.none(), required=False, empty_label="(không)"
    )
    kind = forms.ChoiceField(label="Hình thức", choices=Activity.Kind.choices)
    date = DayField(label="Ngày", initial=localdate)
    place = forms.CharField(label="Nơi", max_length=200, required=False)
    subject = forms.CharField(label="Nội dung đã nói", max_length=1000, widget=LINES)
    led_by = forms.CharField(label="Người thực hiện", max_length=200)
    materials = forms.ModelMultipleChoiceField(
        label="Tài liệu đã dùng",
        queryset=Material.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, campaigns, materials, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns
        self.fields["materials"].queryset = materials


class MeetingForm(ActivityForm):
    area = AreaChoice(label="Tổ dân phố", queryset=Area.objects.none())
    attended = WholeNumberField(label="Số người dự, nghe", required=False, min_value=0, max_value=100_000)

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas
        self.order_fields(["area"])


class ContactForm(PortalForm):
    """What one household answered; in a meeting a line is left out while no answer is chosen."""

    person = forms.CharField(label="Gặp ai", max_length=120, required=False)
    said = forms.CharField(label="Gia đình nói gì", max_length=500, required=False)
    answer = forms.ChoiceField(
        label="Trả lời", choices=[("", "(chưa ghi)"), *Contact.Answer.choices], required=False
    )
    refusal = forms.ChoiceField(
        label="Vì sao không", choices=[("", "(không)"), *Contact.Refusal.choices], required=False
    )
    refusal_note = forms.CharField(label="Lý do, ghi rõ", max_length=300, required=False)
    next_visit_on = DayField(label="Đến lại ngày", required=False)

    def __init__(self, *args, needs_answer: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = needs_answer

    def clean(self):
        data = super().clean() or {}
        refused = data.get("answer") == "refused"
        if refused and not data.get("refusal"):
            self.add_error("refusal", "Chọn vì sao không tham gia.")
        if not refused and (data.get("refusal") or data.get("refusal_note")):
            self.add_error("refusal", "Chỉ ghi lý do khi gia đình không tham gia.")
        if data.get("refusal") == "other" and not data.get("refusal_note"):
            self.add_error("refusal_note", "Lý do khác thì ghi rõ.")
        said = any(data.get(name) for name in ("person", "said", "next_visit_on"))
        if said and not data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Chọn câu trả lời của gia đình.")
        return data


class VoidForm(PortalForm):
    reason = forms.CharField(label="Lý do bỏ", max_length=300)
