"""Invented households, members, decisions and statuses for tests. Plain functions, no rules of their own."""

from datetime import date
from itertools import count

from django.db import transaction

from households.models import AreaTotal, Decision, Household, Member, Status
from tests.factories import make_group
from thanhsen.models import Area

_numbers = count(1)


def make_household(
    area: Area | None = None, head: str = "Nguyễn Văn An", opened: date = date(2020, 1, 1), **fields
):
    """A household with its head, as the database wants it."""
    with transaction.atomic():
        household = Household.objects.create(area=area or make_group(), opened_date=opened, **fields)
        make_member(household, head, relationship="head", sex="male", birth_year=1975)
    household.refresh_from_db()
    return household


def make_member(household: Household, name: str = "Nguyễn Thị Bình", **fields) -> Member:
    fields = {"relationship": "child", "sex": "female", "birth_year": 2005} | fields
    return Member.objects.create(household=household, full_name=name, **fields)


def make_decision(ward: Area, day: date = date(2025, 12, 10), **fields) -> Decision:
    fields = {
        "number": f"{next(_numbers)}/QĐ-UBND",
        "date": day,
        "signer": "Lê Văn Chủ",
        "standard_id": "2022-2026",
    } | fields
    return Decision.objects.create(ward=ward, **fields)


def make_status(
    household: Household,
    classification: str = "poor",
    start: date = date(2024, 12, 10),
    end: date | None = None,
    reason: str = "",
    *,
    size: int = 1,
    lacking=(),
    area: Area | None = None,
    decision: Decision | None = None,
    standard_id: str = "2022-2026",
    **profile,
) -> Status:
    place = area or household.area
    return Status.objects.create(
        household=household,
        decision=decision or make_decision(place.parent, start),
        classification=classification,
        standard_id=standard_id,
        area=place,
        size=size,
        lacking=list(lacking),
        valid_from=start,
        valid_to=end,
        end_reason=reason or ("new_decision" if end else ""),
        **profile,
    )


def make_total(
    area: Area,
    year: int,
    households: int = 300,
    people: int = 1100,
    source: str = "Công an phường",
    minority_households: int | None = None,
):
    return AreaTotal.objects.create(
        area=area,
        year=year,
        households=households,
        people=people,
        source=source,
        minority_households=minority_households,
    )
