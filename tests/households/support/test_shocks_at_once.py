"""Shocks written down by two at the same moment: nobody locks another out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.actions.support import shocks
from households.actions.support.relief import relieve
from households.models import Household
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme
from tests.households.support.test_assigning import give
from tests.households.support.test_shock_relief import STORM, TODAY, ask, emergency, struck
from tests.households.test_at_once import in_turn

pytestmark = pytest.mark.django_db(transaction=True)


def explained(results):
    return all(not isinstance(each, Exception) or isinstance(each, ValidationError) for each in results)


def test_requests_and_a_list_given():
    """The household with the lower id came onto the list later: its tổ dân phố was added afterwards."""
    ward = make_ward()
    late, early = make_group(ward), make_group(ward)
    by = make_user("supervisor", ward)
    first, second = make_household(late), make_household(early)
    shock = shocks.record_shock(
        by=by, values={"kind": "disaster", "name": "Bão", "happened_on": STORM}, areas=[early], today=TODAY
    )
    shocks.spread_shock(by=by, shock=shock, areas=[late])
    what, only = {"severity": "heavy", "loss": None, "text": "", "pushed_down": True}, []
    for impact in shock.impacts.order_by("pk"):
        shocks.save_impact(by=by, impact=impact, version=None, values=what, today=TODAY)
        only.append(impact.pk)
    programme = make_programme(ward, classes=["any"])
    told = in_turn(
        lambda: Household.objects.select_for_update().get(pk=first.pk),
        lambda: give(programme, first, second, by=by),
        lambda: ask(by, shock, only),
    )
    assert explained(told), told


def test_relief_and_the_same_household_added():
    group = make_group(make_ward())
    by = make_user("supervisor", group.parent)
    shock, only = struck(by, group, "heavy")
    home, programme = shock.impacts.get().household, emergency(group.parent)
    shocks.update_shock(by=by, shock=shock, version=None, values={"programme": programme}, today=TODAY)
    shock.refresh_from_db()
    told = in_turn(
        lambda: Household.objects.select_for_update().get(pk=home.pk),
        lambda: relieve(
            by=by, shock=shock, programme=programme, only=only, day=date(2026, 10, 1), reason="x", today=TODAY
        ),
        lambda: shocks.add_household(by=by, shock=shock, household=home),
    )
    assert explained(told), told
