"""The standards that come with the portal, and what the strict reader refuses."""

import copy
import tomllib
from datetime import date, timedelta
from itertools import pairwise

import pytest

from households.poverty import (
    AreaType,
    Classification,
    Malformed,
    Mark,
    UnknownStandard,
    load,
    standard_ids,
    standard_on,
)
from households.poverty.parse import parse
from households.poverty.standard import FOLDER

NAMES_2022 = (
    "Việc làm", "Người phụ thuộc", "Dinh dưỡng", "Bảo hiểm y tế", "Trình độ giáo dục của người lớn",
    "Tình trạng đi học của trẻ em", "Chất lượng nhà ở", "Diện tích nhà ở", "Nguồn nước sinh hoạt",
    "Nhà tiêu hợp vệ sinh", "Dịch vụ viễn thông", "Phương tiện tiếp cận thông tin",
)  # fmt: skip


def raw(standard_id="2022-2026"):
    return copy.deepcopy(tomllib.loads((FOLDER / f"{standard_id}.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 1, 1), "2022-2026"),
        (date(2026, 12, 31), "2022-2026"),
        (date(2027, 1, 1), "2027-2030"),
        (date(2030, 12, 31), "2027-2030"),
    ],
)
def test_standard_of_a_day(day, expected):
    assert standard_on(day).id == expected


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2031, 1, 1)])
def test_no_standard_on_a_day(day):
    with pytest.raises(UnknownStandard, match="Chưa nạp chuẩn nghèo"):
        standard_on(day)


@pytest.mark.parametrize("name", ["2016-2020", "", "../strict", "2022-2026.toml"])
def test_unknown_standard(name):
    with pytest.raises(UnknownStandard, match="Không có chuẩn nghèo"):
        load(name)


def test_periods_follow_one_another():
    standards = [load(each) for each in standard_ids()]
    for before, after in pairwise(standards):
        assert before.valid_to + timedelta(days=1) == after.valid_from


def test_lines_of_both_standards():
    old, new = load("2022-2026"), load("2027-2030")
    lines = {
        (each.id, area.value): (line.poor_line, line.average_line, line.score_cutoff)
        for each in (old, new)
        for area in AreaType
        for line in [each.line(area)]
    }
    assert lines == {
        ("2022-2026", "rural"): (1_500_000, 2_250_000, 140),
        ("2022-2026", "urban"): (2_000_000, 3_000_000, 175),
        ("2027-2030", "rural"): (2_200_000, None, None),
        ("2027-2030", "urban"): (2_800_000, None, None),
    }
    assert (old.points_per_indicator, old.deprivation_cutoff, old.lacking_cutoff) == (10, 30, 3)
    assert (new.points_per_indicator, new.deprivation_cutoff, new.lacking_cutoff) == (None, None, 3)


def test_indicators_of_2022():
    standard = load("2022-2026")
    assert tuple(each.name for each in standard.indicators) == NAMES_2022
    assert len(standard.dimensions) == 6
    assert not standard.draft
    assert [each.number for each in standard.indicators if each.derived] == [1, 2, 3, 4, 5, 6, 8]


def test_indicators_of_2027():
    standard = load("2027-2030")
    assert standard.draft
    assert standard.open
    assert len(standard.dimensions) == 6
    assert set(standard.codes) == set(load("2022-2026").codes) - {"info_means"} | {"waste"}
    assert standard.dimension(standard.indicator("waste").dimension).name.endswith("vệ sinh và môi trường")
    for each in standard.indicators:
        assert (each.mark is Mark.OPEN) == (each.number >= 4)
        assert (each.derived is None) == (each.number >= 4)
        if each.mark is Mark.OPEN:
            assert "chưa có ngưỡng chính thức được nạp" in each.rule


@pytest.mark.parametrize("standard_id", ["2022-2026", "2027-2030"])
def test_every_indicator_says_its_rule(standard_id):
    for each in load(standard_id).indicators:
        assert each.rule.startswith("Hộ thiếu hụt khi ")
        assert (each.derived is None) != (each.question is None)


def test_labels():
    assert [each.label for each in Classification] == [
        "Hộ nghèo", "Hộ cận nghèo", "Hộ có mức sống trung bình", "Không nghèo",
    ]  # fmt: skip
    assert [each.rank for each in Classification] == [0, 1, 2, 3]
    assert [each.label for each in AreaType] == ["Thành thị", "Nông thôn"]


def test_unknown_codes_of_a_standard():
    standard = load("2022-2026")
    with pytest.raises(LookupError, match="không có chỉ số"):
        standard.indicator("waste")
    with pytest.raises(LookupError, match="không có chiều"):
        standard.dimension("waste")
    assert standard.indicator("insurance").bound("from_age") == 6


def change(*path):
    """A table of the raw data and the key in it."""

    def at(data):
        for step in path[:-1]:
            data = data[step]
        return data, path[-1]

    return at


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), ""),
        (("title",), 5),
        (("draft",), "no"),
        (("valid_from",), "31/12/2022"),
        (("valid_from",), date(2030, 1, 1)),
        (("surprise",), 1),
        (("open",), "một câu"),
        (("decided_by",), "income"),
        (("decided_by",), "per_capita_income"),
        (("income",), []),
        (("income", "rural", "poor_line"), True),
        (("income", "rural", "poor_line"), 0),
        (("income", "rural", "average_line"), 1_500_000),
        (("income", "urban", "surprise"), 1),
        (("income", "mark"), "sure"),
        (("deprivation", "lacking_cutoff"), 13),
        (("working_age", "male", "top_months"), 1),
        (("dimensions", 1, "code"), "employment"),
        (("indicators", 0, "number"), 2),
        (("indicators", 1, "code"), "employment"),
        (("indicators", 0, "dimension"), "information"),
        (("indicators", 0, "dimension"), "unheard"),
        (("indicators", 0, "derived"), "magic"),
        (("indicators", 1, "bounds"), {"child_below": 16}),
        (("indicators", 1, "bounds", "surprise"), 1),
        (("indicators", 0, "bounds"), {"surprise": 1}),
        (("indicators", 6, "derived"), "employment"),
        (("indicators", 6, "question", "kind"), "free"),
        (("indicators", 6, "question", "at_least"), 4),
        (("indicators", 6, "question", "options", 1, "code"), "wall"),
        (("indicators", 6, "question", "options", 1, "lacking"), True),
        (("indicators", 8, "question", "options"), [{"code": "a", "label": "A"}]),
        (("indicators", 8, "question", "at_least"), 1),
    ],
)
def test_refuses_a_bad_file(path, value):
    data = raw()
    table, key = change(*path)(data)
    table[key] = value
    with pytest.raises(Malformed):
        parse(data)


@pytest.mark.parametrize(
    "path", [("id",), ("income", "score_basis"), ("deprivation", "points_per_indicator")]
)
def test_refuses_a_file_without(path):
    data = raw()
    table, key = change(*path)(data)
    del table[key]
    with pytest.raises(Malformed):
        parse(data)


@pytest.mark.parametrize("standard_id", ["2022-2026", "2027-2030"])
def test_reads_its_own_files(standard_id):
    assert parse(raw(standard_id)) == load(standard_id)
