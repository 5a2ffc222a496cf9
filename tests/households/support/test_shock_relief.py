"""After a shock: emergency support once, and a regular review where the family asks; who is poor needs none."""

from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, Thread
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.listing import register_request, withdraw_request
from households.actions.support import shocks
from households.actions.support.grants import void_support
from households.actions.support.relief import Asked, ask_for_reviews, relieve
from households.actions.support.shock_mistakes import void_shock
from households.models import Household, Request, ShockEvent, ShockImpact, Support
from households.models.support.relief import used_for_others
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_programme, make_status
from tests.households.reports.test_report_pages import signed_in
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


@pytest.fixture
def two_storms():
    """An earlier storm with its programme; `only`: the impact of the later one."""
    group = make_group(make_ward())
    officer = make_user("officer", group)
    programme, own = emergency(group.parent), emergency(group.parent, name="Hỗ trợ khẩn cấp bão số 9")
    values = {
        "kind": "disaster",
        "name": "Bão số 5",
        "happened_on": date(2026, 8, 25),
        "programme": programme,
    }
    earlier = shocks.record_shock(by=officer, values=values, areas=[group], today=TODAY)
    shock, only = struck(officer, group, "heavy")
    return SimpleNamespace(
        group=group, officer=officer, programme=programme, own=own, earlier=earlier, shock=shock, only=only
    )


def relieve_by(two, programme, **values):
    named = {"by": two.officer, "shock": two.shock, "only": two.only, "day": date(2026, 10, 1), **values}
    return relieve(programme=programme, reason="Bão", today=TODAY, **named)


@pytest.mark.django_db
def test_a_programme_of_another_shock_is_taken_only_where_that_is_meant(two_storms):
    with pytest.raises(ValidationError, match=r"đã dùng cho Bão số 5 \(25/08/2026\)"):
        relieve_by(two_storms, two_storms.programme)
    two_storms.shock.refresh_from_db()
    assert two_storms.shock.programme is None
    assert not Support.objects.exists()
    assert len(relieve_by(two_storms, two_storms.programme, is_meant=True).made) == 1
    two_storms.shock.refresh_from_db()
    assert used_for_others(two_storms.shock) == {}  # it was answered for once


@pytest.mark.django_db
def test_also_one_the_other_shock_gave_by_before_it_chose_another(two_storms):
    two = two_storms
    home = ShockImpact.objects.get(pk=two.only[0]).household
    shocks.add_household(by=two.officer, shock=two.earlier, household=home)
    impact = two.earlier.impacts.get(household=home)
    heavy = {"severity": "heavy", "loss": None, "text": "", "pushed_down": False}
    shocks.save_impact(by=two.officer, impact=impact, version=None, values=heavy, today=TODAY)
    given = relieve_by(two, two.programme, shock=two.earlier, only=[impact.pk]).made[0].support
    ShockEvent.objects.filter(pk=two.earlier.pk).update(programme=None)
    assert used_for_others(two.shock) == {two.programme.pk: [two.earlier]}
    void_support(by=two.officer, support=given, reason="Nhầm", at=AT)
    assert used_for_others(two.shock) == {}
    ShockEvent.objects.filter(pk=two.earlier.pk).update(programme=two.programme)
    void_shock(by=two.officer, shock=two.earlier, reason="Nhầm", at=AT)
    assert used_for_others(two.shock) == {}


@pytest.mark.django_db
def test_the_page_says_which_shock_a_programme_was_of_and_asks(two_storms):
    two = two_storms
    client, url = signed_in(two.officer), reverse("shock_relief", args=[two.shock.pk])
    page = client.get(url).content.decode()
    assert f"“{two.programme}” đã dùng cho biến cố khác: Bão số 5 (25/08/2026)" in page
    assert "nhờ công chức giảm nghèo thêm chương trình" in page
    assert reverse("programme_create") not in page
    supervisor = signed_in(make_user("supervisor", two.group.parent))
    assert reverse("programme_create") in supervisor.get(url).content.decode()
    data = {
        "programme": two.programme.pk, "day": "01/10/2026", "reason": "Bão", "only": two.only, "request_id": uuid4(),
    }  # fmt: skip
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Chưa giao hộ nào" in refused.content.decode()
    assert client.post(url, {**data, "is_meant": "on"}).status_code == 302
    assert Support.objects.count() == 1


