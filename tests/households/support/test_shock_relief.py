"""After a shock: emergency support once, and a regular review where the family asks; who is poor needs none."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from households.actions.listing import register_request, withdraw_request
from households.actions.support import shocks
from households.actions.support.relief import Asked, ask_for_reviews, relieve
from households.models import Household, Request, ShockImpact, Support
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_status
from thanhsen.models import Event

TODAY = date(2026, 11, 25)
STORM = date(2026, 9, 20)


def struck(officer, group, *severities):
    """A storm that struck as many households of `group`, as badly, all of them pushed down."""
    homes = [make_household(group) for _ in severities]
    values = {"kind": "disaster", "name": "Bão số 9", "happened_on": STORM}
    shock = shocks.record_shock(by=officer, values=values, areas=[group], today=TODAY)
    impacts = [shock.impacts.get(household=home) for home in homes]
    for impact, severity in zip(impacts, severities, strict=True):
        what = {"severity": severity, "loss": None, "text": "", "pushed_down": severity != "none"}
        shocks.save_impact(by=officer, impact=impact, version=None, values=what, today=TODAY)
    return shock, [each.pk for each in impacts]


def give(by, shock, programme, only, day=date(2026, 10, 1)):
    return relieve(
        by=by, shock=shock, programme=programme, only=only, day=day, reason="Thiệt hại do bão", today=TODAY
    )


def ask(by, shock, impacts, **values):
    named = {"received_on": date(2026, 10, 2), "channel": "group_head", **values}
    asked = [Asked(each, f"Người nhà {each}") for each in impacts]
    return ask_for_reviews(by=by, shock=shock, asked=asked, today=TODAY, **named)


def emergency(ward, **values):
    return make_programme(ward, policy="emergency", per="once", classes=["any"], **values)


@pytest.mark.django_db
def test_the_badly_struck_are_given_it_once():
    group = make_group(make_ward())
    officer = make_user("officer", group)
    shock, only = struck(officer, group, "heavy", "lost", "light", "none")
    programme = emergency(group.parent)
    first = give(officer, shock, programme, only)
    assert sorted(each.pk for each in first.made) == sorted(only[:2])
    assert give(officer, shock, programme, only).made == []
    assert Support.objects.counted().count() == 2
    assert Event.objects.filter(act="impact.relieve").count() == 2
    shock.refresh_from_db()
    assert shock.programme == programme


@pytest.mark.django_db
def test_by_an_emergency_programme_of_the_ward_only():
    group = make_group(make_ward())
    officer = make_user("officer", group)
    shock, only = struck(officer, group, "heavy")
    for programme in (make_programme(group.parent), emergency(make_ward())):
        with pytest.raises(ValidationError, match="khẩn cấp"):
            give(officer, shock, programme, only)
    with pytest.raises(ValidationError, match="tính theo hộ"):
        give(officer, shock, emergency(group.parent, per_person=True), only)
    with pytest.raises(ValidationError, match="trước ngày xảy ra"):
        give(officer, shock, emergency(group.parent), only, day=date(2026, 9, 1))
    assert (
        give(make_user("officer", make_group(group.parent)), shock, emergency(group.parent), only).made == []
    )
    assert not Support.objects.exists()


@pytest.mark.django_db
def test_who_moved_away_or_left_is_passed_over():
    group = make_group(make_ward())
    ward_wide = make_user("supervisor", [group.parent, (away := make_group(make_ward())).parent])
    shock, only = struck(ward_wide, group, "heavy", "heavy", "heavy")
    homes = [ShockImpact.objects.get(pk=each).household_id for each in only]
    Household.objects.filter(pk=homes[0]).update(area=away)
    Household.objects.filter(pk=homes[1]).update(closed_date=TODAY, closed_reason="moved_out")
    made = give(ward_wide, shock, emergency(group.parent), only).made
    assert [each.pk for each in made] == only[2:]


@pytest.mark.django_db
def test_a_closed_shock_gives_nothing():
    group = make_group(make_ward())
    officer = make_user("officer", group)
    shock, only = struck(officer, group, "heavy")
    shocks.close_shock(by=officer, shock=shock, today=TODAY)
    with pytest.raises(ValidationError, match="đã xử lý xong"):
        give(officer, shock, emergency(group.parent), only)
    with pytest.raises(ValidationError, match="đã xử lý xong"):
        ask(officer, shock, only)
    assert not Support.objects.exists()
    assert not Request.objects.exists()


@pytest.mark.django_db
def test_families_ask_to_be_reviewed_once():
    group = make_group(make_ward())
    officer = make_user("officer", group)
    shock, only = struck(officer, group, "heavy", "light", "heavy", "none")
    poor, waits = (ShockImpact.objects.get(pk=each).household for each in only[:2])
    make_status(poor, "poor", date(2025, 12, 1))
    earlier = register_request(
        by=officer, household=waits, form="01", received_on=date(2026, 9, 1), channel="counter", applicant="Mẹ", today=TODAY
    )  # fmt: skip
    made = ask(officer, shock, only)
    assert len(made) == 2
    assert earlier in made
    new = Request.objects.exclude(pk=earlier.pk).get()
    assert (new.applicant, new.text) == (f"Người nhà {only[2]}", "Bị thiệt hại do Bão số 9")
    assert ask(officer, shock, only) == []
    withdraw_request(by=officer, request=new, on=TODAY, reason="Thôi", today=TODAY)
    assert len(ask(officer, shock, only)) == 1
    assert not Event.objects.filter(act="impact.review").exclude(area=group).exists()


@pytest.mark.django_db
def test_a_request_says_who_and_when():
    group = make_group(make_ward())
    officer = make_user("officer", group)
    shock, only = struck(officer, group, "heavy", "heavy")
    with pytest.raises(ValidationError, match="trước ngày xảy ra"):
        ask(officer, shock, only, received_on=date(2026, 9, 1))
    with pytest.raises(ValidationError, match="tương lai"):
        ask(officer, shock, only, received_on=date(2026, 12, 1))
    with pytest.raises(ValidationError, match="họ tên người làm đơn"):
        ask_for_reviews(
            by=officer, shock=shock, asked=[Asked(only[0], "Con"), Asked(only[1], " ")], received_on=TODAY,
            channel="counter", today=TODAY,
        )  # fmt: skip
    assert not Request.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_it_once():
    group = make_group(make_ward())
    officer = make_user("officer", group)
    shock, only = struck(officer, group, *["heavy"] * 5)
    programme, start, made = emergency(group.parent), Barrier(2), []

    def work():
        try:
            start.wait()
            made.append(len(give(officer, shock, programme, only).made))
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(made) == [0, 5]
    assert Support.objects.counted().count() == ShockImpact.objects.exclude(support=None).count() == 5
