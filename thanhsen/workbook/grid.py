"""The values of a page of a large .xlsx, with what is odd about them: read once, in little memory."""

import datetime as dt
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from thanhsen.workbook import parts
from thanhsen.workbook.judging import SPOILT, Fault, Unreadable, judge, refuse
from thanhsen.workbook.oddities import TRUE, Oddities, scan

__all__ = ["Fault", "Grid", "PageName", "Unreadable", "judge", "pages_of", "read_grid"]

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | None


@dataclass(frozen=True)
class PageName:
    """`is_table` is false of a page that is a chart or a macro and holds no cells."""

    name: str
    hidden: bool
    is_table: bool = True


@dataclass(frozen=True)
class Grid:
    """Rows and columns are numbered from 1 as Excel shows them; `height` and `width` reach the last filled cell."""

    name: str
    height: int
    width: int
    oddities: Oddities
    rows: list[list[Any]]  # as the library gave them: from row 1, and from column `left` on
    left: int = 1

    def value(self, row: int, column: int) -> Value:
        """The raw value: text untouched, whole numbers as int, a day as date (datetime where a time of day is there).

        None for an empty cell, for one outside, for an error and for a formula the file holds no value of; the
        last two are in `oddities.errors` and `oddities.uncached`.
        """
        line, place = row - 1, column - self.left
        if not 0 <= line < len(self.rows) or place < 0:
            return None
        cells = self.rows[line]
        if place >= len(cells):
            return None
        value = cells[place]
        if value == "" or (value == 0 and (row, column) in self.oddities.uncached):
            return None
        return _settled(value)

    @property
    def merged(self) -> list[tuple[int, int, int, int]]:
        """(row, column, last row, last column) of merged cells."""
        return self.oddities.merged

    def row(self, number: int) -> list[Value]:
        """The values of a row, column 1 first, `width` of them."""
        return [self.value(number, column) for column in range(1, self.width + 1)]


def pages_of(path: Path) -> list[PageName]:
    """The pages of a judged file, in its order, hidden ones too."""
    with _opened(path) as archive:
        found, _ = parts.listed(archive)
    return [PageName(each.name, each.hidden, each.kind == "worksheet") for each in found]


def read_grid(path: Path, page: str) -> Grid:
    """The page of that name, of a file that `judge` let pass. Unreadable where it is none, or passes the limits.

    The limits are those of the scan, which runs first: one cell in row 1,048,576 would make the library take
    gigabytes.
    """
    with _opened(path) as archive:
        pages, calculation = parts.listed(archive)
        chosen = next((each for each in pages if each.name == page), None)
        if chosen is None:
            named = ", ".join(f"“{each.name}”" for each in pages) or "không có trang nào"
            refuse(f"Tệp không có trang “{page}”. Các trang trong tệp: {named}. Chọn lại trang.")
        if chosen.kind != "worksheet":
            refuse(f"Trang “{page}” là biểu đồ hoặc macro, không phải bảng. Chọn trang có danh sách.")
        oddities = scan(archive, chosen.part, recalculated=calculation.get("fullCalcOnLoad") in TRUE)
    rows, left = _values(path, page) if oddities.last_row else ([], 1)
    return Grid(page, oddities.last_row, oddities.last_column, oddities, rows, left)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except SPOILT:
        refuse(parts.BROKEN)


def _values(path: Path, page: str) -> tuple[list[list[Any]], int]:
    """(rows, column of the first value). Equal texts are kept once: a column of lists costs little."""
    seen: dict[str, str] = {}
    keep = seen.setdefault
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            sheet = book.get_sheet_by_name(page)
            rows = [
                [keep(each, each) if type(each) is str else each for each in row] for row in sheet.iter_rows()
            ]
            left = (sheet.start or (0, 0))[1] + 1
    except Exception as error:  # whatever a spoilt file makes the library raise
        raise Unreadable(Fault("", parts.BROKEN)) from error
    return rows, left


def _settled(value: Any) -> Value:
    if type(value) is float:
        return int(value) if value.is_integer() else value
    if type(value) is dt.datetime:  # 23:59:59.999 is a day whose fraction was rounded
        whole = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
        return whole.date() if whole.time() == dt.time() else whole
    if type(value) is dt.timedelta:
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        if 0 <= minutes < 24 * 60:
            return dt.time(minutes // 60, minutes % 60, seconds)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return value
