"""A matrix of 0 and 1 from a file: one line a household, one column an indicator. Every fault has its own sentence."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from households.poverty.measures import Row

LARGEST_FILE = 64 * 1024 * 1024  # bytes
SEPARATORS = (",", ";", "\t")


class BadMatrix(ValueError):
    """The file cannot be read as a matrix; the message says where and what to do."""


@dataclass(frozen=True)
class Columns:
    """The columns that are no indicator, by their heading: of the group, of the size of the household, of its name,
    and those to be left out."""

    group: str = ""
    size: str = ""
    name: str = ""
    ignored: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(each for each in (self.group, self.size, self.name, *self.ignored) if each)


def read_matrix(data: bytes, columns: Columns) -> tuple[tuple[str, ...], list[Row]]:
    """The indicators in the order of the file, and a row for each household. BadMatrix names line and column."""
    table = _table(data)
    headings, lines = [each.strip() for each in table[0]], table[1:]
    _must_be_headings(headings, columns)
    indicators = tuple(each for each in headings if each not in columns.named)
    if not indicators:
        raise BadMatrix("Không còn cột chỉ số nào sau khi bỏ các cột nhóm, quy mô, tên và cột bỏ qua.")
    if not lines:
        raise BadMatrix("Tệp chỉ có dòng tiêu đề, chưa có hộ nào.")
    return indicators, [_row(number, line, headings, columns) for number, line in enumerate(lines, start=2)]


def _table(data: bytes) -> list[list[str]]:
    if len(data) > LARGEST_FILE:
        raise BadMatrix(f"Tệp lớn quá: tối đa {LARGEST_FILE // 1024 // 1024} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMatrix(
            f"Tệp không phải UTF-8 (byte thứ {error.start + 1}). Lưu lại dạng CSV UTF-8 rồi chạy lại."
        ) from None
    if not text.strip():
        raise BadMatrix("Tệp trống, chưa có dòng tiêu đề.")
    if "\0" in text:
        raise BadMatrix("Tệp có ký tự không đọc được (NUL); đây có thể không phải là tệp CSV.")
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        return [
            line
            for line in csv.reader(io.StringIO(text), delimiter=separator)
            if any(cell.strip() for cell in line)
        ]
    except csv.Error as error:
        raise BadMatrix(f"Tệp CSV không đọc được: {error}.") from None


def _must_be_headings(headings: Sequence[str], columns: Columns) -> None:
    for place, heading in enumerate(headings, start=1):
        if not heading:
            raise BadMatrix(f"Cột thứ {place} không có tên ở dòng tiêu đề.")
        if heading in headings[: place - 1]:
            raise BadMatrix(f"Tên cột “{heading}” có hai lần ở dòng tiêu đề.")
    for option, name in (("--group", columns.group), ("--size", columns.size), ("--id", columns.name)):
        if name and name not in headings:
            raise BadMatrix(f"{option}: tệp không có cột “{name}”. Các cột: {', '.join(headings)}.")
    for name in columns.ignored:
        if name not in headings:
            raise BadMatrix(f"--ignore: tệp không có cột “{name}”. Các cột: {', '.join(headings)}.")


def _row(number: int, line: Sequence[str], headings: Sequence[str], columns: Columns) -> Row:
    if len(line) != len(headings):
        raise BadMatrix(f"Dòng {number}: có {len(line)} ô, dòng tiêu đề có {len(headings)} cột.")
    cells = {heading: cell.strip() for heading, cell in zip(headings, line, strict=True)}
    lacking = {}
    for heading, cell in cells.items():
        if heading in columns.named:
            continue
        if cell == "":
            raise BadMatrix(
                f"Dòng {number}, cột “{heading}”: thiếu giá trị. Ghi 1 (thiếu hụt) hoặc 0 (không)."
            )
        if cell not in {"0", "1"}:
            raise BadMatrix(f"Dòng {number}, cột “{heading}”: “{cell[:40]}” không phải là 0 hoặc 1.")
        lacking[heading] = cell == "1"
    return Row(lacking, _size(number, cells, columns), cells.get(columns.group, ""))


def _size(number: int, cells: dict[str, str], columns: Columns) -> int:
    if not columns.size:
        return 1
    text = cells[columns.size]
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 9 and int(text) >= 1):
        shown = f"“{text[:40]}” không phải là" if text else "thiếu giá trị, cần"
        raise BadMatrix(f"Dòng {number}, cột “{columns.size}”: {shown} số nguyên từ 1.")
    return int(text)
