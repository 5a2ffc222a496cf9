"""A B1 added up on the paper of one area type is not measured against the line of the other."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.actions import complaints, survey
from households.actions.life import homes
from households.models import Complaint
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_round, make_sheet, ready, submit
from thanhsen import workdays
from thanhsen.models import AreaType
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)
CALENDAR_DAYS = date(2026, 10, 1), date(2027, 1, 30)


class Place:
    def __init__(self):
        self.ward = make_ward()
        self.home = make_household(make_group(self.ward))
        self.rural = make_group(self.ward, area_type=AreaType.RURAL)
        self.officer = make_user(Role.OFFICER, areas=self.ward)
        self.supervisor = make_user(Role.SUPERVISOR, areas=self.ward)
        self.sheet = make_sheet(make_round(self.ward), self.home, self.officer, lacking=3, income_score=150)

    def move_to_the_country(self, day):
        homes.moved_inside(
            by=self.supervisor, household=self.home, area=self.rural, address="Xóm 3", date=day, reason="chuyển nhà",
            today=TODAY, request_id=None,
        )  # fmt: skip

    def save(self, values, **more):
        self.sheet.refresh_from_db()
        self.sheet = survey.save_draft(
            by=self.officer, sheet=self.sheet, version=None, values=values, at=AT, **more
        )


@pytest.fixture
def place():
    return Place()


def refusal(place) -> dict:
    with pytest.raises(ValidationError) as refused:
        submit(place.sheet, place.officer)
    return refused.value.message_dict


def test_a_draft_asks_again_after_a_move_between_urban_and_rural(place):
    place.move_to_the_country(date(2026, 10, 6))
    (said,) = refusal(place)["income_score"]
    assert "150" in said
    assert "nông thôn" in said
    place.save(
        {"note": "thêm ghi chú", "income_score": 150}
    )  # any save sends the score along: not typed again
    assert "income_score" in refusal(place)
    place.sheet.refresh_from_db()
    assert place.sheet.income_score == 150


def test_a_score_typed_for_where_the_household_lives_now_counts(place):
    place.move_to_the_country(date(2026, 10, 6))
    place.save({"income_score": 138})
    assert submit(place.sheet, place.officer).score.classification == "poor"


def test_the_same_score_counts_once_it_is_confirmed(place):
    place.move_to_the_country(date(2026, 10, 6))
    place.save({"income_score": 150}, confirmed=["income_score"])
    assert submit(place.sheet, place.officer).score.classification == "not_poor"


def test_a_score_typed_on_a_page_opened_before_the_move_does_not_count(place):
    place.move_to_the_country(date(2026, 10, 6))
    place.save({"income_score": 151}, area_type="urban")
    assert "income_score" in refusal(place)


def test_another_area_type_of_the_to_dan_pho_asks_again(place):
    place.home.area.area_type = AreaType.RURAL
    place.home.area.save()
    assert "income_score" in refusal(place)


def test_a_returned_sheet_asks_again_too(place):
    sheet = submit(place.sheet, place.officer)
    survey.send_back(by=place.supervisor, sheet=sheet, version=None, remarks={"": "xem lại"}, at=AT)
    place.move_to_the_country(date(2026, 10, 6))
    assert "income_score" in refusal(place)


def test_a_re_check_corrects_no_sheet_of_a_household_that_moved_between_urban_and_rural(place):
    """The re-check was about water only; the class would have turned by the line of the other area type."""
    sheet = ready(submit(place.sheet, place.officer), place.supervisor)
    place.move_to_the_country(date(2026, 10, 21))
    complaint = complaints.file_complaint(
        by=place.supervisor, sheet=sheet, filed_on=date(2026, 10, 22), complainant="A", text="nước",
        calendar=workdays.calendar_for(*CALENDAR_DAYS), today=TODAY, questions=["water"],
    )  # fmt: skip
    told = {
        "by": make_user(Role.SUPERVISOR, areas=place.ward), "complaint": complaint, "rechecked_on": date(2026, 10, 23),
        "finding": "đã dùng nước mưa", "today": TODAY,
    }  # fmt: skip
    corrections = {"answers": {**sheet.answers, "water": {"value": "rain"}, "telecom": {"value": "no"}}}
    with pytest.raises(ValidationError, match="Rà soát lại"):
        complaints.settle_complaint(**told, outcome=Complaint.Outcome.CORRECTED, corrections=corrections)
    sheet.refresh_from_db()
    assert sheet.facts["area_type"] == "urban"
    assert sheet.score.classification == "poor"
    complaints.settle_complaint(**told, outcome=Complaint.Outcome.RESURVEY)
    assert "income_score" in refusal(place)  # surveyed again, it is asked for again
