"""A list of any length as .xlsx: headings in row 1, one line a row, and a last sheet about the file itself."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.utils.timezone import localtime

from thanhsen.workbook.cells import MARKS, PADDING, Book, Sheet, Style

Value = str | int | float | Decimal | bool | date | datetime | None
ROWS = 1_048_575  # of a sheet of Excel, less its headings
LONGEST = 32_767  # characters of a cell
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has none of them
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
NAME, ABOUT = "Danh sách", "Về tệp này"
A4 = 9
HEADING = Style(bold=True, box="#9AA7B4", fill="#DCE8F3")


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"  # grouped by thousands
    YEAR = "year"  # a number that is not grouped
    DAY = "day"
    MOMENT = "moment"


LOOKS = {
    Kind.TEXT: Style(align="left", valign="top", number="@"),
    Kind.NUMBER: Style(align="right", valign="top", wrap=False, number="#,##0.##"),
    Kind.YEAR: Style(align="right", valign="top", wrap=False, number="0"),
    Kind.DAY: Style(align="left", valign="top", wrap=False, number="dd/mm/yyyy"),
    Kind.MOMENT: Style(align="left", valign="top", wrap=False, number="dd/mm/yyyy hh:mm"),
}
QUOTED = Style(align="left", valign="top", number="@", quoted=True)


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
) -> int:
    """Write `rows` as they come, on as many sheets as they need, then what `about` says of their number; the number.

    Text is never a formula, a day is a day. What was written until then is gone when the rows fail.
    """
    left = iter(rows)
    with TemporaryDirectory(prefix="danh-sach-") as room:
        book = Book(target, title=title, room=room)
        written = sheets = 0
        while (first := next(left, None)) is not None or not sheets:
            sheets += 1
            sheet = _opened(book, NAME if sheets == 1 else f"{NAME} ({sheets})", columns, footer)
            here = chain([first], islice(left, limit - 1)) if first is not None else ()
            count = _filled(book, sheet, columns, here)
            sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
            written += count
        _about(book, title, about(written), footer)
        book.close()
    return written


def _opened(book: Book, name: str, columns: Sequence[Listed], footer: str) -> Sheet:
    sheet = book.sheet(name)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width - PADDING, book.format(LOOKS[column.kind]))
    sheet.set_row(0, 32)
    for place, column in enumerate(columns):
        book.put(sheet, 0, place, column.heading, HEADING)
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(0)
    sheet.repeat_rows(0)
    _printed(sheet, footer)
    return sheet


def _filled(book: Book, sheet: Sheet, columns: Sequence[Listed], rows: Iterable[Sequence[Value]]) -> int:
    looks = [book.format(LOOKS[column.kind]) for column in columns]
    text, quoted = book.format(LOOKS[Kind.TEXT]), book.format(QUOTED)
    row = 0
    for row, values in enumerate(rows, start=1):
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(row, place, _safe(value), quoted if value.startswith(MARKS) else text)
            elif isinstance(value, datetime):
                sheet.write_datetime(row, place, localtime(value).replace(tzinfo=None), looks[place])
            elif isinstance(value, date):
                _day(sheet, row, place, value, looks[place], text)
            else:
                sheet.write_number(row, place, float(value), looks[place])
    return row


def _safe(text: str) -> str:
    text = UNPRINTABLE.sub("", text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _day(sheet: Sheet, row: int, place: int, day: date, look, text) -> None:
    if day >= FIRST_DAY:
        sheet.write_datetime(row, place, datetime(day.year, day.month, day.day), look)  # noqa: DTZ001 - a day
    else:
        sheet.write_string(row, place, day.strftime("%d/%m/%Y"), text)


def _about(book: Book, title: str, told: Iterable[tuple[str, str]], footer: str) -> None:
    sheet = book.sheet(ABOUT)
    sheet.set_column(0, 0, 18 - PADDING)
    sheet.set_column(1, 1, 90 - PADDING)
    book.put(sheet, 0, 0, title, Style(size=14, bold=True, align="left", wrap=False))
    for row, (what, said) in enumerate(told, start=2):
        book.put(sheet, row, 0, what, Style(size=12, bold=True, align="left", valign="top"))
        book.put(sheet, row, 1, _safe(said), Style(size=12, align="left", valign="top", number="@"))
    _printed(sheet, footer)


def _printed(sheet: Sheet, footer: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{footer.replace('&', '&&')[:200]}&RTrang &P/&N")
