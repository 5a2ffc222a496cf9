"""Campaigns: whom they address, what is counted of them, who opens and edits them, their rules."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support import campaigns as actions
from households.actions.support.outreach import record_activity, void_activity
from households.models import Campaign, Household, LivelihoodProject, Vulnerability
from households.reports.support import campaigns as report
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_programme, make_status
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_materials import put_in
from tests.refusals import refused
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NO = {"answer": "refused", "refusal": "risk"}


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def group(ward):
    return make_group(ward)


@pytest.fixture
def supervisor(ward):
    return make_user("supervisor", ward)


def make_campaign(by, ward, *areas, materials=(), request_id=None, **values):
    fields = {
        "name": "Mời nuôi bò", "purpose": "Nói về mô hình nuôi bò", "starts_on": date(2026, 11, 1),
        "ends_on": date(2026, 12, 31), "classes": ["poor"], "groups": [], "term_months": None, "programme": None, "project": None,
        **values,
    }  # fmt: skip
    return actions.create_campaign(
        by=by, ward=ward, values=fields, areas=areas, materials=materials, request_id=request_id
    )


def poor(group, **fields):
    home = make_household(group, **fields)
    make_status(home, "poor", date(2025, 12, 1))
    return home


def visit(by, campaign, home, on=TODAY, **said):
    values = {"kind": "visit", "date": on, "area": home.area, "campaign": campaign, "led_by": "Tổ trưởng"}
    return record_activity(
        by=by, values=values, contacts=[{"household": home.pk, "answer": "agreed", **said}], today=TODAY
    )


def of(campaign, day=TODAY):
    return set(report.addressed(campaign, day))


def test_it_addresses_those_of_its_classes_groups_and_places(ward, group, supervisor):
    poor_home, near, plain = poor(group), make_household(group), make_household(group)
    make_status(near, "near_poor", date(2025, 12, 1))
    left = make_household(group)
    make_status(left, "poor", date(2024, 12, 1))
    make_status(left, "not_poor", date(2025, 12, 1))
    far = poor(make_group(ward), no_labour=True)
    poor(make_group(make_ward()))
    gone = poor(group)
    Household.objects.filter(pk=gone.pk).update(closed_date=date(2026, 5, 1), closed_reason="moved_out")

    def addressed(*areas, **values):
        return of(make_campaign(supervisor, ward, *areas, name=str(uuid4()), **values))

    assert addressed() == {poor_home, far}
    assert addressed(group) == {poor_home}
    assert addressed(classes=["poor", "near_poor"]) == {poor_home, near, far}
    assert addressed(classes=["left_poor"], term_months=36) == {left}
    assert addressed(classes=["left_near_poor"], term_months=36) == set()
    assert addressed(classes=[]) == addressed(classes=["any", "poor"]) == {poor_home, near, plain, left, far}
    assert addressed(groups=["no_labour", "merit"]) == {far}
    assert addressed(classes=[], groups=["minority"]) == set()


def test_just_out_of_poverty_is_as_in_a_programme_and_no_longer_than_its_term(ward, group, supervisor):
    """Left on 01/12/2023: thirty-six months later, on 01/12/2026, it is "mới thoát" no more."""
    home, fell_less = make_household(group), make_household(group)
    make_status(home, "poor", date(2022, 12, 1))
    make_status(home, "not_poor", date(2023, 12, 1))
    make_status(fell_less, "poor", date(2024, 12, 1))
    make_status(
        fell_less, "near_poor", date(2025, 12, 1)
    )  # out of poverty, and near-poor: addressed as near-poor
    campaign = make_campaign(supervisor, ward, classes=["left_poor"], term_months=36)
    assert of(campaign, date(2026, 11, 30)) == {home}
    assert of(campaign, date(2026, 12, 1)) == set()
    campaign.term_months = 12
    assert of(campaign) == set()
    with pytest.raises(ValidationError) as error:
        make_campaign(supervisor, ward, name="x", classes=["left_poor"])
    assert list(error.value.error_dict) == ["term_months"]


def test_materials_are_of_the_ward_of_the_campaign(ward, group, supervisor):
    there = make_group(make_ward())
    foreign = put_in(make_user("officer", there), there)
    with pytest.raises(ValidationError, match="chính phường này"):
        make_campaign(supervisor, ward, materials=[foreign])
    with pytest.raises(ValidationError, match="chính phường này"):
        record_activity(
            by=supervisor, values={"kind": "meeting", "date": TODAY, "area": group, "subject": "x", "led_by": "y"},
            materials=[foreign], today=TODAY,
        )  # fmt: skip


def test_groups_that_follow_from_the_head(ward, group, supervisor):
    home = make_household(group, head={"sex": "female", "ethnicity": "02"})
    make_household(group, head={"sex": "male", "ethnicity": "01"})
    for wanted in ("female_head", "minority"):
        campaign = make_campaign(supervisor, ward, name=wanted, classes=[], groups=[wanted])
        assert of(campaign) == {home}


def test_what_households_lack_and_where_they_are_weak(ward, group, supervisor):
    dry, ill, both, plain = (make_household(group) for _ in range(4))
    for home in (dry, both):
        make_status(home, "poor", date(2025, 12, 1), lacking=["water"])
    make_status(plain, "poor", date(2025, 12, 1), lacking=["toilet"])
    for home in (ill, both):
        Vulnerability.objects.create(
            household=home, assessed_on=date(2026, 5, 1), illness=True, exposures=["flood"]
        )
    Vulnerability.objects.create(household=plain, assessed_on=date(2026, 5, 1), debt=1)

    def made(**values):
        return make_campaign(supervisor, ward, name=str(uuid4()), **{"classes": [], **values})

    assert of(made(lacking=["water", "housing_area"])) == {dry, both}
    assert of(made(sides=["illness"])) == of(made(sides=["flood", "market"])) == {ill, both}
    assert of(made(sides=["debt", "illness"])) == {ill, both, plain}
    assert of(made(lacking=["water"], sides=["flood"])) == {both}
    campaign = made(lacking=["water"], sides=["flood", "debt"], ends_on=date(2026, 11, 10))
    Vulnerability.objects.create(household=both, assessed_on=date(2026, 11, 20))  # after its last day
    assert of(campaign) == {both}
    page = signed_in(supervisor).get(reverse("campaign_detail", args=[campaign.pk])).content.decode()
    assert "Mọi hộ trong sổ; thiếu hụt nguồn nước sinh hoạt; dễ bị ngập lụt, bão hoặc đang nợ;" in page


def test_once_it_is_over_its_numbers_are_those_of_its_last_day(ward, group, supervisor):
    home = poor(group)
    campaign = make_campaign(supervisor, ward, ends_on=date(2026, 11, 20))
    make_status(home, "not_poor", date(2026, 11, 24))
    assert of(campaign) == {home}
    assert report.counting_day(campaign, date(2026, 10, 1)) == date(2026, 11, 1)
    campaign.ends_on = date(2026, 12, 1)
    assert of(campaign) == set()


def test_the_latest_answer_of_somebody_met_counts_and_all_adds_up(ward, group, supervisor):
    homes = [poor(group) for _ in range(6)]
    other = make_group(ward)
    poor(other)
    stranger = make_household(group)
    campaign = make_campaign(supervisor, ward)
    first, again, away, unsure, mistaken, _ = homes
    visit(supervisor, campaign, first, on=date(2026, 11, 2), **NO)
    visit(supervisor, campaign, first, on=date(2026, 11, 3))  # changed its mind
    visit(supervisor, campaign, first, on=date(2026, 11, 4), answer="absent")  # still agrees
    visit(supervisor, campaign, again, **NO)
    visit(supervisor, campaign, away, answer="absent")
    visit(supervisor, campaign, unsure, answer="considering")
    void_activity(by=supervisor, activity=visit(supervisor, campaign, mistaken), reason="Nhầm", at=AT)
    visit(supervisor, campaign, stranger)
    total, *lines = report.progress(campaign, supervisor, TODAY)
    assert (total.total, total.reached, total.left, total.percent) == (7, 3, 4, 42)
    assert {name: count for _, name, count in total.cells if count} == {
        "Đã gặp": 3, "Đồng ý tham gia": 1, "Còn cân nhắc": 1, "Không tham gia": 1, "Còn phải gặp": 4,
    }  # fmt: skip
    assert [(line.name, line.total, line.left) for line in lines] == [(group.name, 6, 3), (other.name, 1, 1)]
    for state, (_, answers) in report.STATES.items():
        behind = report.in_state(campaign, supervisor, TODAY, state).count()
        assert behind == sum(total.answers.get(each, 0) for each in answers), state
    assert list(report.in_state(campaign, supervisor, TODAY, "ngoai")) == [stranger]
    assert report.reasons(campaign, supervisor, TODAY) == [("risk", "Sợ thất bại, sợ mất mùa, mất giá", 1)]
    chart = report.chart(report.reasons(campaign, supervisor, TODAY))
    assert "1 hộ" in chart.description
    officer = make_user("officer", other)
    assert [line.total for line in report.progress(campaign, officer, TODAY)] == [1, 1]
    assert report.progress(campaign, make_user("officer", make_group(ward)), TODAY) == []
    assert report.counted([campaign], supervisor) == [(campaign, {"activities": 7, "households": 4})]


def test_reasons_come_to_those_who_refuse(ward, group, supervisor):
    campaign = make_campaign(supervisor, ward)
    for why in ("risk", "risk", "health", "other"):
        note = {"refusal_note": "Sắp chuyển đi"} if why == "other" else {}
        visit(supervisor, campaign, poor(group), answer="refused", refusal=why, **note)
    found = report.reasons(campaign, supervisor, TODAY)
    assert (found[0][0], found[0][2]) == ("risk", 2)
    refusing = report.in_state(campaign, supervisor, TODAY, "khong")
    assert sum(count for *_, count in found) == refusing.count() == 4


def test_counting_costs_the_same_however_many_households(ward, group, supervisor, django_assert_num_queries):
    campaign = make_campaign(supervisor, ward)
    for _ in range(3):
        visit(supervisor, campaign, poor(group), **NO)
    supervisor.area_ids  # noqa: B018 - read once a request
    for _ in range(2):
        with django_assert_num_queries(2):
            report.progress(campaign, supervisor, TODAY)
        with django_assert_num_queries(2):
            report.reasons(campaign, supervisor, TODAY)
        visit(supervisor, campaign, poor(group))


def test_opened_for_ones_own_places(ward, group, supervisor):
    officer = make_user("officer", group)
    with pytest.raises(ValidationError, match="công chức giảm nghèo"):
        make_campaign(officer, ward)
    with pytest.raises(ValidationError, match="địa bàn được giao"):
        make_campaign(officer, ward, group, make_group(ward))
    with pytest.raises(ValidationError, match="địa bàn được giao"):
        make_campaign(supervisor, ward, make_group(make_ward()))
    request_id = uuid4()
    made = make_campaign(officer, ward, group, request_id=request_id)
    assert make_campaign(officer, ward, group, request_id=request_id) == made
    assert Event.objects.get(act="campaign.create").after["areas"] == [group.name]
    with pytest.raises(ValidationError, match="cùng tên"):
        make_campaign(officer, ward, group)
    whole = make_campaign(supervisor, ward, name="Cả phường")
    assert set(Campaign.objects.handled_by(officer)) == {made}
    assert set(Campaign.objects.handled_by(supervisor)) == {made, whole}
    assert set(Campaign.objects.visible_to(officer)) == {made, whole}
    assert not Campaign.objects.visible_to(make_user("supervisor", make_ward())).exists()


def edited(by, campaign, version=None, areas=(), **values):
    fields = {name: getattr(campaign, name) for name in actions.FIELDS}
    return actions.edit_campaign(
        by=by, campaign=campaign, version=version, values={**fields, **values}, areas=areas, materials=()
    )


def test_edited_while_its_days_hold_what_was_recorded(ward, group, supervisor):
    campaign = make_campaign(supervisor, ward)
    activity = visit(supervisor, campaign, poor(group), on=date(2026, 11, 10))
    saved = edited(supervisor, campaign, version=1, name="Mời nuôi dê", areas=[group])
    assert (saved.name, saved.version, list(saved.areas.all())) == ("Mời nuôi dê", 2, [group])
    with pytest.raises(Stale):
        edited(supervisor, campaign, version=1)
    with pytest.raises(ValidationError, match="bao trùm"):
        edited(supervisor, campaign, starts_on=date(2026, 11, 11))
    with pytest.raises(ValidationError, match="công chức giảm nghèo"):
        edited(make_user("officer", group), campaign)
    void_activity(by=supervisor, activity=activity, reason="Nhầm", at=AT)
    assert edited(supervisor, campaign, starts_on=date(2026, 11, 11)).starts_on == date(2026, 11, 11)


def test_rules_of_the_database(ward, group, supervisor):
    campaign = make_campaign(supervisor, ward)
    row = Campaign.objects.filter(pk=campaign.pk)
    visit(supervisor, campaign, poor(group), on=date(2026, 11, 10))
    elsewhere = make_ward()
    project = LivelihoodProject.objects.create(
        ward=elsewhere, name="Nuôi dê", kind="livestock", started_on=date(2026, 1, 1)
    )
    for rule, values in (
        ("campaign_has_purpose", {"purpose": ""}),
        ("campaign_dates_in_order", {"ends_on": date(2026, 10, 1), "starts_on": date(2026, 11, 1)}),
        ("campaign_audience_known", {"classes": ["rich"]}),
        ("campaign_audience_known", {"groups": ["x"]}),
        ("campaign_audience_known", {"sides": ["x"]}),
        ("campaign_term_where_left", {"classes": ["left_poor"]}),
        ("campaign_term_where_left", {"term_months": 36}),
        ("campaign_ward_is_ward", {"ward": group}),
        ("campaign_invites_within_its_ward", {"programme": make_programme(elsewhere)}),
        ("campaign_invites_within_its_ward", {"project": project}),
    ):
        new = {"ward": ward, "name": "x", "purpose": "y", "starts_on": TODAY, "ends_on": TODAY, **values}
        refused(rule, Campaign.objects.create, **new)
    named = {"ward": ward, "name": campaign.name, "purpose": "y", "starts_on": campaign.starts_on}
    refused("campaign_once", Campaign.objects.create, ends_on=campaign.ends_on, **named)
    refused("campaign_keeps_its_activities", row.update, starts_on=date(2026, 11, 11))
    refused("campaign_keeps_its_activities", row.update, ward=elsewhere)
    refused("campaign_area_of_its_ward", campaign.areas.add, make_group(elsewhere))
    refused("campaign_area_of_its_ward", campaign.areas.add, ward)
    refused("campaign_never_deleted", row._raw_delete, row.db)
