"""Invented help that the households of the demo ward's list were given and received, by its programmes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import Q
from django.utils.timezone import get_current_timezone

from households.demo.plan import NOW
from households.models import Member, Programme, Receipt, Status, Support
from households.poverty.entitlement import full_years, period_of
from thanhsen.models import Area

SEED = "support"
YEARS = (2024, 2025, 2026)
# Programme → class it is for, of a hundred such households.
GIVEN = {
    "insurance_poor": ({"poor"}, 92), "insurance_near_poor": ({"near_poor"}, 85), "study": ({"poor", "near_poor"}, 75),
    "electricity": ({"poor"}, 88), "livelihood": ({"poor", "near_poor"}, 8), "loan": ({"poor", "near_poor"}, 5),
    "housing": ({"poor", "near_poor"}, 2),
}  # fmt: skip
REASON = "Danh sách được duyệt (ví dụ)"
UNRECEIVED = 6  # of a hundred supports of 2026: nothing noted as received yet


def give_support(programmes: dict[str, Programme]) -> int:
    """Help of three years for the first ward, the same every time; how many supports. No trail of its own: as the
    rest of the demo, it is one load."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    people: dict[int, list[Member]] = {}
    for member in Member.objects.filter(
        household__area__parent=ward, left_date=None, joined_date=None
    ).order_by("pk"):
        people.setdefault(member.household_id, []).append(member)
    made: list[tuple[Support, Random]] = []
    once: set[tuple[int, int]] = set()
    for year in YEARS:
        first = date(year, 1, 1)
        held = Status.objects.listed().on(first).filter(area__parent=ward)
        held = held.filter(Q(valid_to=None) | Q(valid_to__gt=first), household__closed_date=None)
        for status in held.select_related("household").order_by("household__code"):
            rng = Random(f"{SEED} {year} {status.household.code}")  # noqa: S311 - invented
            for key, (classes, share) in GIVEN.items():
                if status.classification in classes and rng.random() * 100 < share:
                    programme = programmes[key]
                    if programme.per == "once" and (programme.pk, status.household_id) in once:
                        continue
                    once.add((programme.pk, status.household_id))
                    whom = _people(programme, people.get(status.household_id, []), first)
                    made += [(each, rng) for each in _supports(programme, status, whom, year, rng)]
    Support.objects.bulk_create([support for support, _ in made], batch_size=2000)
    Receipt.objects.bulk_create(
        [
            Receipt(
                support=support,
                received_on=day,
                amount=support.programme.amount if support.programme else None,
            )
            for support, rng in made
            if (day := _received(support, rng))
        ],
        batch_size=2000,
    )
    return len(made)


def _people(programme: Programme, members: list[Member], day: date) -> list[Member | None]:
    if not programme.per_person:
        return [None]
    low, high = programme.min_age or 0, programme.max_age or 200
    return [
        each
        for each in members
        if low <= full_years(each.birth_date or date(each.birth_year, 1, 1), day) <= high
        and (not programme.studying or each.schooling not in {"", "none"})
    ]


def _supports(
    programme: Programme, status: Status, whom: list[Member | None], year: int, rng: Random
) -> Iterator[Support]:
    home = status.household
    for day in _days(programme, year, rng):
        starts, ends = period_of(programme.per, day)
        for member in whom:
            yield Support(
                household=home, member=member, person_id=member.person_id if member else None, area_id=home.area_id,
                programme=programme, line_id=programme.line_id, policy=programme.policy, content=programme.name,
                valid_from=max(starts, programme.valid_from), valid_to=ends, reason=REASON, source=programme.source,
                made_at=datetime.combine(day, time(9), get_current_timezone()),
            )  # fmt: skip


def _days(programme: Programme, year: int, rng: Random) -> list[date]:
    """A day in each period of the year in which it was given."""
    days = {
        "quarter": [date(year, month, 10) for month in (1, 4, 7, 10)] if year == NOW.year else [],
        "school_year": [date(year, 9, 5)],
        "once": [date(year, rng.randint(2, 10), rng.randint(1, 28))],
    }.get(programme.per, [date(year, 1, 5)])
    return [day for day in days if day <= NOW]


def _received(support: Support, rng: Random) -> date | None:
    day = support.valid_from + timedelta(days=rng.randint(5, 60))
    if day > NOW or (support.valid_from.year == NOW.year and rng.random() * 100 < UNRECEIVED):
        return None
    return day
