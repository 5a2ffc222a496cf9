"""Who comes through the door: marked at once where nothing speaks against it, else said why and what can be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.attendance.marks import Wanted, has_come, insert, locked, save_marks
from trainings.actions.courses.governing import must_not_be_closed
from trainings.models import Mark, Session, Trainee


class Met(TextChoices):
    """What the clerk at the door is told."""

    PRESENT = "present", "Có mặt"
    LATE = "late", "Đến muộn"
    AGAIN = "again", "Đã điểm danh"
    AWAY = "away", "Đang ghi là vắng"
    OTHER_CLASS = "other_class", "Lớp khác"
    NOT_ON_ROSTER = "not_on_roster", "Không trong danh sách"


@dataclass(frozen=True)
class CheckIn:
    """`mark`: what stands for the person in this session, None where nothing does."""

    met: Met
    trainee: Trainee
    mark: Mark | None


def check_in(
    *,
    by: User,
    session: Session,
    trainee: Trainee,
    at: datetime,
    late_after: int | None,
    as_guest: bool = False,
    instead_of: int | None = None,
) -> CheckIn:
    """`late_after`: minutes after the start from which one is late, None for never. `as_guest`: of another class,
    and let in. `instead_of`: the version of the absence that this corrects, as the clerk saw it."""
    with kept():
        held = locked(session)
        _must_let_in(held, at)
        mark = Mark.objects.filter(session=held, trainee=trainee).select_related("marked_by").first()
        if mark is not None and (instead_of is None or mark.state in Mark.ATTENDED):
            return CheckIn(Met.AGAIN if mark.state in Mark.ATTENDED else Met.AWAY, trainee, mark)
        if mark is None and (refused := _not_here(held, trainee, as_guest)):
            return CheckIn(refused, trainee, None)
        state = _state(held, at, late_after)
        if mark is not None:
            wanted = [Wanted(trainee.pk, state, instead_of or 0)]
            answer = save_marks(by=by, session=session, wanted=wanted, source=Mark.Source.DOOR, at=at)[0]
            met = Met.AWAY if answer.refusal else Met(state)
        else:
            new = [Wanted(trainee.pk, state, is_guest=as_guest)]
            insert(by, held, new, {trainee.pk: trainee}, Mark.Source.DOOR, at, "")
            met = Met(state)
        mark = Mark.objects.select_related("marked_by").get(session=held, trainee=trainee)
    return CheckIn(met, trainee, mark)


def _must_let_in(held: Session, at: datetime) -> None:
    must_not_be_closed(held.training_class.course)
    if held.state == Session.State.CANCELLED:
        raise ValidationError("Buổi này không học. Chọn lại buổi đang đứng cửa.")
    if held.closed_at:
        raise ValidationError(
            "Buổi này đã chốt điểm danh nên cửa không ghi thêm. Sửa ở trang điểm danh của buổi."
        )
    if not has_come(held, at):
        raise ValidationError("Buổi này chưa đến ngày học. Chọn lại buổi đang đứng cửa.")


def _not_here(held: Session, trainee: Trainee, as_guest: bool) -> Met | None:
    if trainee.state != Trainee.State.ENROLLED or trainee.course_id != held.training_class.course_id:
        return Met.NOT_ON_ROSTER
    return None if as_guest or trainee.training_class_id == held.training_class_id else Met.OTHER_CLASS


def _state(held: Session, at: datetime, late_after: int | None) -> Mark.State:
    is_late = late_after is not None and at > held.starts_at + timedelta(minutes=late_after)
    return Mark.State.LATE if is_late else Mark.State.PRESENT
