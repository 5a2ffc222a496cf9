"""The rows of a grid: each cell in Unicode, then as the text a form takes, with what was changed and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from households.exchange.imports import lines
from households.exchange.imports.cells import Given, Raw
from households.exchange.imports.column import Column
from households.exchange.imports.header import Heading, is_sum, repeats, section
from thanhsen import legacy
from thanhsen.vietnamese import clean
from thanhsen.workbook.grid import Grid

WAITS = "số có thể thiếu số 0 hoặc ngày có thể bị đổi: trả lời câu hỏi chung của tệp ở trang nhập, hoặc sửa ô này."


@dataclass
class Row:
    """One row: `given` is field → text (what is empty is not in it), `notes` and `faults` are (column, sentence)."""

    number: int
    given: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    section: str = ""  # the tổ dân phố named by a line of its own above

    def stored(self) -> dict[str, Any]:
        return {"row": self.number, "given": self.given, "notes": self.notes, "faults": self.faults}


@dataclass
class Reading:
    """What is told of the rows that were left out; filled while they are read."""

    sums: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    asks: dict[str, int] = field(default_factory=dict)  # question → cells that wait for its answer

    def sentences(self) -> list[str]:
        said = []
        if self.sums:
            said.append(f"Bỏ qua {len(self.sums)} dòng cộng: dòng {_some(self.sums)}.")
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
    for number in range(heading.first_row, grid.height + 1):
        values = grid.row(number)
        if not any(value not in (None, "") for value in values) and not _is_odd(grid, number, columns):
            continue
        if named := section(grid, number):
            place = legacy.decoded(named)[0]
            continue
        if is_sum(values):
            reading.sums.append(number)
            continue
        if repeats(grid, number, heading):
            continue
        row = _row(grid, number, columns, given, reading)
        row.section = place
        if row.given or row.faults:
            if number in grid.oddities.hidden_rows:
                reading.hidden.append(number)
            yield row


def _is_odd(grid: Grid, number: int, columns: Mapping[int, Column]) -> bool:
    """Whether a row without values holds errors or formulas that were never calculated."""
    odd = grid.oddities
    return any((number, at) in odd.errors or (number, at) in odd.uncached for at in columns)


def _row(grid: Grid, number: int, columns: Mapping[int, Column], given: Given, reading: Reading) -> Row:
    row = Row(number)
    cells: list[tuple[Column, Raw]] = []
    places: dict[str, int] = {}
    for at, column in columns.items():
        value = _value(grid, row, at)
        if value is not None and value != "":
            cells.append((column, value))
            places[column.name] = at
    line = lines.read(cells, given)
    row.given = line.fields
    row.notes += [(places[name], note) for name, note in line.notes.items()]
    row.faults += [(places[name], fault) for name, fault in line.faults.items()]
    for name, question in line.asks.items():
        reading.asks[question] = reading.asks.get(question, 0) + 1
        row.faults.append((places[name], WAITS))
    return row


def _value(grid: Grid, row: Row, at: int) -> Raw:
    """What stands in a cell, in Unicode; None where it cannot be read, with the fault."""
    odd, place = grid.oddities, (row.number, at)
    if place in odd.errors:
        row.faults.append((at, f"Ô đang báo lỗi {odd.errors[place]}. Gõ lại giá trị của ô."))
        return None
    if place in odd.uncached:
        row.faults.append(
            (at, "Ô là công thức chưa tính. Mở bằng Excel, lưu lại, hoặc gõ giá trị thay công thức.")
        )
        return None
    value = grid.value(row.number, at)
    if isinstance(value, str):
        value = _text(row, at, value, odd.codings.get(place, ""))
    if value not in (None, "") and place in odd.formulas:
        row.notes.append((at, f"Ô là công thức: lấy giá trị đang hiện “{str(value)[:60]}”"))
    return value


def _text(row: Row, at: int, value: str, coding: str) -> str:
    """The text on one line; what was in an old coding is noted before and after."""
    text, found = legacy.decoded(value, coding)
    if sentence := legacy.broken(text):
        row.faults.append((at, sentence))
        return ""
    if found:
        row.notes.append((at, f"Bảng mã {found}: “{clean(value)[:60]}” → “{clean(text)[:60]}”"))
    return clean(text)
