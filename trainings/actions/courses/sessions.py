"""One session: added by hand, changed or moved, called off, taken up again, marked as held."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from thanhsen import events
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.clashes import clashes_of
from trainings.actions.courses.governing import course_to_change, one_timetable_at_a_time
from trainings.models import Session, TrainingClass

FIELDS = ("kind", "topic", "speaker", "venue", "starts_at", "ends_at")
State = Session.State


def add_session(*, by: User, held: TrainingClass, values: dict[str, Any]) -> Session:
    """`values`: FIELDS. Its number follows the highest of the class."""
    with kept():
        one_timetable_at_a_time(held.course.ward_id)
        course = course_to_change(by, held.course)
        last = Session.objects.filter(training_class=held).aggregate(last=Max("number"))["last"] or 0
        made = Session(training_class=held, number=last + 1, **values)
        _free(made)
        made.save()
        events.record(by=by, act="session.plan", on=made, after=events.snapshot(made), area=course.ward_id)
    return made


def edit_session(*, by: User, session: Session, version: int | None, values: dict[str, Any]) -> Session:
    """Changed or moved (`values`: FIELDS); not once its attendance is closed, nor called off."""
    with kept():
        row = _row(by, session, version)
        if row.state == State.CANCELLED:
            raise ValidationError("Buổi này đã bỏ. Đưa lại vào lịch rồi sửa.")
        before = events.snapshot(row)
        for name in FIELDS:
            setattr(row, name, values[name])
        _free(row)
        return _saved(by, row, before)


def cancel_session(*, by: User, session: Session, version: int | None, reason: str) -> Session:
    """It does not take place; its hall and speaker are free again. Not once people were marked in it."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi vì sao buổi này không học."})
    with kept():
        row = _row(by, session, version)
        if row.state == State.CANCELLED:
            raise ValidationError("Buổi này đã bỏ từ trước.")
        before = events.snapshot(row)
        row.state, row.cancel_reason = State.CANCELLED, reason.strip()
        return _saved(by, row, before, "session.cancel", reason)


def restore_session(*, by: User, session: Session, version: int | None) -> Session:
    """A session called off stands in the timetable again, where its hour is still free."""
    with kept():
        row = _row(by, session, version)
        if row.state != State.CANCELLED:
            raise ValidationError("Buổi này đang trong lịch.")
        before = events.snapshot(row)
        row.state, row.cancel_reason = State.PLANNED, ""
        _free(row)
        return _saved(by, row, before, reason="Đưa lại vào lịch")


def mark_held(*, by: User, session: Session, version: int | None, at: datetime) -> Session:
    """It took place; `at`: now."""
    with kept():
        row = _row(by, session, version)
        if row.state != State.PLANNED:
            raise ValidationError("Chỉ buổi chưa học mới đánh dấu đã học được.")
        if row.starts_at > at:
            raise ValidationError("Buổi này chưa đến giờ học.")
        before = events.snapshot(row)
        row.state = State.HELD
        return _saved(by, row, before, reason="Đã học")


def _row(by: User, session: Session, version: int | None) -> Session:
    course = session.training_class.course
    one_timetable_at_a_time(course.ward_id)
    course_to_change(by, course)
    row = lock(session, version)
    if row.closed_at:
        raise ValidationError("Buổi này đã chốt điểm danh. Mở lại điểm danh của buổi trước.")
    return row


def _free(session: Session) -> None:
    """Said with what it clashes with; the database refuses whatever comes between."""
    if found := clashes_of([session]):
        field = {"training_class": "starts"}.get(found[0].field, found[0].field)
        raise ValidationError({field: [each.sentence for each in found]})


def _saved(by: User, row: Session, before: dict, act: str = "session.edit", reason: str = "") -> Session:
    row.version += 1
    row.save()
    ward = row.training_class.course.ward_id
    events.record(
        by=by, act=act, on=row, before=before, after=events.snapshot(row), area=ward, reason=reason.strip()
    )
    return row
