"""Totals pasted from a spreadsheet: what is understood, what is not and why, and nothing guessed."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.exchange.totals import read
from thanhsen.models import Area, AreaKind

WARD = Area(pk=9, kind=AreaKind.WARD, code="18073", name="Phường Thành Sen")
NAMES = ["Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố Tân Quý", "Tổ dân phố 10"]
AREAS = [
    Area(pk=number, kind=AreaKind.GROUP, code=f"TDP{number:03d}", name=name, parent=WARD)
    for number, name in enumerate(NAMES, start=1)
]
TWINS = [*AREAS, Area(pk=5, kind=AreaKind.GROUP, code="TDP077", name="Tổ dân phố 1", parent=WARD)]
ONE = {"households": 1234, "people": 4321, "minority_households": 12}


def found(text: str, areas=AREAS) -> dict:
    return {line.area.code: line.figures for line in read(text, areas, 2026).lines}


UNDERSTOOD = {
    "by code": "TDP001\t1234\t4321\t12",
    "by code in small letters": "tdp001\t1234\t4321\t12",
    "by name": "Tổ dân phố 1\t1234\t4321\t12",
    "name without marks": "to dan pho 1\t1234\t4321\t12",
    "name shortened": "TDP. 01\t1234\t4321\t12",
    "name decomposed": unicodedata.normalize("NFD", "Tổ dân phố 1") + "\t1234\t4321\t12",
    "hard spaces": "Tổ\u00a0dân\u00a0phố 1\t1\u00a0234\t4\u202f321\t12",
    "a mark of order": "\ufeffTDP001\t1234\t4321\t12\r\n",
    "points": "TDP001\t1.234\t4.321\t12",
    "commas": "TDP001\t1,234\t4,321\t12",
    "spaces": "TDP001\t1 234\t4 321\t12",
    "decimals that are none": "TDP001\t1.234,00\t4321.0\t12,0",
    "code and name": "TDP001\tTổ dân phố 1\t1234\t4321\t12",
    "a number of order and a name": "1\tTổ dân phố 1\t1234\t4321\t12",
    "quoted": '"TDP001"\t"1.234"\t"4.321"\t"12"',
    "old line ends": "TDP001\t1234\t4321\t12\r",
    "headings in another order": "Hộ DTTS\tSố nhân khẩu\tSTT\tSố hộ\tTổ dân phố\n12\t4321\t7\t1234\ttổ dân phố 1",
    "headings of two lines": 'Mã\t"Số\nhộ"\t"Nhân\nkhẩu"\t"Trong đó: hộ\nDTTS"\nTDP001\t1234\t4321\t12',
    "headings with a year": "Mã\tSố hộ 2025\tSố hộ năm 2026\tNhân khẩu\tDTTS\nTDP001\t9\t1234\t4321\t12",
    "a title above": "BIỂU TỔNG HỢP\t\tSố: 12\n\nMã TDP\tTổng số hộ (hộ)\tTổng số khẩu\tHộ DTTS\nTDP001\t1234\t4321\t12",
    "headings twice": "Mã\tHộ\tKhẩu\tDTTS\nTDP001\t1234\t4321\t12\nMã\tHộ\tKhẩu\tDTTS",
    "a stray quote": 'TDP001\t1234\t4321\t12\nTổ "lạ\t1\t2',
    "two stray quotes": '"a\t1\t2\nTDP001\t1234\t4321\t12\n"b\t1\t2',
}


@pytest.mark.parametrize("text", UNDERSTOOD.values(), ids=UNDERSTOOD.keys())
def test_understood(text):
    assert found(text) == {"TDP001": ONE}


def test_empty_cells_and_columns_left_out_say_nothing_of_the_figure():
    assert found("TDP001\t100\t400") == {"TDP001": {"households": 100, "people": 400}}
    assert found("Mã\tHộ DTTS\nTDP001\t0") == {"TDP001": {"minority_households": 0}}
    assert found("TDP001\t\t\t7") == {"TDP001": {"minority_households": 7}}


def test_other_columns_are_named_not_taken():
    result = read("Mã\tSố hộ nghèo\tSố hộ\tNhân khẩu DTTS\nTDP001\t5\t100\t9", AREAS, 2026)
    assert [line.figures for line in result.lines] == [{"households": 100}]
    assert result.notes == ["Không dùng các cột: Số hộ nghèo, Nhân khẩu DTTS."]


FAULTS = {
    "unknown": ("TDP999\t1\t2", "Không có tổ dân phố nào mã hoặc tên là “TDP999”"),
    "letters": ("TDP001\tba trăm\t900", "“ba trăm” ở cột số hộ không phải là số nguyên"),
    "a decimal": ("TDP001\t12,5\t900", "“12,5” ở cột số hộ"),
    "negative": ("TDP001\t-5\t900", "“-5” ở cột số hộ"),
    "a dash": ("TDP001\t100\t900\t-", "không có thì ghi 0"),
    "mixed marks": ("TDP001\t1.234,567\t900", "không phải là số nguyên"),
    "other digits": ("TDP001\t१२\t900", "không phải là số nguyên"),
    "an error of the sheet": ("TDP001\t#REF!\t900", "“#REF!” ở cột số hộ"),
    "huge": ("TDP001\t" + "9" * 5000 + "\t900", "không phải là số nguyên"),
    "too many columns": ("TDP001\t1\t2\t3\t4\t5", "Chép kèm dòng tiêu đề"),
    "no figure": ("Tổ dân phố 2\t5\t9\nTổ dân phố 1\t\t\t", "không có số nào"),
    "no key": ("Mã\tHộ\n\t5", "không ghi mã hay tên"),
    "code of one, name of another": ("TDP001\tTổ dân phố 2\t1\t2", "Mã TDP001 là của Tổ dân phố 1, còn tên là của TDP002"),
    "twice": ("TDP001\t1\t2\nTổ dân phố 1\t1\t3", "Các dòng 1, 2 cùng là Tổ dân phố 1 (TDP001)"),
    "markup": ("<script>alert(1)</script>\t1\t2", "“<script>alert(1)</script>”"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_line_not_understood_gets_its_sentence(text, said):
    result = read(text, AREAS, 2026)
    assert any(said in fault.said for fault in result.faults), result
    assert "TDP001" not in {line.area.code for line in result.lines}


REFUSED = {
    "empty": ("", "Chưa có gì để đọc"),
    "blanks": (" \n\t\t\n\u00a0\ufeff", "Chưa có gì để đọc"),
    "one column": ("TDP001\nTDP002", "Chỉ thấy một cột"),
    "headings not known": ("Cột A\tCột B\nTDP001\t1", "Không hiểu dòng tiêu đề (dòng 1: “Cột A · Cột B”)"),
    "the same heading twice": ("Mã\tSố hộ\tTổng số hộ\nTDP001\t1\t2", "Có hai cột cùng nghĩa: “Số hộ” và “Tổng số hộ”"),
    "too much": ("TDP001\t1\n" * 10_001, "Nhiều quá: 10.001 dòng"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_the_whole_is_refused_with_what_to_do(text, said):
    result = read(text, AREAS, 2026)
    assert said in result.refusal
    assert not result.lines


def test_of_two_with_one_name_both_codes_are_told():
    result = read("Tổ dân phố 1\t100\t400", TWINS, 2026)
    assert not result.lines
    [fault] = result.faults
    assert "TDP001" in fault.said
    assert "TDP077" in fault.said
    assert found("TDP077\t100\t400", TWINS) == {"TDP077": {"households": 100, "people": 400}}


def test_names_that_differ_by_their_marks_are_told_apart_only_by_them():
    other = Area(pk=6, kind=AreaKind.GROUP, code="TDP088", name="Tổ dân phố Tân Quỳ", parent=WARD)
    areas = [*AREAS, other]
    assert found("Tổ dân phố Tân Quỳ\t1\t2", areas).keys() == {"TDP088"}
    assert found("to dan pho tan quy\t1\t2", areas) == {}


def test_a_line_of_sums_is_compared():
    lines = "TDP001\t100\t400\nTDP002\t200\t700\n"
    assert read(lines + "Tổng cộng\t300\t1.100", AREAS, 2026).notes == [
        "Dòng 3 là dòng cộng, khớp với các dòng đọc được."
    ]
    [note] = read(lines + "Cộng\t301\t1.100", AREAS, 2026).notes
    assert "không khớp: số hộ 301 (các dòng đọc được cộng lại 300)" in note


def test_lines_above_the_headings_are_not_lost():
    result = read("TDP002\t5\t9\nMã\tHộ\tKhẩu\nTDP001\t1\t2", AREAS, 2026)
    assert {line.area.code for line in result.lines} == {"TDP001", "TDP002"}


def test_five_thousand_lines_are_read_at_once():
    text = "".join(f"Tổ lạ {number}\t1\t2\n" for number in range(5_000)) + "TDP001\t100\t400"
    began = time.perf_counter()
    result = read(text, AREAS, 2026)
    assert time.perf_counter() - began < 5
    assert (len(result.lines), len(result.faults)) == (1, 5_000)


@given(
    st.text(alphabet=st.sampled_from('T\t\n\r"1.,- aộ\u0301\ufeff\x00\u202eMãSốhộ'), max_size=200) | st.text()
)
def test_whatever_is_pasted_is_answered(text):
    result = read(text, TWINS, 2026)
    assert result.refusal or result.lines or result.faults or result.notes
    assert all(value >= 0 for line in result.lines for value in line.figures.values())
