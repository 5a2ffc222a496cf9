"""A tổ dân phố that ended between the check and the writing takes no new household."""

from datetime import date

import pytest

from households.actions.imports import files
from households.exchange.imports import work
from households.models import Household
from tests.factories import make_user
from tests.households.factories import make_household
from tests.households.imports.books import HOA, LAN, TODAY, commit, faults, outcomes
from thanhsen import actions as places
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


def end(group, day):
    places.end_area(by=make_user(Role.ADMIN), area=group, valid_to=day, reason="sắp xếp lại")


def test_a_group_that_ended_after_the_check_takes_no_new_household(sent, groups):
    imported = sent(HOA, LAN)
    end(groups[0], date(2026, 10, 15))
    imported = commit(imported)
    assert not Household.objects.exists()
    assert (imported.state, outcomes(imported)) == ("checked", ["faulty", "new"])
    assert "so lại với sổ" in imported.told[0]
    assert "tổ dân phố" in faults(imported)[0][1].lower()


def test_a_group_that_ended_while_the_work_waited_takes_no_new_household(sent, sender, groups):
    imported = sent(HOA)
    files.begin_commit(by=sender, imported=imported, version=None)
    end(groups[0], TODAY)
    assert work.run(imported.pk, TODAY).state == "checked"
    assert not Household.objects.exists()


def test_a_group_that_ends_later_still_takes_households(sent, groups):
    imported = sent(HOA)
    end(groups[0], date(2027, 1, 1))
    assert commit(imported).state == "committed"
    assert Household.objects.get().area == groups[0]


def test_a_known_household_of_a_group_that_ended_is_still_changed(sent, groups):
    head = {"full_name": "Nguyễn Thị Hoa", "birth_year": 1980, "sex": "female", "cccd": "042180001234"}
    make_household(groups[0], head=head)
    imported = sent(HOA)
    end(groups[0], date(2026, 10, 15))
    assert commit(imported).state == "committed"
