"""A decision turns approved sheets into statuses, and only a decision does."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.actions import decisions, survey
from households.models import Decision, Sheet, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    make_household,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.households.life.factories import gone

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    """A round with three sheets ready for decision: poor, near-poor, not poor."""
    ward = make_ward()
    group = make_group(ward)
    round_, officer, supervisor = make_round(ward), make_user(areas=group), make_user("supervisor", ward)
    for lacking, income_score in ((3, 100), (1, 100), (0, 200)):
        ready(
            submit(make_sheet(round_, make_household(group), officer, lacking, income_score), officer),
            supervisor,
        )
    return round_


def decide(round_, **more):
    given = {"number": "05/QĐ-UBND", "date": date(2026, 12, 5), "signer": "Lê Văn Chủ", **more}
    return decisions.decide_round(by=given.pop("by", None) or make_user("approver"), round_=round_, **given)


def test_every_sheet_that_is_ready_gets_its_status(season):
    decision = decide(season)
    assert sorted(decision.statuses.values_list("classification", flat=True)) == [
        "near_poor",
        "not_poor",
        "poor",
    ]
    assert set(decision.statuses.values_list("valid_from", "valid_to", "size")) == {
        (date(2026, 12, 5), None, 1)
    }
    assert set(Sheet.objects.values_list("state", flat=True)) == {"decided"}
    poor = decision.statuses.get(classification="poor")
    assert poor.lacking == ["housing_quality", "water", "toilet"]


def test_a_departure_needs_its_reason(season):
    sheet = Sheet.objects.get(score__classification="poor")
    with pytest.raises(ValidationError, match="phải ghi lý do"):
        decide(season, departures={sheet.pk: ("near_poor", " ")})
    assert not Decision.objects.exists()
    decide(season, departures={sheet.pk: ("near_poor", "Hộ vừa nhận trợ cấp thường xuyên")})
    status = Status.objects.get(household=sheet.household)
    assert (status.classification, status.proposed, status.departure_reason) == (
        "near_poor", "poor", "Hộ vừa nhận trợ cấp thường xuyên",
    )  # fmt: skip


def test_the_old_status_ends_where_the_new_one_begins(season):
    household = Sheet.objects.get(score__classification="near_poor").household
    old = make_status(household, "poor", date(2025, 12, 10))
    decide(season)
    old.refresh_from_db()
    assert (old.valid_to, old.end_reason) == (date(2026, 12, 5), "new_decision")
    assert Status.objects.on(date(2026, 12, 4)).get(household=household).classification == "poor"
    assert Status.objects.on(date(2026, 12, 5)).get(household=household).classification == "near_poor"


def test_a_decision_cannot_be_dated_before_the_status_it_follows(season):
    make_status(Sheet.objects.first().household, "poor", date(2026, 12, 5))
    with pytest.raises(ValidationError, match="phải sau ngày đó"):
        decide(season)
    assert not Sheet.objects.filter(state="decided").exists()


def test_the_same_request_twice_is_one_decision_and_a_number_serves_once(season):
    from uuid import uuid4

    request_id, chair = uuid4(), make_user("approver")
    assert decide(season, by=chair, request_id=request_id) == decide(season, by=chair, request_id=request_id)
    with pytest.raises(ValidationError, match="chưa có gì để quyết định"):
        decide(season, number="06/QĐ-UBND")
    with pytest.raises(IntegrityError, match="decision_number_once_a_year"), transaction.atomic():
        Decision.objects.create(
            ward=season.ward, number="05/QĐ-UBND", date=date(2026, 1, 1), signer="x", standard_id="2022-2026"
        )


def test_a_decision_of_new_years_day_falls_between_two_years(season):
    with pytest.raises(ValidationError, match="rơi giữa hai năm"):
        decide(season, date=date(2027, 1, 1), reason="họp muộn")
    assert not Decision.objects.exists()
    decision = decide(season)
    household = decision.statuses.get(classification="poor").household
    with pytest.raises(ValidationError, match="rơi giữa hai năm"):
        decisions.correct_decision(
            by=make_user("approver"), decision=decision, number="01/QĐ", date=date(2027, 1, 1), signer="Lê Văn Chủ",
            reason="tính nhầm", changes={household.pk: "near_poor"},
        )  # fmt: skip


def test_who_submitted_does_not_decide(season):
    officer = Sheet.objects.first().submitted_by
    with pytest.raises(ValidationError, match="không tự quyết định"):
        decide(season, by=officer)


def test_no_status_under_a_draft_standard_or_outside_its_years():
    household = make_household()
    for standard_id, day, word in (
        ("2027-2030", date(2027, 12, 1), "dự thảo"),
        ("2022-2026", date(2027, 1, 1), "không áp dụng"),
    ):
        with pytest.raises(ValidationError, match=word):
            decisions.record_decision(
                by=None, ward=household.area.parent, number="1", date=day, signer="x", standard_id=standard_id,
                rulings=[decisions.Ruling(household=household, classification="poor", size=1)],
            )  # fmt: skip


def test_a_household_has_one_status_a_day_and_a_status_only_ends():
    status = make_status(make_household(), "poor", date(2025, 12, 10))
    with pytest.raises(IntegrityError, match="status_one_at_a_time"), transaction.atomic():
        Status.objects.create(
            household=status.household, decision=status.decision, classification="near_poor", standard_id="2022-2026",
            area=status.area, size=1, valid_from=date(2026, 1, 1),
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="is decided"), transaction.atomic():
        Status.objects.filter(pk=status.pk).update(classification="not_poor")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"valid_to": date(2020, 1, 1), "end_reason": "mistake"}, "status_dates_in_order"),
        ({"valid_to": date(2026, 1, 1)}, "status_ended_with_reason"),
    ],
)
def test_status_rules_by_name(values, constraint):
    status = make_status(make_household(), "poor", date(2025, 12, 10))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Status.objects.filter(pk=status.pk).update(**values)


def test_a_household_that_left_the_register_gets_no_status(season):
    sheet = Sheet.objects.get(score__classification="poor")
    gone(sheet.household, day=date(2026, 11, 1))
    assert decide(season).statuses.count() == 2
    assert not Status.objects.filter(household=sheet.household).exists()


def test_a_decision_waits_for_the_end_of_the_posting(season):
    with pytest.raises(ValidationError, match="chưa có gì để quyết định"):
        decide(season, date=date(2026, 10, 23))  # the last day of the posting


def test_the_chair_decides_the_list_that_was_seen(season):
    seen = decisions.digest(Sheet.objects.all())
    survey.send_back(
        by=make_user("supervisor"), sheet=Sheet.objects.first(), version=None, remarks={"": "xem lại"}, at=AT
    )
    with pytest.raises(ValidationError, match="vừa thay đổi"):
        decide(season, seen=seen)
    assert not Decision.objects.exists()
    left = Sheet.objects.filter(state="posted")
    assert decide(season, seen=decisions.digest(left)).statuses.count() == 2
