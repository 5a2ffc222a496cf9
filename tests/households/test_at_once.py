"""The same thing at the same moment, from several connections."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.urls import reverse

from households.actions import certificates, decisions, register
from households.actions.life import people
from households.actions.life.undo import undo
from households.actions.years import close_year
from households.models import (
    Certificate,
    ClosedYear,
    Decision,
    Household,
    LifeEvent,
    Member,
    Sheet,
    Status,
)
from households.reports import freeze
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    WELL,
    make_household,
    make_listing,
    make_member,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.households.life.factories import BABY, TODAY, WHY, birth, death, gone, merge
from tests.households.views.conftest import client_of
from tests.households.views.test_sheet_pages import posted

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times=6):
    """What `times` simultaneous calls of `act` gave: results, or the exceptions they raised."""

    def run(_):
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_one_request_makes_one_household_and_one_member():
    area, request_id = make_group(), uuid4()
    made = at_once(
        lambda: register.open_household(
            by=None, household={"area": area}, head={"full_name": "Lê An", **WELL}, opened_date=date(2026, 1, 5), request_id=request_id
        )
    )  # fmt: skip
    assert {each.pk for each in made} == {Household.objects.get().pk}
    values, member_id = {"full_name": "Lê Bé", **WELL, "relationship": "child"}, uuid4()
    added = at_once(
        lambda: register.add_member(
            by=None, household=made[0], values=values, joined_date=None, request_id=member_id
        )
    )
    assert {each.pk for each in added} == {Member.objects.get(full_name="Lê Bé").pk}


def test_a_sheet_is_started_once_and_handed_in_once():
    ward = make_ward()
    group = make_group(ward)
    round_, household, officer = make_round(ward), make_household(group), make_user(areas=group)
    make_listing(round_, household)
    start = reverse("sheet_start", args=[household.pk])
    assert {
        each.status_code for each in at_once(lambda: client_of(officer).post(start, {"round": round_.pk}))
    } == {302}
    sheet = make_sheet(round_, household, officer)
    data = posted(sheet, 3, do="submit")
    answers = at_once(lambda: client_of(officer).post(reverse("sheet_edit", args=[sheet.pk]), data))
    assert {each.status_code for each in answers} <= {302, 409, 422}
    stored = Sheet.objects.get()
    assert (stored.state, stored.scores.count()) == ("submitted", 1)


def test_births_of_one_household_at_once_are_all_counted_and_one_request_is_one_birth():
    household = make_household()
    make_status(household, "poor", date(2025, 12, 10))
    at_once(lambda: birth(household, date(2026, 5, 4)))
    assert household.statuses.get(valid_to=None).size == household.members.present().count() == 7
    named = {"by": None, "household": household, "values": BABY, "date": date(2026, 5, 5), **WHY}
    request_id = uuid4()
    made = at_once(lambda: people.born(request_id=request_id, **named))
    assert len({each.pk for each in made}) == 1
    assert household.statuses.get(valid_to=None).size == household.members.present().count() == 8


def test_an_event_is_undone_once():
    household, supervisor = make_household(), make_user("supervisor")
    make_status(household, "poor", date(2025, 12, 10))
    event = birth(household)
    answers = at_once(lambda: undo(by=supervisor, event=event, reason="nhầm", at=AT))
    assert sum(isinstance(each, LifeEvent) for each in answers) == 1
    assert {str(each) for each in answers if not isinstance(each, LifeEvent)} == {
        "['Sự kiện này đã huỷ trước đó.']"
    }
    assert household.statuses.get().size == 1


def test_two_households_merged_into_each_other_at_once_become_one():
    area = make_group()
    one, two = make_household(area), make_household(area)
    turns = iter([(one, two), (two, one)] * 3)
    answers = at_once(lambda: _joined(*next(turns)))
    assert sum(isinstance(each, LifeEvent) for each in answers) == 1
    assert all("đã ra khỏi sổ" in str(each) for each in answers if not isinstance(each, LifeEvent))
    assert Household.objects.present().count() == 1
    assert Member.objects.present().count() == 2


def _joined(household, into):
    return merge(household, into, {household.members.get().pk: "sibling"})


def test_nothing_slips_into_a_year_while_it_is_closed():
    household, chair = make_household(), make_user("approver")
    make_status(household, "poor", date(2025, 6, 10))
    ward = household.area.parent
    turns = iter(["birth", "birth", "close", "birth", "close", "birth"])

    def act():
        if next(turns) == "close":
            return close_year(by=chair, ward=ward, year=2025, reason="báo cáo 45", today=TODAY, freeze=freeze)
        return birth(household, date(2025, 11, 1))

    answers = at_once(act)
    closed = ClosedYear.objects.get()
    assert sum(isinstance(each, ClosedYear) for each in answers) == 1
    assert not LifeEvent.objects.filter(made_at__gt=closed.closed_at).exists()
    assert all("khoá sổ" in str(each) for each in answers if isinstance(each, Exception))


def test_two_decide_at_once_one_wins_and_the_other_is_told():
    ward = make_ward()
    group = make_group(ward)
    round_, officer, supervisor = make_round(ward), make_user(areas=group), make_user("supervisor", ward)
    for _ in range(3):
        ready(submit(make_sheet(round_, make_household(group), officer), officer), supervisor)
    chairs = iter([make_user("approver", ward), make_user("approver", ward)])
    numbers = iter(["05/QĐ-UBND", "06/QĐ-UBND"])

    def decide():
        return decisions.decide_round(
            by=next(chairs), round_=round_, number=next(numbers), date=date(2026, 11, 20), signer="Chủ tịch"
        )

    answers = at_once(decide, times=2)
    (told,) = (each for each in answers if isinstance(each, ValidationError))
    assert "chưa có gì để quyết định" in str(told)
    decision = Decision.objects.get()
    assert decision in answers
    assert Status.objects.count() == decision.statuses.count() == 3


def test_certificates_issued_at_once_have_different_numbers():
    ward = make_ward()
    group, supervisor = make_group(ward), make_user("supervisor", ward)
    made = [make_status(make_household(group), "poor", date(2026, 11, 2)).decision for _ in range(4)]
    todo = iter(made)
    at_once(
        lambda: certificates.issue_certificates(
            by=supervisor,
            decision=next(todo),
            issued_on=date(2026, 11, 3),
            suffix="/GCN",
            today=date(2026, 11, 3),
        ),
        times=4,
    )
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]


def test_an_event_and_a_decision_at_once_wait_for_each_other():
    household = make_household()
    make_status(household, "poor", date(2025, 12, 10))
    turns = iter(["birth", "decide"] * 4)

    def act():
        if next(turns) == "decide":
            return make_status(household, "near_poor", date(2026, 5, 20), size=9)
        return birth(household, date(2026, 5, 4))

    answers = at_once(act, times=8)
    assert not [
        each for each in answers if isinstance(each, Exception) and not isinstance(each, ValidationError)
    ]
    assert sum(isinstance(each, Status) for each in answers) == 1  # the others come on the day of the first
    events = [each for each in answers if isinstance(each, LifeEvent)]
    in_force = household.statuses.get(valid_to=None)
    after = household.statuses.exclude(event=None).filter(valid_from__gte=date(2026, 5, 20)).count()
    assert len(events) == 4
    assert in_force.classification == "near_poor"
    assert (in_force.size > 9) == bool(after)
    assert household.members.present().count() == 5


# One holds a row while two others come, in the order that used to lock them both out or let one overwrite the other.


def in_turn(hold, *acts):
    """`hold()` keeps its rows for a while; then the acts start one after the other. What each gave or raised."""
    told = [None] * len(acts)

    def held():
        with transaction.atomic():
            hold()
            time.sleep(1.2)
        connections.close_all()

    def run(place, act):
        time.sleep(0.3 * (place + 1))
        try:
            told[place] = act()
        except Exception as error:
            told[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=held)]
    threads += [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return told


@pytest.fixture
def ready_ward():
    """A ward with a round, and two households ready for decision, the sheet of the second made first."""
    ward = make_ward()
    group = make_group(ward)
    round_, officer, supervisor = make_round(ward), make_user(areas=group), make_user("supervisor", ward)
    homes = [make_household(group) for _ in range(2)]
    for home in reversed(homes):
        ready(submit(make_sheet(round_, home, officer), officer), supervisor)
    return round_, homes, make_user("approver", ward)


def decide_in(round_, chair):
    return decisions.decide_round(
        by=chair, round_=round_, number="05/QĐ-UBND", date=date(2026, 10, 26), signer="Chủ tịch"
    )


def corrected(decision, chair, home):
    return decisions.correct_decision(
        by=chair, decision=decision, number="06/QĐ-UBND", date=date(2026, 11, 2), signer="Chủ tịch", reason="nhầm",
        changes={home.pk: "average"},
    )  # fmt: skip


def test_a_decision_and_a_merger_do_not_lock_each_other_out(ready_ward):
    round_, (home, other), chair = ready_ward
    sheet, member = home.sheets.get(), home.members.get()
    told = in_turn(
        lambda: Sheet.objects.select_for_update().get(pk=sheet.pk),
        lambda: decide_in(round_, chair),
        lambda: merge(home, other, {member.pk: "other"}, date(2026, 10, 25)),
    )
    assert not [
        each for each in told if isinstance(each, Exception) and not isinstance(each, ValidationError)
    ]


def test_editing_a_member_and_a_death_do_not_lock_each_other_out():
    home = make_household()
    member = make_member(home)
    told = in_turn(
        lambda: Household.objects.select_for_update().get(pk=home.pk),
        lambda: death(home, member, date(2026, 5, 4)),
        lambda: register.update_member(
            by=None, member=member, version=None, values={"full_name": "Lê Thị Khác"}
        ),
    )
    assert not [
        each for each in told if isinstance(each, Exception) and not isinstance(each, ValidationError)
    ]


def test_a_household_that_leaves_while_its_class_is_corrected_gets_none(ready_ward):
    round_, (home, _), chair = ready_ward
    decision = decide_in(round_, chair)
    (told,) = in_turn(lambda: gone(home, day=date(2026, 11, 1)), lambda: corrected(decision, chair, home))
    assert "đã ra khỏi sổ" in str(told)
    assert not home.statuses.filter(valid_to=None).exists()


def test_somebody_born_while_the_class_is_corrected_is_counted(ready_ward):
    round_, (home, _), chair = ready_ward
    decision = decide_in(round_, chair)
    in_turn(lambda: birth(home, date(2026, 11, 1)), lambda: corrected(decision, chair, home))
    assert home.statuses.get(valid_to=None).size == 2
