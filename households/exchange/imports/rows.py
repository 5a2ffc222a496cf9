"""The rows of a grid: each cell in Unicode, then as the text a form takes, with what was changed and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from households.exchange.imports import days, lines
from households.exchange.imports.cells import Given, Raw
from households.exchange.imports.column import Column
from households.exchange.imports.header import Heading, is_sum, repeats, section
from thanhsen import legacy
from thanhsen.vietnamese import clean
from thanhsen.workbook.grid import Grid

LOOKED_AT = 2000  # rows that tell the coding of a column
FEW = 3  # cells of a line that only names a tổ dân phố
WAITS = "số có thể thiếu số 0 hoặc ngày có thể bị đổi: trả lời câu hỏi chung của tệp ở trang nhập, hoặc sửa ô này."


@dataclass
class Row:
    """One row: `given` is field → text (what is empty is not in it), `notes` and `faults` are (column, sentence)."""

    number: int
    given: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)  # field → the column it was told in
    section: str = ""  # the tổ dân phố named by a line of its own above

    def stored(self) -> dict[str, Any]:
        return {
            "row": self.number,
            "given": self.given,
            "at": self.at,
            "notes": self.notes,
            "faults": self.faults,
        }


@dataclass
class Reading:
    """What is told of the rows that were left out; filled while they are read."""

    sums: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    asks: dict[str, int] = field(default_factory=dict)  # question → cells that wait for its answer

    def sentences(self) -> list[str]:
        said = []
        if self.sums:
            said.append(f"Bỏ qua {len(self.sums)} dòng cộng: dòng {_some(self.sums)}.")
        if self.signed:
            said.append(f"Bỏ qua {len(self.signed)} dòng chữ ký dưới bảng: dòng {_some(self.signed)}.")
        if self.hidden:
            said.append(
                f"Có {len(self.hidden)} dòng đang ẩn trong tệp (dòng {_some(self.hidden)}); cổng đọc cả dòng ẩn."
            )
        return said


def _some(rows: list[int]) -> str:
    return ", ".join(str(row) for row in rows[:10]) + (", …" if len(rows) > 10 else "")


def rows(
    grid: Grid, heading: Heading, columns: Mapping[int, Column], given: Given, reading: Reading
) -> Iterator[Row]:
    """The rows under the headings that hold anything. Lines of sums and repeated headings are left out and told."""
    place = ""
    given = replace(given, doubts=_doubts(grid, heading, columns))
    codings = _codings(grid, heading, columns)
    for number in range(heading.first_row, grid.height + 1):
        values, odd = grid.row(number), _Odd.of(grid, number, codings)
        filled = sum(value is not None and value != "" for value in values)
        if not filled and not odd.holds_any(columns):
            continue
        if filled <= FEW and (named := section(grid, number)):
            place = legacy.decoded(named)[0]
            continue
        if is_sum(grid, number):
            reading.sums.append(number)
            continue
        if repeats(grid, number, heading):
            continue
        row = _row(number, values, odd, columns, given, reading)
        row.section = place
        if reading.sums and filled <= FEW and len(row.given) <= 1:
            reading.signed.append(number)  # who made the list, below its total
            continue
        if row.given or row.faults:
            if number in grid.oddities.hidden_rows:
                reading.hidden.append(number)
            yield row


def _doubts(grid: Grid, heading: Heading, columns: Mapping[int, Column]) -> frozenset[str]:
    """What the days of the file, column by column, give reason to ask."""
    numbers = range(heading.first_row, grid.height + 1)
    found = [
        days.doubts(grid.value(number, at) for number in numbers)
        for at, each in columns.items()
        if each.is_day
    ]
    return frozenset().union(*found)


def _codings(grid: Grid, heading: Heading, columns: Mapping[int, Column]) -> dict[int, str]:
    """Column → coding, of those whose texts show it though no font does."""
    numbers = range(heading.first_row, min(grid.height, heading.first_row + LOOKED_AT) + 1)
    texts = {at: [each for n in numbers if isinstance(each := grid.value(n, at), str)] for at in columns}
    found = {at: legacy.coding_of(each) for at, each in texts.items()}
    return {at: coding for at, coding in found.items() if coding}


@dataclass(frozen=True)
class _Odd:
    """What is odd about the cells of one row: column → word."""

    errors: dict[int, str]
    uncached: dict[int, str]
    formulas: dict[int, str]
    codings: dict[int, str]
    fonts: dict[int, str]  # the codings that the font of the cell itself tells

    @classmethod
    def of(cls, grid: Grid, number: int, codings: dict[int, str]) -> "_Odd":
        """`codings`: of columns whose fonts were lost; what the font of a cell tells goes before."""
        found = grid.oddities
        errors, uncached, formulas, fonts = (
            each.of_row(number) for each in (found.errors, found.uncached, found.formulas, found.codings)
        )
        return cls(errors, uncached, formulas, codings | fonts, fonts)

    def holds_any(self, columns: Mapping[int, Column]) -> bool:
        """Whether a row without values holds errors or formulas that were never calculated."""
        return any(at in self.errors or at in self.uncached for at in columns)


def _row(
    number: int, values: list[Raw], odd: _Odd, columns: Mapping[int, Column], given: Given, reading: Reading
) -> Row:
    row = Row(number)
    cells: list[tuple[Column, Raw]] = []
    places: dict[str, int] = {}
    exported = any(
        each.name == "stamp" and values[at - 1 : at] not in ([], [None], [""]) for at, each in columns.items()
    )
    for at, column in columns.items():
        value = _value(row, at, values[at - 1] if at <= len(values) else None, odd, exported=exported)
        if value is not None and value != "":
            cells.append((column, value))
            places[column.name] = at
    line = lines.read(cells, given)
    row.given = line.fields
    row.at = {name: places[column] for name, column in line.told_by.items()}
    row.notes += [(places[name], note) for name, note in line.notes.items()]
    row.faults += [(places[name], fault) for name, fault in line.faults.items()]
    for name, question in line.asks.items():
        reading.asks[question] = reading.asks.get(question, 0) + 1
        row.faults.append((places[name], WAITS))
    return row


def _value(row: Row, at: int, value: Raw, odd: _Odd, *, exported: bool) -> Raw:
    """What stands in a cell, in Unicode; None where it cannot be read, with the fault. What the portal `exported` is
    Unicode, however odd it looks, but for what somebody typed there since in an old font."""
    if at in odd.errors:
        row.faults.append((at, f"Ô đang báo lỗi {odd.errors[at]}. Gõ lại giá trị của ô."))
        return None
    if at in odd.uncached:
        row.faults.append(
            (at, "Ô là công thức chưa tính. Mở bằng Excel, lưu lại, hoặc gõ giá trị thay công thức.")
        )
        return None
    if isinstance(value, str) and exported and at not in odd.fonts:
        value = clean(value)
    elif isinstance(value, str):
        value, note, fault = _in_unicode(value, odd.codings.get(at, ""))
        row.notes += [(at, note)] if note else []
        row.faults += [(at, fault)] if fault else []
    if at in odd.formulas and value not in (None, ""):
        row.notes.append((at, f"Ô là công thức: lấy giá trị đang hiện “{str(value)[:60]}”"))
    return value


@lru_cache(maxsize=8192)
def _in_unicode(value: str, coding: str) -> tuple[str, str, str]:
    """(the text on one line, a note of what was in an old coding, why it cannot be read). Most texts come many times."""
    text, found = legacy.decoded(value, coding)
    if fault := legacy.broken(text):
        return "", "", f"{fault[:1].upper()}{fault[1:]}"
    note = f"Bảng mã {found}: “{clean(value)[:60]}” → “{clean(text)[:60]}”" if found else ""
    return clean(text), note, ""
