"""Events within one household: somebody is born, comes, goes or dies, or another becomes its head."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.life.record import Draft, seat
from households.actions.register import MEMBER_FIELDS
from households.models import Household, LifeEvent, Member
from thanhsen.concurrency import once
from thanhsen.models import User

Kind = LifeEvent.Kind


@once(LifeEvent)
def born(
    *,
    by: User | None,
    household: Household,
    values: dict[str, Any],
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """A child is born into the household on `date`."""
    born_on = {"birth_date": date, "birth_year": date.year}
    return _joins(Kind.BIRTH, by, household, {**values, **born_on}, date, reason, today, request_id)


@once(LifeEvent)
def joined(
    *,
    by: User | None,
    household: Household,
    values: dict[str, Any],
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """A person comes to live in the household: by marriage, back from elsewhere."""
    if (values.get("birth_date") or date) > date or values["birth_year"] > date.year:
        raise ValidationError({"date": "Ngày về ở không thể trước ngày sinh."})
    return _joins(Kind.MOVE_IN, by, household, values, date, reason, today, request_id)


@once(LifeEvent)
def left(
    *,
    by: User | None,
    household: Household,
    members: Iterable[int],
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
    relationships: dict[int, str] | None = None,
) -> LifeEvent:
    """Some people (ids) move away; where all do, the household does. `relationships` (id → relationship): those of
    who stays, where the head goes."""
    draft, leaving, staying = _parted(by, household, members, date, today)
    if not staying:
        draft.close(household, Household.ClosedReason.MOVED_OUT)
        return draft.record(Kind.HOUSEHOLD_OUT, reason=reason, request_id=request_id)
    for each in leaving:
        draft.set(each, left_date=date, left_reason=reason.strip()[:200])
    seat(draft, staying, relationships or {})
    member = leaving[0] if len(leaving) == 1 else None
    return draft.record(Kind.MOVE_OUT, reason=reason, request_id=request_id, member=member)


@once(LifeEvent)
def died(
    *,
    by: User | None,
    household: Household,
    member: int,
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
    relationships: dict[int, str] | None = None,
) -> LifeEvent:
    """Somebody (id) dies; with the last one the household. `relationships`: of who stays, where the head died."""
    draft, leaving, staying = _parted(by, household, [member], date, today)
    for each in leaving:
        draft.set(each, left_date=date, left_reason="Qua đời")
    if not staying:
        draft.close(household, Household.ClosedReason.DIED_OUT)
        return draft.record(Kind.DIED_OUT, reason=reason, request_id=request_id, member=leaving[0])
    seat(draft, staying, relationships or {})
    return draft.record(Kind.DEATH, reason=reason, request_id=request_id, member=leaving[0])


@once(LifeEvent)
def head_changed(
    *,
    by: User | None,
    household: Household,
    relationships: dict[int, str],
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """Another person becomes head; `relationships` says what everybody is to that one."""
    draft = Draft(by=by, day=date, today=today, household=household)
    members = draft.present(household)
    before = next(each for each in members if each.is_head)
    seat(draft, members, relationships)
    now = next(each for each in members if each.is_head)
    if now.pk == before.pk:
        raise ValidationError(
            f"{before.full_name} vẫn là chủ hộ. Chọn người khác làm chủ hộ, hoặc sửa quan hệ ở trang của từng người."
        )
    return draft.record(Kind.HEAD_CHANGE, reason=reason, request_id=request_id, member=now)


def parted(draft: Draft, household: Household, members: Iterable[int]) -> tuple[list[Member], list[Member]]:
    """Who leaves (ids) and who stays of those in the household, on the day of the event."""
    wanted, present = set(members), draft.present(household)
    if not wanted:
        raise ValidationError("Chọn ít nhất một người.")
    if wanted - {each.pk for each in present}:
        raise ValidationError("Có người đã chọn không còn ở trong hộ. Mở lại trang rồi chọn lại.")
    leaving = [each for each in present if each.pk in wanted]
    for each in leaving:
        _must_have_been_there(each, draft.day)
    return leaving, [each for each in present if each.pk not in wanted]


def _parted(
    by: User | None, household: Household, members: Iterable[int], day: date, today: date
) -> tuple[Draft, list[Member], list[Member]]:
    draft = Draft(by=by, day=day, today=today, household=household)
    return draft, *parted(draft, household, members)


def _must_have_been_there(member: Member, day: date) -> None:
    since = member.joined_date or member.birth_date
    if (since and day < since) or day.year < member.birth_year:
        raise ValidationError(
            {
                "date": f"{member.full_name} ở trong hộ từ {since:%d/%m/%Y}; ngày rời hộ không thể trước ngày đó."
                if since
                else f"Ngày rời hộ không thể trước năm sinh của {member.full_name} ({member.birth_year})."
            }
        )


def _joins(
    kind: str,
    by: User | None,
    household: Household,
    values: dict[str, Any],
    day: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    if unknown := values.keys() - set(MEMBER_FIELDS):
        raise TypeError(f"{', '.join(unknown)} is not written here")
    draft = Draft(by=by, day=day, today=today, household=household)
    member = Member(household=household, joined_date=day, **values)
    draft.add(member)
    return draft.record(kind, reason=reason, request_id=request_id, member=member)
