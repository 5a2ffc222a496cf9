"""A class and a session, typed by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localtime

from thanhsen.forms import DayField, PortalForm, PortalModelForm
from trainings.actions.courses.slots import moment
from trainings.forms.courses.hours import HourField
from trainings.models import Course, Session, Speaker, Topic, TrainingClass, Venue

NONE = "(chưa có)"


class ClassForm(PortalModelForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta(PortalModelForm.Meta):
        model = TrainingClass
        fields = ("number", "name", "capacity")


class SessionForm(PortalForm):
    """`session` is what is edited; a new one first asks for its class."""

    held = forms.ModelChoiceField(label="Lớp", queryset=TrainingClass.objects.none(), empty_label=None)
    day = DayField(label="Ngày")
    starts = HourField(label="Từ giờ")
    ends = HourField(label="Đến giờ")
    kind = forms.ChoiceField(label="Hình thức", choices=Session.Kind.choices)
    topic = forms.ModelChoiceField(
        label="Chuyên đề", queryset=Topic.objects.none(), required=False, empty_label=NONE
    )
    speaker = forms.ModelChoiceField(
        label="Báo cáo viên", queryset=Speaker.objects.none(), required=False, empty_label=NONE
    )
    venue = forms.ModelChoiceField(
        label="Nơi học", queryset=Venue.objects.none(), required=False, empty_label=NONE
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, session: Session | None = None, **kwargs):
        if session is not None:
            kwargs["initial"] = started(session)
        super().__init__(*args, **kwargs)
        here = session or Session()
        topics = Q(pk__in=course.course_topics.values("topic")) | Q(pk=here.topic_id)
        self.fields["topic"].queryset = Topic.objects.filter(topics, ward=course.ward_id).in_order()
        self.fields["speaker"].queryset = in_use(Speaker, course, here.speaker_id)
        self.fields["venue"].queryset = in_use(Venue, course, here.venue_id)
        if session is None:
            self.fields["held"].queryset = course.classes.in_order()
        else:
            del self.fields["held"]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        day, starts, ends = (data.pop(name, None) for name in ("day", "starts", "ends"))
        if starts and ends and ends <= starts:
            raise ValidationError({"ends": "Giờ kết thúc phải sau giờ bắt đầu."})
        if day and starts and ends:
            data |= {"starts_at": moment(day, starts), "ends_at": moment(day, ends)}
        return data


def in_use(kind, course: Course, present: int | None = None):
    """Speakers or venues of the ward that are in use, and the one that stands there now."""
    return kind.objects.filter(Q(retired_on=None) | Q(pk=present), ward=course.ward_id).in_order()


def started(session: Session) -> dict:
    starts, ends = localtime(session.starts_at), localtime(session.ends_at)
    return {
        "day": starts.date(), "starts": starts.time(), "ends": ends.time(), "kind": session.kind,
        "topic": session.topic_id, "speaker": session.speaker_id, "venue": session.venue_id, "version": session.version,
    }  # fmt: skip
