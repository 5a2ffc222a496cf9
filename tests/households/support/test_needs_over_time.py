"""Needs when the standard changes, and of sheets decided before needs were kept."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from households.actions.support.needs import close_need, follow_decision
from households.models import Household, Need, Status
from households.reports import Live
from households.reports.support.needing import needing
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.support.test_needs import decided, open_codes
from tests.refusals import refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def home():
    return make_household(make_group(make_ward()))


def caught_up():
    """What the migration does to a register decided before it."""
    migration = import_module("households.migrations.0082_needs_in_force")
    with connection.cursor() as cursor:
        for statement in (migration.NEEDS, migration.LEFT):
            cursor.execute(statement)


def test_an_indicator_the_new_standard_does_not_measure_was_not_met(home):
    decided(home, date(2025, 12, 1), ["info_means", "water", "toilet"], ["capital"], year=2025)
    sheet = decided(home, date(2026, 10, 1), ["toilet"], [], year=2026)
    Need.objects.filter(closing_sheet=sheet).update(closed_on=None, close_reason="", closing_sheet=None)
    status = Status.objects.get(household=home, valid_to=None)
    in_new_standard(status)
    follow_decision(status.decision)
    closed = {each.code: each.close_reason for each in home.needs.exclude(closed_on=None)}
    assert closed == {"info_means": "standard", "water": "met", "capital": "met"}
    assert {each.closing_sheet_id for each in home.needs.exclude(closed_on=None)} == {sheet.pk}
    scope = Live(2026).scope(home.area)
    assert needing(scope, "indicator:info_means", "standard")[1] == [home.pk]
    assert needing(scope, "indicator:info_means", "met")[1] == []


def in_new_standard(status):
    """The status as a decision by the standard of 2027 would have laid it down: a draft, nobody can decide by it yet."""
    without_rule(
        "households_status", "status_only_ends",
        f"UPDATE households_status SET standard_id = '2027-2030' WHERE id = {status.pk}",
    )  # fmt: skip


def without_rule(table, rule, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {rule}")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {rule}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_closed_with_the_standard_names_the_sheet(home):
    named = {"household": home, "kind": "indicator", "code": "water", "opened_on": TODAY, "closed_on": TODAY}
    refused("need_met_by_a_sheet", Need.objects.create, **named, close_reason="standard")


def test_sheets_decided_before_needs_were_kept(home):
    old = decided(home, date(2024, 12, 1), ["housing_area"], [], year=2024)
    sheet = decided(home, date(2025, 12, 1), ["water", "toilet"], ["capital"], year=2025)
    gone = make_household(home.area)
    decided(gone, date(2023, 12, 1), ["water"], [], year=2023)
    never_decided = make_household(home.area)
    without_rule("households_need", "need_never_deleted", "DELETE FROM households_need")
    caught_up()
    assert open_codes(home) == {"water", "toilet"}
    assert open_codes(home, "cause") == {"capital"}
    made = home.needs.first()
    assert (made.sheet_id, made.opened_on, made.version) == (sheet.pk, date(2025, 12, 1), 1)
    assert not Need.objects.filter(sheet=old).exists()
    by = make_user("officer", home.area)
    water = home.needs.get(code="water")
    close_need(by=by, need=water, version=1, reason="solved", note="", on=date(2026, 1, 10), today=TODAY)
    Household.objects.filter(pk=gone.pk).update(closed_date=date(2026, 3, 1), closed_reason="moved_out")
    before = Need.objects.count()
    caught_up()
    assert Need.objects.count() == before  # again changes nothing, and opens nothing that was closed since
    assert open_codes(home) == {"toilet"}
    assert gone.needs.get().close_reason == "left"
    assert not never_decided.needs.exists()
