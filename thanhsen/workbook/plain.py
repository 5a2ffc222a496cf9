"""Plain lists as .xlsx: a heading row, cells to fill in or filled in, and a page that says how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thanhsen.tables import Value
from thanhsen.workbook.cells import PADDING, Draft, Sheet, Style

ROWS_TO_FILL = 1000  # rows that have the drop-down lists and hints
LINE = "#9AA7B4"
HEADING = Style(size=12, bold=True, box=LINE, fill="#DCE8F3")
PLAIN = Style(size=12, align="general", valign="top")
FILLED = replace(PLAIN, box=LINE)
A4 = 9


@dataclass(frozen=True)
class Fill:
    """A column: its heading, what the person who fills it in is told, the values it allows, whether it is a number."""

    heading: str
    width: float
    hint: str = ""
    choices: tuple[str, ...] = ()
    number: bool = False

    @property
    def format(self) -> str:
        return "0" if self.number else "@"


def write_plain(
    name: str, columns: Sequence[Fill], rows: Sequence[Sequence[Value]], guide: Sequence[str]
) -> bytes:
    """A workbook with the sheet `name` (headings in row 1, then `rows`) and a sheet of instructions."""
    book = Draft(title=name)
    sheet = book.sheet(name)
    sheet.set_row(0, 34)
    for place, column in enumerate(columns):
        _column(book, sheet, place, column)
    for row, values in enumerate(rows, start=1):
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            book.put(sheet, row, place, value, replace(FILLED, number=column.format))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    _guide(book, guide)
    return book.saved()


def _column(book: Draft, sheet: Sheet, place: int, column: Fill) -> None:
    look = book.format(Style(align="general", valign="bottom", wrap=False, number=column.format))
    sheet.set_column(place, place, column.width - PADDING, look)
    book.put(sheet, 0, place, column.heading, HEADING)
    rule: dict = (
        {"validate": "list", "source": list(column.choices)} if column.choices else {"validate": "any"}
    )
    if column.choices:
        allowed = f"Chọn một trong: {', '.join(column.choices)}."
        rule |= {"error_title": column.heading[:32], "error_message": allowed[:255]}
    if column.hint:
        rule |= {"input_title": column.heading[:32], "input_message": column.hint[:255]}
    sheet.data_validation(1, place, ROWS_TO_FILL, place, rule)


def _guide(book: Draft, lines: Sequence[str]) -> None:
    sheet = book.sheet("Hướng dẫn")
    sheet.set_column(0, 0, 110 - PADDING)
    for row, line in enumerate(lines):
        book.put(sheet, row, 0, line, replace(PLAIN, size=12 if row else 14, bold=not row))
