"""The groups a household is counted in."""

from datetime import date

import pytest

from households import groups
from tests.households.factories import make_household, make_member

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def found(household):
    return groups.of_household(household, list(household.members.present()), DAY)


def test_groups_overlap_and_follow_from_the_members():
    household = make_household(
        head={"sex": "female", "ethnicity": "24"}, merit=True, no_labour=True, social_protection=True
    )
    make_member(household, birth_year=2015)
    assert found(household) == [
        "Dân tộc thiểu số",
        "Không có khả năng lao động",
        "Có người có công với cách mạng",
        "Hộ bảo trợ xã hội",
        "Chủ hộ là nữ",
        "Có trẻ em",
    ]


@pytest.mark.parametrize(("born", "child"), [(date(2010, 11, 24), False), (date(2010, 11, 25), True)])
def test_a_child_is_under_sixteen(born, child):
    household = make_household()
    make_member(household, birth_year=born.year, birth_date=born)
    assert ("Có trẻ em" in found(household)) is child


@pytest.mark.parametrize("ethnicity", ["01", "55", "99"])
def test_kinh_foreigners_and_unknown_are_no_minority(ethnicity):
    assert found(make_household(head={"ethnicity": ethnicity})) == []
