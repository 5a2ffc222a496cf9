"""Trainees: put on the roster, corrected, withdrawn, replaced, taken back, given another personal code."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max

from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.roster.seats import PERSON, locked, move_up, open_roster, seat, told
from trainings.models import Course, Trainee, TrainingCertificate, new_code

State = Trainee.State
EDITED = (*PERSON, "unit", "user")
CORRECTED = (
    "full_name",
    "birth_year",
    "birth_date",
    "phone",
)  # of a closed course: who it is, for a certificate


@once(Trainee)
def enrol(
    *, by: User, course: Course, values: dict[str, Any], at: datetime, is_other: bool = False,
    request_id: UUID | None = None,
) -> Trainee:  # fmt: skip
    """A person on the roster, or at the end of the line where no seat is free. `values`: PERSON, unit, and where known
    user and training_class. `is_other`: another person than the one of the same name and year in the unit."""
    held = open_roster(course)
    new = _new(by, held, values, request_id)
    if is_other:
        new.twin_of_name = _next_twin(new)
    seat([new], held, at)
    new.save()
    events.record(by=by, act="trainee.enrol", on=new, after=told(new), area=held.ward_id)
    return new


def enrol_many(*, by: User, course: Course, people: Sequence[dict[str, Any]], at: datetime) -> list[Trainee]:
    """Several at once, all or none; each as the `values` of `enrol`."""
    if not people:
        raise ValidationError("Chưa chọn ai. Đánh dấu những người cần ghi danh.")
    with kept():
        held = open_roster(course)
        new = [_new(by, held, values) for values in people]
        seat(new, held, at)
        for each in new:
            each.save()
        events.record_each(by=by, act="trainee.enrol", of=[(each, told(each), held.ward_id) for each in new])
    return new


def edit_trainee(
    *, by: User, trainee: Trainee, version: int | None, values: dict[str, Any], is_other: bool = False
) -> Trainee:
    """What is known of the person, their unit and account; of a closed course only CORRECTED. Stale where somebody
    else saved first."""
    with kept():
        held = locked(trainee.course)
        row = lock(trainee, version)
        if row.state == State.WITHDRAWN:
            raise ValidationError("Người này đã thôi học. Nhận học lại rồi sửa.")
        if held.is_closed:
            _must_be_corrections(row, values)
        before = told(row)
        for name in EDITED:
            if name in values:
                setattr(row, name, values[name])
        row.name_it()
        if is_other and not row.twin_of_name:
            row.twin_of_name = _next_twin(row)
        row.version += 1
        row.save()
        events.record(by=by, act="trainee.edit", on=row, before=before, after=told(row), area=held.ward_id)
    return row


def withdraw(
    *, by: User, trainee: Trainee, version: int | None, reason: str, on: date
) -> tuple[Trainee, list[Trainee]]:
    """The trainee off the roster, and who moved up into the seat. Marks and class stay to be read."""
    with kept():
        held = open_roster(trainee.course)
        row = _withdrawn(by, trainee, version, reason, on)
        up = move_up(by=by, course=held)
    return row, up


@once(Trainee)
def replace(
    *, by: User, trainee: Trainee, version: int | None, reason: str, on: date, values: dict[str, Any], at: datetime,
    is_other: bool = False, request_id: UUID | None = None,
) -> Trainee:  # fmt: skip
    """Another of the same unit in place of one who cannot come: the same seat, class or place in the line."""
    held = open_roster(trainee.course)
    stands = lock(trainee, version)
    place = {"unit": stands.unit, "training_class": stands.training_class}
    state, since = stands.state, stands.waiting_since
    row = _withdrawn(by, trainee, version, reason, on)
    new = _new(by, held, {**values, **place}, request_id)
    new.state, new.waiting_since = state, since
    if is_other:
        new.twin_of_name = _next_twin(new)
    new.save()
    after = told(new) | {"in_place_of": row.full_name}
    events.record(by=by, act="trainee.enrol", on=new, after=after, area=held.ward_id, reason=reason)
    return new


def take_back(*, by: User, trainee: Trainee, version: int | None, at: datetime) -> Trainee:
    """Somebody withdrawn comes after all: into their class if it has room, or to the end of the line."""
    with kept():
        held = open_roster(trainee.course)
        row = lock(trainee, version)
        if row.state != State.WITHDRAWN:
            raise ValidationError("Người này đang có trong danh sách rồi.")
        before = told(row)
        row.state, row.withdrawn_on, row.withdraw_reason = State.ENROLLED, None, ""
        seat([row], held, at, strict=False)
        row.version += 1
        row.save()
        events.record(by=by, act="trainee.return", on=row, before=before, after=told(row), area=held.ward_id)
    return row


def renew_code(*, by: User, trainee: Trainee, version: int | None, reason: str) -> Trainee:
    """Another personal code: the link and the card with the old one open nothing any more."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi vì sao cấp mã mới."})
    with kept():
        row = lock(trainee, version)
        row.code = new_code()
        row.version += 1
        row.save(update_fields=["code", "version"])
        ward = row.course.ward_id
        events.record(by=by, act="trainee.code", on=row, area=ward, reason=reason)
    return row


def _must_be_corrections(row: Trainee, values: dict[str, Any]) -> None:
    if any(values[name] != getattr(row, name) for name in EDITED if name in values and name not in CORRECTED):
        raise ValidationError(
            "Khoá đã kết thúc nên chỉ sửa được họ tên, ngày sinh, năm sinh, điện thoại. Muốn sửa mục khác, mở lại khoá ở trang Tổng quan."
        )


def _new(by: User, course: Course, values: dict[str, Any], request_id: UUID | None = None) -> Trainee:
    new = Trainee(course=course, made_by=by, request_id=request_id, **values)
    new.name_it()
    return new


def _next_twin(trainee: Trainee) -> int:
    """A number that tells the trainee apart from everybody of the unit with the same name and year."""
    same = Trainee.objects.filter(
        course=trainee.course_id, unit=trainee.unit_id, name_fold=trainee.name_fold, birth_year=trainee.birth_year
    ).exclude(pk=trainee.pk)  # fmt: skip
    last = same.aggregate(last=Max("twin_of_name"))["last"]
    return 0 if last is None else last + 1


def _withdrawn(by: User, trainee: Trainee, version: int | None, reason: str, on: date) -> Trainee:
    if not reason.strip():
        raise ValidationError({"reason": "Ghi vì sao thôi học."})
    row = lock(trainee, version)
    if row.state == State.WITHDRAWN:
        raise ValidationError("Người này đã thôi học từ trước.")
    if TrainingCertificate.objects.valid().filter(trainee=row).exists():
        raise ValidationError("Người này đang có giấy chứng nhận còn giá trị. Thu hồi giấy trước.")
    before = told(row)
    row.state, row.waiting_since = State.WITHDRAWN, None
    row.withdrawn_on, row.withdraw_reason = on, reason.strip()
    row.version += 1
    row.save()
    ward = row.course.ward_id
    events.record(
        by=by, act="trainee.withdraw", on=row, before=before, after=told(row), area=ward, reason=reason
    )
    return row
