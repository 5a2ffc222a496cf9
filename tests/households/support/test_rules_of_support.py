"""What the database keeps of supports whoever writes: an import, a shell, an action that forgot."""

from datetime import date

import pytest

from households.actions.support.grants import void_support
from households.actions.support.programmes import replace_programme
from households.models import Budget, LivelihoodProject, Participation, Programme, Receipt, ShockImpact
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_programme, make_support
from tests.households.support.test_assigning import values
from tests.households.support.test_shock_relief import struck
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("supervisor", group.parent)


@pytest.fixture
def home(group):
    return make_household(group)


def test_receipts_of_what_stands(group, by, home):
    support = make_support(make_programme(group.parent), home)
    void = make_support(make_programme(group.parent), home)
    void_support(by=by, support=void, reason="x", at=AT)
    for of, day in ((void, support.valid_from), (support, date(2020, 1, 1))):
        refused("receipt_fits_support", Receipt.objects.create, support=of, received_on=day)
    Receipt.objects.create(support=support, received_on=support.valid_from)


def test_a_support_of_the_household_in_the_model(group, home):
    project = LivelihoodProject.objects.create(
        ward=group.parent, name="Bò", kind="livestock", started_on=date(2026, 1, 1)
    )
    part = Participation.objects.create(project=project, household=home, joined_on=date(2026, 2, 1))
    programme = make_programme(group.parent)
    mine, theirs = make_support(programme, home), make_support(programme, make_household(group))
    rows = Participation.objects.filter(pk=part.pk)
    refused("participation_fits_its_support", rows.update, support=theirs)
    rows.update(support=mine)


def test_households_of_the_ward_of_a_shock(group, by):
    shock, _ = struck(by, group)
    far = make_household(make_group(make_ward()))
    refused("impact_of_its_ward", ShockImpact.objects.create, shock=shock, household=far)


def test_one_budget_of_a_line(group, by):
    first = make_programme(group.parent)
    later = replace_programme(by=by, programme=first, values=values(valid_from=date(2026, 7, 1), name="b"))
    refused("budget_of_a_line", Budget.objects.create, programme=later, year=2026, planned=1, basis="x")
    Budget.objects.create(programme=first, year=2026, planned=1, basis="x")


def test_a_programme_outlasts_what_it_gave(group, by, home):
    programme = make_programme(group.parent)
    support = make_support(programme, home)
    rows = Programme.objects.filter(pk=programme.pk)
    refused("programme_ends_after_what_it_gave", rows.update, valid_to=support.valid_from)
    void_support(by=by, support=support, reason="x", at=AT)
    rows.update(valid_to=support.valid_from)
