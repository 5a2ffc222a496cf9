"""Sơ bộ: what approved sheets propose stands for the decision to come; nothing else moves."""

from datetime import date

import pytest

from households.actions.decisions import decide_round
from households.models import Household, Sheet, Status
from households.reports import Basis, Live, behind, build, build_list
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    approve,
    make_household,
    make_member,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)

pytestmark = pytest.mark.django_db
BEFORE = date(2025, 12, 1)


@pytest.fixture
def season():
    """Six households of 2026: approved poor (near-poor before), approved near-poor (new), approved not poor (poor
    before), submitted only (poor before), posted poor (new), not surveyed (poor before)."""
    ward = make_ward()
    group = make_group(ward)
    officer, supervisor, round_ = make_user(areas=group), make_user("supervisor", ward), make_round(ward)

    def household(before: str = "", people: int = 1):
        made = make_household(group)
        for _ in range(people - 1):
            make_member(made)
        if before:
            make_status(made, before, BEFORE, size=people)
        return made

    def sheet(made, lacking, income):
        return submit(make_sheet(round_, made, officer, lacking, income), officer)

    approve(sheet(household("near_poor", 3), 3, 100), supervisor)
    approve(sheet(household(), 1, 100), supervisor)
    approve(sheet(household("poor", 2), 0, 200), supervisor)
    sheet(household("poor"), 1, 100)
    ready(sheet(household(), 3, 100), supervisor)
    household("poor", 4)
    return ward


def figure(ward, form: int, key: str, basis: Basis) -> int:
    table = build(form, 2026, ward, edition=Live(2026, basis))
    (line,) = [
        each for each in table.lines if each.place == "all" and any(c and c.key == key for c in each.cells)
    ]
    return next(cell.value for cell in line.cells if cell and cell.key == key)


def test_the_official_figures_rest_on_decisions_alone(season):
    assert figure(season, 1, "poor", Basis.OFFICIAL) == 3
    assert figure(season, 1, "near_poor", Basis.OFFICIAL) == 1


def test_the_preliminary_figures_take_approved_sheets(season):
    found = {key: figure(season, 1, key, Basis.PRELIMINARY) for key in ("poor", "near_poor", "poor_people")}
    # two proposed poor (3 + 1 people), one only submitted (1), one not surveyed (4)
    assert found == {"poor": 4, "near_poor": 1, "poor_people": 9}


def test_the_movement_balances_and_the_lists_follow(season):
    for form in (2, 3):
        assert build(form, 2026, season, edition=Live(2026, Basis.PRELIMINARY)).failures() == []
    flows = {
        key: figure(season, 2, key, Basis.PRELIMINARY)
        for key in ("opening", "above", "from_other", "new", "closing")
    }
    assert flows == {"opening": 3, "above": 1, "from_other": 1, "new": 1, "closing": 4}
    poor = build_list(15, 2026, season, edition=Live(2026, Basis.PRELIMINARY))
    assert poor.households() == len([each for each in poor.lines() if each.style == "head"]) == 4
    edition = Live(2026, Basis.PRELIMINARY)
    assert len(behind(1, 2026, season, place="all", key="poor", edition=edition)) == 4
    assert figure(season, 10, "poor-capital", Basis.PRELIMINARY) == 2


def test_the_title_says_which(season):
    titles = [build(2, 2026, season, edition=Live(2026, basis)).title[0] for basis in Basis]
    assert titles == [
        "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2026",
        "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2026 (SƠ BỘ)",
    ]


def test_a_household_that_left_after_the_year_is_of_the_year(season):
    """Looked at in January, before the decision came: on 31 December the household was there."""
    sheet = Sheet.objects.filter(state="approved", score__classification="poor").get()
    Household.objects.filter(pk=sheet.household_id).update(
        closed_date=date(2027, 1, 8), closed_reason="died_out"
    )
    assert figure(season, 1, "poor", Basis.PRELIMINARY) == 4


def test_the_newest_survey_counts_also_when_it_was_decided(season):
    """Approved as poor in October, never decided; found near-poor in a later round, and decided."""
    sheet = Sheet.objects.filter(state="approved", score__classification="poor").get()
    household, group = sheet.household, sheet.household.area
    officer, supervisor = make_user(areas=group), make_user("supervisor", season)
    later = make_round(
        season, kind="regular", name="Tháng 10", starts_on=date(2026, 10, 15), ends_on=date(2026, 10, 24)
    )
    draft = make_sheet(later, household, officer, 1, 100)
    draft.surveyed_on, draft.carried = date(2026, 10, 16), []  # nothing left to be confirmed
    draft.save(update_fields=["surveyed_on", "carried"])
    newer = ready(submit(draft, officer), supervisor)
    chair = make_user("approver", season)
    decide_round(by=chair, round_=later, number="9/QĐ-UBND", date=date(2026, 10, 28), signer="Chủ tịch")
    newer.refresh_from_db()
    assert newer.state == "decided"
    assert Status.objects.get(household=household, valid_to=None).classification == "near_poor"
    assert figure(season, 1, "near_poor", Basis.PRELIMINARY) == 2
    assert figure(season, 1, "poor", Basis.PRELIMINARY) == 3
