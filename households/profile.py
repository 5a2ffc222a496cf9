"""The profile of a household (`models.Profile`) from its facts: what reports count it by."""

from datetime import date
from typing import Any

from households import facts as household_facts
from households.models import Household, Sheet
from households.models.profile import PROFILE, Profile
from households.poverty import Standard, children

KEPT = ("no_labour", "merit", "social_protection", "livelihood")


def of_facts(facts: dict[str, Any], standard: Standard) -> dict[str, Any]:
    """Field values for a household with `facts` (shape: `households.facts`), without causes and shocks."""
    head: dict[str, Any] = next((each for each in facts["people"] if each["is_head"]), {})
    counted = children(standard, household_facts.for_core(facts))
    return {
        "ethnicity": head.get("ethnicity", ""),
        "head_sex": head.get("sex", ""),
        **{name: facts[name] for name in KEPT},
        "children": counted.total,
        "children_unhealthy": counted.unhealthy,
        "children_unschooled": counted.unschooled,
    }


def of_sheet(sheet: Sheet, standard: Standard) -> dict[str, Any]:
    """Field values for a sheet that has its facts."""
    causes = {"causes": list(sheet.causes), "main_cause": sheet.main_cause, "shocks": list(sheet.shocks)}
    return of_facts(sheet.facts or {}, standard) | causes


def of_register(household: Household, day: date, standard: Standard) -> dict[str, Any]:
    """Field values for a household as the register has it now, ages on `day`; without causes and shocks."""
    people = household.members.present().head_first()
    return of_facts(household_facts.of_household(household, people, day), standard)


def copied(row: Profile) -> dict[str, Any]:
    """Field values as another row keeps them."""
    return {name: getattr(row, name) for name in PROFILE}
