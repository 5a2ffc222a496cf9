"""The same thing at the same moment, from several connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.urls import reverse

from households.actions import certificates, decisions, register
from households.models import Certificate, Decision, Household, Member, Sheet, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    WELL,
    make_household,
    make_listing,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
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
