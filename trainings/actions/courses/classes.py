"""Classes of a course: added, edited, taken away while nobody relies on them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from thanhsen import events
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.clashes import when
from trainings.actions.courses.governing import course_to_change
from trainings.actions.roster.seats import move_up
from trainings.models import Course, Mark, Session, TrainingClass

FIELDS = ("number", "name", "capacity")


def add_class(*, by: User, course: Course, values: dict[str, Any]) -> TrainingClass:
    """`values`: FIELDS. Who waits for a seat moves up into it."""
    with kept():
        row = course_to_change(by, course)
        made = TrainingClass.objects.create(course=row, **values)
        events.record(by=by, act="class.save", on=made, after=events.snapshot(made), area=row.ward_id)
        move_up(by=by, course=row)
    return made


def edit_class(
    *, by: User, held: TrainingClass, version: int | None, values: dict[str, Any]
) -> TrainingClass:
    """Its seats never become fewer than those who sit in it; Stale where somebody else saved first."""
    with kept():
        course = course_to_change(by, held.course)
        row = lock(held, version)
        before = events.snapshot(row)
        for name in FIELDS:
            setattr(row, name, values[name])
        row.version += 1
        row.save()
        events.record(
            by=by, act="class.save", on=row, before=before, after=events.snapshot(row), area=course.ward_id
        )
        move_up(by=by, course=course)
    return row


def remove_class(*, by: User, held: TrainingClass, version: int | None) -> int:
    """Take away a class without trainees or marks, with the sessions it still has ahead; how many those were."""
    with kept():
        course = course_to_change(by, held.course)
        row = lock(held, version)
        _nobody_relies_on(row)
        before = events.snapshot(row)
        planned = Session.objects.filter(training_class=row)
        before["sessions"] = [f"Buổi {each.number}: {when(each)}" for each in planned.order_by("number")]
        events.record(by=by, act="class.remove", on=row, before=before, area=course.ward_id)
        try:
            planned.delete()
            row.delete()
        except ProtectedError:
            raise ValidationError(
                f"{row} đã có hỏi đáp hoặc phiếu đánh giá gắn với lớp nên không bỏ được."
            ) from None
    return len(before["sessions"])


def _nobody_relies_on(held: TrainingClass) -> None:
    if count := held.trainees.count():
        raise ValidationError(
            f"{held} đang có {count} học viên (kể cả người đã thôi học) nên không bỏ được. Chuyển họ sang lớp khác trước."
        )
    if Mark.objects.filter(session__training_class=held).exists():
        raise ValidationError(f"{held} đã có điểm danh nên không bỏ được.")
    if held.sessions.filter(state=Session.State.HELD).exists():
        raise ValidationError(f"{held} đã có buổi học nên không bỏ được.")
