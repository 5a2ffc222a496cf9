"""What the officer confirmed of a derived indicator holds for what was derived then, and no longer."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.actions import register, survey
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    answers,
    make_household,
    make_member,
    make_round,
    make_sheet,
    submit,
)
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db
UNRECORDED = {"work": "", "has_insurance": None, "schooling": "", "education": ""}
REASON = "đã xem thẻ BHYT của cả hộ"


class Place:
    def __init__(self):
        ward = make_ward()
        group = make_group(ward)
        self.officer = make_user(Role.OFFICER, areas=group)
        self.home = make_household(group)
        self.sheet = make_sheet(make_round(ward), self.home, self.officer, lacking=2)

    def say(self, code, confirmed=(), **answer):
        self.sheet.refresh_from_db()
        told = {**self.sheet.answers, code: answer}
        self.sheet = survey.save_draft(
            by=self.officer,
            sheet=self.sheet,
            version=None,
            values={"answers": told},
            at=AT,
            confirmed=confirmed,
        )

    def refusal(self) -> dict:
        with pytest.raises(ValidationError) as refused:
            submit(self.sheet, self.officer)
        return refused.value.message_dict


@pytest.fixture
def place():
    return Place()


def test_a_confirmation_does_not_outlive_what_it_confirmed(place):
    """Everything confirmed, then a forgotten adult is added of whom nothing is recorded: the sheet is not complete."""
    make_member(place.home, birth_year=1999, **UNRECORDED)
    found = place.refusal()
    assert {"employment", "insurance", "adult_education"} <= found.keys()
    assert "ác nhận lại" in found["insurance"][0]


def test_an_officers_word_against_what_is_not_known_needs_a_reason(place):
    make_member(
        place.home, birth_year=1999, **{**UNRECORDED, "work": "wage_contract", "education": "vocational"}
    )
    assert place.refusal().keys() == {"insurance"}
    place.say("insurance", lacking=False, override_reason=REASON)
    assert submit(place.sheet, place.officer).score.lacking == ["housing_quality", "water"]


def test_a_reason_given_against_one_person_does_not_cover_the_next(place):
    """Both times the portal derives "lacking": of the head, whose card was seen, then of somebody else as well."""
    register.update_member(
        by=place.officer, member=place.home.members.get(), version=None, values={"has_insurance": False}
    )
    place.say("insurance", lacking=False, override_reason=REASON)
    make_member(place.home, birth_year=1999, has_insurance=False)
    (said,) = place.refusal()["insurance"]
    assert "ác nhận lại" in said
    place.say(
        "insurance", lacking=False, override_reason=REASON
    )  # a save like any other: nothing was confirmed
    assert "insurance" in place.refusal()
    place.say("insurance", lacking=False, override_reason=REASON, confirmed=["insurance"])
    assert submit(place.sheet, place.officer).score.lacking == ["housing_quality", "water"]


def test_a_reason_left_from_an_earlier_answer_is_no_reason_for_the_next(place):
    place.say("insurance", lacking=False, override_reason=REASON)
    make_member(
        place.home, birth_year=1999, **{**UNRECORDED, "work": "wage_contract", "education": "vocational"}
    )
    assert place.refusal().keys() == {"insurance"}


def test_what_is_derived_again_as_it_was_said_needs_nothing(place):
    member = make_member(place.home, birth_year=1999, has_insurance=None)
    assert "insurance" in place.refusal()
    register.update_member(by=place.officer, member=member, version=None, values={"has_insurance": True})
    assert submit(place.sheet, place.officer).score.lacking == ["housing_quality", "water"]


@pytest.mark.parametrize("reason", ["", REASON])
def test_a_child_born_after_the_survey_day_is_never_handed_in(place, reason):
    make_member(place.home, birth_year=2026, birth_date=date(2026, 10, 8), **UNRECORDED)
    for code, answer in answers().items():
        if "lacking" in answer:
            place.say(code, lacking=False, override_reason=reason, confirmed=[code])
    (said,) = place.refusal()["surveyed_on"]
    assert "sau ngày khảo sát" in said
