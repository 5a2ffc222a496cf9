"""The writer of official tables: cell by cell as read back, and files that go on where a sheet ends."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from thanhsen import workbook
from thanhsen.tables import Cell, Check, Column, Heading, Kind, Line, Table
from thanhsen.workbook import official

CHECK = Check(
    "Kiểm tra",
    lambda line, row: f"C{row}-1",
    lambda line: (line.value(2) or 0) - 1,
    lambda line: None if line.value(2) == 1 else "lệch",
)
TEXT = Kind.TEXT


def line(name: str, count=1, style: str = "unit") -> Line:
    return Line(
        (Cell("1", TEXT), Cell(name, TEXT), Cell(count), Cell(Decimal("2.50"), Kind.RATE)), name, style
    )


def table(*lines: Line, **fields) -> Table:
    return Table(**{
        "name": "mau-99",
        "form_line": "Mẫu số 99. Bảng thử",
        "authority": ("UBND TỈNH HÀ TĨNH", "UBND PHƯỜNG THÀNH SEN"),
        "motto_top": 2,
        "title_top": 4,
        "title": ("BẢNG THỬ",),
        "headings": (
            Heading("STT", 6, 1, rows=2),
            Heading("Tên", 6, 2, rows=2),
            Heading("Hộ", 6, 3, columns=2),
            Heading("Số", 7, 3),
            Heading("Tỷ lệ", 7, 4),
        ),
        "numbers_top": 8,
        "columns": (
            Column(TEXT, 5, "A"),
            Column(TEXT, 26, "B"),
            Column(Kind.COUNT, 9, "1"),
            Column(Kind.RATE, 9, "2"),
        ),
        "lines": lines,
        "checks": (CHECK,),
        "place": "Thành Sen, ngày ……",
        **fields,
    })  # fmt: skip


def opened(data: bytes, *, values: bool = False):
    return load_workbook(io.BytesIO(data), data_only=values)


def look(cell) -> tuple:
    return (
        cell.font.name,
        cell.font.sz,
        cell.font.b,
        cell.font.i,
        cell.border.left.style,
        cell.alignment.horizontal,
    )


def test_headings_look_official():
    sheet = opened(workbook.write(table(line("Tổ 1")))).active
    name = "Times New Roman"
    assert look(sheet["A1"]) == (name, 11, False, True, None, "left")
    assert look(sheet["C3"])[:3] == (name, 13, True)
    assert sheet["C3"].font.u == "single"
    assert look(sheet["A4"]) == (name, 14, True, False, None, "center")
    assert look(sheet["C6"]) == (name, 11, True, False, "thin", "center")
    assert look(sheet["D8"]) == (name, 10, False, True, "thin", "center")
    assert {sheet[each].border.bottom.style for each in ("A7", "B7", "D6")} == {"thin"}
    assert {str(each) for each in sheet.merged_cells.ranges} >= {"A1:D1", "A4:D4", "A6:A7", "C6:D6", "E6:E7"}
    widths = [sheet.column_dimensions[each].width for each in "ABCE"]
    assert widths == pytest.approx([5, 26, 9, 15], abs=0.1)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$6:$8", "C9")
    assert sheet.print_area.endswith("$A$1:$D$16")
    assert [sheet.row_dimensions[each].height for each in (2, 4, 9)] == [18, 27.75, 17.25]  # whole pixels
    assert "Trang &P/&N" in sheet.oddFooter.right.text


def test_lines_hold_typed_values_and_checks_what_they_come_to():
    made = workbook.write(table(line("Tổ 1"), line("Cộng", 1234, "total")))
    sheet, values = opened(made).active, opened(made, values=True).active
    assert [cell.value for cell in sheet[10]] == ["1", "Cộng", 1234, 2.5, "=C10-1"]
    assert [cell.number_format for cell in sheet[10]][1:4] == ["@", "#,##0", "0.00"]
    assert [sheet["B9"].font.b, sheet["B10"].font.b] == [False, True]
    assert [values["E9"].value, values["E10"].value] == [0, 1233]
    assert sheet["E9"].fill.fgColor.rgb == "FFEDEDED"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84", "-2", "@A1", "http://a.vn", "0123", "1e5", "<r><t>a</t></r>", "<r>&", "a & <b>", " có cách "],
)  # fmt: skip
def test_text_stays_the_text_it_is(text):
    cell = opened(workbook.write(table(line(text)))).active["B9"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_who_signs_and_who_receives():
    made = table(line("Tổ 1"), signers=("", "Trần Văn A"), recipients=("- UBND tỉnh;", "- Lưu: VT."))
    sheet = opened(workbook.write(made)).active
    words = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    heading, signer = words["Nơi nhận:"], words["Trần Văn A"]
    assert (heading.font.b, heading.font.i, heading.font.sz, heading.column) == (True, True, 11, 1)
    assert (signer.font.b, signer.row - words["CHỦ TỊCH UBND"].row) == (True, 5)
    assert heading.row < words["- UBND tỉnh;"].row < words["- Lưu: VT."].row


def test_a_heading_line_goes_over_the_width():
    heading = Line((Cell("Tổ dân phố 1", TEXT), None, None, None), "Tổ dân phố 1", "heading")
    sheet = opened(workbook.write(table(heading, line("Hộ")))).active
    assert "A9:D9" in {str(each) for each in sheet.merged_cells.ranges}
    assert (sheet["A9"].font.b, sheet["A9"].fill.fgColor.rgb, sheet["E9"].value) == (True, "FFEDEDED", None)


def test_a_set_has_an_index_that_tells_the_checks():
    right, wrong = table(line("Tổ 1"), sheet="Mẫu 01"), table(line("Tổ 1", 5), sheet="Mẫu 02")
    lists = [(table(sheet="Mẫu 14"), iter([line("Hộ 1")]))]
    made = workbook.write_set([right, wrong], title="Bộ biểu", about=("Năm 2025", "Thành Sen"), lists=lists)
    book = opened(made)
    assert book.sheetnames == ["Mục lục", "Mẫu 01", "Mẫu 02", "Mẫu 14"]
    index = book.worksheets[0]
    assert [index[f"A{row}"].value for row in (1, 2, 3)] == ["Bộ biểu", "Năm 2025", "Thành Sen"]
    assert [index[f"C{row}"].value for row in (6, 7, 8)] == ["khớp", 1, "khớp"]
    assert index["A7"].hyperlink.location == "'Mẫu 02'!A1"
    assert book["Mẫu 14"]["B9"].value == "Hộ 1"
    assert {each.page_setup.orientation for each in book} == {"landscape"}


def test_a_list_goes_on_in_a_second_sheet(monkeypatch, tmp_path):
    monkeypatch.setattr(official, "SHEET_ROWS", 40)
    path = tmp_path / "list.xlsx"
    written = workbook.stream(table(sheet="Mẫu 14"), (line(f"Hộ {n}", n) for n in range(45)), path)
    book = load_workbook(path)
    assert book.sheetnames == list(written.sheets) == ["Mẫu 14", "Mẫu 14 (2)", "Mẫu 14 (3)"]
    assert written.failures == 44
    assert [each["C6"].value for each in book] == ["Hộ"] * 3
    found = [
        row[1].value
        for sheet in book
        for row in sheet.iter_rows(min_row=9)
        if row[2].value is not None and row[1].value
    ]
    assert found == [f"Hộ {n}" for n in range(45)]
    assert all(each.max_row <= 40 for each in book)
    assert ["CHỦ TỊCH UBND" in {c.value for r in each.iter_rows() for c in r} for each in book] == [
        False,
        False,
        True,
    ]


def test_a_list_of_nothing_has_its_headings():
    target = io.BytesIO()
    workbook.stream(table(), iter(()), target)
    assert opened(target.getvalue()).active["B6"].value == "Tên"


def test_the_same_lines_give_the_same_bytes():
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        workbook.stream(table(), iter([line("Hộ 1")]), target)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert {each.date_time[0] for each in archive.infolist()} == {1980}


def test_a_day_is_a_day_and_there_is_room_to_sign():
    day = Line(
        (Cell("1", TEXT), Cell("=1+1", TEXT), Cell(date(2026, 12, 8), Kind.DAY), Cell(None, TEXT)), "1"
    )
    made = table(day, checks=(), portrait=True, line_height=26, below=("Bằng chữ: Một trăm nghìn đồng.",))
    sheet = opened(workbook.write(made)).active
    assert sheet["C9"].value.date() == date(2026, 12, 8)
    assert sheet["C9"].number_format == "dd/mm/yyyy"
    assert (sheet["B9"].value, sheet["B9"].data_type) == ("=1+1", "s")
    assert sheet.row_dimensions[9].height >= 26
    assert sheet["A11"].value == "Bằng chữ: Một trăm nghìn đồng."
    assert sheet["A14"].value == "Người lập biểu"
    assert sheet.page_setup.orientation == "portrait"
    assert made.lines[0].cells[2].text == "08/12/2026"
