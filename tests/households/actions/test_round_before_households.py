"""Whoever locks a round and households takes the round first: two who meet wait for each other in turn."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.actions import complaints, decisions, listing, opinions, survey
from households.models import Household, Listing, Opinion, Round
from tests.households.actions.season import TODAY, ask
from tests.households.factories import AT, make_household, make_sheet, make_status, ready, submit
from tests.households.life.factories import merge
from tests.households.test_at_once import in_turn
from thanhsen.workdays import Calendar

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheet(place):
    """Posted, of a household that was poor before: draw_up looks at it."""
    home = make_household(place.group)
    make_status(home, "poor", date(2025, 12, 10))
    return ready(submit(make_sheet(place.round, home, place.officer), place.officer), place.supervisor)


def meeting_at(home, *acts):
    """The acts come one after the other while somebody has the household; none may end in a deadlock."""
    told = in_turn(lambda: Household.objects.select_for_update().get(pk=home.pk), *acts)
    wrong = [each for each in told if isinstance(each, Exception) and not isinstance(each, ValidationError)]
    assert not wrong, wrong
    return told


def drawn(place):
    return lambda: listing.draw_up(by=place.supervisor, round_=place.round)


def complain(place, sheet):
    return complaints.file_complaint(
        by=place.officer, sheet=sheet, filed_on=date(2026, 10, 22), complainant="Trần B", text="Nhà đã có nước máy",
        calendar=Calendar(), today=TODAY,
    )  # fmt: skip


def decided(place):
    return decisions.decide_round(
        by=place.chair, round_=place.round, number="05/QĐ-UBND", date=date(2026, 10, 26), signer="Chủ tịch"
    )


def test_a_complaint_while_the_list_is_drawn_up(place, sheet):
    told, _ = meeting_at(sheet.household, lambda: complain(place, sheet), drawn(place))
    assert told.sheet_id == sheet.pk


def test_a_household_sent_to_be_surveyed_again_by_a_recheck(place, sheet):
    complaint = complain(place, sheet)
    told, _ = meeting_at(
        sheet.household,
        lambda: complaints.settle_complaint(
            by=place.supervisor, complaint=complaint, outcome="resurvey", rechecked_on=date(2026, 10, 26), finding="sai",
            today=TODAY,
        ),
        drawn(place),
    )  # fmt: skip
    assert told.outcome == "resurvey"


def test_a_household_the_province_wants_looked_at_again(place, sheet):
    Round.objects.update(needs_opinion=True)
    place.round.refresh_from_db()
    opinion = opinions.ask_opinion(
        by=place.supervisor, round_=place.round, letter_number="1/BC", sent_on=date(2026, 10, 26), calendar=Calendar(),
        today=TODAY,
    )  # fmt: skip
    told, _ = meeting_at(
        sheet.household,
        lambda: opinions.answer_opinion(
            by=place.supervisor, opinion=opinion, answer=Opinion.Answer.ASKS_REVIEW, answered_on=date(2026, 10, 28),
            today=TODAY, answer_number="2/CV", review=[sheet.pk],
        ),
        drawn(place),
    )  # fmt: skip
    assert told.answer == "asks_review"


def test_a_decision_while_the_list_is_drawn_up(place, sheet):
    told, _ = meeting_at(sheet.household, lambda: decided(place), drawn(place))
    assert told.statuses.count() == 1


def test_a_sheet_sent_back_while_it_is_decided_and_the_list_is_drawn_up(place, sheet):
    meeting_at(
        sheet.household,
        lambda: decided(place),
        drawn(place),
        lambda: survey.send_back(
            by=place.supervisor, sheet=sheet, version=None, remarks={"": "nhầm người"}, at=AT
        ),
    )


def test_a_household_with_a_request_and_one_of_the_present_list_are_joined_meanwhile(place):
    asking, poor = make_household(place.group), make_household(place.group)
    make_status(poor, "poor", date(2025, 12, 10))
    ask(place, asking)
    meeting_at(
        asking,
        lambda: merge(asking, poor, {asking.members.get().pk: "other"}, date(2026, 10, 5)),
        drawn(place),
    )
    assert [each.household_id for each in Listing.objects.all()] == [poor.pk]
