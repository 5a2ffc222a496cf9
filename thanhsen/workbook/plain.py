"""Plain lists as .xlsx: a heading row, cells to fill in or filled in, and a page that says how."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from thanhsen.tables import Value, letter
from thanhsen.workbook.cells import FONT, put, saved

ROWS_TO_FILL = 1000  # rows that have the drop-down lists and hints
BLUE = PatternFill("solid", fgColor="DCE8F3")
LINE = Side(style="thin", color="9AA7B4")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


@dataclass(frozen=True)
class Fill:
    """A column: its heading, what the person who fills it in is told, the values it allows, whether it is a number."""

    heading: str
    width: float
    hint: str = ""
    choices: tuple[str, ...] = ()
    number: bool = False


def write_plain(
    name: str, columns: Sequence[Fill], rows: Sequence[Sequence[Value]], guide: Sequence[str]
) -> bytes:
    """A workbook with the sheet `name` (headings in row 1, then `rows`) and a sheet of instructions."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for place, column in enumerate(columns, start=1):
        _column(sheet, place, column)
    for row, values in enumerate(rows, start=2):
        for place, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
            put(sheet, row, place, value, number_format="0" if column.number else "@", **_style())
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    _guide(book.create_sheet("Hướng dẫn"), guide)
    return saved(book, title=name)


def _column(sheet: Worksheet, place: int, column: Fill) -> None:
    bold = Font(name=FONT, size=12, bold=True)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    put(sheet, 1, place, column.heading, font=bold, fill=BLUE, border=BOX, alignment=centre)
    sheet.column_dimensions[letter(place)].width = column.width
    sheet.column_dimensions[letter(place)].number_format = "0" if column.number else "@"
    sheet.row_dimensions[1].height = 34
    listed = f'"{",".join(column.choices)}"' if column.choices else None
    rule = DataValidation(type="list" if listed else None, formula1=listed, allow_blank=True)
    if listed:
        rule.showErrorMessage, rule.errorTitle = True, column.heading
        rule.error = f"Chọn một trong: {', '.join(column.choices)}."
    if column.hint:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.heading[:32], column.hint[:255]
    rule.add(f"{letter(place)}2:{letter(place)}{ROWS_TO_FILL + 1}")
    sheet.add_data_validation(rule)


def _style() -> dict:
    return {
        "font": Font(name=FONT, size=12),
        "border": BOX,
        "alignment": Alignment(vertical="top", wrap_text=True),
    }


def _guide(sheet: Worksheet, lines: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width = 110
    for row, line in enumerate(lines, start=1):
        font = Font(name=FONT, size=14 if row == 1 else 12, bold=row == 1)
        put(sheet, row, 1, line, font=font, alignment=Alignment(vertical="top", wrap_text=True))
