"""Each rule of life events and closed years, broken behind the actions' back: the database refuses by name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from households.actions.life import homes
from households.actions.life.undo import undo
from households.models import (
    AreaTotal,
    Certificate,
    ClosedYear,
    Decision,
    Household,
    LifeEvent,
    Member,
    Status,
)
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.life.factories import WHY, birth, gone
from tests.refusals import refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 3, tzinfo=UTC)
DECIDED, DAY = date(2025, 12, 10), date(2026, 5, 4)


@pytest.fixture
def home(db):
    household = make_household(make_group())
    make_status(household, "poor", DECIDED)
    return household


def rows(record, manager="_base_manager"):
    return getattr(type(record), manager).filter(pk=record.pk)


def made(home, **fields):
    return LifeEvent.objects.create(
        **{"household": home, "kind": "birth", "date": DAY, "reason": "x"} | fields
    )


def test_a_life_event_is_complete(home):
    refused("life_event_kind_known", made, home, kind="x")
    refused("life_event_has_reason", made, home, reason="")
    refused("life_event_other_household_where_two", made, home, kind="split")
    refused("life_event_other_household_where_two", made, home, other_household=make_household(home.area))
    refused("life_event_between_two_households", made, home, kind="merge", other_household=home)


def test_a_life_event_is_only_undone_with_who_and_why_and_once(home):
    event = birth(home)
    refused("life_event_is_only_undone", rows(event).update, date=date(2026, 5, 5))
    refused("life_event_undone_with_reason", rows(event).update, reversed_at=AT)
    undo(by=make_user("supervisor"), event=event, reason="nhầm", at=AT)
    refused("life_event_is_only_undone", rows(event).update, reversal_reason="khác")
    refused("lifeevent_never_deleted", rows(event)._raw_delete, "default")


def test_a_status_ends_once_and_opens_only_where_its_event_was_undone(home):
    birth(home)
    first, second = home.statuses.order_by("valid_from")
    refused("status_ends_once", rows(first).update, valid_to=date(2026, 6, 1))
    refused("status_ends_once", rows(first).update, valid_to=None, end_reason="", ending_event=None)
    refused("status_only_ends", rows(second).update, size=9)
    refused("status_ended_by_event_that_ends", rows(second).update, ending_event=second.event)


def test_only_a_row_of_an_event_is_voided_and_only_with_a_cause(home):
    event = birth(home)
    first, second = home.statuses.order_by("valid_from")
    refused("status_voided_was_of_an_event", rows(first).update, voided_at=AT)
    refused("status_voided_has_a_cause", rows(second).update, voided_at=AT)
    undo(by=make_user("supervisor"), event=event, reason="nhầm", at=AT)
    refused("status_only_ends", rows(second).update, voided_at=None)


def test_two_voided_rows_may_overlap_and_two_that_hold_may_not(home):
    birth(home)
    birth(home)
    row = home.statuses.get(valid_to=None)
    row.pk, row._state.adding = None, True
    refused("status_one_at_a_time", row.save, force_insert=True)


@pytest.fixture
def closed(home):
    """2025 is closed; the household has a status of December 2025 and was opened before."""
    event = birth(home, date(2025, 12, 20))
    ClosedYear.objects.create(
        ward=home.area.parent, year=2025, reason="báo cáo 45", closed_by=make_user("approver")
    )
    return event


def test_a_year_is_closed_once_for_a_ward_with_its_reason(home, closed):
    ward, chair = home.area.parent, make_user("approver")
    named = {"ward": ward, "year": 2026, "reason": "x", "closed_by": chair}
    refused("year_closed_once", ClosedYear.objects.create, **{**named, "year": 2025})
    refused("year_closed_with_reason", ClosedYear.objects.create, **{**named, "reason": ""})
    refused("year_ward_is_ward", ClosedYear.objects.create, **{**named, "ward": home.area})
    refused("closedyear_never_changed", ClosedYear.objects.update, year=2020)
    refused("closedyear_never_changed", ClosedYear.objects.all()._raw_delete, "default")


LAST, FIRST, LATER = date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1)


def test_nothing_dated_in_a_closed_year_is_written(home, closed):
    ward, member = home.area.parent, home.members.first()
    decision = Decision.objects.first()
    status = {
        "household": make_household(home.area, opened_date=FIRST), "decision": decision, "classification": "poor",
        "standard_id": "2022-2026", "area": home.area, "size": 1,
    }  # fmt: skip
    refused("status_year_is_open", Status.objects.create, valid_from=LAST, **status)
    present = home.statuses.get(valid_to=None)
    refused("status_year_is_open", rows(present).update, valid_to=LAST, end_reason="moved_out")
    refused("status_year_is_open", rows(present).update, voided_at=AT)
    refused("household_year_is_open", Household.objects.create, area=home.area, opened_date=LAST)
    refused(
        "certificate_year_is_open", Certificate.objects.create, ward=present.decision.ward, year=LAST.year, serial=1,
        number="1", kind="poor", household=home, status=present, holder="A", issued_on=LAST,
    )  # fmt: skip
    refused("household_year_is_open", rows(home).update, closed_date=LAST, closed_reason="mistake")
    refused("household_year_is_open", rows(home).update, opened_date=LATER)
    refused(
        "member_year_is_open", Member.objects.create, household=home, full_name="A", sex="male", birth_year=2000,
        relationship="child", joined_date=LAST,
    )  # fmt: skip
    refused("member_year_is_open", rows(member).update, left_date=LAST, left_reason="x")
    born = home.members.get(full_name="Trần Bé")
    refused("member_year_is_open", rows(born).update, joined_date=LATER)
    refused("life_event_year_is_open", made, home, date=LAST)
    refused(
        "life_event_year_is_open",
        rows(closed).update,
        reversed_at=AT,
        reversed_by=make_user(),
        reversal_reason="x",
    )
    refused(
        "decision_year_is_open", Decision.objects.create, ward=ward, number="9", date=LAST, signer="A",
        standard_id="2022-2026",
    )  # fmt: skip
    refused("decision_year_is_open", rows(decision).update, date=LATER)
    refused(
        "total_year_is_open",
        AreaTotal.objects.create,
        area=home.area,
        year=2025,
        households=1,
        people=1,
        source="x",
    )


def test_a_total_of_a_closed_year_is_neither_changed_nor_taken_away(home):
    total = AreaTotal.objects.create(area=home.area, year=2025, households=1, people=1, source="x")
    ClosedYear.objects.create(
        ward=home.area.parent, year=2025, reason="báo cáo 45", closed_by=make_user("approver")
    )
    refused("total_year_is_open", rows(total).update, people=5)
    refused("total_year_is_open", rows(total).update, year=2026)
    refused("total_year_is_open", rows(total)._raw_delete, "default")


def test_the_year_after_goes_on(home, closed):
    gone(home, day=FIRST)  # counts from 2 January: 2025 stays as it was, and 2026 sees it leave
    assert home.statuses.order_by("-valid_from").first().valid_to == FIRST + timedelta(days=1)


def test_another_ward_is_not_concerned(closed):
    elsewhere = make_household(make_group(make_ward()))
    birth(elsewhere, date(2025, 12, 20))


def test_what_was_built_in_a_closed_year_is_not_opened_by_undoing(home):
    """A move out of December is undone in January only while December's year is open."""
    with transaction.atomic():
        event = gone(home, day=date(2025, 12, 20))
        ClosedYear.objects.create(
            ward=home.area.parent, year=2025, reason="x", closed_by=make_user("approver")
        )
        from django.core.exceptions import ValidationError

        with pytest.raises(ValidationError, match="đã khoá sổ"):
            undo(by=make_user("supervisor"), event=event, reason="nhầm", at=AT)
    home.refresh_from_db()
    assert home.closed_date == date(2025, 12, 20)


def test_a_move_between_households_of_two_areas_is_of_one_ward(home, closed):
    event = homes.moved_inside(
        by=None, household=home, area=make_group(home.area.parent), address="", date=DAY, **WHY
    )
    assert event.kind == "moved_inside"
