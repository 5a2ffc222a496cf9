"""A shock recorded once for many households: who comes onto its list, what is written of each, what closes it."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.actions.support import shocks
from households.actions.support.grants import void_support
from households.models import Household, Request, ShockEvent, ShockImpact, Support, Vulnerability
from households.reports.support import shocks as reports
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_status, make_support
from tests.households.support import counted_for, told_of
from tests.refusals import refused
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
STORM = date(2026, 9, 20)
AT = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HEAVY = {"severity": "heavy", "loss": 30_000_000, "text": "Tốc mái nhà", "pushed_down": True}


def storm(by, *areas, **values):
    named = {"kind": "disaster", "name": "Bão số 9", "happened_on": STORM, **values}
    request_id = named.pop("request_id", None)
    return shocks.record_shock(by=by, values=named, areas=areas, today=TODAY, request_id=request_id)


def save(by, impact, version=None, **values):
    return shocks.save_impact(by=by, impact=impact, version=version, values={**HEAVY, **values}, today=TODAY)


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def group(ward):
    return make_group(ward)


@pytest.fixture
def officer(group):
    return make_user("officer", group)


@pytest.fixture
def impact(officer, group):
    make_household(group)
    return storm(officer, group).impacts.get()


def test_everybody_there_on_the_day_is_on_the_list_in_one_statement(ward, group):
    supervisor, other = make_user("supervisor", ward), make_group(ward)
    homes = {make_household(group).pk, make_household(other).pk}
    make_household(group, opened_date=date(2026, 9, 21))  # came after
    make_household(make_group(ward))  # in a tổ dân phố it did not strike
    gone, wrong = make_household(group), make_household(group)
    Household.objects.filter(pk=gone.pk).update(closed_date=date(2026, 9, 1), closed_reason="moved_out")
    Household.objects.filter(pk=wrong.pk).update(closed_date=date(2026, 10, 1), closed_reason="mistake")
    moved = make_household(group)
    Household.objects.filter(pk=moved.pk).update(closed_date=date(2026, 10, 1), closed_reason="moved_out")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        shock = storm(supervisor, group, other)
    assert sum("INSERT INTO households_shockimpact" in each["sql"] for each in queries) == 1
    assert set(shock.impacts.unseen().values_list("household", flat=True)) == {*homes, moved.pk}
    event = Event.objects.get(act="shock.record")
    assert (event.record_id, event.after["households"]) == (shock.pk, 3)


def test_only_ones_own_places_of_one_ward(ward, group, officer):
    elsewhere = make_group(ward)
    for areas in ((elsewhere,), (group, elsewhere), (), (ward,), (make_group(make_ward()),)):
        with pytest.raises(ValidationError, match="địa bàn được giao"):
            storm(officer, *areas)
    both = make_user("supervisor", [ward, elsewhere, (far := make_group(make_ward())).parent])
    with pytest.raises(ValidationError, match="một phường"):
        storm(both, group, far)
    with pytest.raises(ValidationError, match="tương lai"):
        storm(officer, group, happened_on=date(2026, 11, 26))
    storm(officer, group)
    with pytest.raises(ValidationError, match="cùng tên"):
        storm(officer, group)
    assert not ShockImpact.objects.exists()


def test_sent_twice_is_one(group, officer):
    request_id = uuid4()
    assert storm(officer, group, request_id=request_id) == storm(officer, group, request_id=request_id)


def test_it_spreads_and_keeps_what_was_seen(ward, group, officer, impact):
    save(officer, impact)
    supervisor, other = make_user("supervisor", ward), make_group(ward)
    make_household(other)
    assert shocks.spread_shock(by=supervisor, shock=impact.shock, areas=[group, other]) == 1
    assert shocks.spread_shock(by=supervisor, shock=impact.shock, areas=[group, other]) == 0
    assert impact.shock.impacts.struck().count() == 1
    far = make_group(make_ward())
    with pytest.raises(ValidationError, match="chính phường"):
        shocks.spread_shock(by=make_user("officer", far), shock=impact.shock, areas=[far])
    with pytest.raises(ValidationError, match="địa bàn được giao"):
        shocks.spread_shock(by=officer, shock=impact.shock, areas=[other])


def test_a_household_off_the_list_is_added_once(ward, officer, impact):
    other = make_household(make_group(ward))
    first = shocks.add_household(by=officer, shock=impact.shock, household=other)
    assert shocks.add_household(by=officer, shock=impact.shock, household=other) == first
    with pytest.raises(ValidationError, match="không ở phường"):
        shocks.add_household(by=officer, shock=impact.shock, household=make_household())


def test_what_was_seen_is_kept_and_the_second_to_save_is_told(officer, impact):
    saved = save(officer, impact, version=1)
    assert (saved.severity, saved.seen_on, saved.version) == ("heavy", TODAY, 2)
    with pytest.raises(Stale):
        save(officer, impact, version=1, text="Ngập")
    assert save(officer, impact, version=2).version == 2  # the same again leaves no trace
    assert Event.objects.filter(act="impact.save").count() == 1
    unharmed = save(officer, impact, version=2, severity="none")
    assert (unharmed.loss, unharmed.pushed_down) == (None, False)


def test_many_unharmed_at_once_leave_what_was_seen(ward, group, officer, impact):
    save(officer, impact)
    make_household(other := make_group(ward))
    shocks.spread_shock(by=make_user("supervisor", ward), shock=impact.shock, areas=[other])
    only = [each.pk for each in impact.shock.impacts.all()]
    assert shocks.mark_unharmed(by=officer, shock=impact.shock, today=TODAY, only=only) == 0  # not his
    supervisor = make_user("supervisor", ward)
    assert shocks.mark_unharmed(by=supervisor, shock=impact.shock, today=TODAY, area=other) == 1
    assert impact.shock.impacts.filter(severity="none", seen_on=TODAY, version=2).count() == 1
    assert impact.shock.impacts.filter(severity="heavy").count() == 1


def test_closed_only_when_all_is_seen_then_nothing_changes(officer, impact):
    with pytest.raises(ValidationError, match="Còn 1 hộ chưa xem"):
        shocks.close_shock(by=officer, shock=impact.shock, today=TODAY)
    save(officer, impact)
    shocks.close_shock(by=officer, shock=impact.shock, today=TODAY)
    with pytest.raises(ValidationError, match="đã xử lý xong"):
        save(officer, impact, text="Sập")
    with pytest.raises(ValidationError, match="đã đóng ngày"):
        shocks.close_shock(by=officer, shock=impact.shock, today=TODAY)
    shocks.reopen_shock(by=officer, shock=impact.shock)
    assert save(officer, impact, text="Sập").text == "Sập"


def test_who_handles_it_has_all_its_places(ward, group, officer, impact):
    supervisor, other = make_user("supervisor", ward), make_group(ward)
    assert list(ShockEvent.objects.handled_by(officer)) == [impact.shock]
    shocks.spread_shock(by=supervisor, shock=impact.shock, areas=[other])
    assert not ShockEvent.objects.handled_by(officer).exists()
    assert list(ShockEvent.objects.handled_by(supervisor)) == [impact.shock]
    assert not ShockEvent.objects.visible_to(make_user("supervisor", make_ward())).exists()


def test_counts_add_up_and_what_waits(ward, group, officer, impact):
    make_household(group)
    shocks.record_shock(
        by=officer, areas=[group], today=TODAY,
        values={"kind": "market", "name": "Giá tôm giảm", "happened_on": date(2026, 10, 1)},
    )  # fmt: skip
    save(officer, impact)
    total, line = reports.progress(impact.shock, officer)
    assert (total.total, total.seen, total.struck, total.to_relieve, total.to_review) == (1, 1, 1, 1, 1)
    assert (line.name, line.percent) == (group.name, 100)
    said = [(each.text, each.count) for each in counted_for(reports.waiting, officer, TODAY)]
    assert said == [
        ("Hộ trong vùng có biến cố chưa xem", 2),
        ("Hộ thiệt hại nặng vì biến cố, chưa hỗ trợ", 1),
        ("Hộ có thể rơi vào nghèo vì biến cố, chưa ghi đơn", 1),
    ]
    assert counted_for(reports.waiting, make_user("approver", ward), TODAY) == []
    assert counted_for(reports.waiting, make_user("officer", make_group(ward)), TODAY) == []
    make_status(impact.household, "poor", date(2026, 10, 1))
    assert len(counted_for(reports.waiting, officer, TODAY)) == 2  # the poor need no request


def test_a_household_that_moved_is_where_it_lives_now(ward, officer, impact):
    there = make_group(ward)
    Household.objects.filter(pk=impact.household_id).update(area=there)
    assert reports.progress(impact.shock, officer) == []
    assert [each.area_id for each in reports.progress(impact.shock, make_user("officer", there))] == [
        None,
        there.pk,
    ]


def test_the_story_tells_what_struck(officer, impact):
    save(officer, impact)
    entry = told_of(impact.household, reports.STORY)[0]
    assert (entry.on, entry.kind, entry.title) == (STORM, "shock", "Bão số 9: thiệt hại nặng")
    assert entry.text == "Tốc mái nhà. Ước tính 30.000.000 đồng"
    assert [each.pk for each in reports.struck_before(impact.household, date(2027, 9, 1))] == [impact.pk]
    assert reports.struck_before(impact.household, date(2027, 9, 30)) == []
    assert reports.struck_before(impact.household, date(2028, 2, 29)) == []


DEATH = {"severity": "death", "loss": None, "text": "", "pushed_down": False}


@pytest.mark.parametrize(
    ("severity", "label", "title"),
    [
        ("lost", "Mất trắng, sập nhà", "Bão số 9: mất trắng, sập nhà"),
        ("death", "Có người chết, mất tích", "Bão số 9: có người chết, mất tích"),
    ],
)
def test_who_lost_the_house_is_not_told_to_have_died(officer, impact, severity, label, title):
    saved = save(officer, impact, **{**DEATH, "severity": severity})
    assert (saved.get_severity_display(), saved.loss, saved.text) == (label, None, "")
    assert told_of(impact.household, reports.STORY)[0].title == title


def test_a_death_is_the_worst_and_is_counted_helped_and_reviewed_as_the_bad_ones(
    ward, group, officer, impact
):
    make_status(impact.household, "near_poor", date(2025, 12, 1))
    save(officer, impact, **{**DEATH, "pushed_down": True})
    rows = ShockImpact.objects.filter(pk=impact.pk)
    assert rows.struck().exists()
    assert rows.to_relieve().exists()
    assert rows.to_review().exists()
    total, _ = reports.progress(impact.shock, officer)
    assert (total.counts["death"], total.counts["lost"], total.struck, total.to_relieve) == (1, 0, 1, 1)
    assert ShockImpact.Severity.values[-2:] == ["lost", "death"]
    rows.update(support=make_support(make_programme(ward, policy="emergency"), impact.household))
    assert not rows.to_relieve().exists()


SHOCK = [
    ("shock_named", {"name": ""}),
    ("shock_kind_known", {"kind": "x"}),
    ("shock_dates_in_order", {"ended_on": date(2026, 9, 1)}),
    ("shock_dates_in_order", {"closed_on": date(2026, 9, 1)}),
]
IMPACT = [
    ("impact_seen_on_a_day", {"severity": "none"}),
    ("impact_seen_on_a_day", {"seen_on": TODAY}),
    ("impact_pushes_down_where_seen", {"pushed_down": True}),
    ("impact_loss_sensible", {"loss": 10**12}),
    ("impact_severity_known", {"severity": "dead", "seen_on": TODAY}),
]
WEAK = [
    ("vulnerability_exposures_known", {"exposures": ["gold"]}),
    ("vulnerability_debt_sensible", {"debt": 10**12}),
]


@pytest.mark.parametrize(("constraint", "values"), SHOCK)
def test_rules_of_a_shock(impact, constraint, values):
    refused(constraint, ShockEvent.objects.filter(pk=impact.shock_id).update, **values)


@pytest.mark.parametrize(("constraint", "values"), IMPACT)
def test_rules_of_an_impact(impact, constraint, values):
    refused(constraint, ShockImpact.objects.filter(pk=impact.pk).update, **values)


@pytest.mark.parametrize(("constraint", "values"), WEAK)
def test_rules_of_an_assessment(impact, constraint, values):
    refused(constraint, Vulnerability.objects.create, household=impact.household, assessed_on=TODAY, **values)


def test_rules_between_rows(ward, group, officer, impact):
    rows = ShockImpact.objects.filter(pk=impact.pk)
    shock = ShockEvent.objects.filter(pk=impact.shock_id)
    refused("impact_once", ShockImpact.objects.create, shock=impact.shock, household=impact.household)
    named = {"ward": ward, "kind": "disaster", "name": "Bão số 9", "happened_on": STORM}
    refused("shock_once", ShockEvent.objects.create, **named)
    refused("shock_ward_is_ward", shock.update, ward=group)
    refused("shock_area_of_its_ward", impact.shock.areas.add, make_group(make_ward()))
    refused("shock_area_of_its_ward", impact.shock.areas.add, ward)
    other = make_household(group)
    support = make_support(make_programme(ward, policy="emergency"), other)
    save(officer, impact)
    refused("impact_fits_its_household", rows.update, support=support)
    asked = Request.objects.create(
        household=other, form="01", received_on=TODAY, channel="counter", applicant="A"
    )
    refused("impact_fits_its_household", rows.update, review=asked)
    own = make_support(support.programme, impact.household)
    rows.update(support=own)
    refused("impact_keeps_its_support", rows.update, support=None)
    refused("impact_helped_is_struck", rows.update, severity="none", pushed_down=False)
    shock.update(closed_on=TODAY)
    refused("impact_of_open_shock", rows.update, text="x")
    refused("impact_of_open_shock", ShockImpact.objects.create, shock=impact.shock, household=other)
    for table in (rows, shock, Vulnerability.objects.filter(pk=_seen(other).pk)):
        refused(f"{table.model._meta.model_name}_never_deleted", table._raw_delete, table.db)


def _seen(household):
    return Vulnerability.objects.create(household=household, assessed_on=TODAY)


def test_support_taken_back_as_a_mistake_leaves_room_for_the_right_one(ward, officer, impact):
    save(officer, impact)
    programme = make_programme(ward, policy="emergency")
    rows = ShockImpact.objects.filter(pk=impact.pk)
    rows.update(support=(wrong := make_support(programme, impact.household)))
    assert not rows.to_relieve().exists()
    with pytest.raises(ValidationError, match="đã được hỗ trợ khẩn cấp"):
        save(officer, impact, severity="none")
    void_support(by=officer, support=wrong, reason="Ghi nhầm", at=AT)
    assert rows.to_relieve().exists()
    rows.update(support=make_support(programme, impact.household))
    void_support(by=officer, support=Support.objects.counted().get(), reason="Ghi nhầm", at=AT)
    assert save(officer, impact, severity="none").support is None
