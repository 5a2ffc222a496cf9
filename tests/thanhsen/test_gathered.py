"""Rows of many tables in one query are the rows that each table gives."""

from datetime import date

import pytest
from django.forms.models import model_to_dict

from households.models import Household, Member, Programme, Support
from tests.households.factories import make_household, make_programme, make_support
from thanhsen.gathered import gathered, linked
from thanhsen.models import Holiday

pytestmark = pytest.mark.django_db


def test_the_rows_are_those_of_each_table(django_assert_num_queries):
    household = make_household()
    support = make_support(make_programme(household.area.parent), household)
    asked = {
        "homes": Household.objects.filter(pk=household.pk),
        "people": household.members.order_by("-pk"),
        "supports": household.supports.filter(voided_at=None),
        "programmes": Programme.objects.filter(supports=support),
        "none": Holiday.objects.none() | Holiday.objects.filter(name="?"),
    }
    with django_assert_num_queries(1):
        found = gathered(asked, without=["search"])
    assert found["none"] == []
    for name, rows in asked.items():
        there = list(rows.order_by("pk"))
        assert found[name] == there
        for one, other in zip(found[name], there, strict=True):
            assert model_to_dict(one) == model_to_dict(other)


def test_no_queryset_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert gathered({}) == {}


def test_days_and_moments_come_back_as_they_were():
    household = make_household()
    programme = make_programme(household.area.parent, amount=1_234_567)
    support = make_support(programme, household, valid_from=date(2026, 2, 3))
    one = gathered(
        {"one": Support.objects.filter(pk=support.pk), "rule": Programme.objects.filter(supports=support)}
    )
    assert one["rule"][0].amount == Programme.objects.get(supports=support).amount
    there = Support.objects.get(pk=support.pk)
    assert (one["one"][0].valid_from, one["one"][0].made_at) == (there.valid_from, there.made_at)


def test_rows_are_linked_without_a_query(django_assert_num_queries):
    household = make_household()
    found = gathered({"homes": Household.objects.filter(pk=household.pk), "people": Member.objects.all()})
    by_home = linked(found["people"], "household", found["homes"])
    with django_assert_num_queries(0):
        assert {each.household.code for each in by_home[household.pk]} == {household.code}


def test_what_was_left_out_is_read_when_asked_for(django_assert_num_queries):
    found = gathered({"people": make_household().members.all()}, without=["full_name"])
    with django_assert_num_queries(1):
        assert found["people"][0].full_name
