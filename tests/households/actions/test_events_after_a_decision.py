"""A life event dated after a decision that is typed later: of a household without a class nothing carried it on."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions import decisions
from households.actions.life import homes, people
from households.actions.life.undo import undo
from households.models import Decision, Status
from tests.factories import make_group
from tests.households.factories import (
    AT,
    make_household,
    make_member,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.households.life.factories import WHY, birth, death, gone, split
from tests.households.views.conftest import client_of

pytestmark = pytest.mark.django_db
DECIDED, BEFORE, AFTER = date(2026, 11, 2), date(2026, 10, 30), date(2026, 11, 10)


@pytest.fixture
def home(place):
    """Without a class so far; its sheet is ready for decision."""
    household = make_household(place.group)
    make_member(household)
    ready(submit(make_sheet(place.round, household, place.officer), place.officer), place.supervisor)
    return household


def decide(place):
    return decisions.decide_round(
        by=place.chair, round_=place.round, number="05/QĐ-UBND", date=DECIDED, signer="Chủ tịch"
    )


def moved(home, day):
    return homes.moved_inside(
        by=None, household=home, area=make_group(home.area.parent), address="", date=day, **WHY
    )


def new_head(home, day):
    head, child = home.members.present().get(relationship="head"), home.members.get(relationship="child")
    seats = {head.pk: "parent", child.pk: "head"}
    return people.head_changed(by=None, household=home, relationships=seats, date=day, **WHY)


@pytest.mark.parametrize("event", [birth, moved, lambda home, day: death(home, home.members.last(), day)])
def test_a_decision_before_it_is_refused_until_it_is_undone(place, home, event):
    recorded = event(home, AFTER)
    with pytest.raises(ValidationError, match=f"Huỷ sự kiện đó.*Mã hộ: {home.code}"):
        decide(place)
    with pytest.raises(ValidationError, match="Huỷ sự kiện đó"):
        make_status(home, "poor", DECIDED)
    assert not Decision.objects.exists()
    undo(by=place.supervisor, event=recorded, reason="ghi lại sau quyết định", at=AT)
    decide(place)
    event(home, AFTER)
    now = Status.objects.get(household=home, valid_to=None)
    home.refresh_from_db()
    assert (now.valid_from, now.size, now.area) == (AFTER, home.members.present().count(), home.area)


def test_the_chair_is_told_on_the_page(place, home):
    birth(home, AFTER)
    data = {"number": "05/QĐ-UBND", "date": "02/11/2026", "signer": "Chủ tịch", "reason": ""}
    url = reverse("decision_create", args=[place.round.pk])
    page = client_of(place.chair).get(url)
    data |= {"seen": page.context["seen"], "request_id": page.context["form"]["request_id"].value()}
    answer = client_of(place.chair).post(url, data)
    assert answer.status_code == 422
    assert f"rồi ghi lại sự kiện. Mã hộ: {home.code}." in answer.content.decode()


@pytest.mark.parametrize(
    ("event", "day"), [(birth, BEFORE), (birth, DECIDED), (moved, BEFORE), (new_head, AFTER)]
)
def test_what_changes_neither_people_nor_place_afterwards_stands_in_no_way(place, home, event, day):
    event(home, day)
    status = decide(place).statuses.get()
    home.refresh_from_db()
    assert (status.size, status.area) == (home.members.present().count(), home.area)


def test_how_a_household_came_to_be_is_not_undone_for_a_decision(place, home):
    """Nothing changed it since: what made it cannot be undone and recorded again."""
    child = home.members.get(relationship="child")
    decide(place)
    new = split(home, [child], {child.pk: "head"}, AFTER).other_household
    assert make_status(new, "poor", DECIDED).size == 1


def test_one_that_left_since_is_no_longer_decided(place, home):
    gone(home, day=AFTER)
    with pytest.raises(ValidationError, match="chưa có gì để quyết định"):
        decide(place)
