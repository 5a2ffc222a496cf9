"""Writes of the register: households and the people in them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.models import Household, Member, Relationship
from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import User

HOUSEHOLD_FIELDS = (
    "address", "phone", "livelihood", "housing", "floor_area", "no_labour", "merit", "social_protection", "note",
)  # fmt: skip
MEMBER_FIELDS = (
    "full_name", "sex", "birth_year", "birth_date", "cccd", "cccd_note", "old_id", "ethnicity", "relationship",
    "schooling", "education", "employer_trained", "work", "has_insurance", "undernourished", "has_disability",
    "has_monthly_allowance",
)  # fmt: skip


@once(Household)
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
    new = Household.objects.create(
        opened_date=opened_date, opened_reason=opened_reason, request_id=request_id, **household
    )
    member = Member.objects.create(household=new, **{**head, "relationship": Relationship.HEAD})
    new.refresh_from_db()
    events.record(by=by, act="household.create", on=new, after=events.snapshot(new), area=new.area_id)
    events.record(by=by, act="member.create", on=member, after=events.snapshot(member), area=new.area_id)
    return new


def update_household(
    *, by: User | None, household: Household, version: int | None, values: dict[str, Any]
) -> Household:
    """Write `values` over the household; moving elsewhere is a life event. Stale when somebody saved since `version`."""
    with kept():
        stored = lock(household, version)
        must_be_in_the_register(stored)
        before = events.snapshot(stored)
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


@once(Member)
def add_member(
    *,
    by: User | None,
    household: Household,
    values: dict[str, Any],
    joined_date: date | None,
    request_id: UUID | None = None,
) -> Member:
    """A person who was there all the time is added to the register; who comes later is a life event. The same
    `request_id` again gives the member made the first time.
    """
    must_be_in_the_register(household)
    member = Member(household=household, joined_date=joined_date, request_id=request_id)
    _assign(member, values, MEMBER_FIELDS)
    member.save()
    events.record(
        by=by, act="member.create", on=member, after=events.snapshot(member), area=household.area_id
    )
    return member


def update_member(*, by: User | None, member: Member, version: int | None, values: dict[str, Any]) -> Member:
    """Write `values` over the member. Another head is a life event (`actions.life.people.head_changed`)."""
    with kept():
        must_be_in_the_register(member.household)  # the household first, as life events lock them
        stored = lock(member, version)
        before = events.snapshot(stored)
        _must_stay_head_or_not(stored, values)
        _assign(stored, values, MEMBER_FIELDS)
        stored.version += 1
        stored.save()
        area = member.household.area_id
        events.record(
            by=by, act="member.update", on=stored, before=before, after=events.snapshot(stored), area=area
        )
    return stored


def must_be_in_the_register(household: Household) -> Household:
    """The household as it is stored, held until the end: the caller's copy may be from before it was closed."""
    stored = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if stored.closed_date:
        raise ValidationError(
            f"Hộ đã ra khỏi sổ ngày {stored.closed_date:%d/%m/%Y}; hồ sơ chỉ còn để tra cứu."
        )
    return stored


def _must_stay_head_or_not(member: Member, values: dict[str, Any]) -> None:
    wanted = values.get("relationship", member.relationship)
    if (wanted == Relationship.HEAD) != member.is_head:
        raise ValidationError(
            {
                "relationship": "Đổi chủ hộ là một sự kiện: ở trang của hộ, chọn “Ghi sự kiện” rồi “Đổi chủ hộ”."
            }
        )


def _assign(record: Household | Member, values: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for name in values.keys() - set(allowed):
        raise TypeError(f"{name} is not written here")
    for name, value in values.items():
        setattr(record, name, value)
