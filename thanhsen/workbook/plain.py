"""Plain lists as .xlsx: a heading row, cells to fill in or filled in, and a page that says how."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from thanhsen.tables import Value
from thanhsen.workbook.cells import Book, in_memory

ROWS_TO_FILL = 1000  # rows that have the drop-down lists and hints
BLUE, LINE = "#DCE8F3", "#9AA7B4"
BOX = {"border": 1, "border_color": LINE}
CELL = {"font_size": 12, "valign": "top", "text_wrap": True, **BOX}


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
    with in_memory(name) as (book, made):
        sheet = book.sheet(name)
        sheet.set_row(0, 34)
        for place, column in enumerate(columns, start=1):
            _column(book, sheet, place, column)
        for row, values in enumerate(rows, start=2):
            for place, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
                book.put(sheet, row, place, value, num_format="0" if column.number else "@", **CELL)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        _guide(book, book.sheet("Hướng dẫn"), guide)
    return made[0]


def _column(book: Book, sheet: Worksheet, place: int, column: Fill) -> None:
    look = book.look(font_size=12, num_format="0" if column.number else "@")
    sheet.set_column(place - 1, place - 1, column.width, look)
    centred = {"align": "center", "text_wrap": True}
    book.put(sheet, 1, place, column.heading, font_size=12, bold=True, bg_color=BLUE, **centred, **BOX)
    rule: dict = (
        {"validate": "list", "source": list(column.choices)} if column.choices else {"validate": "any"}
    )
    if column.choices:
        rule |= {
            "error_title": column.heading[:32],
            "error_message": f"Chọn một trong: {', '.join(column.choices)}."[:255],
        }
    if column.hint:
        rule |= {"input_title": column.heading[:32], "input_message": column.hint[:255]}
    sheet.data_validation(1, place - 1, ROWS_TO_FILL, place - 1, rule)


def _guide(book: Book, sheet: Worksheet, lines: Sequence[str]) -> None:
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(lines, start=1):
        title = {"font_size": 14, "bold": True} if row == 1 else {"font_size": 12}
        book.put(sheet, row, 1, line, text_wrap=True, **{"valign": "top"}, **title)
