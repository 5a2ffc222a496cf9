"""Readable workbooks whose cells are not what they seem. The rows may be those of the test: headings first."""

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chartsheet import Chartsheet
from openpyxl.styles import Font

from tests.nasty import raw
from tests.nasty.codings import as_loose_marks, as_misread_utf8, as_tcvn3, as_vni

Rows = Sequence[Sequence[Any]]
PAGE = "Danh sách"
ROWS: Rows = (
    ("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Dân tộc", "Địa chỉ"),
    (1, "Nguyễn Thị Mẫu", date(1980, 3, 5), "042180000123", "Kinh", "Tổ dân phố 1"),
    (2, "Trần Văn Thử", date(1975, 12, 31), "042075000456", "Kinh", "Tổ dân phố 2"),
    (3, "Lê Hoàng Ví Dụ", date(2015, 1, 1), None, "Mường", "Tổ dân phố 2"),
)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plain(rows: Rows = ROWS, page: str = PAGE) -> bytes:
    """Nothing wrong: the file the traps are made from."""
    book = Workbook()
    book.active.title = page
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def changed(change: Callable[[Any], None], rows: Rows = ROWS) -> bytes:
    book = load_workbook(io.BytesIO(plain(rows)))
    change(book[PAGE])
    return saved(book)


def each_text(rows: Rows, change: Callable[[str], Any]) -> Rows:
    return [[change(value) if isinstance(value, str) else value for value in row] for row in rows]


def cccd_as_numbers(rows: Rows = ROWS) -> bytes:
    """Excel took the twelve digits for a number: the zero in front is gone."""
    return plain(each_text(rows, lambda text: int(text) if text.isdigit() and len(text) == 12 else text))


def cccd_as_floats(rows: Rows = ROWS) -> bytes:
    """Written as 42180000123.0 in the file, as a formula or a database leaves them."""
    return plain(each_text(rows, lambda text: float(text) if text.isdigit() and len(text) == 12 else text))


def dates_as_text(rows: Rows = ROWS, pattern: str = "%d/%m/%Y") -> bytes:
    return plain([[f"{each:{pattern}}" if isinstance(each, date) else each for each in row] for row in rows])


def dates_as_serials(rows: Rows = ROWS) -> bytes:
    """29285 in a cell of General: the day lost its format."""
    epoch = date(1899, 12, 30)
    return plain([[(each - epoch).days if isinstance(each, date) else each for each in row] for row in rows])


def dates_with_a_time(rows: Rows = ROWS) -> bytes:
    """05/03/1980 00:00:00, as a database exports it."""
    midnight = time()
    return plain(
        [
            [datetime.combine(each, midnight) if isinstance(each, date) else each for each in row]
            for row in rows
        ]
    )


def birth_years_only(rows: Rows = ROWS) -> bytes:
    return plain([[each.year if isinstance(each, date) else each for each in row] for row in rows])


def numbers_as_text(rows: Rows = ROWS) -> bytes:
    """The green triangle: every number is kept as text."""
    return plain([[str(each) if isinstance(each, int) else each for each in row] for row in rows])


def in_font(rows: Rows, write: Callable[[str], str], font: str) -> bytes:
    """Every text rewritten, in that font; font "" leaves the usual one, as a copy into another file does."""

    def change(page: Any) -> None:
        for cell in (cell for row in page for cell in row if isinstance(cell.value, str)):
            cell.value = write(cell.value)
            if font:
                cell.font = Font(name=font)

    return changed(change, rows)


def tcvn3(rows: Rows = ROWS, font: str = ".VnTime") -> bytes:
    return in_font(rows, as_tcvn3, font)


def tcvn3_capitals(rows: Rows = ROWS) -> bytes:
    """.VnTimeH shows small letters as capitals; the cells hold small ones."""
    return in_font(rows, lambda text: as_tcvn3(text.lower()), ".VnTimeH")


def vni(rows: Rows = ROWS, font: str = "VNI-Times") -> bytes:
    return in_font(rows, as_vni, font)


def loose_marks(rows: Rows = ROWS) -> bytes:
    return in_font(rows, as_loose_marks, "")


def misread_utf8(rows: Rows = ROWS) -> bytes:
    return in_font(rows, as_misread_utf8, "")


def letters_lost(rows: Rows = ROWS) -> bytes:
    """Saved once in a coding without these letters: each is a question mark, for ever."""
    return in_font(rows, lambda text: text.encode("ascii", "replace").decode(), "")


