"""Why households left the list and why they came, on a ward where each reason stands once."""

from datetime import date
from types import SimpleNamespace

import pytest

from households.models.causes import Cause, Shock
from households.reports import reasons
from households.reports.matrix import between_years
from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision, make_household, make_status

pytestmark = pytest.mark.django_db
FIRST, MIDDLE, SECOND = date(2023, 12, 10), date(2024, 12, 10), date(2025, 12, 10)


@pytest.fixture
def place():
    ward = make_ward()
    return SimpleNamespace(
        ward=ward,
        group=make_group(ward),
        decisions={day: make_decision(ward, day) for day in (FIRST, MIDDLE, SECOND)},
    )


def household(place, *steps):
    """steps: (class, day, fields of the status)."""
    made = make_household(place.group)
    for step, (kind, day, fields) in enumerate(steps):
        end = steps[step + 1][1] if step + 1 < len(steps) else None
        make_status(made, kind, day, decision=place.decisions[day], **{"end": end} | fields)
    return made


def counted(compared):
    wanted = reasons.sections(compared)
    found = reasons.counts(compared, wanted)
    each_reason = {reason.code: reason for section in wanted for reason in section.reasons}
    for (group, code), number in found.items():  # every number opens as many households
        assert len(reasons.households(compared, reasons.GROUPS[group], each_reason.get(code))) == number
    return {key: number for key, number in found.items() if number}


def test_who_rose_by_what_they_no_longer_lack(place):
    household(
        place,
        ("poor", FIRST, {"lacking": ["water", "toilet", "insurance"]}),
        ("near_poor", SECOND, {"lacking": ["water"]}),
    )
    household(
        place, ("near_poor", FIRST, {"lacking": ["toilet"]}), ("not_poor", SECOND, {"lacking": ["water"]})
    )
    household(
        place, ("near_poor", FIRST, {"lacking": ["toilet"]}), ("not_poor", SECOND, {"lacking": ["toilet"]})
    )
    household(place, ("near_poor", FIRST, {"lacking": ["toilet"], "end": MIDDLE}))
    assert counted(between_years(place.ward, 2023, 2025)) == {
        ("thoat_ngheo", ""): 1, ("thoat_ngheo", "chi_so-toilet"): 1, ("thoat_ngheo", "chi_so-insurance"): 1,
        ("thoat_ngheo", "thu_nhap-thieu"): 1,
        ("thoat_can_ngheo", ""): 3, ("thoat_can_ngheo", "chi_so-toilet"): 1, ("thoat_can_ngheo", "thu_nhap-thieu"): 3,
        ("thoat_can_ngheo", "chi_so-khong"): 1, ("thoat_can_ngheo", "chi_so-"): 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "group", "code"),
    [("moved_out", "ngheo_khac", "ra-elsewhere"), ("died_out", "ngheo_khac", "ra-died"),
     ("merged", "ngheo_khac", "ra-merged"), ("duplicate", "ngheo_khac", "ra-other")],
)  # fmt: skip
def test_who_left_otherwise(place, reason, group, code):
    household(place, ("poor", FIRST, {"end": MIDDLE, "reason": reason}))
    assert counted(between_years(place.ward, 2023, 2025)) == {(group, ""): 1, (group, code): 1}


def test_who_came_by_the_causes_they_came_with(place):
    came = {"causes": [Cause.ILLNESS, Cause.CAPITAL], "main_cause": Cause.ILLNESS, "shocks": [Shock.JOB_LOSS]}
    household(
        place,
        ("poor", MIDDLE, dict(came)),
        ("poor", SECOND, {"causes": [Cause.LAND], "main_cause": Cause.LAND}),
    )
    household(place, ("near_poor", FIRST, {}), ("poor", SECOND, {}))
    assert counted(between_years(place.ward, 2023, 2025)) == {
        ("vao_ngheo", ""): 1, ("vao_ngheo", "nguyen_nhan_chinh-illness"): 1,
        ("vao_ngheo", "nguyen_nhan-illness"): 1, ("vao_ngheo", "nguyen_nhan-capital"): 1,
        ("vao_ngheo", "cu_soc-job_loss"): 1,
        ("roi_xuong", ""): 1, ("roi_xuong", "nguyen_nhan_chinh-"): 1,
    }  # fmt: skip


def test_reasons_that_stand_apart_add_up_to_their_group(ward):
    compared = between_years(ward.area, 2024, 2025)
    wanted = reasons.sections(compared)
    found = reasons.counts(compared, wanted)
    for section in wanted:
        for group in section.groups:
            if section.apart:
                assert found[group.code, ""] == sum(found[group.code, each.code] for each in section.reasons)


def test_only_indicators_of_both_standards_are_compared(place):
    old, new = between_years(place.ward, 2026, 2027).standards
    codes = {each.code for each in reasons.sections(between_years(place.ward, 2026, 2027))[0].reasons}
    common = set(old.codes) & set(new.codes)
    assert codes == {"chi_so-", "chi_so-khong", *(f"chi_so-{code}" for code in common)}
