"""What must be true of the figures whatever the ward, and the published year of xã Hương Đô."""

from datetime import date
from decimal import Decimal

import pytest

from households.models import Status
from households.reports import ReportError, build
from households.reports.rows import Period, units
from tests.factories import make_group, make_ward
from tests.households.reports.conftest import BEFORE, NOW, THREE
from tests.households.reports.factories import make_decision, make_household, make_status, make_total

pytestmark = pytest.mark.django_db


def figures(table, name: str, what: str | None = None) -> list:
    """The figures of a line by its name (and Hộ or Nhân khẩu)."""
    first = 3 if what else 2
    line = next(each for each in table.lines if each.name == (f"{name} – {what}" if what else name))
    return [line.value(place) for place in range(first, len(line.cells))]


@pytest.mark.parametrize("what", ["hộ", "nhân khẩu"])
def test_forms_1_2_and_3_agree(ward, what):
    poor, near = (build(form, 2025, ward.area) for form in (2, 3))
    stock = build(1, 2025, ward.area)
    for name in ("Tổ dân phố 1", "Tổ dân phố 10", "Thôn Thanh Phú", "Khu vực thành thị"):
        two, three, one = figures(poor, name, what), figures(near, name, what), figures(stock, name)
        assert (two[1], two[4]) == (three[4], three[1])
        assert (two[8], three[8]) == ((one[2], one[4]) if what == "hộ" else (one[8], one[10]))
    assert not poor.failures()
    assert not near.failures()


def test_leaving_poverty_is_column_2_and_3(ward):
    left = Status.objects.filter(classification="poor", end_reason="new_decision", valid_to=NOW)
    left = left.exclude(household__in=Status.objects.on(date(2025, 12, 31)).poor().values("household"))
    line = figures(build(2, 2025, ward.area), "Tổng cộng I + II", "hộ")
    assert line[1] + line[2] == left.count() == 2


def test_huong_do_2025():
    """3,909 households; poor 97 − 24 + 2 = 75 (1.92 %), near-poor 139 − 43 + 22 = 118 (3.02 %)."""
    area = make_ward(name="Xã Hương Đô")
    village = make_group(area, name="Thôn 1", area_type="rural")
    make_total(village, 2025, 3909, 13000)
    old, new = make_decision(area, BEFORE), make_decision(area, NOW)
    for count, first, last in (
        (73, "poor", "poor"), (20, "poor", "near_poor"), (4, "poor", "not_poor"),
        (96, "near_poor", "near_poor"), (43, "near_poor", "not_poor"), (2, None, "poor"), (2, None, "near_poor"),
    ):  # fmt: skip
        for _ in range(count):
            household = make_household(village)
            if first:
                make_status(household, first, BEFORE, NOW, decision=old)
            make_status(household, last, NOW, decision=new)
    assert figures(build(2, 2025, area), "Tổng cộng I + II", "hộ") == [97, 20, 4, 0, 0, 0, 2, 0, 75]
    assert figures(build(3, 2025, area), "Tổng cộng I + II", "hộ") == [139, 0, 43, 0, 20, 0, 2, 0, 118]
    assert figures(build(1, 2025, area), "TỔNG CỘNG")[:6] == [
        3909,
        13000,
        75,
        Decimal("1.92"),
        118,
        Decimal("3.02"),
    ]


@pytest.mark.parametrize(
    ("poor", "total", "rate"),
    [(1, 800, "0.13"), (1, 160, "0.63"), (3, 800, "0.38"), (1, 3, "33.33"), (2, 3, "66.67")],
)
def test_rates_go_half_up(poor, total, rate):
    group = make_group()
    make_total(group, 2025, total, total)
    decision = make_decision(group.parent, NOW)
    for _ in range(poor):
        make_status(make_household(group), "poor", NOW, decision=decision)
    assert figures(build(1, 2025, group), group.name)[3] == Decimal(rate)


def test_a_missing_total_leaves_the_rate_blank_and_fails_the_check(ward):
    new = make_group(ward.area, code="T11", name="Tổ dân phố 11")
    table = build(1, 2025, ward.area)
    assert figures(table, "Tổ dân phố 11")[:4] == [None, None, 0, None]
    assert figures(table, "Tổ dân phố 1")[3] == Decimal("0.63")
    assert figures(table, "TỔNG CỘNG")[:4] == [670, 2680, 4, None]
    assert figures(table, "Khu vực thành thị")[3] is None
    assert figures(table, "Khu vực nông thôn")[3] == 0
    [failure] = table.failures()
    assert failure.cell == "S15"
    assert "Còn 1 tổ dân phố" in failure.sentence
    assert new.name in failure.sentence


