"""A matrix of 0 and 1 from a file: one line a household, one column an indicator. Every fault has its own sentence.

Households that lack the same and are of one group are counted together: the measures do not tell them apart, and the
file of a province is then a few thousand rows.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from households.poverty.measures import Row

LARGEST_FILE = 64 * 1024 * 1024  # bytes
SEPARATORS = (",", ";", "\t")
QUOTED = re.compile(r'"[^"]*"')
MOST_NAMED = 20
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, .xls


class BadMatrix(ValueError):
    """The file cannot be read as a matrix; the message says where and what to do."""


@dataclass(frozen=True)
class Columns:
    """The columns that are no indicator, by their heading: of the group, of the size of the household, of its name
    (said beside the line where it is at fault), and those to be left out."""

    group: str = ""
    size: str = ""
    name: str = ""
    ignored: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(each for each in (self.group, self.size, self.name, *self.ignored) if each)


@dataclass(frozen=True)
class Matrix:
    """`indicators` in the order of the file; `rows`, one for each group and what is lacked in it, with the sizes of its
    households added up; `households`, the lines of the file."""

    indicators: tuple[str, ...]
    rows: tuple[Row, ...]
    households: int


def read_matrix(data: bytes, columns: Columns) -> Matrix:
    """The matrix of a file in UTF-8. BadMatrix names line (as an editor counts them) and column."""
    lines = _lines(_text(data))
    headings = [each.strip() for each in _top(lines)]
    _must_be_headings(headings, columns)
    apart = set(columns.named)
    places = [place for place, each in enumerate(headings) if each not in apart]
    indicators = tuple(headings[place] for place in places)
    if not indicators:
        raise BadMatrix("Không còn cột chỉ số nào sau khi bỏ các cột nhóm, quy mô, tên và cột bỏ qua.")
    group, size, name = (
        headings.index(each) if each else None for each in (columns.group, columns.size, columns.name)
    )
    sizes: dict[tuple[str, tuple[bool, ...]], int] = {}
    known: dict[tuple[str, ...], tuple[bool, ...]] = {}  # cells read before need no second look
    households = 0
    for number, cells in _households(lines, len(headings)):
        households += 1
        where = f"Dòng {number}"
        if len(cells) != len(headings):
            raise BadMatrix(f"{where}: có {len(cells)} ô, dòng tiêu đề có {len(headings)} cột.")
        if name is not None and cells[name].strip():
            where += f" ({shown(cells[name].strip())})"
        typed = tuple([cells[place] for place in places])
        if typed not in known:
            known[typed] = _lacking(where, typed, indicators)
        key = "" if group is None else cells[group].strip(), known[typed]
        sizes[key] = sizes.get(key, 0) + (1 if size is None else _size(where, cells[size], columns.size))
    if not households:
        raise BadMatrix("Tệp chỉ có dòng tiêu đề, chưa có hộ nào.")
    rows = (
        Row(dict(zip(indicators, lacking, strict=True)), total, of) for (of, lacking), total in sizes.items()
    )
    return Matrix(indicators, tuple(rows), households)


def shown(text: str) -> str:
    """What a file says, short and fit for a line of a terminal."""
    return "".join(each if each.isprintable() else "?" for each in text[:40])


def _text(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise BadMatrix(f"Tệp lớn quá: tối đa {LARGEST_FILE // 1024 // 1024} MB.")
    if data.startswith(WORKBOOKS):
        raise BadMatrix("Đây là tệp Excel. Lưu lại dạng CSV UTF-8 rồi chạy lại với tệp CSV.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadMatrix(f"Dòng {line}: tệp không phải UTF-8. Lưu lại dạng CSV UTF-8 rồi chạy lại.") from None
    if not text.strip():
        raise BadMatrix("Tệp trống, chưa có dòng tiêu đề.")
    if "\0" in text:
        raise BadMatrix("Tệp có ký tự không đọc được (NUL); đây có thể không phải là tệp CSV.")
    return composed(text)


def composed(text: str) -> str:
    """“ổ” may be one letter or a letter and two marks, as the keyboard has it: the same column, the same group."""
    return unicodedata.normalize("NFC", text)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the line in the file, cells) of every line; lines end as on any system."""
    first = next(line for line in io.StringIO(text, newline=None) if line.strip())
    separator = max(SEPARATORS, key=QUOTED.sub("", first).count)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True)
    number = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise BadMatrix(
                f"Dòng {number}: dấu ngoặc kép đặt sai chỗ hoặc không khép lại, hay ô quá dài."
            ) from None
        if cells is None:
            return
        yield number, cells
        number = reader.line_num + 1


