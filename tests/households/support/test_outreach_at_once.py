"""Outreach from several connections at the same moment: recorded once, voided once, nothing reached after that."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions.support.outreach import add_contacts, void_activity
from households.models import Activity, Contact, Material
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household
from tests.households.support.test_campaigns import edited, make_campaign, poor, visit
from tests.households.support.test_materials import put_in
from tests.households.support.test_outreach import record, said
from tests.households.test_at_once import at_once
from thanhsen.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def test_one_visit_sent_by_an_impatient_thumb(by, group):
    home, request_id = make_household(group), uuid4()
    made = at_once(lambda: record(by, group, said(home, "agreed"), kind="visit", request_id=request_id))
    assert {each.pk for each in made} == {Activity.objects.get().pk}
    assert Contact.objects.count() == Event.objects.filter(act="activity.record").count() == 1


def test_one_file_sent_twice(by, group):
    request_id = uuid4()
    made = at_once(lambda: put_in(by, group, request_id=request_id), times=4)
    assert {each.pk for each in made} == {Material.objects.get().pk}


def test_a_household_of_a_meeting_ticked_by_two(by, group):
    meeting, home = record(by, group), make_household(group)
    results = at_once(lambda: add_contacts(by=by, activity=meeting, contacts=[said(home)]))
    assert sorted(str(type(each).__name__) for each in results) == ["ValidationError"] * 5 + ["int"]
    assert Contact.objects.count() == 1


def test_voided_once_and_nobody_is_reached_by_it_after(by, group):
    meeting = record(by, group)
    homes = iter([make_household(group) for _ in range(6)])

    def act():
        home = next(homes)
        if home.pk % 2:
            return void_activity(by=by, activity=meeting, reason="Nhầm", at=AT)
        return add_contacts(by=by, activity=meeting, contacts=[said(home)])

    results = at_once(act)
    voided = [each for each in results if isinstance(each, Activity)]
    reached = [each for each in results if each == 1]
    assert len(voided) == 1
    assert len(reached) == Contact.objects.count()
    assert all(isinstance(each, ValidationError) for each in results if each not in voided + reached)
    assert not Contact.objects.counted().exists()


def test_days_moved_while_a_visit_is_recorded(group):
    supervisor = make_user("supervisor", group.parent)
    campaign, home = make_campaign(supervisor, group.parent), poor(group)
    turns = iter(range(6))

    def act():
        if next(turns) % 2:
            return edited(supervisor, campaign, starts_on=date(2026, 11, 20))
        return visit(supervisor, campaign, home, on=date(2026, 11, 10))

    results = at_once(act)
    assert all(not isinstance(each, Exception) or isinstance(each, ValidationError) for each in results)
    campaign.refresh_from_db()
    assert not campaign.activities.exclude(date__range=(campaign.starts_on, campaign.ends_on)).exists()
