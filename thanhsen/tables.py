"""An official table, apart from where it is shown: the same object feeds the screen and the workbook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from thanhsen import vietnamese

Value = str | int | Decimal | date | None
Checked = int | Decimal | bool | str
SMALL = "<5"  # a count too small to publish
WITHHELD = "ẩn"  # a figure from which such a count could be worked out


class Kind(StrEnum):
    TEXT = "text"
    COUNT = "count"  # whole number, #,##0
    RATE = "rate"  # percent with two decimals, 0.00
    YEAR = "year"  # whole number, without a thousands separator
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """`number` is what stands in the row of column numbers; `width` in characters of the sheet."""

    kind: Kind
    width: float
    number: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading from sheet row `top`, column `left` (both from 1) over `rows` × `columns` cells."""

    text: str
    top: int
    left: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Cell:
    """`rows` lines share the cell. A line the cell of the line above reaches into holds None in its place.

    `key`: what the figure counts, as the report that made it knows it; the screen opens what is behind it.
    """

    value: Value
    kind: Kind = Kind.COUNT
    rows: int = 1
    key: str = ""

    @property
    def text(self) -> str:
        """As printed on screen: 1.234, 3,02, zero as 0, a missing figure as nothing."""
        if self.value is None or isinstance(self.value, str):
            return self.value or ""
        if isinstance(self.value, date):
            return vietnamese.day(self.value)
        if self.kind is Kind.YEAR:
            return str(self.value)
        return vietnamese.number(self.value, 2 if self.kind is Kind.RATE else None)

    @property
    def is_number(self) -> bool:
        return self.kind not in (Kind.TEXT, Kind.DAY)


@dataclass(frozen=True)
class Line:
    """`style`: "unit", "group" (a subtotal) or "total"; in a list "heading" (its only text is the first cell, over
    the width), "head" and "member". `name` is how a failing check calls the line, `place` how an address does.
    `people`: how many of a household are listed from this line on.
    """

    cells: tuple[Cell | None, ...]
    name: str
    style: str = "unit"
    place: str = ""
    people: int | None = None

    def value(self, index: int) -> Value:
        cell = self.cells[index]
        return cell.value if cell else None


@dataclass(frozen=True)
class Check:
    """A column beside the table, outside the print area.

    `formula` gives the live formula of a line in a row of the workbook, `value` what it comes to as the line stands
    ("" where it shows nothing); `fault` is what is wrong with the line, as a sentence, or None.
    """

    heading: str
    formula: Callable[[Line, int], str]
    value: Callable[[Line], Checked]
    fault: Callable[[Line], str | None]


@dataclass(frozen=True)
class Failure:
    """A check that fails: the cell of the workbook, and why, as a sentence."""

    cell: str
    sentence: str


@dataclass(frozen=True)
class Table:
    """One official form, filled in. Rows and columns are numbered as in the workbook, from 1."""

    name: str  # of the file and the sheet, plain ASCII
    form_line: str
    authority: tuple[str, ...]
    motto_top: int
    title_top: int
    title: tuple[str, ...]
    headings: tuple[Heading, ...]
    numbers_top: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...] = ()
    place: str = ""
    place_top: int | None = None  # None: above the signature
    subtitle: str = ""
    signatures: tuple[str, str] = ("Người lập biểu", "CHỦ TỊCH UBND")
    notes: tuple[str, ...] = field(default=())
    sheet: str = ""  # name of the sheet where it is not that of the file
    signers: tuple[str, str] = ("", "")  # names under the signatures; "" leaves the room empty
    recipients: tuple[str, ...] = ()  # "Nơi nhận:", none where empty
    restricted: bool = False  # small counts are hidden, so the checks cannot be shown either
    portrait: bool = False  # A4 upright
    line_height: float = 0  # points at least of a line, where there has to be room to sign
    below: tuple[str, ...] = ()  # sentences between the last line and the signatures
    foot: str = ""  # at the left of the foot of every page
    is_signed: bool = False  # printed and signed: the signatures never stand on a page alone

    @property
    def first_line(self) -> int:
        return self.numbers_top + 1

    @property
    def is_empty(self) -> bool:
        return not any(
            isinstance(cell.value, int) and cell.value for line in self.lines for cell in line.cells if cell
        )

    def rows(self) -> Iterator[tuple[int, Line]]:
        """(row of the sheet, line)."""
        return enumerate(self.lines, start=self.first_line)

    def heading_rows(self) -> list[list[Heading]]:
        """The headings row by row, left to right, as an HTML table wants them."""
        tops = range(min(each.top for each in self.headings), self.numbers_top)
        return [sorted((h for h in self.headings if h.top == top), key=lambda h: h.left) for top in tops]

    def number_row(self) -> list[Column | None]:
        """The row of column numbers; None under a heading that reaches into it."""
        covered = {
            column
            for each in self.headings
            if each.top + each.rows > self.numbers_top
            for column in range(each.left, each.left + each.columns)
        }
        return [None if place in covered else column for place, column in enumerate(self.columns, start=1)]

    def failures(self) -> list[Failure]:
        """The checks that fail, line by line; none for a restricted table."""
        if self.restricted:
            return []
        return [
            Failure(f"{letter(len(self.columns) + place)}{row}", fault)
            for row, line in self.rows()
            for place, check in enumerate(self.checks, start=1)
            if (fault := check.fault(line))
        ]


def letter(column: int) -> str:
    """The letter of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
