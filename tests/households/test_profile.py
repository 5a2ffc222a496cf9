"""What is kept of a household with its score and its status, so that reports of a past year do not move."""

from datetime import date

import pytest

from households import profile
from households.actions import decisions
from households.models import Household, Status
from households.poverty import AreaType, Children, Facts, Person, children, load
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    make_household,
    make_member,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.households.life.factories import birth

STANDARD = load("2022-2026")
DAY = date(2026, 10, 15)


def person(birth: date, **known) -> Person:
    return Person(id=str(birth), name="A", sex="male", birth_year=birth.year, birth_date=birth, **known)


def counted(*people: Person) -> Children:
    return children(STANDARD, Facts(area_type=AreaType.URBAN, surveyed_on=DAY, people=people))


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (person(date(2010, 10, 15)), Children(0, 0, 0)),  # 16 today
        (person(date(2010, 10, 16), schooling="none"), Children(1, 0, 1)),
        (person(date(2010, 10, 16), schooling="lower_secondary"), Children(1, 0, 0)),
        (person(date(2020, 10, 16), has_insurance=False), Children(1, 0, 0)),  # five: not asked
        (person(date(2020, 10, 15), has_insurance=False), Children(1, 1, 0)),
        (person(date(2020, 10, 15), has_insurance=False, undernourished=True), Children(1, 1, 0)),  # once
        (person(date(2025, 1, 1), undernourished=True), Children(1, 1, 0)),
        (person(date(2023, 10, 16), schooling="none"), Children(1, 0, 0)),  # two
        (person(date(2023, 10, 15), schooling="none"), Children(1, 0, 1)),
        (person(date(2016, 1, 1), schooling="preschool"), Children(1, 0, 1)),
        (person(date(2016, 1, 1)), Children(1, 0, 0)),  # nothing recorded
    ],
)
def test_children_are_counted_by_the_standard(who, found):
    assert counted(who) == found


def test_children_of_a_household_add_up():
    assert counted(*(person(date(2012, 1, day), undernourished=True) for day in (1, 2, 3))) == Children(
        3, 3, 0
    )


@pytest.fixture
def decided(db) -> Status:
    """A poor household of a woman of the Tày with one child out of school, struck by a storm."""
    ward = make_ward()
    officer, supervisor = make_user(areas=make_group(ward)), make_user("supervisor", ward)
    household = make_household(
        make_group(ward), head={"sex": "female", "ethnicity": "02"}, merit=True, livelihood="farming"
    )
    make_member(
        household, birth_year=2014, schooling="none", has_insurance=True, undernourished=False, work=""
    )
    round_ = make_round(ward)
    answers = {"schooling": {"lacking": True}}
    sheet = make_sheet(
        round_, household, officer, causes=["capital", "illness"], main_cause="illness", shocks=["disaster"]
    )
    sheet.answers |= answers
    sheet.save()
    ready(submit(sheet, officer), supervisor)
    decision = decisions.decide_round(
        by=make_user("approver", ward), round_=round_, number="1", date=date(2026, 11, 5), signer="Lê Văn Chủ"
    )
    return decision.statuses.get()


def test_a_status_keeps_what_the_survey_found(decided):
    found = profile.copied(decided)
    assert found == profile.copied(decided.score) == {
        "ethnicity": "02", "head_sex": "female", "no_labour": False, "merit": True, "social_protection": False,
        "livelihood": "farming", "children": 1, "children_unhealthy": 0, "children_unschooled": 1,
        "causes": ["capital", "illness"], "main_cause": "illness", "shocks": ["disaster"],
    }  # fmt: skip


def test_a_later_change_of_the_register_moves_nothing(decided):
    Household.objects.filter(pk=decided.household_id).update(merit=False, livelihood="trade")
    decided.refresh_from_db()
    assert (decided.merit, decided.livelihood) == (True, "farming")


def test_a_life_event_counts_the_people_anew_and_keeps_the_causes(decided):
    birth(decided.household, date(2026, 11, 20))
    after = Status.objects.get(household=decided.household_id, valid_to=None)
    assert (after.size, after.children, after.children_unschooled) == (3, 2, 1)
    assert (after.causes, after.main_cause, after.shocks) == (["capital", "illness"], "illness", ["disaster"])


def test_a_correction_keeps_what_was_held(decided):
    decisions.correct_decision(
        by=make_user("approver"), decision=decided.decision, number="2", date=date(2026, 11, 9), signer="Lê Văn Chủ",
        reason="Ghi nhầm điểm.", changes={decided.household_id: "near_poor"},
    )  # fmt: skip
    after = Status.objects.get(household=decided.household_id, valid_to=None)
    assert (after.classification, profile.copied(after)) == ("near_poor", profile.copied(decided))


@pytest.mark.django_db
def test_a_decision_on_paper_takes_the_register():
    household = make_household(head={"ethnicity": "06"}, no_labour=True)
    make_member(household, birth_year=2015, schooling="primary")
    status = make_status(household, "poor", date(2025, 12, 1))
    assert (status.ethnicity, status.no_labour, status.children, status.causes) == ("06", True, 1, [])
