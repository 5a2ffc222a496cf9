"""The groups of people reports count. Three are recorded on the household, three follow from its members."""

from collections.abc import Sequence
from datetime import date

from households.models import Household, Member, Sex
from households.models.people import NOT_A_MINORITY
from households.poverty import CHILD_BELOW


def of_household(household: Household, members: Sequence[Member], day: date) -> list[str]:
    """Names of the groups the household belongs to on `day`; groups overlap. `members`: those living there."""
    head = next((each for each in members if each.is_head), None)
    belongs = {
        "Dân tộc thiểu số": head is not None and head.ethnicity not in NOT_A_MINORITY,
        "Không có khả năng lao động": household.no_labour,
        "Có người có công với cách mạng": household.merit,
        "Hộ bảo trợ xã hội": household.social_protection,
        "Chủ hộ là nữ": head is not None and head.sex == Sex.FEMALE,
        "Có trẻ em": any(_age(each, day) < CHILD_BELOW for each in members),
    }
    return [name for name, is_one in belongs.items() if is_one]


def _age(member: Member, day: date) -> int:
    born = member.birth_date or date(member.birth_year, 1, 1)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
