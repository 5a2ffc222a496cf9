"""Attendance: one mark per trainee and session, and everything that ever stood there."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from thanhsen.models import User
from trainings.models.classes import Session
from trainings.models.roster import Trainee


class MarkQuerySet(models.QuerySet):
    def attended(self):
        return self.filter(state__in=Mark.ATTENDED)


class Mark(models.Model):
    """Where a trainee was in a session. Changed only with its `version`; every state it had stays in `MarkChange`,
    written by the database itself. `is_guest`: sat in for a session of a class other than their own."""

    class State(models.TextChoices):
        PRESENT = "present", "Có mặt"
        LATE = "late", "Đến muộn"
        EXCUSED = "excused", "Vắng có phép"
        ABSENT = "absent", "Vắng"

    class Source(models.TextChoices):
        CLERK = "clerk", "Điểm danh trên máy"
        DOOR = "door", "Quét mã ở cửa"
        PAPER = "paper", "Nhập từ giấy"

    ATTENDED = (State.PRESENT, State.LATE)

    session = models.ForeignKey(Session, models.PROTECT, related_name="marks")
    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="marks")
    state = models.CharField("điểm danh", max_length=7, choices=State)
    source = models.CharField("cách ghi", max_length=5, choices=Source)
    is_guest = models.BooleanField("học ghép", default=False)
    reason = models.CharField("lý do sửa", max_length=300, blank=True)
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    marked_at = models.DateTimeField("lúc", db_default=Now())
    version = models.PositiveIntegerField(default=1)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "trainee"],
                name="mark_once",
                violation_error_message="Người này đã được điểm danh buổi này. Tải lại trang để xem.",
            ),
            models.CheckConstraint(
                name="mark_state_known", condition=Q(state__in=["present", "late", "excused", "absent"])
            ),
            models.CheckConstraint(name="mark_source_known", condition=Q(source__in=["clerk", "door", "paper"])),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.trainee}: {self.get_state_display()}"


class MarkChange(models.Model):
    """One state that a mark took: written by a trigger, never changed. `before` is empty for the first."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="changes")
    before = models.CharField(max_length=7, choices=Mark.State, blank=True)
    after = models.CharField(max_length=7, choices=Mark.State)
    source = models.CharField(max_length=5, choices=Mark.Source)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return f"{self.before} → {self.after}"
