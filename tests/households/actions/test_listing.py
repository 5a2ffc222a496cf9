"""Before and at the survey: requests, the list of a round, the quick check, answers carried over."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions import listing, survey
from households.models import Listing, Request
from tests.households.actions.season import REGULAR, TODAY, ask
from tests.households.factories import (
    AT,
    FINE,
    answers,
    make_household,
    make_listing,
    make_round,
    make_sheet,
    make_status,
    submit,
)
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


# Requests and the list ---------------------------------------------------------------------------


def test_a_request_waits_until_a_round_takes_it_up(place):
    household, request_id = make_household(place.group), uuid4()
    made = [ask(place, household, request_id=request_id) for _ in range(2)]
    assert made[0] == made[1]
    assert list(Request.objects.waiting()) == [made[0]]
    drawn = listing.draw_up(by=place.supervisor, round_=place.round)
    assert (drawn.present_list, drawn.requests) == (0, 1)
    assert Listing.objects.get().needs_quick_check
    assert not Request.objects.waiting().exists()
    assert listing.draw_up(by=place.supervisor, round_=place.round) == listing.Drawn(0, 0)
    assert Event.objects.filter(act="listing.draw").count() == 1


@pytest.mark.parametrize(
    ("form", "classification", "word"),
    [
        ("04", None, "không dùng Mẫu 04"),
        ("04", "not_poor", "không dùng Mẫu 04"),
        ("01", "poor", "không cần Mẫu 01"),
    ],
)
def test_a_form_that_does_not_suit_the_household_is_refused(place, form, classification, word):
    household = make_household(place.group)
    if classification:
        make_status(household, classification, date(2025, 12, 10))
    with pytest.raises(ValidationError, match=word):
        ask(place, household, form)


def test_a_request_from_the_future_or_twice_is_refused(place):
    household = make_household(place.group)
    with pytest.raises(ValidationError, match="tương lai"):
        ask(place, household, received_on=date(2026, 11, 21))
    ask(place, household)
    with pytest.raises(ValidationError, match="đang chờ"):
        ask(place, household)


def test_a_withdrawn_request_is_not_taken_up(place):
    asked = ask(place, make_household(place.group))
    listing.withdraw_request(
        by=place.officer, request=asked, on=date(2026, 10, 2), reason="hộ đổi ý", today=TODAY
    )
    assert listing.draw_up(by=place.supervisor, round_=place.round) == listing.Drawn(0, 0)
    with pytest.raises(ValidationError, match="đã rút"):
        listing.withdraw_request(
            by=place.officer, request=asked, on=date(2026, 10, 3), reason="x", today=TODAY
        )


def test_a_request_taken_up_cannot_be_withdrawn(place):
    asked = ask(place, make_household(place.group))
    listing.draw_up(by=place.supervisor, round_=place.round)
    with pytest.raises(ValidationError, match="không rút được"):
        listing.withdraw_request(
            by=place.officer, request=asked, on=date(2026, 10, 3), reason="x", today=TODAY
        )


def test_a_periodic_list_is_the_poor_of_its_first_day_and_who_asked(place):
    poor, gone, late, elsewhere = (make_household(place.group) for _ in range(4))
    for household, classification, day in (
        (poor, "poor", date(2025, 12, 10)), (gone, "not_poor", date(2025, 12, 10)), (late, "poor", date(2026, 9, 2)),
    ):  # fmt: skip
        make_status(household, classification, day)
    make_status(make_household(), "poor", date(2025, 12, 10))  # of another ward
    ask(place, elsewhere)
    ask(place, poor, "04")
    drawn = listing.draw_up(by=place.supervisor, round_=place.round)
    assert (drawn.present_list, drawn.requests) == (1, 2)
    assert set(Listing.objects.values_list("household", "source")) == {
        (poor.pk, "present_list"), (elsewhere.pk, "request"),
    }  # fmt: skip


def test_a_regular_list_is_who_asked_only(place):
    poor, leaving = make_household(place.group), make_household(place.group)
    for household in (poor, leaving):
        make_status(household, "poor", date(2025, 12, 10))
    ask(place, leaving, "04")
    regular = make_round(place.ward, **REGULAR)
    assert (regular.decide_by, regular.needs_opinion) == (date(2026, 10, 30), False)
    listing.draw_up(by=place.supervisor, round_=regular)
    assert Listing.objects.get().household == leaving
    assert Listing.objects.get().may_be_surveyed


def check(place, found, go_on, reason="", on=date(2026, 10, 2)):
    return listing.quick_check(
        by=place.officer, listing=found, go_on=go_on, on=on, today=TODAY, reason=reason
    )


def test_the_quick_check_goes_on_or_stops_with_its_reason(place):
    ask(place, make_household(place.group))
    listing.draw_up(by=place.supervisor, round_=place.round)
    found = Listing.objects.get()
    with pytest.raises(ValidationError, match="Phiếu A trước"):
        start(place, found.household)
    with pytest.raises(ValidationError, match="ghi lý do"):
        check(place, found, False)
    with pytest.raises(ValidationError, match="đến hôm nay"):
        check(place, found, True, on=date(2026, 8, 31))
    check(place, found, False, "Hộ có hai ô tô tải")
    with pytest.raises(ValidationError, match="Dừng ở Phiếu A"):
        start(place, found.household)
    with pytest.raises(ValidationError, match="bỏ sót"):
        check(place, found, True)
    check(place, found, True, "Xe đã bán trả nợ")
    assert start(place, found.household)[1]
    assert list(Event.objects.filter(act__startswith="listing.").order_by("pk").values_list("act", flat=True)) == [
        "listing.draw", "listing.stop", "listing.check",
    ]  # fmt: skip


def test_who_is_on_the_present_list_passes_no_quick_check(place):
    found = make_listing(place.round, make_household(place.group))
    with pytest.raises(ValidationError, match="lập thẳng Phiếu B"):
        check(place, found, True)


def start(place, household, round_=None):
    return survey.start_sheet(
        by=place.officer, round_=round_ or place.round, household=household, surveyed_on=date(2026, 10, 5)
    )


def test_who_is_not_on_the_list_is_not_surveyed(place):
    with pytest.raises(ValidationError, match="chưa có trong danh sách"):
        start(place, make_household(place.group))


# Answers carried over ----------------------------------------------------------------------------


@pytest.fixture
def again(place):
    """A household surveyed in 2025 and on the list of 2026 again."""
    last = make_round(place.ward, 2025)
    household = make_household(place.group)
    sheet = make_sheet(last, household, place.officer, note="ghi chú cũ", per_capita_income=900_000)
    submit(sheet, place.officer)
    make_listing(place.round, household)
    return household


def test_answers_of_the_last_sheet_are_offered_but_do_not_count(place, again):
    sheet, _ = start(place, again)
    assert set(sheet.carried) == {"housing_quality", "water", "toilet", "telecom", "info_means", "causes"}
    assert sheet.answers["water"] == {"value": "other"}
    assert (sheet.income_score, sheet.per_capita_income, sheet.note) == (None, None, "")
    told = {code: answer for code, answer in answers(3).items() if "lacking" in answer}
    values = {"income_score": 150, "answers": {**sheet.answers, **told}}
    sheet = survey.save_draft(by=place.officer, sheet=sheet, version=None, values=values, at=AT)
    with pytest.raises(ValidationError) as error:
        submit(sheet, place.officer)
    assert set(error.value.message_dict) == set(sheet.carried)
    assert "chưa xác nhận" in str(error.value)


def test_confirmed_one_by_one_or_by_another_answer_they_count(place, again):
    sheet, _ = start(place, again)
    told = {code: answer for code, answer in answers(3).items() if "lacking" in answer}
    values = {"income_score": 150, "answers": {**sheet.answers, **told, "water": {"value": "piped"}}}
    sheet = survey.save_draft(
        by=place.officer, sheet=sheet, version=None, values=values, at=AT, confirmed=["toilet", "telecom"]
    )
    assert set(sheet.carried) == {"housing_quality", "info_means", "causes"}
    sheet = survey.save_draft(
        by=place.officer, sheet=sheet, version=None, values={}, at=AT, confirmed=sheet.carried
    )
    done = submit(sheet, place.officer)
    assert (done.score.classification, done.score.lacking) == ("near_poor", ["housing_quality", "toilet"])


def test_causes_nobody_confirmed_are_not_kept_for_a_household_that_is_not_poor(place, again):
    sheet, _ = start(place, again)
    values = {"income_score": 300, "answers": {**FINE}}
    asked = ["telecom", "info_means"]  # answered as last time
    sheet = survey.save_draft(
        by=place.officer, sheet=sheet, version=None, values=values, at=AT, confirmed=asked
    )
    assert sheet.carried == ["causes"]
    done = submit(sheet, place.officer)
    assert (done.causes, done.main_cause, done.carried) == ([], "", [])


def test_a_draft_of_the_last_round_is_not_carried(place):
    household = make_household(place.group)
    make_sheet(make_round(place.ward, 2025), household, place.officer)
    make_listing(place.round, household)
    assert start(place, household)[0].carried == []
