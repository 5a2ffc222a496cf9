"""What was asked and shared, as it is typed: many in one sitting, one with its answer, one from a phone."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from thanhsen.forms import DayField, PortalForm
from trainings.models import Contribution, Course, Session, Topic, Trainee
from trainings.reports import discussions as report

Kind = Contribution.Kind
MOST = 50  # lines of one sitting
LONGEST = 4000


def _steps() -> list[tuple[str, str]]:
    return [("", "(không gắn bước nào)"), *report.steps()]


def topics_of(ward: int):
    return Topic.objects.filter(ward=ward).in_use().in_order()


class SittingForm(PortalForm):
    """One session: a line each."""

    session: Any = forms.ModelChoiceField(
        label="Buổi", queryset=Session.objects.none(), required=False, empty_label="(không thuộc buổi nào)"
    )
    kind = forms.ChoiceField(
        label="Loại", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.QUESTION
    )
    texts = forms.CharField(
        label="Nội dung, mỗi dòng một ý", max_length=MOST * 500, widget=forms.Textarea({"rows": 5}),
        help_text="Gõ nhanh trong lúc thảo luận; chữ và câu trả lời sửa sau.",
    )  # fmt: skip
    topic: Any = forms.ModelChoiceField(
        label="Chuyên đề", queryset=Topic.objects.none(), required=False, empty_label="(chưa rõ)"
    )
    step = forms.ChoiceField(label="Bước rà soát", required=False, choices=_steps)
    trainee: Any = forms.ModelChoiceField(
        label="Người nêu", queryset=Trainee.objects.none(), required=False, empty_label="(không ghi)",
        help_text="Chỉ ban tổ chức thấy; không hiện khi đưa lên.",
    )  # fmt: skip
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = report.sessions(course)
        self.fields["session"].label_from_instance = session_name
        self.fields["topic"].queryset = topics_of(course.ward_id)
        self.fields["trainee"].queryset = Trainee.objects.enrolled().filter(course=course).in_order()

    def clean_texts(self):
        lines = [" ".join(each.split()) for each in self.cleaned_data["texts"].split("\n") if each.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(f"Nhiều quá: mỗi lần ghi tối đa {MOST} dòng.")
        if any(len(each) > LONGEST for each in lines):
            raise forms.ValidationError(f"Có dòng dài quá {LONGEST} ký tự. Chia ra nhiều dòng.")
        return lines


def session_name(session: Session) -> str:
    return f"Buổi {session.number}, {session.training_class} ({session.get_kind_display().lower()})"


class ContributionForm(PortalForm):
    """One with its answer. With `dua` in the page sent it is put up at once."""

    kind = forms.ChoiceField(label="Loại", choices=Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="Nội dung", max_length=LONGEST, widget=forms.Textarea({"rows": 3}))
    topic: Any = forms.ModelChoiceField(
        label="Chuyên đề", queryset=Topic.objects.none(), required=False, empty_label="(chưa rõ)"
    )
    step = forms.ChoiceField(
        label="Bước rà soát", required=False, choices=_steps,
        help_text="Hiện cạnh hướng dẫn của bước này.",
    )  # fmt: skip
    answer = forms.CharField(
        label="Trả lời", max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 5})
    )
    legal_basis = forms.CharField(
        label="Căn cứ", max_length=300, required=False, help_text="Văn bản, điều khoản; để trống nếu chưa rõ."
    )
    answered_by = forms.CharField(label="Người trả lời", max_length=120, required=False)
    answered_on = DayField(label="Trả lời ngày", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, contribution: Contribution, **kwargs):
        super().__init__(*args, **kwargs)
        topics = topics_of(contribution.ward_id)
        if contribution.topic_id:
            topics = topics | Topic.objects.filter(pk=contribution.topic_id)
        self.fields["topic"].queryset = topics

    def clean(self):
        data = super().clean() or self.cleaned_data
        if not data.get("answer"):
            data.update(answered_by="", answered_on=None)
        elif not data.get("answered_by"):
            self.add_error("answered_by", "Ghi người trả lời.")
        elif "answered_on" not in self.errors:
            data["answered_on"] = data.get("answered_on") or localdate()
            if data["answered_on"] > localdate():
                self.add_error("answered_on", "Ngày trả lời không ở sau hôm nay.")
        return {"version": data.pop("version", None), "values": data}


class SendForm(PortalForm):
    """From the phone of a trainee."""

    kind = forms.ChoiceField(
        label="Anh/chị gửi", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.QUESTION
    )
    text = forms.CharField(
        label="Nội dung", max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text="Không ghi tên, số CCCD hay chuyện riêng của một hộ.",
    )  # fmt: skip
    topic: Any = forms.ModelChoiceField(
        label="Chuyên đề", queryset=Topic.objects.none(), required=False, empty_label="(chưa rõ)"
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, ward: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics_of(ward)


class KnowledgeFilter(PortalForm):
    q = forms.CharField(label="Tìm chữ", max_length=100, required=False)
    step = forms.ChoiceField(
        label="Bước rà soát", required=False, choices=lambda: [("", "Tất cả"), *report.steps()]
    )
    chuyen_de: Any = forms.ModelChoiceField(
        label="Chuyên đề", queryset=Topic.objects.none(), required=False, empty_label="Tất cả"
    )
    loai = forms.ChoiceField(label="Loại", choices=[("", "Tất cả"), *Kind.choices], required=False)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chuyen_de"].queryset = Topic.objects.visible_to(by).in_order()
