"""A sheet from its start to its approval."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.actions import register, rounds, survey
from households.models import Score, Sheet
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    answers,
    approve,
    make_household,
    make_listing,
    make_member,
    make_round,
    make_sheet,
    submit,
)
from tests.households.life.factories import gone
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A round, a household of its ward and an officer."""
    ward = make_ward()
    group = make_group(ward)
    round_, household = make_round(ward), make_household(group)
    make_listing(round_, household)
    return round_, household, make_user(areas=group)


def problems(error) -> set:
    return set(error.value.message_dict)


def test_a_complete_sheet_becomes_a_class(place):
    sheet = submit(make_sheet(*place), place[2])
    assert (sheet.state, sheet.score.classification) == ("submitted", "poor")
    assert (sheet.score.income_score, sheet.score.deprivation_score) == (150, 30)
    assert sheet.score.lacking == ["housing_quality", "water", "toilet"]
    assert len(sheet.facts["people"]) == 1


@pytest.mark.parametrize(
    ("income_score", "lacking", "expected"),
    [(175, 3, "poor"), (175, 2, "near_poor"), (176, 5, "not_poor"), (0, 0, "near_poor")],
)
def test_the_class_is_the_laws(place, income_score, lacking, expected):
    sheet = submit(make_sheet(*place, lacking=lacking, income_score=income_score), place[2])
    assert sheet.score.classification == expected


def test_asked_twice_there_is_one_sheet(place):
    round_, household, officer = place
    made = [
        survey.start_sheet(by=officer, round_=round_, household=household, surveyed_on=date(2026, 10, 5))
        for _ in "ab"
    ]
    assert made[0][0] == made[1][0]
    assert [new for _, new in made] == [True, False]
    assert Event.objects.filter(act="sheet.start").count() == 1


def test_a_draft_is_kept_however_little_is_filled(place):
    round_, household, officer = place
    sheet, _ = survey.start_sheet(
        by=officer, round_=round_, household=household, surveyed_on=date(2026, 10, 5)
    )
    survey.save_draft(by=officer, sheet=sheet, version=1, values={"income_score": 120}, at=AT)
    sheet.refresh_from_db()
    assert (sheet.income_score, sheet.version, sheet.state) == (120, 2, "draft")


def test_the_second_to_save_is_told(place):
    sheet = make_sheet(*place)
    other = make_user()
    survey.save_draft(by=place[2], sheet=sheet, version=sheet.version, values={"note": "một"}, at=AT)
    with pytest.raises(Stale):
        survey.save_draft(by=other, sheet=sheet, version=sheet.version, values={"note": "hai"}, at=AT)
    sheet.refresh_from_db()
    assert sheet.note == "một"


def test_saves_of_one_open_page_do_not_conflict_with_each_other(place):
    sheet, page = make_sheet(*place), uuid4()
    version = sheet.version
    survey.save_draft(by=place[2], sheet=sheet, version=version, values={"note": "một"}, at=AT, page=page)
    saved = survey.save_draft(
        by=place[2], sheet=sheet, version=version, values={"note": "hai"}, at=AT, page=page
    )
    assert saved.note == "hai"
    with pytest.raises(Stale):
        survey.save_draft(
            by=place[2], sheet=sheet, version=version, values={"note": "ba"}, at=AT, page=uuid4()
        )


def test_submitting_names_every_open_question(place):
    sheet = make_sheet(*place, answers={}, causes=[], main_cause="", income_score=None)
    with pytest.raises(ValidationError) as error:
        submit(sheet, place[2])
    assert {"income_score", "employment", "housing_quality", "info_means"} <= problems(error)
    sheet.refresh_from_db()
    assert sheet.state == "draft"
    assert not Score.objects.exists()


def test_a_derived_indicator_must_be_confirmed_and_an_override_needs_its_reason(place):
    given = answers(3)
    sheet = make_sheet(*place, answers={**given, "insurance": {}})
    with pytest.raises(ValidationError) as error:
        submit(sheet, place[2])
    assert problems(error) == {"insurance"}
    sheet = survey.save_draft(
        by=place[2],
        sheet=sheet,
        version=None,
        values={"answers": {**given, "insurance": {"lacking": True}}},
        at=AT,
    )
    with pytest.raises(ValidationError, match="lý do"):
        submit(sheet, place[2])
    told = {**given, "insurance": {"lacking": True, "override_reason": "thẻ đã hết hạn"}}
    sheet = survey.save_draft(by=place[2], sheet=sheet, version=None, values={"answers": told}, at=AT)
    assert "insurance" in submit(sheet, place[2]).score.lacking


def test_a_confirmation_does_not_outlive_what_it_confirmed(place):
    sheet = make_sheet(*place)
    make_member(sheet.household, has_insurance=False)
    with pytest.raises(ValidationError, match="lý do") as error:
        submit(sheet, place[2])
    assert problems(error) == {"insurance"}


def test_poor_needs_a_cause_and_other_needs_words(place):
    sheet = make_sheet(*place, causes=[], main_cause="")
    with pytest.raises(ValidationError) as error:
        submit(sheet, place[2])
    assert problems(error) == {"causes"}
    sheet = survey.save_draft(
        by=place[2], sheet=sheet, version=None, values={"causes": ["other"], "main_cause": "other"}, at=AT
    )
    with pytest.raises(ValidationError) as error:
        submit(sheet, place[2])
    assert problems(error) == {"cause_note"}