def _blank(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _top(lines: Iterator[tuple[int, list[str]]]) -> list[str]:
    top = next((cells for _, cells in lines if not _blank(cells)), None)
    if top is None:  # nothing but separators
        raise BadMatrix("Tệp trống, chưa có dòng tiêu đề.")
    return top


def _households(lines: Iterator[tuple[int, list[str]]], columns: int) -> Iterator[tuple[int, list[str]]]:
    """The lines of households. Spreadsheets leave lines of bare separators at the end, editors blank lines anywhere;
    but what has the cells of a household, all empty, and households after it, is one whose values are missing."""
    empty = None
    for number, cells in lines:
        if not _blank(cells):
            if empty is not None:
                raise BadMatrix(f"Dòng {empty}: thiếu giá trị ở mọi cột. Ghi giá trị, hoặc xoá hẳn dòng này.")
            yield number, cells
        elif empty is None and (columns == 1 or len(cells) > 1):
            empty = number


def _must_be_headings(headings: Sequence[str], columns: Columns) -> None:
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings, start=1):
        if not heading:
            raise BadMatrix(f"Cột thứ {place} không có tên ở dòng tiêu đề.")
        if heading in seen:
            raise BadMatrix(
                f"Tên cột “{shown(heading)}” có hai lần ở dòng tiêu đề: cột thứ {seen[heading]} và {place}."
            )
        seen[heading] = place
    for option, name in (("--group", columns.group), ("--size", columns.size), ("--id", columns.name)):
        if name and name not in headings:
            raise BadMatrix(f"{option}: tệp không có cột “{shown(name)}”. Các cột: {listed(headings)}.")
    for name in columns.named:
        if columns.named.count(name) > 1:
            raise BadMatrix(f"Cột “{shown(name)}” được nêu ở hai tuỳ chọn: mỗi cột chỉ dùng một việc.")
    for name in columns.ignored:
        if name not in headings:
            raise BadMatrix(f"--ignore: tệp không có cột “{shown(name)}”. Các cột: {listed(headings)}.")


def listed(names: Sequence[str]) -> str:
    """The first names of a list, fit for a line of a terminal."""
    return ", ".join(map(shown, names[:MOST_NAMED])) + (", …" if len(names) > MOST_NAMED else "")


def _lacking(where: str, cells: Sequence[str], indicators: Sequence[str]) -> tuple[bool, ...]:
    found = []
    for indicator, cell in zip(indicators, map(str.strip, cells), strict=True):
        if cell == "":
            raise BadMatrix(
                f"{where}, cột “{shown(indicator)}”: thiếu giá trị. Ghi 1 (thiếu hụt) hoặc 0 (không)."
            )
        if cell not in {"0", "1"}:
            raise BadMatrix(f"{where}, cột “{shown(indicator)}”: “{shown(cell)}” không phải là 0 hoặc 1.")
        found.append(cell == "1")
    return tuple(found)


def _size(where: str, cell: str, column: str) -> int:
    text = cell.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= 1):
        why = f"“{shown(text)}” không phải là" if text else "thiếu giá trị, cần"
        raise BadMatrix(f"{where}, cột “{shown(column)}”: {why} số nguyên từ 1.")
    return int(text)
