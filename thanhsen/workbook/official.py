"""Official tables as .xlsx: A4 landscape, one page wide, headings repeated.

The same table gives the same bytes, so that a file can be compared with the one filed last year. Rows are written one
after the other and never held (`stream`): a list may be as long as it likes.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO

from xlsxwriter.worksheet import Worksheet

from thanhsen.tables import Column, Kind, Line, Table, letter
from thanhsen.workbook.cells import FONT, Book, in_memory, opened

FORMATS = {Kind.COUNT: "#,##0", Kind.RATE: "0.00", Kind.TEXT: "@", Kind.YEAR: "0"}
CENTRE = {"align": "center", "text_wrap": True}
LEFT = {"align": "left", "text_wrap": True}
INDENTED = {"align": "left", "text_wrap": True, "indent": 1}
RIGHT = {"align": "right", "indent": 1}
GREY = "#EDEDED"
CHARACTERS_PER_LINE = 1.15  # of 11-point Times New Roman in one unit of column width
LINE_HEIGHT = 15.0
MOST_ROWS = 1_048_576  # of a sheet
TALL = 2000  # lines: of a longer table the program that opens it finds the heights
AFTER = 20  # rows kept free for what stands under a table


def write(table: Table) -> bytes:
    """The table as an .xlsx file in the official layout: A4 landscape, one page wide, headings repeated."""
    with in_memory(" ".join(table.title)) as (book, made):
        _sheets(book, table, table.lines)
    return made[0]


def write_set(tables: Sequence[Table], *, title: str) -> bytes:
    """Several tables as sheets of one workbook, after a list of them with what their check columns found."""
    with in_memory(title) as (book, made):
        _contents(book, tables, title)
        for table in tables:
            _sheets(book, table, table.lines)
    return made[0]


def stream(table: Table, lines: Iterable[Line], file: BinaryIO | str) -> None:
    """The same layout for lines that come one after the other. What does not fit a sheet goes on in the next."""
    with opened(file, " ".join(table.title)) as book:
        _sheets(book, table, lines)


def _sheets(book: Book, table: Table, lines: Iterable[Line], most: int = MOST_ROWS) -> None:
    """The table on as many sheets as it takes; the signatures under the last."""
    waiting, number = iter(lines), 1
    ahead = next(waiting, None)
    while True:
        name = table.sheet or table.name
        sheet = book.sheet(f"{name[:26]} ({number})" if number > 1 else name[:31])
        row = _top(book, sheet, table)
        while ahead is not None and row < most - AFTER:
            _line(book, sheet, row, ahead, table)
            ahead, row = next(waiting, None), row + 1
        _page(sheet, table, row if ahead is not None else _bottom(book, sheet, table, row))
        if ahead is None:
            return
        number += 1


def _contents(book: Book, tables: Sequence[Table], title: str) -> None:
    """The first sheet of a set: form, title, and how many checks fail, each leading to its sheet."""
    sheet = book.sheet("Mục lục")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 96)
    sheet.set_column(2, 2, 22)
    sheet.set_row(0, 30)
    book.put(sheet, 1, 1, title, bold=True, font_size=14)
    for column, name in enumerate(("Mẫu", "Tên biểu", "Cột kiểm tra"), start=1):
        book.put(sheet, 3, column, name, bold=True, border=1, bg_color=GREY, **CENTRE)
    for row, table in enumerate(tables, start=4):
        titled = " ".join(table.title)
        sheet.set_row(row - 1, LINE_HEIGHT * _lines_of(titled, 80) + 4)
        link = f"internal:'{table.sheet or table.name}'!A1"
        blue = book.look(font_color="#0B4A8A", underline=1, border=1, **CENTRE)
        sheet.write_url(row - 1, 0, link, blue, table.sheet or table.name)
        book.put(sheet, row, 2, titled, border=1, **INDENTED)
        failures = len(table.failures())
        book.put(sheet, row, 3, f"{failures} chỗ chưa khớp" if failures else "khớp", border=1, **CENTRE)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


# (row, column) → (text, what it looks like), rows and columns from 1: the top is laid out before it is written.
_Layout = dict[tuple[int, int], tuple[str, dict[str, Any]]]


def _top(book: Book, sheet: Worksheet, table: Table) -> int:
    """Everything over the first line; gives its row."""
    width = len(table.columns)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
    if table.checks and not table.restricted:
        sheet.set_column(width, width + len(table.checks) - 1, 15)
    cells: _Layout = {}
    heights = _names(cells, sheet, table, width)
    heights |= _headings(cells, sheet, table)
    if not table.restricted:
        _check_headings(cells, sheet, table, width)
    _written(book, sheet, cells, heights)
    return table.first_line


def _written(book: Book, sheet: Worksheet, cells: _Layout, heights: dict[int, float]) -> None:
    """Cells row by row, which is the order the file wants them in."""
    for row in sorted({row for row, _ in cells} | set(heights)):
        if row in heights:
            sheet.set_row(row - 1, heights[row])
        for column in sorted(column for at, column in cells if at == row):
            text, properties = cells[row, column]
            book.put(sheet, row, column, text, **properties)


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    """`merge_range` would write the cells again, and rows that are on the disk are written once."""
    if (top, left) != (bottom, right):
        sheet.merge.append([top - 1, left - 1, bottom - 1, right - 1])


def _across(
    cells: _Layout, sheet: Worksheet, row: int, left: int, right: int, text: str, **properties: Any
) -> None:
    look = {**CENTRE, **properties}
    cells[row, left] = (text, look)
    _merge(sheet, row, left, row, right)


def _names(cells: _Layout, sheet: Worksheet, table: Table, width: int) -> dict[int, float]:
    """Who reports, the motto and the title; gives the heights of their rows."""
    left_end, heights = _middle(table), dict[int, float]()
    _across(cells, sheet, 1, 1, width, table.form_line, italic=True, **LEFT)
    motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    for step, (name, words) in enumerate(zip([*table.authority, ""][:2], motto, strict=True)):
        row = table.motto_top + step
        _across(cells, sheet, row, 1, left_end, name, font_size=12, bold=bool(step))
        _across(
            cells,
            sheet,
            row,
            left_end + 1,
            width,
            words,
            font_size=13 if step else 12,
            bold=True,
            underline=step,
        )
        heights[row] = 18
    if table.place_top:
        _across(cells, sheet, table.place_top, left_end + 1, width, table.place, font_size=12, italic=True)
        heights[table.place_top] = 18
    _across(cells, sheet, table.title_top, 1, width, "\n".join(table.title), font_size=14, bold=True)
    heights[table.title_top] = 20.0 * len(table.title) + 8
    if table.subtitle:
        _across(cells, sheet, table.title_top + 1, 1, width, table.subtitle, font_size=12, italic=True)
    return heights


def _middle(table: Table) -> int:
    """The last column of the left part: about two fifths of the width, so that neither name is cut."""
    goal, so_far = sum(column.width for column in table.columns) * 0.42, 0.0
    for place, column in enumerate(table.columns, start=1):
        so_far += column.width
        if so_far >= goal:
            return min(place, len(table.columns) - 1)
    return 1


def _headings(cells: _Layout, sheet: Worksheet, table: Table) -> dict[int, float]:
    look = {"bold": True, "border": 1, **CENTRE}
    heights: dict[int, float] = {}
    for each in table.headings:
        bottom, right = each.top + each.rows - 1, each.left + each.columns - 1
        for row in range(each.top, bottom + 1):
            for column in range(each.left, right + 1):
                cells[row, column] = ("", look)
        cells[each.top, each.left] = (each.text, look)
        _merge(sheet, each.top, each.left, bottom, right)
        room = sum(column.width for column in table.columns[each.left - 1 : right])
        heading_rows = [row for row in range(each.top, bottom + 1) if row < table.numbers_top]
        needed = _lines_of(each.text, room) * LINE_HEIGHT / len(heading_rows)
        for row in heading_rows:
            heights[row] = max(heights.get(row, 18), needed)
    for place, numbered in enumerate(table.number_row(), start=1):
        if numbered:
            cells[table.numbers_top, place] = (
                numbered.number,
                {"font_size": 10, "italic": True, "border": 1, **CENTRE},
            )
    return heights


def _lines_of(text: str, room: float) -> int:
    """How many lines `text` takes in a cell `room` characters wide, broken at spaces."""
    lines = 0
    for part in text.split("\n"):
        used, lines = 0.0, lines + 1
        for word in part.split(" "):
            if used and used + len(word) > room * CHARACTERS_PER_LINE:
                used, lines = 0.0, lines + 1
            used += len(word) + 1
    return lines


def _check_headings(cells: _Layout, sheet: Worksheet, table: Table, width: int) -> None:
    top = min(each.top for each in table.headings)
    for place, check in enumerate(table.checks, start=width + 1):
        look = {"font_size": 10, "bold": True, "border": 1, "bg_color": GREY, **CENTRE}
        for row in range(top, table.numbers_top):
            cells[row, place] = ("", look)
        cells[top, place] = (check.heading, look)
        _merge(sheet, top, place, table.numbers_top - 1, place)


def _line(book: Book, sheet: Worksheet, row: int, line: Line, table: Table) -> None:
    if height := _height(line, table):
        sheet.set_row(row - 1, height)
    if line.style == "heading":
        look = {"bold": True, "border": 1, "bg_color": GREY, **LEFT}
        for place in range(1, len(table.columns) + 1):
            book.put(sheet, row, place, line.name if place == 1 else None, **look)
        _merge(sheet, row, 1, row, len(table.columns))
        return
    bold = line.style in {"group", "total"}
    for place, cell in enumerate(line.cells, start=1):
        if cell is None:
            book.put(sheet, row, place, None, border=1)
            continue
        centred = place == 1 or (isinstance(cell.value, str) and cell.kind is not Kind.TEXT)
        alignment = CENTRE if centred else INDENTED if cell.kind is Kind.TEXT else RIGHT
        look = {"border": 1, "num_format": FORMATS[cell.kind], **alignment} | ({"bold": True} if bold else {})
        book.put(sheet, row, place, cell.value, **look)
        _merge(sheet, row, place, row + cell.rows - 1, place)
    if not table.restricted:
        _checked(book, sheet, row, line, table)


def _height(line: Line, table: Table) -> float | None:
    """Of a table that fits a few pages; of a long list nothing is kept."""
    if len(table.lines) > TALL or not table.lines:
        return None
    texts: Iterator[tuple[str, Column, int]] = (
        (cell.value, column, cell.rows)
        for cell, column in zip(line.cells, table.columns, strict=True)
        if cell and isinstance(cell.value, str) and line.style != "heading"
    )
    needed = (_lines_of(text, column.width) * LINE_HEIGHT / rows + 2 for text, column, rows in texts)
    return max(chain((17.0,), needed))


def _checked(book: Book, sheet: Worksheet, row: int, line: Line, table: Table) -> None:
    """Live formulas to the right of the table. `Check.formula` is ours, never typed by anyone."""
    for place, check in enumerate(table.checks, start=len(table.columns) + 1):
        book.formula(
            sheet, row, place, check.formula(line, row), check.value(line), font_size=10, border=1, bg_color=GREY,
            **RIGHT,
        )  # fmt: skip


def _bottom(book: Book, sheet: Worksheet, table: Table, row: int) -> int:
    """The signatures and the recipients, from the row after the last line; gives the last row of the page."""
    left_end, width, row = _middle(table), len(table.columns), row + 1
    cells: _Layout = {}
    if table.place_top is None and table.place:
        _across(cells, sheet, row, left_end + 1, width, table.place, font_size=12, italic=True)
        row += 1
    halves = ((1, left_end), (left_end + 1, width))
    for (left, right), title in zip(halves, table.signatures, strict=True):
        _across(cells, sheet, row, left, right, title, font_size=12, bold=True)
    end = row + 4
    for (left, right), name in zip(halves, table.signers, strict=True):
        if name:
            _across(cells, sheet, end, left, right, name, font_size=12, bold=True)
    if table.recipients:
        end += 2
        _across(cells, sheet, end, 1, left_end, "Nơi nhận:", bold=True, italic=True, **LEFT)
        for step, name in enumerate(table.recipients, start=1):
            _across(cells, sheet, end + step, 1, left_end, f"- {name}", **LEFT)
        end += len(table.recipients)
    _written(book, sheet, cells, {})
    return end


def _page(sheet: Worksheet, table: Table, end: int) -> None:
    top, width = min(each.top for each in table.headings), len(table.columns)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top - 1, table.numbers_top - 1)
    sheet.print_area(f"A1:{letter(width)}{end}")
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer(f'&R&"{FONT}"Trang &P/&N', {"margin": 0.3})
    sheet.freeze_panes(table.first_line - 1, 2)
