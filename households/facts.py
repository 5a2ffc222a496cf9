"""From the register to the core and back: a household as `poverty.Facts`, and as JSON on a submitted sheet.

JSON shape: {"area_type": "urban", "surveyed_on": "2026-10-05", "floor_area": "42.5" or null,
"livelihood": code, "no_labour": bool, "merit": bool, "social_protection": bool,
"people": [{"id", "name", "sex", "birth_year", "birth_date", "is_head", "relationship", "ethnicity",
"schooling", "education", "employer_trained", "work", "has_insurance", "undernourished",
"has_disability", "has_monthly_allowance"}]}.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from households.models import Household, Member
from households.poverty import AreaType, Facts, Person

PERSON_FIELDS = (
    "sex",
    "birth_year",
    "birth_date",
    "schooling",
    "education",
    "employer_trained",
    "work",
    "has_insurance",
    "undernourished",
    "has_disability",
    "has_monthly_allowance",
)
FLAGS = ("livelihood", "no_labour", "merit", "social_protection")


def of_household(household: Household, members: Iterable[Member], surveyed_on: date) -> dict[str, Any]:
    """The household as it is in the register now, in the JSON shape above."""
    return {
        "area_type": household.area.area_type,
        "surveyed_on": surveyed_on.isoformat(),
        "floor_area": None if household.floor_area is None else str(household.floor_area),
        **{name: getattr(household, name) for name in FLAGS},
        "people": [_person(member) for member in members],
    }


def _person(member: Member) -> dict[str, Any]:
    kept = {name: getattr(member, name) for name in PERSON_FIELDS}
    kept["birth_date"] = member.birth_date.isoformat() if member.birth_date else None
    return {
        "id": str(member.pk),
        "name": member.full_name,
        "is_head": member.is_head,
        "relationship": member.relationship,
        "ethnicity": member.ethnicity,
        **kept,
    }


def for_core(stored: dict[str, Any]) -> Facts:
    """The JSON shape as the core's `Facts`."""
    return Facts(
        area_type=AreaType(stored["area_type"]),
        surveyed_on=date.fromisoformat(stored["surveyed_on"]),
        floor_area=None if stored["floor_area"] is None else Decimal(stored["floor_area"]),
        people=tuple(
            Person(
                id=person["id"],
                name=person["name"],
                is_head=person["is_head"],
                **{name: person[name] for name in PERSON_FIELDS if name != "birth_date"},
                birth_date=date.fromisoformat(person["birth_date"]) if person["birth_date"] else None,
            )
            for person in stored["people"]
        ),
    )
