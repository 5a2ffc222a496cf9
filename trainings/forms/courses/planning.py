"""What a timetable in bulk is made of: classes with their venue, topics with their sessions, days and hours."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from thanhsen.forms import DayField, PortalForm, WholeNumberField
from trainings.actions.courses import offered
from trainings.actions.courses.planning import Arrangement, Choice, Lesson
from trainings.actions.courses.slots import DAYS, Part
from trainings.forms.courses.cells import cell
from trainings.forms.courses.hours import HourField
from trainings.forms.courses.timetable import NONE, in_use
from trainings.models import Course, Session, Speaker, Venue

PARTS = {"morning": "Buổi sáng", "afternoon": "Buổi chiều"}


class PlanForm(PortalForm):
    first = DayField(label="Bắt đầu từ ngày")
    weekdays = forms.TypedMultipleChoiceField(
        label="Học vào các thứ",
        choices=[(number, name.capitalize()) for number, name in enumerate(DAYS)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ngày nghỉ lễ đã nhập thì tự bỏ qua.",
        error_messages={"required": "Chọn ít nhất một thứ."},
    )
    morning = forms.BooleanField(label="Buổi sáng", required=False)
    morning_from = HourField(label="Sáng từ", required=False)
    morning_to = HourField(label="Sáng đến", required=False)
    afternoon = forms.BooleanField(label="Buổi chiều", required=False)
    afternoon_from = HourField(label="Chiều từ", required=False)
    afternoon_to = HourField(label="Chiều đến", required=False)
    arrangement = forms.ChoiceField(
        label="Các lớp học thế nào", choices=Arrangement.choices, widget=forms.RadioSelect,
        help_text="Học cùng lúc thì mỗi lớp cần một nơi và một báo cáo viên riêng.",
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        self.classes = list(course.classes.in_order())
        self.taught = list(course.course_topics.select_related("topic").order_by("number", "pk"))
        kwargs["initial"] = _start(course, self.classes, self.taught)
        super().__init__(*args, **kwargs)
        for name in PARTS:
            cell(self.fields[name], PARTS[name])
            cell(self.fields[f"{name}_from"], f"{PARTS[name]} từ giờ")
            cell(self.fields[f"{name}_to"], f"{PARTS[name]} đến giờ")
        venues, speakers = list(in_use(Venue, course)), list(in_use(Speaker, course))
        for held in self.classes:
            self.fields[f"class_{held.pk}"] = cell(forms.BooleanField(required=False), f"Xếp {held}")
            self.fields[f"venue_{held.pk}"] = cell(_choice(venues), f"Nơi học, {held}")
        for each in self.taught:
            name = each.topic.name
            self.fields[f"sessions_{each.pk}"] = cell(
                WholeNumberField(required=False, min_value=0, max_value=20), f"Số buổi, {name}", maxlength=2
            )
            kinds = forms.ChoiceField(choices=Session.Kind.choices)
            self.fields[f"kind_{each.pk}"] = cell(kinds, f"Hình thức, {name}")
            self.fields[f"speaker_{each.pk}"] = cell(_choice(speakers), f"Báo cáo viên, {name}")

    @property
    def class_rows(self):
        return [(each, self[f"class_{each.pk}"], self[f"venue_{each.pk}"]) for each in self.classes]

    @property
    def topic_rows(self):
        return [
            (each.topic, self[f"sessions_{each.pk}"], self[f"kind_{each.pk}"], self[f"speaker_{each.pk}"])
            for each in self.taught
        ]

    @property
    def part_rows(self):
        return [(self[name], self[f"{name}_from"], self[f"{name}_to"]) for name in PARTS]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        parts = [part for name in PARTS if data.get(name) and (part := self._part(name))]
        if not any(data.get(name) for name in PARTS):
            self.add_error("morning", "Chọn buổi sáng, buổi chiều hoặc cả hai.")
        if self.errors:
            raise ValidationError("Chưa xếp được: xem các ô được đánh dấu.")
        chosen = [(held, data[f"venue_{held.pk}"]) for held in self.classes if data[f"class_{held.pk}"]]
        lessons = [
            Lesson(each.topic, sessions, data[f"kind_{each.pk}"], data[f"speaker_{each.pk}"])
            for each in self.taught
            if (sessions := data[f"sessions_{each.pk}"])
        ]
        return {
            "choice": Choice(chosen, lessons, data["first"], data["weekdays"], parts, data["arrangement"]),
            "seen": data["seen"],
        }

    def _part(self, name: str) -> Part | None:
        starts, ends = self.cleaned_data.get(f"{name}_from"), self.cleaned_data.get(f"{name}_to")
        if not starts or not ends:
            if not {f"{name}_from", f"{name}_to"} & set(self.errors):
                self.add_error(f"{name}_to" if starts else f"{name}_from", "Nhập giờ.")
            return None
        if ends <= starts:
            self.add_error(f"{name}_to", "Giờ kết thúc phải sau giờ bắt đầu.")
            return None
        return Part(starts, ends)


def _start(course: Course, classes, taught) -> dict:
    """All classes and topics, a session each, mornings of working days."""
    start = {
        "first": course.starts_on,
        "weekdays": [0, 1, 2, 3, 4],
        "morning": True,
        "arrangement": Arrangement.IN_TURN,
    }
    for name, (starts, ends) in offered.hours().items():
        start |= {f"{name}_from": starts, f"{name}_to": ends}
    start |= {f"class_{each.pk}": True for each in classes}
    start |= {f"sessions_{each.pk}": 1 for each in taught}
    return start


def _choice(rows: Sequence[Venue] | Sequence[Speaker]) -> forms.TypedChoiceField:
    """One of rows that were read once for all the lines of the page."""
    by_key = {str(each.pk): each for each in rows}
    choices = [("", NONE), *((key, str(each)) for key, each in by_key.items())]
    return forms.TypedChoiceField(choices=choices, coerce=by_key.get, empty_value=None, required=False)