def test_a_submitted_sheet_does_not_move_with_the_register(place):
    sheet = submit(make_sheet(*place), place[2])
    make_member(sheet.household, has_insurance=False)
    register.update_household(by=None, household=sheet.household, version=None, values={"floor_area": 1})
    sheet.refresh_from_db()
    assert len(sheet.facts["people"]) == 1
    assert sheet.facts["floor_area"] in {"60", "60.0"}


def test_nobody_approves_an_own_sheet_not_even_the_database(place):
    officer = place[2]
    sheet = submit(make_sheet(*place), officer)
    with pytest.raises(ValidationError, match="người khác duyệt"):
        approve(sheet, officer)
    with pytest.raises(IntegrityError, match="sheet_approved_by_another"), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(state="approved", approved_by=officer, approved_at=AT)
    assert approve(sheet, make_user("supervisor")).state == "approved"


def test_a_returned_sheet_carries_remarks_and_comes_back(place):
    officer, supervisor = place[2], make_user("supervisor")
    sheet = submit(make_sheet(*place), officer)
    with pytest.raises(ValidationError, match="ít nhất một nhận xét"):
        survey.send_back(by=supervisor, sheet=sheet, version=None, remarks={"water": " "}, at=AT)
    sheet = survey.send_back(
        by=supervisor, sheet=sheet, version=None, remarks={"water": "Xem lại giếng"}, at=AT
    )
    assert [(each.question, each.text) for each in sheet.remarks.all()] == [("water", "Xem lại giếng")]
    survey.save_draft(by=officer, sheet=sheet, version=None, values={"answers": answers(2)}, at=AT)
    sheet = submit(sheet, officer)
    assert sheet.score.classification == "near_poor"
    assert sheet.scores.filter(decides=True).count() == 2  # the first scoring stays
    assert not sheet.remarks.filter(settled_at=None).exists()


def test_no_step_is_skipped_and_no_locked_sheet_rewritten(place):
    sheet = make_sheet(*place)
    with pytest.raises(IntegrityError, match="cannot go from draft to approved"), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(state="approved")
    sheet = submit(sheet, place[2])
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(income_score=1)
    with pytest.raises(IntegrityError, match="keeps its rows"), transaction.atomic():
        Score.objects.filter(pk=sheet.score_id).update(classification="poor")
    with pytest.raises(ValidationError, match="đã nộp"):
        survey.save_draft(by=place[2], sheet=sheet, version=None, values={"note": "x"}, at=AT)


def test_a_closed_round_takes_nothing_more(place):
    round_, household, officer = place
    sheet = make_sheet(*place)
    rounds.close_round(by=None, round_=round_, at=AT)
    with pytest.raises(ValidationError, match="đã đóng"):
        submit(sheet, officer)
    with pytest.raises(ValidationError, match="đã đóng"):
        survey.start_sheet(
            by=officer,
            round_=type(round_).objects.get(),
            household=make_household(household.area),
            surveyed_on=date(2026, 10, 5),
        )


def test_a_draft_standard_or_one_of_another_time_decides_nothing():
    ward = make_ward()
    with pytest.raises(ValidationError, match="dự thảo"):
        make_round(ward, 2027, standard_id="2027-2030")
    with pytest.raises(ValidationError, match="không áp dụng"):
        make_round(ward, 2027)


def test_the_advisory_standard_scores_beside_the_one_that_decides():
    ward = make_ward()
    group = make_group(ward)
    round_, officer = make_round(ward, advisory_standard_id="2027-2030"), make_user(areas=group)
    given = {**answers(3), "waste": {"value": "lacking"}}
    sheet = submit(
        make_sheet(
            round_,
            make_household(group),
            officer,
            answers=given,
            per_capita_income=2_800_000,
            income_score=176,
        ),
        officer,
    )
    assert sheet.score.classification == "not_poor"
    advisory = sheet.scores.get(decides=False)
    assert (advisory.standard_id, advisory.classification, advisory.deprivation_score) == (
        "2027-2030",
        "poor",
        None,
    )


def test_a_sheet_belongs_to_its_ward_and_to_living_households(place):
    round_, household, officer = place
    with pytest.raises(ValidationError, match="không thuộc phường"):
        survey.start_sheet(
            by=officer, round_=round_, household=make_household(), surveyed_on=date(2026, 10, 5)
        )
    gone(household, day=date(2026, 9, 9))
    household.refresh_from_db()
    with pytest.raises(ValidationError, match="ra khỏi sổ"):
        survey.start_sheet(by=officer, round_=round_, household=household, surveyed_on=date(2026, 10, 5))


def test_a_household_that_left_the_register_hands_nothing_in(place):
    sheet = make_sheet(*place)
    gone(place[1], day=date(2026, 10, 9))
    with pytest.raises(ValidationError, match="ra khỏi sổ"):
        submit(sheet, place[2])


def test_a_survey_before_the_round_is_not_of_the_round(place):
    sheet = make_sheet(*place, surveyed_on=date(2026, 1, 2))
    with pytest.raises(ValidationError, match="ngày bắt đầu đợt"):
        submit(sheet, place[2])
