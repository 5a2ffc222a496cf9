"""The attendance of a session closed, after which a correction says why; and opened again."""

from datetime import datetime

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.concurrency import Stale
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.attendance.marks import has_come, locked, must_be_open, write_the_rest
from trainings.actions.courses.governing import must_not_be_closed
from trainings.models import Mark, Session


def close_attendance(
    *, by: User, session: Session, version: int | None, at: datetime, absent_rest: bool = False
) -> Session:
    """The session was held and its marks stand. `absent_rest`: who has no mark is marked absent first."""
    with kept():
        held = _seen(session, version)
        if held.closed_at:
            raise ValidationError("Buổi này đã chốt điểm danh từ trước.")
        must_be_open(held, "")
        if not has_come(held, at):
            raise ValidationError("Buổi này chưa học nên chưa chốt điểm danh được.")
        if absent_rest:
            write_the_rest(by, held, Mark.State.ABSENT, at, "")
        before = events.snapshot(held)
        held.state, held.closed_at, held.version = Session.State.HELD, at, held.version + 1
        held.save(update_fields=["state", "closed_at", "version"])
        _tell(by, "session.close", held, before)
    return held


def reopen_attendance(*, by: User, session: Session, version: int | None, reason: str) -> Session:
    """Marks can be corrected without a reason again; that it was held stays."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi vì sao mở lại."})
    with kept():
        held = _seen(session, version)
        if not held.closed_at:
            raise ValidationError("Buổi này chưa chốt điểm danh.")
        must_not_be_closed(held.training_class.course)
        before = events.snapshot(held)
        held.closed_at, held.version = None, held.version + 1
        held.save(update_fields=["closed_at", "version"])
        _tell(by, "session.reopen", held, before, reason)
    return held


def _seen(session: Session, version: int | None) -> Session:
    held = locked(session)
    if version is not None and held.version != version:
        raise Stale(held)
    return held


def _tell(by: User, act: str, held: Session, before: dict, reason: str = "") -> None:
    after, ward = events.snapshot(held), held.training_class.course.ward_id
    events.record(by=by, act=act, on=held, before=before, after=after, area=ward, reason=reason.strip())
