"""Rows of a sheet as lines: each cell as the text a form takes, with what was changed on the way and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from households.exchange.imports.cells import Given
from households.exchange.imports.columns import Column
from households.exchange.imports.header import is_sum, section
from thanhsen import legacy
from thanhsen.vietnamese import clean
from thanhsen.workbook.grid import Grid

WAITS = "số có thể thiếu số 0 hoặc ngày có thể bị đổi: trả lời câu hỏi chung của tệp ở trang nhập, hoặc sửa ô này."

@dataclass
class Line:
    """One row: `given` is field → text (what is empty is not in it), `notes` and `faults` are (column, sentence)."""

    row: int
    given: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    section: str = ""  # the tổ dân phố named by a line of its own above

    def stored(self) -> dict[str, Any]:
        return {"row": self.row, "given": self.given, "notes": self.notes, "faults": self.faults}


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
            said.append(f"Có {len(self.hidden)} dòng đang ẩn trong tệp (dòng {_some(self.hidden)}); cổng đọc cả dòng ẩn.")
        return said


def _some(rows: list[int]) -> str:
    return ", ".join(str(row) for row in rows[:10]) + (", …" if len(rows) > 10 else "")


def lines(
    grid: Grid, first_row: int, columns: Mapping[int, Column], given: Given, reading: Reading
) -> Iterator[Line]:
    """The rows from `first_row` on that hold anything. Lines of sums are left out and told."""
    place = ""
    for row in range(first_row, grid.height + 1):
        if all(grid.value(row, column) in (None, "") for column in range(1, grid.width + 1)):
            continue
        if named := section(grid, row):
            place = legacy.decoded(named)[0]
            continue
        if is_sum(grid, row):
            reading.sums.append(row)
            continue
        if row in grid.oddities.hidden_rows:
            reading.hidden.append(row)
        line = _line(grid, row, columns, given, reading)
        line.section = place
        if line.given or line.faults:
            yield line


def _line(grid: Grid, row: int, columns: Mapping[int, Column], given: Given, reading: Reading) -> Line:
    line = Line(row)
    for number, column in columns.items():
        value = grid.value(row, number)
        if (row, number) in grid.oddities.errors:
            line.faults.append((number, f"ô đang báo lỗi {grid.oddities.errors[row, number]}. Gõ lại giá trị của ô."))
            continue
        if (row, number) in grid.oddities.uncached:
            line.faults.append((number, "ô là công thức chưa tính. Mở bằng Excel, lưu lại, hoặc gõ giá trị thay công thức."))
            continue
        if isinstance(value, str):
            value = _text(line, number, value, grid.oddities.codings.get((row, number), ""))
        if value is None or value == "":
            continue
        if (row, number) in grid.oddities.formulas:
            line.notes.append((number, f"công thức: lấy giá trị đang hiện “{value}”"))
        taken = column.take(value, given)
        if taken.fault:
            line.faults.append((number, taken.fault))
        if taken.note:
            line.notes.append((number, taken.note))
        if taken.asks:
            reading.asks[taken.asks] = reading.asks.get(taken.asks, 0) + 1
            line.faults.append((number, WAITS))
        line.given |= column.fields(taken.text)
    return line


def _text(line: Line, number: int, value: str, coding: str) -> str:
    """The text in Unicode on one line; what was in an old coding is noted before and after."""
    if sentence := legacy.broken(value):
        line.faults.append((number, sentence))
        return ""
    text, found = legacy.decoded(value, coding)
    if found:
        line.notes.append((number, f"bảng mã {found}: “{clean(value)[:60]}” → “{clean(text)[:60]}”"))
    return clean(text)