def test_more_poor_than_households_fails_the_check():
    group = make_group()
    make_total(group, 2025, 1, 1)
    decision = make_decision(group.parent, NOW)
    for _ in range(2):
        make_status(make_household(group), "poor", NOW, size=3, decision=decision)
    assert [each.cell for each in build(1, 2025, group).failures()] == ["Q9", "R9"]


def test_a_poor_household_that_lacks_two_fails_the_check():
    group = make_group()
    make_status(make_household(group), "poor", NOW, lacking=THREE[:2])
    for form, cell in ((4, "Q8"), (5, "Q7")):
        [failure] = build(form, 2025, group).failures()
        assert failure.cell == cell
        assert failure.sentence.endswith("bình quân mỗi hộ nghèo thiếu hụt 2,00 chỉ số, phải từ 3 trở lên.")


def test_three_thirds_of_rates_still_pass(ward):
    """Three households, four indicators each in part: rates 33.33 and 66.67 add up to 3 in two decimals."""
    group = make_group(ward.area)
    decision = make_decision(ward.area, NOW)
    for lacks in (
        ("employment", "water", "toilet"),
        ("employment", "water", "telecom"),
        ("employment", "toilet", "telecom"),
    ):
        make_status(make_household(group), "poor", NOW, lacking=lacks, decision=decision)
    assert not build(5, 2025, group).failures()


def test_households_decided_by_another_standard_are_named(ward):
    make_status(make_household(ward.one), "poor", NOW, lacking=THREE, standard_id="2027-2030")
    assert build(4, 2025, ward.area).notes[0].startswith("1 hộ nghèo có quyết định theo chuẩn khác")


def test_statuses_decided_in_a_place_that_ended_are_still_counted(ward):
    """A rearrangement ends a tổ dân phố; who is listed there is reported there until decided anew."""
    ward.one.valid_to = date(2025, 12, 20)
    ward.one.save()
    assert figures(build(2, 2026, ward.area), "Tổ dân phố 1", "hộ")[0] == 2
    names = [unit.name for unit in units(ward.area, Period(2026))]
    assert names == ["Thôn Thanh Phú", "Tổ dân phố 1", "Tổ dân phố 10"]
    assert not next(
        unit for unit in units(ward.area, Period(2026)) if unit.name == "Tổ dân phố 1"
    ).expects_total


def test_one_place_alone_has_one_line(ward):
    assert [line.name for line in build(1, 2025, ward.one).lines] == ["Tổ dân phố 1"]
    assert [line.name for line in build(2, 2025, ward.one).lines] == [
        "Tổ dân phố 1 – hộ",
        "Tổ dân phố 1 – nhân khẩu",
    ]


def test_another_ward_is_not_counted(ward):
    other = make_group(make_ward())
    make_status(make_household(other), "poor", NOW)
    assert figures(build(1, 2025, ward.area), "TỔNG CỘNG")[2] == 4


def test_what_cannot_be_reported_is_said(ward):
    for form, year, area, words in (
        (16, 2025, ward.area, "Không có mẫu số 16"),
        (0, 2025, ward.area, "Không có mẫu số 0"),
        (1, 2021, ward.area, "chưa nạp chuẩn nghèo"),
        (1, 10**9, ward.area, "chưa nạp chuẩn nghèo"),
        (1, 2025, ward.area.parent, "không lập cho Tỉnh Hà Tĩnh"),
        (1, 2025, make_ward(name="Xã Mới"), "không có tổ dân phố nào"),
    ):
        with pytest.raises(ReportError, match=words):
            build(form, year, area)


@pytest.mark.parametrize(("form", "queries"), [(1, 2), (2, 2), (3, 2), (4, 2), (5, 2), (6, 2), (7, 2)])
def test_few_queries(ward, django_assert_num_queries, form, queries):
    area = type(ward.area).objects.select_related("parent__parent").get(pk=ward.area.pk)
    with django_assert_num_queries(queries):
        build(form, 2025, area)
