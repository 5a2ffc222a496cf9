"""One official table on its sheet: A4, one page wide, headings repeated.

A sheet is written from its first row to its last and keeps one row in memory; what is merged is told at the end,
when every cell under it has its border. Rows and columns of a table count from 1, those of the library from 0.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from xlsxwriter.format import Format

from thanhsen.tables import Checked, Column, Kind, Line, Table, Value
from thanhsen.workbook.cells import MARKS, PADDING, Book, Sheet, Style, write

A4 = 9
BLACK, GREY = "#000000", "#EDEDED"
FORMATS = {Kind.COUNT: "#,##0", Kind.RATE: "0.00", Kind.TEXT: "@", Kind.YEAR: "0", Kind.DAY: "dd/mm/yyyy"}
BOLD = {"group", "total", "heading"}  # styles of lines
CENTRE, LEFT = Style(), Style(align="left")
CHECK = Style(size=10, align="right", indent=1, wrap=False, box=BLACK, fill=GREY)
CHARACTERS_PER_LINE = 1.15  # of 11-point Times New Roman in one unit of column width
LINE_HEIGHT = 15.0
CHECK_WIDTH = 15
SHEET_ROWS = 1_048_576  # as many as a sheet can have
ROOM_BELOW = 12  # rows kept for the signatures and who receives the report
SIGNER_BELOW = 5  # rows from the title of who signs to the name


@dataclass
class Block:
    """Cells above or below the lines, kept until they are written in order. Row → column → (value, style)."""

    cells: dict[int, dict[int, tuple[Value, Style]]] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, value: Value, style: Style) -> None:
        self.cells.setdefault(row, {})[column] = (value, style)

    def across(
        self, row: int, left: int, right: int, value: Value, style: Style, *, bottom: int | None = None
    ) -> None:
        """One text over several cells."""
        bottom = bottom or row
        for each in range(row, bottom + 1):
            for column in range(left, right + 1):
                self.put(each, column, None, style)
        self.put(row, left, value, style)
        if right > left or bottom > row:
            self.merged.append((row, left, bottom, right))

    def write(self, book: Book, sheet: Sheet) -> None:
        for row in sorted({*self.cells, *self.heights}):
            if row in self.heights:
                sheet.set_row(row - 1, self.heights[row])
            for column, (value, style) in sorted(self.cells.get(row, {}).items()):
                book.put(sheet, row - 1, column - 1, value, style)


@dataclass(frozen=True)
class Written:
    """The names of the sheets a table took, and how many of its checks fail."""

    sheets: tuple[str, ...]
    failures: int


def put_table(book: Book, table: Table, lines: Iterable[Line], *, name: str) -> Written:
    """The table with `lines`, which are taken one by one; more than a sheet can have go on in "name (2)"."""
    names: list[str] = []
    failures = 0
    left = iter(lines)
    following = next(left, None)
    while following is not None or not names:
        names.append(name if not names else f"{name[:26]} ({len(names) + 1})")
        pending = chain([following], left) if following is not None else iter(())
        following, found = _Page(book, book.sheet(names[-1]), table).fill(pending)
        failures += found
    return Written(tuple(names), failures)


class _Page:
    """One sheet of a table."""

    def __init__(self, book: Book, sheet: Sheet, table: Table):
        self.book, self.sheet, self.table = book, sheet, table
        self.width = len(table.columns)
        self.checks = () if table.restricted else table.checks
        self.merged: list[tuple[int, int, int, int]] = []
        self._looks: dict[tuple, Format] = {}

    def fill(self, lines: Iterator[Line]) -> tuple[Line | None, int]:
        """The line that found no room any more, and how many checks fail."""
        for place, column in enumerate(self.table.columns):
            self.sheet.set_column(place, place, column.width - PADDING)
        if self.checks:
            self.sheet.set_column(self.width, self.width + len(self.checks) - 1, CHECK_WIDTH - PADDING)
        self._block(_top(self.table, self.checks))
        row, failures, reach, following = self.table.first_line, 0, 0, None
        for line in lines:
            if row + ROOM_BELOW > SHEET_ROWS and row >= reach:
                following = line
                break
            reach = max(reach, row + max((each.rows for each in line.cells if each), default=1))
            self._line(row, line)
            failures += sum(check.fault(line) is not None for check in self.checks)
            row += 1
        end = row + 5
        if following is None:
            below, end = _below(self.table, row - 1)
            self._block(below)
        for top, left, bottom, right in self.merged:
            self.sheet.join(top - 1, left - 1, bottom - 1, right - 1)
        self._setup(end)
        return following, failures

    def _block(self, block: Block) -> None:
        block.write(self.book, self.sheet)
        self.merged += block.merged

    def _line(self, row: int, line: Line) -> None:
        sheet, columns, heading = self.sheet, self.table.columns, line.style == "heading"
        sheet.set_row(row - 1, self._height(line))
        if heading:
            self.merged.append((row, 1, row, self.width))
        for place, cell in enumerate(line.cells):
            value = cell.value if cell else None
            kind = cell.kind if cell else Kind.TEXT
            quoted = isinstance(value, str) and value.startswith(MARKS)
            # a "<5" in a column of counts stands in the middle
            centred = not heading and (place == 0 or (isinstance(value, str) and kind is not Kind.TEXT))
            key = (line.style, kind, centred, quoted)
            look = self._looks.get(key)
            if look is None:
                look = self._looks[key] = self.book.format(_look(*key))
            write(sheet, row - 1, place, value, look)
            if cell and cell.rows > 1:
                self.merged.append((row, place + 1, row + cell.rows - 1, place + 1))
        if not heading:
            for place, check in enumerate(self.checks, start=len(columns)):
                self._check(row, place, "=" + check.formula(line, row), check.value(line))

    def _check(self, row: int, place: int, formula: str, value: Checked) -> None:
        """A live formula and what it comes to: a program that does not calculate shows the value."""
        known = float(value) if isinstance(value, Decimal) else value
        self.sheet.write_formula(row - 1, place, formula, self.book.format(CHECK), known)

    def _height(self, line: Line) -> float:
        if line.style == "heading":
            return 18.0
        return max(
            17.0,
            self.table.line_height,
            *(
                lines_of(cell.value, column.width) * LINE_HEIGHT / cell.rows + 2
                for cell, column in zip(line.cells, self.table.columns, strict=True)
                if cell and isinstance(cell.value, str) and len(cell.value) > 3
            ),
            0.0,
        )

    def _setup(self, end: int) -> None:
        sheet, table = self.sheet, self.table
        if not table.portrait:
            sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(min(each.top for each in table.headings) - 1, table.numbers_top - 1)
        sheet.print_area(0, 0, end - 1, self.width - 1)
        sheet.center_horizontally()
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header("", {"margin": 0.3})
        sheet.set_footer('&R&"Times New Roman,Regular"Trang &P/&N', {"margin": 0.3})
        sheet.freeze_panes(table.first_line - 1, 2)


def _look(style: str, kind: Kind, centred: bool, quoted: bool) -> Style:
    align = "center" if centred or kind is Kind.DAY else "left" if kind is Kind.TEXT else "right"
    return Style(
        bold=style in BOLD,
        align=align,
        indent=0 if centred else 1,
        wrap=centred or kind is Kind.TEXT,
        box=BLACK,
        fill=GREY if style == "heading" else "",
        number=FORMATS[kind],
        quoted=quoted,
    )


def _top(table: Table, checks: tuple) -> Block:
    block, width, middle = Block(), len(table.columns), _middle(table)
    block.across(1, 1, width, table.form_line, replace(LEFT, italic=True))
    motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    for step, (name, words) in enumerate(zip([*table.authority, ""][:2], motto, strict=True)):
        row, second = table.motto_top + step, bool(step)
        block.across(row, 1, middle, name, Style(size=12, bold=second))
        look = Style(size=13 if second else 12, bold=True, underline=second)
        block.across(row, middle + 1, width, words, look)
        block.heights[row] = 18
    italic = Style(size=12, italic=True)
    if table.place_top:
        block.across(table.place_top, middle + 1, width, table.place, italic)
        block.heights[table.place_top] = 18
    block.across(table.title_top, 1, width, "\n".join(table.title), Style(size=14, bold=True))
    block.heights[table.title_top] = 20.0 * len(table.title) + 8
    if table.subtitle:
        block.across(table.title_top + 1, 1, width, table.subtitle, italic)
    _headings(block, table)
    top = min(each.top for each in table.headings)
    for place, check in enumerate(checks, start=width + 1):
        look = Style(size=10, bold=True, box=BLACK, fill=GREY)
        block.across(top, place, place, check.heading, look, bottom=max(top, table.numbers_top - 1))
    return block


def _middle(table: Table) -> int:
    """The last column of the left part: about two fifths of the width, so that neither name is cut."""
    goal, so_far = sum(column.width for column in table.columns) * 0.42, 0.0
    for place, column in enumerate(table.columns, start=1):
        so_far += column.width
        if so_far >= goal:
            return min(place, len(table.columns) - 1)
    return 1


def _headings(block: Block, table: Table) -> None:
    numbered: list[Column | None] = table.number_row()
    for place, column in enumerate(numbered, start=1):
        if column:
            block.put(table.numbers_top, place, column.number, Style(size=10, italic=True, box=BLACK))
    for each in table.headings:
        bottom, right = each.top + each.rows - 1, each.left + each.columns - 1
        block.across(each.top, each.left, right, each.text, Style(bold=True, box=BLACK), bottom=bottom)
        room = sum(column.width for column in table.columns[each.left - 1 : right])
        rows = [row for row in range(each.top, bottom + 1) if row < table.numbers_top]
        needed = lines_of(each.text, room) * LINE_HEIGHT / len(rows)
        for row in rows:
            block.heights[row] = max(block.heights.get(row, 18), needed)


def _below(table: Table, last: int) -> tuple[Block, int]:
    """The signatures and who receives the report, and the last row to print."""
    block, width, middle, row = Block(), len(table.columns), _middle(table), last + 2
    room = sum(column.width for column in table.columns)
    for sentence in table.below:
        block.across(row, 1, width, sentence, replace(LEFT, size=12, italic=True))
        block.heights[row] = lines_of(sentence, room) * LINE_HEIGHT + 3
        row += 1
    row += bool(table.below)
    if table.place_top is None and table.place:
        block.across(row, middle + 1, width, table.place, Style(size=12, italic=True))
        row += 1
    end = row + 4
    sides = ((1, middle), (middle + 1, width))
    for (left, right), title, signer in zip(sides, table.signatures, table.signers, strict=True):
        block.across(row, left, right, title, Style(size=12, bold=True))
        if "\n" in title:  # KT. over the one who signs
            block.heights[row] = (title.count("\n") + 1) * LINE_HEIGHT + 3
        if signer:
            end = row + SIGNER_BELOW
            block.across(end, left, right, signer, Style(size=12, bold=True))
    if table.recipients:
        block.across(end + 1, 1, middle, "Nơi nhận:", replace(LEFT, bold=True, italic=True))
        for step, name in enumerate(table.recipients, start=end + 2):
            block.across(step, 1, middle, name, LEFT)
        end += 1 + len(table.recipients)
    return block, end + 1 if table.recipients or any(table.signers) else end


def lines_of(text: str, room: float) -> int:
    """How many lines `text` takes in a cell `room` characters wide, broken at spaces."""
    if len(text) <= room * CHARACTERS_PER_LINE and "\n" not in text:
        return 1
    lines = 0
    for part in text.split("\n"):
        used, lines = 0.0, lines + 1
        for word in part.split(" "):
            if used and used + len(word) > room * CHARACTERS_PER_LINE:
                used, lines = 0.0, lines + 1
            used += len(word) + 1
    return lines