def hidden_rows(rows: Rows = ROWS, numbers: Sequence[int] = (3,)) -> bytes:
    """What a filter hides is still in the file."""

    def change(page: Any) -> None:
        for number in numbers:
            page.row_dimensions[number].hidden = True

    return changed(change, rows)


def hidden_columns(rows: Rows = ROWS, letters: str = "D") -> bytes:
    def change(page: Any) -> None:
        for letter in letters:
            page.column_dimensions[letter].hidden = True

    return changed(change, rows)


def hidden_sheet(rows: Rows = ROWS) -> bytes:
    """Last year's list on a hidden page before this year's."""
    book = load_workbook(io.BytesIO(plain(rows)))
    book.create_sheet("Năm cũ", 0).append(["cũ"])
    book["Năm cũ"].sheet_state = "hidden"
    book.create_sheet("Rất kín").sheet_state = "veryHidden"
    book.active = 1
    return saved(book)


def wrong_sheet(rows: Rows = ROWS) -> bytes:
    return plain(rows, page="Sheet1")


def empty_sheet() -> bytes:
    return plain([])


def chart_sheet(rows: Rows = ROWS) -> bytes:
    book = load_workbook(io.BytesIO(plain(rows)))
    chart = BarChart()
    chart.add_data(Reference(book[PAGE], min_col=1, min_row=1, max_row=3))
    page: Chartsheet = book.create_chartsheet("Biểu đồ")
    page.add_chart(chart)
    return saved(book)


def formulas_without_values(rows: Rows = ROWS) -> bytes:
    """openpyxl and other programs write the formula alone: nobody ever computed it."""
    return changed(lambda page: page.__setitem__("A2", "=1+0"), rows)


def formulas_with_values(rows: Rows = ROWS) -> bytes:
    """The first column counts itself; texts made by formulas, one of them empty, and errors (A2 to A5 on)."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(PAGE)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    page.write_formula("A2", "=ROW()-1", None, 1)
    page.write_formula("A3", '=LEFT("Kinh",2)', None, "Ki")
    page.write_formula("A4", "=1/0", None, "#DIV/0!")
    page.write_formula("A5", "=ROW()")  # without a value the writer puts 0 and asks for a calculation
    book.close()
    return stream.getvalue()


def errors(rows: Rows = ROWS) -> bytes:
    def change(page: Any) -> None:
        page["A2"], page["B3"] = "#REF!", "#N/A"

    return changed(change, rows)


def headings_in_two_rows(rows: Rows = ROWS) -> bytes:
    """A title, and headings of which some are merged over two rows and one over two columns."""

    def change(page: Any) -> None:
        page.insert_rows(1, 2)
        page["A1"] = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO"
        page.merge_cells("A1:F1")
        for column in "ABEF":
            page[f"{column}2"] = page[f"{column}3"].value
            page[f"{column}3"] = None
            page.merge_cells(f"{column}2:{column}3")
        page["C2"] = "Giấy tờ"
        page.merge_cells("C2:D2")

    return changed(change, rows)


def household_merged_over_its_people(rows: Rows = ROWS) -> bytes:
    return changed(lambda page: page.merge_cells("F3:F4"), rows)


def text_like_formulas(rows: Rows = ROWS) -> bytes:
    """Text that starts with = + - @ and must stay text, in and out again."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(PAGE)
    for number, row in enumerate([*rows[:1], *([f"{sign}1+1"] * 6 for sign in "=+-@")]):
        page.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def ten_thousand_empty_formatted_rows(rows: Rows = ROWS) -> bytes:
    def change(page: Any) -> None:
        for number in range(len(rows) + 1, len(rows) + 10_001):
            page.cell(number, 1).font = Font(bold=True)

    return changed(change, rows)


def cell_in_the_last_row() -> bytes:
    return raw.stray_cell()


def written_by_xlsxwriter(rows: Rows = ROWS) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(PAGE)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def has_libreoffice() -> bool:
    return shutil.which("soffice") is not None


def saved_by_libreoffice(folder: Path, data: bytes | None = None) -> bytes:
    """The file opened in LibreOffice and saved as .xlsx."""
    source, target = folder / "truoc.xlsx", folder / "sau"
    source.write_bytes(plain() if data is None else data)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/soffice",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run([*command, "--outdir", target, source], check=True, capture_output=True, timeout=120)
    return (target / source.name).read_bytes()
