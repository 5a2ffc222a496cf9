"""Plain lists as .xlsx: a heading row, cells to fill in or filled in, and a page that says how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thanhsen.tables import Value, letter
from thanhsen.workbook.cells import PADDING, Draft, Sheet, Style

ROWS_TO_FILL = 1000  # rows that have the drop-down lists and hints
LINE = "#9AA7B4"
HEADING = Style(size=12, bold=True, box=LINE, fill="#DCE8F3")
PLAIN = Style(size=12, align="general", valign="top")
FILLED = replace(PLAIN, box=LINE)
A4 = 9
WIDEST = 220  # characters that one sheet of paper still shows legibly
GUIDE_WIDTH = 96  # characters of an A4 sheet on its side, whatever the font the reader has
LINE_HEIGHT = 17  # points of a line of the headings
LONGEST_LIST = 255  # letters of a drop-down list that stands in the cell itself; a longer one needs cells
LISTS = "Danh sách"


@dataclass(frozen=True)
class Fill:
    """A column: its heading, what the person who fills it in is told, the values it allows, whether it is a number."""

    heading: str
    width: float
    hint: str = ""
    choices: tuple[str, ...] = ()
    number: bool = False
    shown: str = ""  # how a number is shown, where not whole and plain

    @property
    def format(self) -> str:
        return self.shown or ("0" if self.number else "@")


def write_plain(
    name: str,
    columns: Sequence[Fill],
    rows: Sequence[Sequence[Value]],
    guide: Sequence[str],
    example: Sequence[Sequence[Value]] = (),
) -> bytes:
    """A workbook with the sheet `name` (headings in row 1, then `rows`) and a sheet of instructions; `example`: rows of
    a sheet "Ví dụ" with the same headings.
    """
    book = Draft(title=name)
    lists = [column for column in columns if _needs_cells(column)]
    _rows(book, name, columns, rows, lists)
    _guide(book, guide)
    if example:
        _rows(book, "Ví dụ", columns, example, lists)
    if lists:
        _lists(book, lists)
    return book.saved()


def write_tables(
    title: str, tables: Sequence[tuple[str, Sequence[Fill], Sequence[Sequence[Value]]]], guide: Sequence[str]
) -> bytes:
    """A workbook with a sheet for each (name, columns, rows) and a sheet that says how to read them."""
    book = Draft(title=title)
    for name, columns, rows in tables:
        _rows(book, name, columns, rows, ())
    _guide(book, guide)
    return book.saved()


def _needs_cells(column: Fill) -> bool:
    """Whether its list cannot stand in the rule itself, where commas part the choices."""
    return len(",".join(column.choices)) > LONGEST_LIST or any("," in each for each in column.choices)


def _rows(
    book: Draft, name: str, columns: Sequence[Fill], rows: Sequence[Sequence[Value]], lists: Sequence[Fill]
) -> None:
    sheet = book.sheet(name)
    sheet.set_row(0, max(34, max(_lines(column) for column in columns) * LINE_HEIGHT))
    for place, column in enumerate(columns):
        _column(book, sheet, place, column, lists)
    for row, values in enumerate(rows, start=1):
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            book.put(sheet, row, place, value, replace(FILLED, number=column.format))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(-(-int(sum(column.width for column in columns)) // WIDEST), 0)
    sheet.repeat_rows(0)


def _lines(column: Fill) -> int:
    """Lines that the heading takes in its column, roughly: bold letters are wider than the width counts."""
    return -(-len(column.heading) * 5 // int(column.width * 4))


def _column(book: Draft, sheet: Sheet, place: int, column: Fill, lists: Sequence[Fill]) -> None:
    look = book.format(Style(align="general", valign="bottom", wrap=False, number=column.format))
    sheet.set_column(place, place, column.width - PADDING, look)
    book.put(sheet, 0, place, column.heading, HEADING)
    rule: dict = {"validate": "any"}
    if column.choices:
        rule = {"validate": "list", "source": _source(column, lists)}
        allowed = f"Chọn một trong: {', '.join(column.choices)}."
        if len(allowed) > LONGEST_LIST:
            allowed = f"Chọn một mục trong danh sách của ô (xem trang “{LISTS}”)."
        rule |= {"error_title": column.heading[:32], "error_message": allowed[:255]}
    if column.hint:
        rule |= {"input_title": column.heading[:32], "input_message": column.hint[:255]}
    sheet.data_validation(1, place, ROWS_TO_FILL, place, rule)


def _source(column: Fill, lists: Sequence[Fill]) -> list[str] | str:
    if column not in lists:
        return list(column.choices)
    place = letter(lists.index(column) + 1)
    return f"='{LISTS}'!${place}$2:${place}${len(column.choices) + 1}"


def _lists(book: Draft, lists: Sequence[Fill]) -> None:
    sheet = book.sheet(LISTS)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for place, column in enumerate(lists):
        sheet.set_column(place, place, max(map(len, column.choices)) + 3)
        book.put(sheet, 0, place, column.heading, HEADING)
    for row in range(max(len(column.choices) for column in lists)):
        for place, column in enumerate(lists):
            if row < len(column.choices):
                book.put(sheet, row + 1, place, column.choices[row], PLAIN)


def _guide(book: Draft, lines: Sequence[str]) -> None:
    sheet = book.sheet("Hướng dẫn")
    sheet.set_column(0, 0, GUIDE_WIDTH - PADDING)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for row, line in enumerate(lines):
        book.put(sheet, row, 0, line, replace(PLAIN, size=12 if row else 14, bold=not row))
