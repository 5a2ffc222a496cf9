"""A course: its facts, what is copied from an earlier one, its topics, why it is opened again."""

from decimal import Decimal

from django import forms
from django.db.models import Q

from thanhsen.forms import AreaChoice, NumberField, PortalForm, PortalModelForm, WholeNumberField
from thanhsen.models import Area
from trainings.actions.courses.courses import COPIED, FIELDS, Taught
from trainings.forms.courses.cells import cell
from trainings.models import Course, Topic

COPY = {
    "topics": "Chuyên đề",
    "costs": "Các khoản chi (nội dung, mức, số lượng dự kiến)",
    "evaluation": "Phiếu đánh giá",
}


class CourseForm(PortalModelForm):
    """`wards` are offered for a new course; `like` is the earlier one that it is copied from."""

    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    copied = forms.MultipleChoiceField(
        label="Lấy từ khoá trước",
        choices=[(each, COPY[each]) for each in COPIED],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Học viên, lớp, lịch học và số đã chi không lấy sang.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta(PortalModelForm.Meta):
        model = Course
        fields = FIELDS
        widgets = {"purpose": forms.Textarea({"rows": 3})}
        help_texts = {
            "code": "Ngắn, không trùng khoá khác, ví dụ: GN-2026-01.",
            "purpose": "Đưa vào kế hoạch và quyết định mở lớp.",
            "seats": "Tổng số người của mọi lớp.",
            "signer": "Chỉ họ tên. Ký kế hoạch, giấy triệu tập, báo cáo; lúc chốt danh sách và cấp giấy chọn lại được.",
            "min_attendance": "Của số buổi đã học của lớp; đến muộn cũng tính là dự.",
            "pass_percent": "Để trống khi không xét điểm bài kiểm tra sau khoá.",
            "number_pattern": "{n} là số thứ tự trong sổ, {year} là năm cấp.",
        }

    def __init__(self, *args, wards=None, like: Course | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if wards is None or like is not None:
            del self.fields["ward"]
        else:
            self.fields["ward"].queryset = wards
            self.order_fields(["ward"])
        if like is None:
            del self.fields["copied"]


class ReasonForm(PortalForm):
    reason = forms.CharField(label="Vì sao", max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class VersionForm(PortalForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TaughtForm(PortalForm):
    """The topics of a course: those with a place in the order are taught, the rest are not."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        taught = {each.topic_id: each for each in course.course_topics.all()}
        found = Topic.objects.filter(ward=course.ward_id).filter(Q(retired_on=None) | Q(pk__in=taught))
        self.topics = sorted(
            found.in_order(), key=lambda each: taught[each.pk].number if each.pk in taught else 1000
        )
        kwargs["initial"] = {"version": course.version}
        for each in taught.values():
            kwargs["initial"] |= {
                f"number_{each.topic_id}": each.number,
                f"hours_{each.topic_id}": each.hours,
            }
        super().__init__(*args, **kwargs)
        for topic in self.topics:
            self.fields[f"number_{topic.pk}"] = cell(
                WholeNumberField(required=False, min_value=1, max_value=99), f"Thứ tự, {topic}"
            )
            self.fields[f"hours_{topic.pk}"] = cell(
                NumberField(
                    required=False, max_digits=4, decimal_places=1, min_value=Decimal("0.5"), max_value=200
                ),
                f"Số tiết, {topic}",
            )

    @property
    def rows(self):
        return [(each, self[f"number_{each.pk}"], self[f"hours_{each.pk}"]) for each in self.topics]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        taught = []
        for topic in self.topics:
            number, hours = data.get(f"number_{topic.pk}"), data.get(f"hours_{topic.pk}")
            if number:
                taught.append(Taught(topic, number, hours))
            elif hours and not self.errors:
                self.add_error(
                    f"number_{topic.pk}", "Ghi thứ tự, hoặc xoá số tiết nếu khoá không dạy chuyên đề này."
                )
        return {"version": data.get("version"), "topics": sorted(taught, key=lambda each: each.number)}
