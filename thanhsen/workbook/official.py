"""One official table on its sheet: A4, one page wide, headings repeated.

A sheet is written from its first row to its last and keeps one row in memory; what is merged is told at the end,
when every cell under it has its border. Rows and columns of a table count from 1, those of the library from 0.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from xlsxwriter.format import Format

from thanhsen.tables import Checked, Kind, Line, Table
from thanhsen.workbook import paging
from thanhsen.workbook.around import BLACK, GREY, LINE_HEIGHT, Block, below, lines_of, top
from thanhsen.workbook.cells import MARKS, PADDING, Book, Sheet, Style, write

A4 = 9
FORMATS = {Kind.COUNT: "#,##0", Kind.RATE: "0.00", Kind.TEXT: "@", Kind.YEAR: "0", Kind.DAY: "dd/mm/yyyy"}
BOLD = {"group", "total", "heading"}  # styles of lines
CHECK = Style(size=10, align="right", indent=1, wrap=False, box=BLACK, fill=GREY)
CHECK_WIDTH = 15
FOOT_FONT = '&"Times New Roman,Regular"'
SHEET_ROWS = 1_048_576  # as many as a sheet can have
ROOM_BELOW = 12  # rows kept for the signatures and who receives the report


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
        above = top(self.table, self.checks)
        self._block(above)
        row, failures, reach, following = self.table.first_line, 0, 0, None
        heights: list[float] = []  # of a table that is signed; a list that is never held has none
        for line in lines:
            if row + ROOM_BELOW > SHEET_ROWS and row >= reach:
                following = line
                break
            reach = max(reach, row + max((each.rows for each in line.cells if each), default=1))
            height = self._height(line)
            self._line(row, line, height)
            if self.table.is_signed:
                heights.append(height)
            failures += sum(check.fault(line) is not None for check in self.checks)
            row += 1
        end = row + 5
        if following is None:
            signed, end = below(self.table, row - 1)
            self._block(signed)
            if self.table.is_signed:
                self._broken(above, heights, signed.height(row, end))
        for upper, left, lower, right in self.merged:
            self.sheet.join(upper - 1, left - 1, lower - 1, right - 1)
        self._setup(end)
        return following, failures

    def _block(self, block: Block) -> None:
        block.write(self.book, self.sheet)
        self.merged += block.merged

    def _broken(self, above: Block, heights: list[float], signed: float) -> None:
        """Pages told where the signatures would else stand on one of their own."""
        table, headings = self.table, min(each.top for each in self.table.headings)
        flow = paging.Flow(
            heights,
            top=above.height(1, table.numbers_top),
            repeated=above.height(headings, table.numbers_top),
            below=signed,
            room=paging.room_of(self._scale, portrait=table.portrait),
        )
        self.sheet.set_h_pagebreaks([table.first_line - 1 + line for line in flow.breaks()])

    @property
    def _scale(self) -> int:
        return paging.scale_of([each.width for each in self.table.columns], portrait=self.table.portrait)

    def _line(self, row: int, line: Line, height: float) -> None:
        sheet, columns, heading = self.sheet, self.table.columns, line.style == "heading"
        sheet.set_row(row - 1, height)
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
        sheet.set_margins(**paging.MARGINS)
        sheet.set_header("", {"margin": 0.3})
        foot = f"&L{FOOT_FONT}{table.foot.replace('&', '&&')}" if table.foot else ""
        if table.is_signed:  # a paper of its own, wherever it stands in the file
            sheet.set_start_page(1)
        of_all = "" if table.is_signed else "/&N"
        sheet.set_footer(f"{foot}&R{FOOT_FONT}Trang &P{of_all}", {"margin": 0.3})
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
