"""Records of many tables in one query are the records that their querysets give."""

from datetime import date

import pytest

from households.models import Household, Member, Status
from tests.factories import make_group, make_ward
from tests.households.factories import make_household, make_member, make_status
from thanhsen.gathering import Rows, gathered
from thanhsen.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def household():
    home = make_household(make_group(make_ward()), opened_date=date(2023, 3, 1))
    for year in (1980, 2015):
        make_member(home, full_name=f"Người {year}", birth_year=year)
    make_status(home, "poor", date(2024, 12, 1), lacking=("water", "toilet"))
    return home


def everything(model) -> list[str]:
    return [each.name for each in model._meta.concrete_fields]


def values(record) -> dict:
    return {each.attname: getattr(record, each.attname) for each in record._meta.concrete_fields}


def test_one_query_gives_what_each_queryset_gives(household, django_assert_num_queries):
    asked = [
        Rows(
            Member.objects.filter(household=household).order_by("-birth_year"),
            [*everything(Member), "household__code", "household__area__name"],
        ),
        Rows(
            Status.objects.filter(household=household),
            [*everything(Status), "decision__date", "event__kind", "event__member__full_name"],
        ),
        Rows(Area.objects.filter(name="chưa từng có"), ["name"]),
    ]
    with django_assert_num_queries(1):
        members, (status,), areas = gathered(Household.objects.filter(pk=household.pk), asked)
        assert {(each.household.code, each.household.area.name) for each in members} == {
            (household.code, household.area.name)
        }
        assert status.decision.date == date(2024, 12, 1)
        assert status.event is None
    assert [values(each) for each in members] == [values(each) for each in asked[0].found]
    assert [values(status)] == [values(each) for each in asked[1].found]
    assert areas == []


def test_nothing_asked_asks_nothing(household, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert gathered(Household.objects.filter(pk=household.pk), []) == []


def test_a_field_left_out_is_read_when_it_is_wanted(household, django_assert_num_queries):
    member = Member.objects.filter(household=household).earliest("pk")
    with django_assert_num_queries(2):
        ((first, *_),) = gathered(
            Household.objects.filter(pk=household.pk),
            [Rows(Member.objects.filter(household=household).order_by("pk"), ["birth_year"])],
        )
        assert first.full_name == member.full_name
