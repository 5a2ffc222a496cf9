"""Writes of the register: households and the people in them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.models import Household, Member, Relationship, Status
from thanhsen import events
from thanhsen.concurrency import lock, made_before, made_once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

HOUSEHOLD_FIELDS = (
    "area", "address", "phone", "livelihood", "housing", "floor_area", "no_labour", "merit", "social_protection", "note",
)  # fmt: skip
MEMBER_FIELDS = (
    "full_name", "sex", "birth_year", "birth_date", "cccd", "cccd_note", "old_id", "ethnicity", "relationship",
    "schooling", "education", "employer_trained", "work", "has_insurance", "undernourished", "has_disability",
    "has_monthly_allowance",
)  # fmt: skip


def open_household(
    *,
    by: User | None,
    household: dict[str, Any],
    head: dict[str, Any],
    opened_date: date,
    opened_reason: str = Household.OpenedReason.REGISTERED,
    request_id: UUID | None = None,
) -> Household:
    """A new household with its head. The same `request_id` again gives the household made the first time."""
    if made := made_before(Household, request_id):
        return made
    with made_once(Household, request_id) as twin, kept():
        new = Household.objects.create(
            opened_date=opened_date, opened_reason=opened_reason, request_id=request_id, **household
        )
        member = Member.objects.create(household=new, **{**head, "relationship": Relationship.HEAD})
        new.refresh_from_db()
        events.record(by=by, act="household.create", on=new, after=events.snapshot(new), area=new.area_id)
        events.record(by=by, act="member.create", on=member, after=events.snapshot(member), area=new.area_id)
    return twin.record or new


def update_household(
    *, by: User | None, household: Household, version: int | None, values: dict[str, Any]
) -> Household:
    """Write `values` over the household. Stale when somebody saved since `version`."""
    with kept():
        stored = lock(household, version)
        _must_be_in_the_register(stored)
        before = events.snapshot(stored)
        _must_stay_in_its_ward(stored, values.get("area"))
        _assign(stored, values, HOUSEHOLD_FIELDS)
        stored.version += 1
        stored.save()
        events.record(
            by=by,
            act="household.update",
            on=stored,
            before=before,
            after=events.snapshot(stored),
            area=stored.area_id,
        )
    return stored


def close_household(*, by: User | None, household: Household, closed_date: date, reason: str) -> Household:
    """The household leaves the register (moved out, died out, merged); its status ends the same day."""
    with kept():
        stored = lock(household, None)
        if stored.closed_date:
            raise ValidationError("Hộ này đã ra khỏi sổ trước đó.")
        before = events.snapshot(stored)
        stored.closed_date, stored.closed_reason = closed_date, reason
        stored.version += 1
        stored.save()
        for status in Status.objects.filter(household=stored, valid_to=None):
            if status.valid_from >= closed_date:
                raise ValidationError(
                    f"Hộ có phân loại từ ngày {status.valid_from:%d/%m/%Y}; ngày ra khỏi sổ phải sau ngày đó."
                )
            status.valid_to, status.end_reason = closed_date, reason
            status.save(update_fields=["valid_to", "end_reason"])
        events.record(
            by=by,
            act="household.close",
            on=stored,
            before=before,
            after=events.snapshot(stored),
            area=stored.area_id,
        )
    return stored


def add_member(
    *,
    by: User | None,
    household: Household,
    values: dict[str, Any],
    joined_date: date | None,
    request_id: UUID | None = None,
) -> Member:
    """A person joins the household. The same `request_id` again gives the member made the first time."""
    if made := made_before(Member, request_id):
        return made
    with made_once(Member, request_id) as twin, kept():
        _must_be_in_the_register(household)
        member = Member(household=household, joined_date=joined_date, request_id=request_id)
        _assign(member, values, MEMBER_FIELDS)
        _give_way_as_head(by, member)
        member.save()
        events.record(
            by=by, act="member.create", on=member, after=events.snapshot(member), area=household.area_id
        )
    return twin.record or member


def update_member(*, by: User | None, member: Member, version: int | None, values: dict[str, Any]) -> Member:
    """Write `values` over the member. Making someone head turns the present head into "khác" until corrected."""
    with kept():
        stored = lock(member, version)
        _must_be_in_the_register(member.household)
        before = events.snapshot(stored)
        was_head = stored.is_head
        _assign(stored, values, MEMBER_FIELDS)
        if not was_head:
            _give_way_as_head(by, stored)
        stored.version += 1
        stored.save()
        area = member.household.area_id
        events.record(
            by=by, act="member.update", on=stored, before=before, after=events.snapshot(stored), area=area
        )
    return stored


def leave(*, by: User | None, member: Member, version: int | None, left_date: date, reason: str) -> Member:
    """A person leaves the household (death, marriage, moving away). The row stays, with day and reason."""
    with kept():
        stored = lock(member, version)
        _must_be_in_the_register(member.household)
        if stored.left_date:
            raise ValidationError("Người này đã rời hộ trước đó.")
        before = events.snapshot(stored)
        stored.left_date, stored.left_reason = left_date, reason
        stored.version += 1
        stored.save()
        area = member.household.area_id
        events.record(
            by=by,
            act="member.leave",
            on=stored,
            before=before,
            after=events.snapshot(stored),
            area=area,
            reason=reason,
        )
    return stored


def _must_be_in_the_register(household: Household) -> None:
    # Asked anew, and held until the end: the caller's copy may be from before the household was closed.
    stored = Household.objects.select_for_update(no_key=True).only("closed_date").get(pk=household.pk)
    if stored.closed_date:
        raise ValidationError(
            f"Hộ đã ra khỏi sổ ngày {stored.closed_date:%d/%m/%Y}; hồ sơ chỉ còn để tra cứu."
        )


def _must_stay_in_its_ward(household: Household, area: Area | None) -> None:
    if area and area.parent_id != household.area.parent_id:
        raise ValidationError(
            {"area": "Hộ chuyển sang phường khác thì đưa ra khỏi sổ (chuyển đi) rồi ghi mới ở phường đó."}
        )


def _assign(record: Household | Member, values: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for name in values.keys() - set(allowed):
        raise TypeError(f"{name} is not written here")
    for name, value in values.items():
        setattr(record, name, value)


def _give_way_as_head(by: User | None, member: Member) -> None:
    """The present head makes room for `member` where that one is to be head."""
    if member.relationship != Relationship.HEAD:
        return
    for head in (
        Member.objects.present()
        .filter(household=member.household_id, relationship=Relationship.HEAD)
        .exclude(pk=member.pk)
    ):
        before = events.snapshot(head)
        head.relationship = Relationship.OTHER
        head.version += 1
        head.save()
        events.record(
            by=by, act="member.update", on=head, before=before, after=events.snapshot(head), area=member.household.area_id,
            reason=f"{member.full_name} thay làm chủ hộ",
        )  # fmt: skip
