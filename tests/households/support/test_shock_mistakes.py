"""A shock recorded wrongly: taken back, or dated right, with a reason; what hangs on it stays or refuses in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import shocks as actions
from households.actions.support.grants import void_support
from households.actions.support.relief import Asked, ask_for_reviews, relieve
from households.actions.support.shock_mistakes import redate_shock, void_shock
from households.models import Household, Request, ShockEvent, ShockImpact, Support
from households.reports.support import shocks as report
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_programme
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import counted_for, told_of
from tests.households.test_at_once import at_once
from tests.refusals import refused
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("supervisor", group.parent)


def storm(by, group, days_ago=10, name="Bão số 9"):
    values = {
        "kind": "disaster", "name": name, "happened_on": localdate() - days_ago * DAY, "ended_on": None,
        "description": "",
    }  # fmt: skip
    return actions.record_shock(by=by, values=values, areas=[group], today=localdate())


def seen(by, shock, home, severity="heavy", on=None, **values):
    impact = shock.impacts.get(household=home)
    values = {"severity": severity, "loss": None, "text": "x", "pushed_down": False, **values}
    return actions.save_impact(
        by=by, impact=impact, version=impact.version, values=values, today=on or localdate()
    )


def helped(by, group, shock, home):
    programme = make_programme(
        group.parent, policy="emergency", per="once", classes=["any"], valid_from=shock.happened_on
    )
    impact = seen(by, shock, home)
    relieve(
        by=by, shock=shock, programme=programme, only=[impact.pk], day=localdate(), reason="Bão", today=localdate()
    )  # fmt: skip
    return Support.objects.get(household=home)


def redate(by, shock, day, reason="Nhầm ngày nhập máy", version=None):
    shock.refresh_from_db()
    return redate_shock(
        by=by, shock=shock, version=version or shock.version, happened_on=day, reason=reason, today=localdate()
    )  # fmt: skip


def test_taken_back_it_counts_for_nobody(group, by):
    home = make_household(group)
    shock = storm(by, group)
    seen(by, shock, home, pushed_down=True)
    assert counted_for(report.waiting, by, localdate())
    assert report.struck_before(home, localdate())
    with pytest.raises(ValidationError, match="lý do"):
        void_shock(by=by, shock=shock, reason=" ", at=AT)
    void_shock(by=by, shock=shock, reason="Ghi trùng", at=AT)
    assert counted_for(report.waiting, by, localdate()) == []
    assert report.struck_before(home, localdate()) == []
    assert [each.is_struck for each in told_of(home, report.STORY)] == [True]
    assert Event.objects.get(act="shock.void").reason == "Ghi trùng"
    for act in (
        lambda: void_shock(by=by, shock=shock, reason="x", at=AT),
        lambda: redate(by, shock, localdate() - 12 * DAY),
        lambda: actions.reopen_shock(by=by, shock=shock),
        lambda: actions.add_household(by=by, shock=shock, household=make_household(make_group(group.parent))),
        lambda: seen(by, shock, home, severity="light"),
    ):
        with pytest.raises(ValidationError, match="đã bỏ"):
            act()
    assert storm(by, group).pk != shock.pk  # the same storm again, rightly


def test_help_given_for_it_is_taken_back_first_a_request_stays(group, by):
    home, asks = make_household(group), make_household(group)
    shock = storm(by, group)
    impact = seen(by, shock, asks, severity="light", pushed_down=True)
    ask_for_reviews(
        by=by, shock=shock, asked=[Asked(impact.pk, "A")], received_on=localdate(), channel="counter", today=localdate()
    )  # fmt: skip
    support = helped(by, group, shock, home)
    with pytest.raises(ValidationError, match="Còn 1 hộ đã được hỗ trợ khẩn cấp"):
        void_shock(by=by, shock=shock, reason="Nhầm", at=AT)
    refused(
        "shock_voided_helps_nobody", ShockEvent.objects.filter(pk=shock.pk).update, voided_at=AT, voided_by=by,
        void_reason="x",
    )  # fmt: skip
    void_support(by=by, support=support, reason="Nhầm", at=AT)
    void_shock(by=by, shock=shock, reason="Nhầm", at=AT)
    assert Request.objects.waiting().count() == 1


def test_its_day_is_put_right_with_who_lived_there_then(group, by):
    today = localdate()
    old, newer = make_household(group), make_household(group, opened_date=today - 5 * DAY)
    shock = storm(by, group, days_ago=10)
    assert set(shock.impacts.values_list("household", flat=True)) == {old.pk}
    late = redate(by, shock, today - 3 * DAY)
    assert set(shock.impacts.values_list("household", flat=True)) == {old.pk, newer.pk}
    assert late.version == 2
    redate(by, shock, today - 8 * DAY)  # before the newer one came
    rows = dict(shock.impacts.values_list("household", "severity"))
    assert rows == {old.pk: "not_seen", newer.pk: "none"}
    assert shock.impacts.get(household=newer).text == "Không có trong sổ vào ngày xảy ra"
    (_, before, after), _ = report.redated(shock)
    assert (before, after) == (today - 10 * DAY, today - 3 * DAY)
    event = Event.objects.filter(act="shock.redate").order_by("pk").first()
    assert (event.reason, event.actor, event.after["added"]) == ("Nhầm ngày nhập máy", by, 1)


def test_a_day_put_right_twice_leaves_nobody_falsely_unharmed(group, by):
    today = localdate()
    came = make_household(group, opened_date=today - 9 * DAY)
    unharmed, late = make_household(group), make_household(group, opened_date=today - 4 * DAY)
    shock = storm(by, group, days_ago=8)
    seen(by, shock, unharmed, severity="none", text="")
    actions.add_household(by=by, shock=shock, household=late)
    redate(by, shock, today - 12 * DAY)
    assert set(shock.impacts.values_list("severity", flat=True)) == {"none"}
    redate(by, shock, today - 8 * DAY)
    rows = {each.household_id: each for each in shock.impacts.all()}
    back = rows[came.pk]
    assert (back.severity, back.seen_on, back.text, back.version) == ("not_seen", None, "", 3)
    assert (rows[unharmed.pk].severity, rows[unharmed.pk].version) == ("none", 2)
    assert rows[late.pk].severity == "none"  # not there then either
    after = [each.after["not_there"] for each in Event.objects.filter(act="shock.redate").order_by("pk")]
    assert after == [2, 1]


def test_who_was_only_noted_as_not_there_was_not_seen_before_another_day(group, by):
    today = localdate()
    late = make_household(group, opened_date=today - 4 * DAY)
    shock = storm(by, group, days_ago=8)
    actions.add_household(by=by, shock=shock, household=late)
    earlier = today - 6 * DAY
    redate_shock(by=by, shock=shock, version=1, happened_on=today - 9 * DAY, reason="Nhầm", today=earlier)
    redate(by, shock, today - 5 * DAY)
    assert (shock.impacts.get(household=late).severity, shock.impacts.get(household=late).seen_on) == (
        "none",
        today,
    )


def test_a_day_that_cannot_be_is_refused(group, by):
    today = localdate()
    home, gives = make_household(group), make_household(group)
    shock = storm(by, group)
    with pytest.raises(ValidationError, match="lý do"):
        redate(by, shock, today - DAY, reason="")
    for day, words in ((today + DAY, "tương lai"), (today - 10 * DAY, "đang được ghi")):
        with pytest.raises(ValidationError, match=words):
            redate(by, shock, day)
    with pytest.raises(Stale):
        redate(by, shock, today - DAY, version=9)
    seen(by, shock, home, severity="light", on=today - 4 * DAY)
    with pytest.raises(ValidationError) as error:
        redate(by, shock, today - 3 * DAY)
    assert "đã xem thiệt hại" in error.value.message_dict["happened_on"][0]
    ShockEvent.objects.filter(pk=shock.pk).update(ended_on=today - 9 * DAY)
    with pytest.raises(ValidationError, match="ngày hết"):
        redate(by, shock, today - 5 * DAY)
    seen(by, shock, gives, severity="none")
    actions.close_shock(by=by, shock=shock, today=today)
    with pytest.raises(ValidationError, match="Mở lại"):
        redate(by, shock, today - 11 * DAY)


def test_rules_by_name(group, by):
    home = make_household(group)
    shock = storm(by, group)
    seen(by, shock, home, severity="light", on=localdate() - 4 * DAY)
    row = ShockEvent.objects.filter(pk=shock.pk)
    refused("shock_before_what_followed", row.update, happened_on=localdate() - 3 * DAY)
    refused("shock_voided_with_reason", row.update, voided_at=AT)
    refused("shock_voided_with_reason", row.update, void_reason="x")
    row.update(voided_at=AT, voided_by=by, void_reason="x")
    refused("shock_voided_stays", row.update, name="y")
    refused("impact_of_open_shock", ShockImpact.objects.filter(shock=shock).update, text="y")


def test_pages(group, by):
    make_household(group)
    shock, client = storm(by, group), signed_in(by)
    detail = reverse("shock_detail", args=[shock.pk])
    url = reverse("shock_redate", args=[shock.pk])
    day = f"{localdate() - 12 * DAY:%d/%m/%Y}"
    assert client.post(url, {"happened_on": day, "reason": "", "version": 1}).status_code == 422
    page = client.post(url, {"happened_on": day, "reason": "<b>Nhầm</b>", "version": 1}, follow=True)
    assert f"→ {day}" in page.content.decode()
    assert "<b>Nhầm" not in page.content.decode()
    stale = client.post(url, {"happened_on": "01/01/2026", "reason": "x", "version": 1}, follow=True)
    assert "Người khác vừa sửa" in stale.content.decode()
    void = reverse("shock_void", args=[shock.pk])
    assert client.post(void, {"reason": ""}).status_code == 422
    page = client.post(void, {"reason": "Ghi trùng"}, follow=True).content.decode()
    assert "Ghi trùng" in page
    assert url not in page
    assert client.post(void, {"reason": "Nữa"}).status_code == 422
    reopened = client.post(reverse("shock_reopen", args=[shock.pk]), follow=True).content.decode()
    assert "đã bỏ vì ghi nhầm" in reopened
    assert client.get(reverse("impact_list", args=[shock.pk])).status_code == 200
    assert "đã bỏ" in client.get(reverse("shock_list")).content.decode()
    for role, area, code in (
        ("approver", group.parent, 403), ("officer", make_group(group.parent), 404), ("supervisor", make_ward(), 404),
    ):  # fmt: skip
        other = signed_in(make_user(role, area))
        for name in ("shock_redate", "shock_void"):
            assert other.get(reverse(name, args=[shock.pk])).status_code == code
    assert client.get(detail).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_dated_and_voided_while_households_are_seen(group, by):
    homes = [make_household(group) for _ in range(4)]
    shock, turns = storm(by, group), iter(range(6))

    def act():
        turn = next(turns)
        if turn == 0:
            return redate(by, shock, localdate() - 12 * DAY)
        if turn == 1:
            return void_shock(by=by, shock=shock, reason="Nhầm", at=AT)
        return seen(by, shock, homes[turn - 2], severity="light")

    results = at_once(act)
    assert all(
        not isinstance(each, Exception) or isinstance(each, (ValidationError, Stale)) for each in results
    )
    shock.refresh_from_db()
    assert shock.voided_at
    assert Household.objects.count() == shock.impacts.count()
