"""The writer of lists: any text, any number of lines, nothing held and nothing left behind."""

import gc
import os
import subprocess
import sys
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from thanhsen.workbook import Listed, write_list
from thanhsen.workbook.listed import LONGEST, Kind

HOSTILE = [
    '=HYPERLINK("http://x","bấm")',
    "+84912345678",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "hai\ndòng",
    " cách hai đầu ",
    "<r><t>x</t></r>",
    "&amp;",
    "_x0041_",
    "]]>",
    "042080001234",
    "1e5",
    "TRUE",
    "05/12/1980",
    "Nguyễn Thị Đào",
    "😀",
    "'",
]


def book(rows, *columns: Listed, **more) -> BytesIO:
    target = BytesIO()
    columns = columns or (Listed("Cột", 12),)
    more = {"about": lambda count: [("Số dòng", str(count))], **more}
    write_list(target, title="Danh sách thử", columns=columns, rows=rows, **more)
    target.seek(0)
    return target


def read(stream: BytesIO, sheet: int = 0) -> list:
    stream.seek(0)
    return CalamineWorkbook.from_filelike(stream).get_sheet_by_index(sheet).to_python()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_the_text_it_is_and_never_a_formula(text):
    stream = book([[text]])
    cell = load_workbook(stream).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert b"<f>" not in ZipFile(stream).read("xl/worksheets/sheet1.xml")
    assert read(stream)[1] == [text]


def test_a_text_that_starts_like_a_formula_stays_one_when_it_is_edited():
    cell = load_workbook(book([["=1+1"], ["chữ"]])).worksheets[0]
    assert (cell["A2"].quotePrefix, cell["A3"].quotePrefix) == (True, False)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_text_comes_back(text):
    assert load_workbook(book([[text]])).worksheets[0]["A2"].value == text


def test_what_no_cell_can_hold_is_left_out():
    values = [row[0] for row in read(book([["a\x00b\x1fc\ufffe"], ["một\r\nhai\rba"], ["x" * 32_768]]))[1:]]
    assert values == ["abc", "một\nhai\nba", "x" * (LONGEST - 1) + "…"]


def test_days_are_days_and_numbers_numbers():
    day, at = date(2026, 3, 1), datetime(2026, 12, 31, 17, 30, 15, tzinfo=UTC)
    columns = [Listed(kind, 12, kind) for kind in Kind]
    stream = book([["x", 1234567, Decimal("45.5"), 2026, day, at], ["", None, 0, None, 1980, None]], *columns)
    first, second = load_workbook(stream).worksheets[0].iter_rows(min_row=2)
    assert [cell.value for cell in first] == [
        "x",
        1234567,
        45.5,
        2026,
        datetime.fromisoformat("2026-03-01"),
        datetime.fromisoformat("2027-01-01T00:30:15"),
    ]
    assert [cell.value for cell in second] == [None, None, 0, None, 1980, None]
    assert second[4].number_format == "0"
    assert read(stream)[1][4] == day


def test_a_day_before_the_calendar_of_excel_is_written_out():
    assert read(book([[date(1900, 2, 28)], [date(1900, 3, 1)]], Listed("Ngày", 12, Kind.DAY)))[1:] == [
        ["28/02/1900"],
        [date(1900, 3, 1)],
    ]


def test_an_empty_list_has_its_headings():
    stream = book([], Listed("Một", 9), Listed("Hai", 9))
    assert read(stream) == [["Một", "Hai"]]
    assert load_workbook(stream).sheetnames == ["Danh sách", "Về tệp này"]


@pytest.mark.parametrize("lines", [9, 10, 11, 25])
def test_past_the_end_of_a_sheet_it_goes_on_on_another(lines):
    stream = book([[number] for number in range(lines)], Listed("Số", 9, Kind.NUMBER), limit=10)
    opened = load_workbook(stream)
    *data, about = opened.worksheets
    assert len(data) == -(-lines // 10)
    assert [row[0] for sheet in data for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        *range(lines)
    ]
    assert [sheet["A1"].value for sheet in data] == ["Số"] * len(data)
    assert (about.title, about["B3"].value) == ("Về tệp này", str(lines))
    assert opened.active.title == "Danh sách"
    assert data[-1].auto_filter.ref == f"A1:A{max(data[-1].max_row, 2)}"
    assert [sheet.print_title_rows for sheet in data] == ["$1:$1"] * len(data)


def test_a_sheet_too_big_for_a_plain_archive_goes_on_on_another():
    data = load_workbook(book([["chữ"]] * 5, size=1)).worksheets[:-1]
    assert len(data) == 5


def test_memory_does_not_grow_with_the_lines(tmp_path):
    def peak(lines: int) -> int:
        gc.collect()
        tracemalloc.start()
        with (tmp_path / "list.xlsx").open("wb") as target:
            write_list(
                target,
                title="x",
                columns=[Listed("A", 9)] * 8,
                rows=(["chữ"] * 8 for _ in range(lines)),
                about=lambda _: [],
            )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < 1.2 * peak(1_000)


ENDLESS = """
import django
django.setup()
from tempfile import TemporaryFile
from thanhsen.workbook import Listed, write_list
def rows():
    for number in range(10**9):
        if number == 20_000:
            print("giữa chừng", flush=True)
        yield ["Nguyễn Thị Đào"] * 20
with TemporaryFile() as target:
    write_list(target, title="x", columns=[Listed("A", 9)] * 20, rows=rows(), about=lambda _: [])
"""


def test_who_kills_it_half_way_finds_nothing_on_the_disk(tmp_path):
    named = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, env=named) as writing:
        assert writing.stdout.readline().decode().strip() == "giữa chừng"
        assert list(tmp_path.iterdir()) == []
        writing.kill()
    assert list(tmp_path.iterdir()) == []


def test_lines_that_fail_fail_the_file(tmp_path):
    def rows():
        yield ["chữ"]
        raise OSError("hết chỗ")

    with pytest.raises(OSError, match="hết chỗ"):
        book(rows())


def test_two_at_once_do_not_mix():
    one, two = BytesIO(), BytesIO()

    def inner():
        for number in range(50):
            if number == 25:
                write_list(
                    two, title="hai", columns=[Listed("B", 9)], rows=[["hai"]] * 50, about=lambda _: []
                )
            yield ["một"]

    write_list(one, title="một", columns=[Listed("A", 9)], rows=inner(), about=lambda _: [])
    assert read(one) == [["A"], *[["một"]] * 50]
    assert read(two) == [["B"], *[["hai"]] * 50]