@pytest.mark.django_db
def test_the_applicants_typed_are_still_there_after_a_refusal():
    group = make_group(make_ward())
    officer = make_user("officer", group)
    shock, (asks, other) = struck(officer, group, "heavy", "light")
    client, url = signed_in(officer), reverse("shock_reviews", args=[shock.pk])
    first = client.get(url).content.decode()
    assert all(f'value="{each.household.head_name}"' in first for each in shock.impacts.all())
    names = {f"ai-{asks}": "Lê Thị Đơn", f"ai-{other}": "Trần Văn Chờ"}
    sent = {"received_on": f"{STORM - timedelta(days=1):%d/%m/%Y}", "channel": "group_head", **names}
    for only in ([asks], []):
        refused = client.post(url, {**sent, "only": only})
        assert refused.status_code == 422
        shown = refused.content.decode()
        assert 'value="Lê Thị Đơn"' in shown
        assert 'value="Trần Văn Chờ"' in shown


@pytest.mark.django_db
def test_who_ticked_nobody_is_told_and_chose_no_programme(two_storms):
    two = two_storms
    client, url = signed_in(two.officer), reverse("shock_relief", args=[two.shock.pk])
    data = {"programme": two.own.pk, "day": "01/10/2026", "reason": "Bão", "request_id": uuid4()}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Chưa đánh dấu hộ nào" in refused.content.decode()
    two.shock.refresh_from_db()
    assert two.shock.programme is None
    home = ShockImpact.objects.get(pk=two.only[0]).household
    assert client.post(url, {**data, "only": two.only}).status_code == 302
    again = client.post(url, {**data, "only": two.only, "request_id": uuid4()}, follow=True).content.decode()
    assert "Không giao thêm hộ nào" in again
    assert Support.objects.get().household == home


@pytest.mark.django_db
def test_nothing_is_asked_of_a_programme_of_this_shock_alone(two_storms):
    two = two_storms
    ShockEvent.objects.filter(pk=two.earlier.pk).update(programme=None)
    page = signed_in(two.officer).get(reverse("shock_relief", args=[two.shock.pk])).content.decode()
    assert "is_meant" not in page
    assert "đã dùng cho" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["day", "nobody", "closed", "reason"])
def test_a_refused_relief_chooses_no_programme(case):
    group = make_group(make_ward())
    by = make_user("supervisor", group.parent)
    shock, only = struck(by, group, "heavy")
    programme = emergency(group.parent, valid_to=date(2026, 10, 15))
    named = {"only": only, "day": date(2026, 10, 1), "reason": "Bão"}
    named |= {
        "day": {"day": date(2026, 10, 20)}, "nobody": {"only": [only[0] + 1000]}, "reason": {"reason": " "},
    }.get(case, {})  # fmt: skip
    if case == "closed":
        shocks.close_shock(by=by, shock=shock, today=TODAY)
    with suppress(ValidationError):
        relieve(by=by, shock=shock, programme=programme, today=TODAY, **named)
    assert not Support.objects.exists()
    shock.refresh_from_db()
    assert shock.programme is None


@pytest.mark.django_db
def test_who_has_no_household_in_it_chooses_no_programme():
    group = make_group(make_ward())
    shock, only = struck(make_user("supervisor", group.parent), group, "heavy")
    programme = emergency(group.parent)
    client = signed_in(make_user("officer", make_group(group.parent)))
    assert client.get(reverse("shock_edit", args=[shock.pk])).status_code == 404
    typed = {
        "programme": programme.pk,
        "day": f"{localdate():%d/%m/%Y}",
        "reason": "x",
        "only": only,
        "request_id": uuid4(),
    }
    client.post(reverse("shock_relief", args=[shock.pk]), typed)
    shock.refresh_from_db()
    assert shock.programme is None
