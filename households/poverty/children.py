"""The children of a household and those of them who lack something: form 11 counts children, not households."""

from dataclasses import dataclass

from households.poverty.derive import is_unschooled
from households.poverty.household import Facts
from households.poverty.standard import Standard

CHILD_BELOW = 16  # years: trẻ em là người dưới 16 tuổi (Luật Trẻ em 2016, Điều 1)


@dataclass(frozen=True)
class Children:
    """Counts of people under 16. `unhealthy`: undernourished, or of the age that needs it and without health
    insurance; `unschooled`: not attending the level for the age. Who is not recorded is not counted as lacking."""

    total: int
    unhealthy: int
    unschooled: int


def children(standard: Standard, facts: Facts) -> Children:
    """The children on the survey date. What a standard has no rule for is 0."""
    rules = {each.derived: each for each in standard.indicators if each.derived}
    found = [each for each in facts.people if 0 <= each.age_on(facts.surveyed_on) < CHILD_BELOW]
    insured_from = rules["insurance"].bound("from_age") if "insurance" in rules else CHILD_BELOW
    unhealthy = [
        each
        for each in found
        if each.undernourished
        or (each.has_insurance is False and each.age_on(facts.surveyed_on) >= insured_from)
    ]
    schooling = rules.get("schooling")
    unschooled = [each for each in found if schooling and is_unschooled(schooling, each, facts.surveyed_on)]
    return Children(len(found), len(unhealthy), len(unschooled))
