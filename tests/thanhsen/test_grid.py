"""The values of a large list and what is odd about them, whoever wrote the file."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from tests.nasty import raw, sheets
from thanhsen.legacy import decoded
from thanhsen.workbook import oddities
from thanhsen.workbook.grid import Grid, Unreadable, judge, pages_of, read_grid

PAGE = sheets.PAGE
PLAIN = [list(row) for row in sheets.ROWS]


@pytest.fixture
def read(tmp_path):
    def reader(data: bytes, page: str = PAGE) -> Grid:
        path = tmp_path / "gui-len"
        path.write_bytes(data)
        judge(path)
        return read_grid(path, page)

    return reader


def names(tmp_path: Path, data: bytes) -> list[tuple[str, bool, bool]]:
    path = tmp_path / "gui-len"
    path.write_bytes(data)
    return [(each.name, each.hidden, each.is_table) for each in pages_of(path)]


def values(grid: Grid) -> list[list]:
    return [grid.row(number) for number in range(1, grid.height + 1)]


def marks(grid: Grid) -> dict[str, object]:
    """The oddities that are there."""
    found = grid.oddities
    each = {
        "rows": found.hidden_rows,
        "columns": found.hidden_columns,
        "formulas": set(found.formulas),
        "uncached": set(found.uncached),
        "errors": dict(found.errors),
        "codings": dict(found.codings),
        "merged": sorted(found.merged),
    }
    return {name: value for name, value in each.items() if value}


# Who wrote it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [sheets.plain, sheets.written_by_xlsxwriter, sheets.dates_with_a_time])
def test_every_writer_gives_the_same_values(write, read):
    grid = read(write())
    assert values(grid) == PLAIN
    assert (grid.name, grid.height, grid.width, marks(grid)) == (PAGE, 4, 6, {})


@pytest.mark.skipif(not sheets.has_libreoffice(), reason="LibreOffice is not on this machine")
def test_a_file_saved_by_libreoffice(read, tmp_path):
    def change(page):
        page.row_dimensions[3].hidden = True
        page.column_dimensions["D"].hidden = True
        page["A2"] = "=0+1"
        page["B2"].font = sheets.Font(name=".VnTime")
        page.merge_cells("A6:C7")

    grid = read(sheets.saved_by_libreoffice(tmp_path, sheets.changed(change)))
    assert values(grid) == PLAIN  # LibreOffice computes what it saves
    assert marks(grid) == {
        "rows": {3},
        "columns": {4},
        "formulas": {(2, 1)},
        "codings": {(2, 2): "TCVN3"},
        "merged": [(6, 1, 7, 3)],
    }


def test_strict_ooxml_with_days_in_iso_8601(read):
    assert values(read(raw.strict_ooxml())) == [["Hà", 5, dt.date(2020, 1, 2)]]


def test_elements_with_a_prefix(read):
    grid = read(raw.prefixed_elements())
    assert values(grid) == [["Hà", 7, None]]
    assert marks(grid) == {
        "rows": {1},
        "columns": {2},
        "formulas": {(1, 2)},
        "errors": {(1, 3): "#REF!"},
        "merged": [(2, 1, 3, 2)],
    }


def test_cells_that_do_not_say_where_they_stand(read):
    grid = read(raw.cells_without_places())
    assert [grid.value(1, 1), grid.value(4, 3), grid.value(5, 1)] == [1, 2, 3]
    assert marks(grid) == {"errors": {(1, 2): "#N/A"}, "formulas": {(4, 4)}, "uncached": {(4, 4)}}


def test_inline_strings_and_the_reading_of_east_asian_text(read):
    assert values(read(raw.inline_strings())) == values(read(raw.phonetic_runs())) == [["Hà Tĩnh"]]


# Values ------------------------------------------------------------------------------------------


def test_days_of_both_calendars(read):
    assert values(read(raw.days_of_1904())) == [[dt.date(2013, 7, 7)]]
    first, *_, last = values(read(raw.days_before_march_1900()))[0]
    assert (first, last) == (dt.date(1900, 1, 1), dt.date(1900, 3, 1))


def test_a_time_of_day_is_kept_and_a_rounded_midnight_is_a_day(read):
    cells = "".join(f'<c s="4"><v>{each}</v></c>' for each in (44000.5, 44000.99999999, 0.25))
    assert values(read(raw.book(f"<row>{cells}</row>"))) == [
        [dt.datetime(2020, 6, 18, 12), dt.date(2020, 6, 19), dt.time(6)]  # noqa: DTZ001
    ]


@pytest.mark.parametrize("write", [sheets.cccd_as_numbers, sheets.cccd_as_floats])
def test_a_cccd_eaten_by_excel_is_a_whole_number(write, read):
    grid = read(write())
    assert grid.value(2, 4) == 42180000123
    assert type(grid.value(2, 4)) is int


@pytest.mark.parametrize(
    ("write", "value"),
    [
        (sheets.dates_as_text, "05/03/1980"),
        (sheets.dates_as_serials, 29285),
        (sheets.birth_years_only, 1980),
    ],
)
def test_a_day_is_given_as_it_was_typed(write, value, read):
    assert read(write()).value(2, 3) == value


def test_text_stays_text(read):
    assert read(sheets.numbers_as_text()).value(2, 1) == "1"
    grid = read(sheets.text_like_formulas())
    assert [grid.value(row, 1) for row in range(2, 6)] == ["=1+1", "+1+1", "-1+1", "@1+1"]
    assert marks(grid) == {}


def test_a_list_that_begins_in_the_middle_is_numbered_as_excel_shows_it(read):
    grid = read(raw.book('<row r="5"><c r="C5"><v>1</v></c></row><row r="7"><c r="D7"><v>2</v></c></row>'))
    assert (grid.height, grid.width) == (7, 4)
    assert (grid.value(5, 3), grid.value(7, 4)) == (1, 2)
    assert {grid.value(*each) for each in ((1, 1), (5, 2), (5, 4), (8, 3), (0, 0), (7, 99))} == {None}
    assert grid.row(7) == [None, None, None, 2]


# Oddities ----------------------------------------------------------------------------------------


def test_formulas_with_their_values_and_errors(read):
    grid = read(sheets.formulas_with_values())
    assert [grid.value(row, 1) for row in range(2, 6)] == [1, "Ki", None, None]
    assert marks(grid) == {
        "formulas": {(2, 1), (3, 1), (4, 1), (5, 1)},
        "errors": {(4, 1): "#DIV/0!"},
        "uncached": {(5, 1)},  # a zero nobody computed: the file asks for a calculation
    }


def test_a_formula_nobody_computed_is_told_apart(read):
    grid = read(sheets.formulas_without_values())
    assert grid.value(2, 1) is None
    assert marks(grid) == {"formulas": {(2, 1)}, "uncached": {(2, 1)}}


def test_a_formula_that_gives_empty_text_has_its_value(read):
    grid = read(raw.book('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>0</v></c></row>'))
    assert marks(grid) == {"formulas": {(1, 1)}}


def test_errors(read):
    grid = read(sheets.errors())
    assert grid.value(2, 1) is grid.value(3, 2) is None
    assert marks(grid) == {"errors": {(2, 1): "#REF!", (3, 2): "#N/A"}}


def test_hidden_rows_and_columns_are_told_and_read(read):
    grid = read(sheets.hidden_rows())
    assert (marks(grid), values(grid)) == ({"rows": {3}}, PLAIN)
    assert marks(read(sheets.hidden_columns())) == {"columns": {4}}


def test_hidden_columns_end_with_the_list(read):
    before = '<cols><col min="2" max="16384" width="0"/></cols>'
    assert marks(read(raw.book("<row><c><v>1</v></c><c><v>1</v></c></row>", before=before))) == {
        "columns": {2}
    }


def test_merged_cells(read):
    assert marks(read(sheets.household_merged_over_its_people())) == {"merged": [(3, 6, 4, 6)]}
    assert (2, 3, 2, 4) in read(sheets.headings_in_two_rows()).oddities.merged


@pytest.mark.parametrize(
    ("write", "coding"),
    [
        (sheets.tcvn3, "TCVN3"),
        (sheets.tcvn3_capitals, "TCVN3H"),
        (sheets.vni, "VNI"),
        (sheets.loose_marks, ""),
    ],
)
def test_a_list_in_an_old_font_is_told_by_the_font_and_decoded(write, coding, read):
    grid = read(write())
    assert set(grid.oddities.codings.values()) == ({coding} if coding else set())
    for row, expected in enumerate(sheets.ROWS, start=1):
        for column, value in enumerate(expected, start=1):
            if isinstance(value, str):
                told = grid.oddities.codings.get((row, column), "")
                made, _ = decoded(grid.value(row, column), told)
                assert made == (value.upper() if coding == "TCVN3H" else value)


def test_the_font_of_a_run_goes_before_that_of_the_cell(read):
    assert dict(read(raw.runs_in_old_fonts()).oddities.codings) == {
        (1, 1): "TCVN3",
        (1, 4): "TCVN3",
        (1, 5): "TCVN3",
    }


# Pages -------------------------------------------------------------------------------------------


def test_pages_with_those_that_are_hidden_or_no_table(tmp_path):
    hidden = names(tmp_path, sheets.hidden_sheet())
    assert hidden == [("Năm cũ", True, True), (PAGE, False, True), ("Rất kín", True, True)]
    assert names(tmp_path, sheets.chart_sheet()) == [(PAGE, False, True), ("Biểu đồ", False, False)]


def test_a_hidden_page_does_not_shift_the_others(read):
    assert values(read(sheets.hidden_sheet())) == PLAIN


@pytest.mark.parametrize(
    ("write", "page", "sentence"),
    [
        (
            sheets.wrong_sheet,
            PAGE,
            "không có trang “Danh sách”. Các trang trong tệp: “Sheet1”. Chọn lại trang.",
        ),
        (sheets.chart_sheet, "Biểu đồ", "Trang “Biểu đồ” là biểu đồ hoặc macro, không phải bảng."),
        (raw.spoilt_sheet, PAGE, "Tệp hỏng hoặc không đúng cấu trúc .xlsx."),
    ],
)
def test_a_page_that_cannot_be_read_says_so(write, page, sentence, read):
    with pytest.raises(Unreadable) as refusal:
        read(write(), page)
    assert sentence in str(refusal.value)


def test_a_declaration_is_refused_again_where_the_part_is_read(tmp_path):
    path = tmp_path / "gui-len"
    path.write_bytes(raw.sheet_with_a_declaration())
    with pytest.raises(Unreadable):
        read_grid(path, PAGE)


@pytest.mark.parametrize("target", ["sharedStrings.xml", "worksheets/sheet1.xml"])
def test_a_part_the_book_names_and_has_not_is_a_spoilt_file(target, read):
    relations = zipfile.ZipFile(io.BytesIO(raw.phonetic_runs())).read("xl/_rels/workbook.xml.rels")
    moved = relations.replace(target.encode(), b"khong-co.xml")
    with pytest.raises(Unreadable, match="Tệp hỏng"):
        read(raw.zipped({"xl/_rels/workbook.xml.rels": moved}, raw.phonetic_runs()))


def test_an_empty_page_has_no_rows(read):
    grid = read(sheets.empty_sheet())
    assert (grid.height, grid.width, grid.value(1, 1), values(grid)) == (0, 0, None, [])


# Limits ------------------------------------------------------------------------------------------


def test_rows_that_only_have_a_format_count_for_nothing(read):
    assert read(raw.empty_formatted_rows()).height == 1
    assert values(read(sheets.ten_thousand_empty_formatted_rows())) == PLAIN


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (raw.stray_cell, "Ô A1048576: Bảng dài quá: có ô ở dòng 1048576, cổng đọc đến dòng 200000. Xoá"),
        (lambda: raw.stray_cell("XFD5"), "Ô XFD5: Bảng rộng quá: có ô ở cột XFD, cổng đọc 300 cột đầu. Xoá"),
        (lambda: raw.stray_cell("KN199999"), "Ô KN199999: Bảng lớn quá: 199999 dòng × 300 cột. Xoá"),
    ],
)
def test_a_stray_cell_is_named_and_nothing_opens_the_file(write, sentence, read, monkeypatch):
    monkeypatch.setattr("thanhsen.workbook.grid.CalamineWorkbook", None)
    with pytest.raises(Unreadable) as refusal:
        read(write())
    assert sentence in str(refusal.value)


def test_a_long_text_is_refused_only_where_very_many_cells_show_it(read):
    assert len(read(raw.one_long_text_in_very_many_cells(rows=5)).value(5, 1)) == 32_000
    with pytest.raises(Unreadable, match="quá nhiều chữ: nhiều ô lặp lại"):
        read(raw.one_long_text_in_very_many_cells())


def test_one_long_text_in_a_large_list_is_nothing(read, monkeypatch):
    monkeypatch.setattr(oddities, "MOST_LETTERS", 100)
    rows = "".join(f'<row><c t="s"><v>{int(n == 7)}</v></c></row>' for n in range(60))
    strings = f"<si><t>x</t></si><si><t>{'y' * 40}</t></si>"
    assert (
        read(raw.book(rows, strings=strings)).height == 60
    )  # 40 × 60 would pass the limit, 99 letters do not


def test_very_many_merged_cells_are_refused(read, monkeypatch):
    monkeypatch.setattr(oddities, "MOST_MERGED", 2)
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 5))
    with pytest.raises(Unreadable, match="quá nhiều ô gộp"):
        read(raw.book("<row><c><v>1</v></c></row>", after=f"<mergeCells>{merged}</mergeCells>"))


def test_marks_are_a_mapping_and_rows_alike_share_their_bytes():
    made = oddities.Marks()
    for row in (1, 2):
        made.put(row, {1: "TCVN3", 3: "VNI"})
    assert dict(made) == {(1, 1): "TCVN3", (1, 3): "VNI", (2, 1): "TCVN3", (2, 3): "VNI"}
    assert (len(made), (1, 2) in made, (9, 9) in made, "x" in made) == (4, False, False, False)
    assert made._rows[1] is made._rows[2]
