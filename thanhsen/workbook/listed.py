"""A list of any length as .xlsx: headings in row 1, one line a row, and a last sheet about the file itself.

The lines go into the file as they come, in a sheet that the library made without them: nothing is held, nothing is
written beside the file, and a row costs a fifth of what it costs through the library.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.timezone import localtime
from xlsxwriter.utility import xl_col_to_name

from thanhsen.workbook.around import lines_of
from thanhsen.workbook.cells import MARKS, PADDING, Draft, Sheet, Style

Value = str | int | float | Decimal | date | datetime | None
ROWS = 1_048_575  # of a sheet of Excel, less its headings
BYTES = 1_900_000_000  # of a sheet: beyond two thousand million the archive needs a form that Excel warns of
LONGEST = 32_767  # characters of a cell
NAME, ABOUT = "Danh sách", "Về tệp này"
A4 = 9
LINE, HIGHEST = 15, 27  # points of a line; lines of the highest row of Excel
HEADING = Style(bold=True, box="#9AA7B4", fill="#DCE8F3")
EPOCH = date(1899, 12, 30)  # day 0 of Excel, from March 1900 on
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has none of them
LOOKS_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")  # Excel would read _x0041_ as A
DIMENSION = re.compile(rb"<dimension [^>]*/>")  # may be left out, and is not known before the last line
END = b"</sheetData>"


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"  # grouped by thousands
    DECIMAL = "decimal"
    YEAR = "year"  # a number that is not grouped
    DAY = "day"
    MOMENT = "moment"


LOOKS = {
    Kind.TEXT: Style(align="left", valign="top", number="@"),
    Kind.NUMBER: Style(align="right", valign="top", indent=1, wrap=False, number="#,##0"),
    Kind.DECIMAL: Style(align="right", valign="top", indent=1, wrap=False),
    Kind.YEAR: Style(align="right", valign="top", indent=1, wrap=False, number="0"),
    Kind.DAY: Style(align="left", valign="top", wrap=False, number="dd/mm/yyyy"),
    Kind.MOMENT: Style(align="left", valign="top", wrap=False, number="dd/mm/yyyy hh:mm"),
}
QUOTED = replace(LOOKS[Kind.TEXT], quoted=True)


@dataclass(frozen=True)
class Listed:
    """A column: its heading, its width in characters of the sheet, what its cells are."""

    heading: str
    width: float
    kind: Kind = Kind.TEXT


def write_list(
    target: BinaryIO,
    *,
    title: str,
    columns: Sequence[Listed],
    rows: Iterable[Sequence[Value]],
    about: Callable[[int], Iterable[tuple[str, str]]],
    footer: str = "",
    limit: int = ROWS,
    size: int = BYTES,
) -> int:
    """Write `rows` as they come, on as many sheets as they need, then what `about` says of their number; the number.

    Text is never a formula, a day is a day. `target` is of no use when the rows fail.
    """
    frame = _Frame(title, columns, footer)
    lines, left = _Lines(columns, frame.looks), iter(rows)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        counts: list[int] = []
        row = next(left, None)
        while row is not None or not counts:
            counts.append(0)
            with archive.open(_part(len(counts)), "w") as part:
                written = 0
                part.write(frame.head(len(counts)))
                while row is not None and counts[-1] < limit and written < size:
                    counts[-1] += 1
                    written += part.write(lines.line(counts[-1] + 1, row))
                    row = next(left, None)
                part.write(frame.tail(counts))
        frame.rest(counts, about(sum(counts)), archive)
    return sum(counts)


class _Frame:
    """What stands around the lines: made by the library, as often as asked, of sheets that have headings only."""

    def __init__(self, title: str, columns: Sequence[Listed], footer: str):
        self.title, self.columns, self.footer = title, columns, footer
        self.looks: dict[Kind | None, int] = {}
        self.first = self._made([0, 0], ())

    def head(self, number: int) -> bytes:
        """The sheet up to its lines. The first differs from the others in being the one that is open."""
        return DIMENSION.sub(
            b"", self.first.read(f"xl/worksheets/sheet{min(number, 2)}.xml").partition(END)[0]
        )

    def tail(self, counts: list[int]) -> bytes:
        """The last of the sheets so far, from the end of its lines."""
        return END + self._made(counts, ()).read(_part(len(counts)).filename).partition(END)[2]

    def rest(self, counts: list[int], told: Iterable[tuple[str, str]], archive: ZipFile) -> None:
        """Every other part of the file."""
        made, done = self._made(counts, told), set(archive.namelist())
        for part in made.infolist():
            if part.filename not in done:
                archive.writestr(part, made.read(part))

    def _made(self, counts: list[int], told: Iterable[tuple[str, str]]) -> ZipFile:
        book = Draft(title=self.title, small=True)
        self.looks = {kind: book.format(look)._get_xf_index() for kind, look in LOOKS.items()}
        self.looks[None] = book.format(QUOTED)._get_xf_index()
        for number, count in enumerate(counts, start=1):
            self._sheet(book, NAME if number == 1 else f"{NAME} ({number})", count)
        sheet = book.sheet(ABOUT)
        sheet.set_column(0, 0, 18 - PADDING)
        sheet.set_column(1, 1, 90 - PADDING)
        book.put(sheet, 0, 0, self.title, Style(size=14, bold=True, align="left", wrap=False))
        for row, (what, said) in enumerate(told, start=2):
            book.put(sheet, row, 0, what, Style(size=12, bold=True, align="left", valign="top"))
            book.put(sheet, row, 1, _plain(said), Style(size=12, align="left", valign="top", number="@"))
        self._printed(sheet)
        return ZipFile(BytesIO(book.saved()))

    def _sheet(self, book: Draft, name: str, count: int) -> None:
        sheet = book.sheet(name)
        sheet.set_row(0, 32)
        for place, column in enumerate(self.columns):
            sheet.set_column(place, place, column.width - PADDING, book.format(LOOKS[column.kind]))
            book.put(sheet, 0, place, column.heading, HEADING)
        sheet.autofilter(0, 0, max(count, 1), len(self.columns) - 1)
        sheet.freeze_panes(1, 0)
        sheet.hide_gridlines(0)
        sheet.repeat_rows(0)
        self._printed(sheet)

    def _printed(self, sheet: Sheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{self.footer.replace('&', '&&')[:200]}&RTrang &P/&N")


def _part(number: int) -> ZipInfo:
    part = ZipInfo(f"xl/worksheets/sheet{number}.xml")
    part.compress_type = ZIP_DEFLATED
    return part


class _Lines:
    """Rows as the file has them."""

    def __init__(self, columns: Sequence[Listed], looks: dict[Kind | None, int]):
        self.columns = [(xl_col_to_name(place), looks[each.kind]) for place, each in enumerate(columns)]
        self.widths = [int(each.width) for each in columns]
        self.text, self.quoted, self.year = looks[Kind.TEXT], looks[None], looks[Kind.YEAR]
        self.days = {looks[Kind.DAY], looks[Kind.MOMENT]}

    def line(self, number: int, row: Sequence[Value]) -> bytes:
        """The row of this number, from 1 as Excel counts."""
        cells = [
            self._cell(f"{column}{number}", value, style)
            for (column, style), value in zip(self.columns, row, strict=True)
            if value is not None and value != ""
        ]
        return f'<row r="{number}"{self._height(row)}>{"".join(cells)}</row>'.encode()

    def _height(self, row: Sequence[Value]) -> str:
        """Told where a text needs several lines: not every program looks for itself."""
        needed = 1
        for value, width in zip(row, self.widths, strict=True):
            if isinstance(value, str) and (len(value) > width or "\n" in value):
                needed = max(needed, lines_of(value, width))
        return f' ht="{LINE * min(needed, HIGHEST)}" customHeight="1"' if needed > 1 else ""

    def _cell(self, at: str, value: Value, style: int) -> str:
        """Its look is the column's unless the value is of another kind, as a year where no day is known."""
        if isinstance(value, date) and (isinstance(value, datetime) or value >= FIRST_DAY):
            return f'<c r="{at}" s="{style}"><v>{_serial(value)}</v></c>'
        if isinstance(value, (str, date)):
            text = value if isinstance(value, str) else value.strftime("%d/%m/%Y")
            look, safe = self.quoted if text.startswith(MARKS) else self.text, _escaped(text)
            space = "" if safe == safe.strip() else ' xml:space="preserve"'
            return f'<c r="{at}" s="{look}" t="inlineStr"><is><t{space}>{safe}</t></is></c>'
        return f'<c r="{at}" s="{self.year if style in self.days else style}"><v>{value}</v></c>'


def _serial(value: date) -> str:
    """A day, or a moment in the time of the portal, as Excel counts."""
    if not isinstance(value, datetime):
        return str((value - EPOCH).days)
    there = localtime(value)
    seconds = there.hour * 3600 + there.minute * 60 + there.second
    return f"{(there.date() - EPOCH).days + seconds / 86400:.9f}"


def _escaped(text: str) -> str:
    plain = _plain(text)
    if "_x" in plain:
        plain = LOOKS_ESCAPED.sub("_x005F_", plain)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> str:
    """What a cell can hold of the text."""
    if not text.isprintable():
        text = UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
