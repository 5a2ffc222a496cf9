"""Events of whole households: one comes, goes or moves, two become one, one becomes two."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.life.people import parted
from households.actions.life.record import Draft, seat
from households.actions.register import MEMBER_FIELDS, open_household
from households.models import Household, LifeEvent, Member, Relationship
from thanhsen.concurrency import once
from thanhsen.models import Area, User

Kind = LifeEvent.Kind
GONE = {
    Kind.HOUSEHOLD_OUT: Household.ClosedReason.MOVED_OUT,
    Kind.MISTAKE: Household.ClosedReason.MISTAKE,
}


@once(LifeEvent)
def arrived(
    *,
    by: User | None,
    household: dict[str, Any],
    head: dict[str, Any],
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """A household comes from elsewhere to live in the ward, with its head; the others are added to it."""
    moved_in = Household.OpenedReason.MOVED_IN
    new = open_household(by=by, household=household, head=head, opened_date=date, opened_reason=moved_in)
    draft = Draft(by=by, day=date, today=today, household=new)
    draft.came(new)
    return draft.record(Kind.HOUSEHOLD_IN, reason=reason, request_id=request_id)


@once(LifeEvent)
def gone(
    *,
    by: User | None,
    household: Household,
    kind: str,
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """The whole household moves out of the ward, or was never one (`kind` mistake); its status ends that day."""
    draft = Draft(by=by, day=date, today=today, household=household)
    draft.close(household, GONE[Kind(kind)])
    return draft.record(kind, reason=reason, request_id=request_id)


@once(LifeEvent)
def moved_inside(
    *,
    by: User | None,
    household: Household,
    area: Area,
    address: str,
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """The household moves to another tổ dân phố of its ward, and its status with it."""
    draft = Draft(by=by, day=date, today=today, household=household)
    home = draft.home(household)
    if area.pk == home.area_id:
        raise ValidationError({"area": "Hộ đang ở tổ dân phố này; chọn tổ dân phố khác."})
    if area.parent_id != home.area.parent_id:
        raise ValidationError(
            {
                "area": "Hộ chuyển sang phường khác thì ghi “Cả hộ chuyển đi”, rồi phường đó ghi cả hộ chuyển đến."
            }
        )
    draft.set(home, area_id=area.pk, address=address)
    return draft.record(Kind.MOVED_INSIDE, reason=reason, request_id=request_id)


@once(LifeEvent)
def split(
    *,
    by: User | None,
    household: Household,
    members: Iterable[int],
    relationships: dict[int, str],
    area: Area,
    address: str,
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """Some people (ids) become a household of their own. `relationships` (id → relationship): of who goes, to their
    new head; of who stays, where the head goes. The new household has no class before a decision gives it one.
    """
    draft = Draft(by=by, day=date, today=today, household=household)
    leaving, staying = parted(draft, household, members)
    if not staying:
        raise ValidationError("Phải có ít nhất một người ở lại; cả hộ dời đi thì ghi sự kiện khác.")
    if area.parent_id != draft.home(household).area.parent_id:
        raise ValidationError({"area": "Hộ mới ở phường khác thì ghi “Có người chuyển đi”."})
    _one_head(leaving, relationships)
    new = Household(area=area, address=address, opened_date=date, opened_reason=Household.OpenedReason.SPLIT)
    draft.add(new)
    draft.other = new
    for each in leaving:
        _goes_to(draft, each, new, relationships[each.pk], f"Tách hộ sang {new.code}")
    seat(draft, staying, {each.pk: relationships[each.pk] for each in staying if each.pk in relationships})
    return draft.record(Kind.SPLIT, reason=reason, request_id=request_id)


@once(LifeEvent)
def merged(
    *,
    by: User | None,
    household: Household,
    into: Household,
    relationships: dict[int, str],
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """Everybody of the household joins the one of `into`, as `relationships` (id → relationship to its head) says."""
    must_be_another(household, into)
    draft = Draft(by=by, day=date, today=today, household=household, other=into)
    leaving, _ = parted(draft, household, [each.pk for each in draft.present(household)])
    if missing := [each.full_name for each in leaving if not relationships.get(each.pk)]:
        raise ValidationError(f"Chọn quan hệ với chủ hộ kia của: {', '.join(missing)}.")
    if Relationship.HEAD in relationships.values():
        raise ValidationError(
            "Hộ kia đã có chủ hộ. Chọn quan hệ khác; đổi chủ hộ là một sự kiện riêng, ghi sau khi nhập hộ."
        )
    for each in leaving:
        _goes_to(draft, each, into, relationships[each.pk], f"Nhập vào hộ {into.code}")
    draft.close(household, Household.ClosedReason.MERGED)
    return draft.record(Kind.MERGE, reason=reason, request_id=request_id)


@once(LifeEvent)
def duplicate(
    *,
    by: User | None,
    household: Household,
    original: Household,
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
) -> LifeEvent:
    """The household is the same as `original`, entered twice: this one closes and points there."""
    must_be_another(household, original)
    draft = Draft(by=by, day=date, today=today, household=household, other=original)
    draft.close(household, Household.ClosedReason.DUPLICATE)
    return draft.record(Kind.DUPLICATE, reason=reason, request_id=request_id)


def must_be_another(household: Household, other: Household) -> None:
    if household.pk == other.pk:
        raise ValidationError({"other": "Chọn một hộ khác với hộ này."})
    if household.area.parent_id != other.area.parent_id:
        raise ValidationError({"other": "Hai hộ phải cùng một phường."})


def _one_head(members: list[Member], relationships: dict[int, str]) -> None:
    if missing := [each.full_name for each in members if not relationships.get(each.pk)]:
        raise ValidationError(f"Chọn quan hệ với chủ hộ mới của: {', '.join(missing)}.")
    if [relationships[each.pk] for each in members].count(Relationship.HEAD) != 1:
        raise ValidationError("Chọn đúng một người làm chủ hộ trong số những người tách ra.")


def _goes_to(draft: Draft, member: Member, home: Household, relationship: str, reason: str) -> None:
    """The row stays where it was, left; a copy lives on in the other household."""
    same = {name: getattr(member, name) for name in MEMBER_FIELDS if name != "relationship"}
    draft.set(member, left_date=draft.day, left_reason=reason)
    draft.add(
        Member(
            household=home, joined_date=draft.day, relationship=relationship, origin_id=member.person_id, **same
        )
    )  # fmt: skip
