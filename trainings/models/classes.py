"""Classes (lớp) of a course and their sessions (buổi)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from thanhsen.models import Area
from trainings.models.courses import Course, Speaker, Topic, Venue


class TimeRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


def _not_twice_at_once(name: str, field: str, sentence: str) -> ExclusionConstraint:
    """No two sessions that take place with the same `field` at the same time."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (field, RangeOperators.EQUAL),
            (TimeRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
        ],
        condition=~Q(state="cancelled"),
        violation_error_message=sentence,
    )


class OfCourseQuerySet(models.QuerySet):
    """Rows with a `course`."""

    def visible_to(self, user):
        return self.filter(course__in=Course.objects.visible_to(user))

    def governed_by(self, user):
        return self.filter(course__ward__in=Area.objects.visible_to(user))


class TrainingClassQuerySet(OfCourseQuerySet):
    def in_order(self):
        return self.order_by("course", "number")


class TrainingClass(models.Model):
    """A class: who sits together. Its capacity is kept by the database (`class_is_full`)."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="classes", verbose_name="khoá")
    number = models.PositiveSmallIntegerField("lớp số")
    name = models.CharField("tên lớp", max_length=120)
    capacity = models.PositiveSmallIntegerField("số học viên nhiều nhất")
    version = models.PositiveIntegerField(default=1)

    objects = TrainingClassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"],
                name="class_numbered",
                violation_error_message="Khoá đã có lớp mang số này.",
            ),
            models.CheckConstraint(
                name="class_named",
                condition=~Q(name="") & Q(capacity__gte=1),
                violation_error_message="Ghi tên lớp và số học viên nhiều nhất (từ 1).",
            ),
        ]

    def __str__(self):
        return self.name


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(training_class__course__in=Course.objects.visible_to(user))

    def governed_by(self, user):
        return self.filter(training_class__course__ward__in=Area.objects.visible_to(user))

    def taking_place(self):
        return self.exclude(state=Session.State.CANCELLED)

    def in_order(self):
        return self.order_by("starts_at", "training_class__number", "pk")


class Session(models.Model):
    """A session of one class. Hall, speaker and class are each in one session at a time (the database too)."""

    class State(models.TextChoices):
        PLANNED = "planned", "Chưa học"
        HELD = "held", "Đã học"
        CANCELLED = "cancelled", "Không học"

    class Kind(models.TextChoices):
        LECTURE = "lecture", "Nghe giảng"
        PRACTICE = "practice", "Thực hành"
        DISCUSSION = "discussion", "Thảo luận, trao đổi"
        TEST = "test", "Kiểm tra"

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="sessions", verbose_name="lớp"
    )
    number = models.PositiveSmallIntegerField("buổi số")
    kind = models.CharField("hình thức", max_length=10, choices=Kind, default=Kind.LECTURE)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyên đề"
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name="báo cáo viên"
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name="nơi học"
    )
    starts_at = models.DateTimeField("bắt đầu")
    ends_at = models.DateTimeField("kết thúc")
    state = models.CharField("trạng thái", max_length=9, choices=State, default=State.PLANNED)
    cancel_reason = models.CharField("lý do không học", max_length=300, blank=True)
    closed_at = models.DateTimeField("chốt điểm danh lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "number"],
                name="session_numbered",
                violation_error_message="Lớp đã có buổi mang số này.",
            ),
            models.CheckConstraint(
                name="session_times_in_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
            models.CheckConstraint(
                name="session_cancelled_with_reason",
                condition=Q(state="cancelled") & ~Q(cancel_reason="") | ~Q(state="cancelled") & Q(cancel_reason=""),
                violation_error_message="Ghi vì sao buổi này không học.",
            ),
            models.CheckConstraint(
                name="session_closed_was_held",
                condition=Q(closed_at=None) | Q(state="held"),
                violation_error_message="Chỉ buổi đã học mới chốt điểm danh.",
            ),
            models.CheckConstraint(name="session_state_known", condition=Q(state__in=["planned", "held", "cancelled"])),
            models.CheckConstraint(
                name="session_kind_known", condition=Q(kind__in=["lecture", "practice", "discussion", "test"])
            ),
            _not_twice_at_once(
                "session_class_free", "training_class", "Lớp này đã có một buổi khác trong giờ ấy."
            ),
            _not_twice_at_once("session_venue_free", "venue", "Nơi học này đã có một buổi khác trong giờ ấy."),
            _not_twice_at_once(
                "session_speaker_free", "speaker", "Báo cáo viên đã dạy một buổi khác trong giờ ấy."
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Buổi {self.number}, {self.training_class}"
