"""Each rule of the survey, the decisions and the totals, broken behind the actions' back: the database refuses by name."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from households.models import AreaTotal, Decision, Remark, Round, Score, Sheet, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    approve,
    make_household,
    make_listing,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    ward = make_ward()
    group = make_group(ward)
    officer = make_user(areas=group)
    round_ = make_round(ward)
    sheet = make_sheet(round_, make_household(group), officer)
    other = make_listing(round_, make_household(group))
    return SimpleNamespace(ward=ward, group=group, officer=officer, round=round_, sheet=sheet, other=other)


def rows(record):
    return type(record)._base_manager.filter(pk=record.pk)


ROUND = [
    ("round_dates_in_order", {"ends_on": date(2026, 8, 1)}),
    ("round_starts_in_its_year", {"starts_on": date(2025, 9, 1)}),
    ("round_standards_differ", {"advisory_standard_id": "2022-2026"}),
    ("round_standards_differ", {"standard_id": ""}),
    ("round_kind_known", {"kind": "x"}),
]
SHEET = [
    ("sheet_state_known", {"state": "x"}),
    ("sheet_income_score_sensible", {"income_score": 1001}),
    ("sheet_income_score_for_known", {"income_score_for": "x"}),
    ("sheet_income_sensible", {"per_capita_income": 1_000_000_001}),
    ("sheet_main_cause_among_causes", {"main_cause": "land"}),
    ("sheet_submitted_is_complete", {"state": "submitted"}),
    ("sheet_takes_its_steps", {"state": "approved"}),
]


@pytest.mark.parametrize(("constraint", "values"), ROUND)
def test_a_round(season, constraint, values):
    refused(constraint, rows(season.round).update, **values)


def test_a_round_is_the_only_periodic_one_of_its_ward_and_year(season):
    copied = {
        "year": 2026,
        "name": "x",
        "standard_id": "2022-2026",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 9, 2),
    }
    refused("round_one_periodic_a_year", Round.objects.create, ward=season.ward, **copied)
    refused("round_ward_is_ward", Round.objects.create, ward=season.group, **copied)
    regular = {**copied, "kind": "regular", "starts_on": date(2026, 9, 15), "ends_on": date(2026, 9, 20)}
    regular |= {"decide_by": date(2026, 9, 30), "needs_opinion": False}
    Round.objects.create(ward=season.ward, **regular)
    refused("round_one_regular_a_month", Round.objects.create, ward=season.ward, **regular)


@pytest.mark.parametrize(("constraint", "values"), SHEET)
def test_a_sheet(season, constraint, values):
    # The steps are checked before the row's own rules, so a state that is no step names the steps.
    allowed = {"sheet_takes_its_steps"} if constraint == "sheet_state_known" else set()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        rows(season.sheet).update(**values)
    assert error.value.__cause__.diag.constraint_name in {constraint, *allowed}


def test_a_sheet_of_an_unknown_state_cannot_be_made(season):
    posted = ready(submit(season.sheet, season.officer), make_user("supervisor"))
    refused(
        "sheet_state_known", Sheet.objects.create, round=season.round, household=season.other.household,
        listing=season.other, state="x",
        surveyed_on=date(2026, 10, 1), started_by=season.officer, submitted_by=season.officer, submitted_at=AT, facts={},
        score=posted.score, vote=posted.vote, posting=posted.posting, approved_by=posted.approved_by, approved_at=AT,
    )  # fmt: skip


def test_a_sheet_stays_with_its_household_which_has_one_a_round(season):
    refused("sheet_stays_put", rows(season.sheet).update, household=make_household(season.group))
    refused(
        "sheet_one_per_household_and_round", Sheet.objects.create, round=season.round, household=season.sheet.household,
        listing=season.sheet.listing,
        surveyed_on=date(2026, 10, 1), started_by=season.officer,
    )  # fmt: skip


def test_a_handed_in_sheet_is_locked_signed_and_explained(season):
    sheet = submit(season.sheet, season.officer)
    refused("sheet_is_locked", rows(sheet).update, answers={})
    refused("sheet_approved_is_signed", rows(sheet).update, state="approved")
    refused(
        "sheet_approved_by_another",
        rows(sheet).update,
        state="approved",
        approved_by=season.officer,
        approved_at=AT,
    )
    other = make_sheet(season.round, make_household(season.group), season.officer)
    rows(other).update(causes=["other"], main_cause="other")
    score = Score.objects.create(
        sheet=other,
        standard_id="2022-2026",
        area_type="urban",
        deprivation_score=0,
        classification="near_poor",
    )
    refused(
        "sheet_other_cause_explained", rows(other).update, state="submitted", submitted_by=season.officer, submitted_at=AT,
        facts={}, score=score,
    )  # fmt: skip


def test_a_score_and_a_remark(season):
    score = {"sheet": season.sheet, "standard_id": "2022-2026", "area_type": "urban"}
    refused(
        "score_ten_points_per_indicator",
        Score.objects.create,
        **score,
        deprivation_score=20,
        lacking=["water"],
        classification="poor",
    )
    refused(
        "score_classification_known", Score.objects.create, **score, deprivation_score=0, classification="x"
    )
    refused("remark_says_something", Remark.objects.create, sheet=season.sheet, text="", by=season.officer)


def test_what_a_decision_stands_on_is_never_deleted(season):
    sheet = approve(submit(season.sheet, season.officer), make_user("supervisor"))
    status = make_status(sheet.household, "poor", date(2026, 12, 5))
    remark = Remark.objects.create(sheet=sheet, text="x", by=season.officer)
    for record in (sheet, sheet.score, remark, status, status.decision, season.round):
        refused(
            f"{record._meta.model_name}_never_deleted",
            lambda record=record: rows(record)._raw_delete("default"),
        )
    refused("score_never_changed", rows(sheet.score).update, classification="not_poor")


def test_a_decision_is_of_a_ward_numbered_and_signed(season):
    given = {"number": "1", "date": date(2026, 12, 1), "signer": "x", "standard_id": "2022-2026"}
    refused("decision_ward_is_ward", Decision.objects.create, ward=season.group, **given)
    refused(
        "decision_numbered_and_signed", Decision.objects.create, ward=season.ward, **{**given, "signer": ""}
    )


def test_a_status(season):
    status = make_status(season.sheet.household, "poor", date(2025, 12, 5))
    given = {
        "household": make_household(season.group), "decision": status.decision, "classification": "poor",
        "standard_id": "2022-2026", "area": season.group, "size": 1, "valid_from": date(2025, 12, 5),
    }  # fmt: skip
    refused("status_only_ends", rows(status).update, size=9)
    refused("status_area_is_group", Status.objects.create, **{**given, "area": season.ward})
    refused("status_classification_known", Status.objects.create, **{**given, "classification": "x"})
    refused("status_has_people", Status.objects.create, **{**given, "size": 0})
    refused("status_departure_has_reason", Status.objects.create, **given, proposed="near_poor")


def test_a_total(season):
    given = {"area": season.group, "year": 2026, "households": 10, "people": 30, "source": "sổ hộ khẩu"}
    AreaTotal.objects.create(**given)
    refused("total_once_a_year", AreaTotal.objects.create, **given)
    other = {**given, "year": 2025}
    refused("total_area_is_group", AreaTotal.objects.create, **{**other, "area": season.ward})
    refused("total_has_source", AreaTotal.objects.create, **{**other, "source": ""})
    refused("total_people_at_least_households", AreaTotal.objects.create, **{**other, "people": 9})
    refused("total_minority_at_most_households", AreaTotal.objects.create, **other, minority_households=11)
    refused("total_sensible", AreaTotal.objects.create, **{**other, "people": 5_000_001})
