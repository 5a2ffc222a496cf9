"""A file that was sent in, opened: which page, which columns mean what, and whether that is clear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from households.exchange.imports.columns import Column, by_name
from households.exchange.imports.header import Heading, find
from households.exchange.imports.matching import COUNTERS, How, Matching, key, matched, missing
from households.models import ColumnMeaning, Import
from thanhsen import legacy
from thanhsen.tables import letter
from thanhsen.vietnamese import clean
from thanhsen.workbook import Unreadable
from thanhsen.workbook.grid import Grid, judge, pages_of, read_grid
from thanhsen.workbook.judging import Fault

SAMPLES, SAMPLE = 3, 40
NO_HEADINGS = (
    "Không thấy dòng tên cột nào (như Họ và tên, Ngày sinh…) trong 30 dòng đầu của trang “{}”. "
    "Thêm một dòng tên cột trên bảng, hoặc chép bảng sang tệp mẫu, rồi nạp lại."
)
OWN_PAGES = ("Hướng dẫn", "Ví dụ", "Danh sách chọn", "Danh sách", "Về tệp này")  # of the portal's own files


class Staged(Protocol):
    """A file sent in, as far as its columns go: an Import, or that of another wing."""

    kind: Any
    page: Any
    matching: Any
    defaults: Any
    found: Any
    answers: Any
    state: Any


@dataclass
class Table:
    """`columns`: column number → what it is, of those that are taken. `found`: for the page of matching. `is_clear`:
    nothing about the columns has to be asked."""

    page: str
    grid: Grid | None
    heading: Heading
    columns: dict[int, Column]
    matching: dict[str, str]
    is_clear: bool
    found: dict[str, Any]
    told: list[str] = field(default_factory=list)


def open_table(path: Path, imported: Staged, remembered: Mapping[str, str]) -> Table:
    """Unreadable, with a sentence, for a file that is no list at all. `remembered`: heading as it is compared → column,
    as somebody of the ward matched it before."""
    judge(path)
    pages = [each for each in pages_of(path) if each.is_table]
    if not pages:
        raise Unreadable(Fault("", "Tệp không có trang bảng nào. Xem lại tệp rồi nạp lại."))
    named = [each for each in pages if each.name == imported.page]
    grid, heading = _chosen(
        path, named or [each for each in pages if not each.hidden] or pages, imported, remembered
    )
    if heading is None:
        raise Unreadable(Fault("", NO_HEADINGS.format(grid.name)))
    told = [*_told(grid, pages), *_nameless(grid, heading)]
    if imported.matching:
        return _as_matched(grid, heading, imported, pages, told)
    match = matched(heading.columns, imported.kind, remembered)
    lacking = lacks(imported, set(match.names.values()))
    faults = [*match.twice, *lacking]
    clear = not faults and not match.unknown
    names = {column: each.name for column, each in match.columns.items()}
    return Table(
        grid.name, grid, heading, _columns(imported, names), {str(at): name for at, name in names.items()}, clear,
        _found(grid, heading, match, pages), told if clear else [*faults, *told],
    )  # fmt: skip


def remembered_by(imported: Import) -> dict[str, str]:
    """Heading as it is compared → column, as somebody of the ward matched it before."""
    found = ColumnMeaning.objects.filter(ward=imported.ward_id, kind=imported.kind)
    return dict(found.values_list("heading", "field"))


def lacks(imported: Staged, names: set[str]) -> list[str]:
    """What is needed and neither in the columns nor said for the whole file."""
    return missing(imported.kind, names | {name for name, value in imported.defaults.items() if value})


def _as_matched(grid: Grid, heading: Heading, imported: Staged, pages: list, told: list[str]) -> Table:
    """As somebody said: the columns are what they were matched to."""
    names = {int(column): name for column, name in imported.matching.items()}
    lacking = lacks(imported, set(names.values()))
    match = matched(
        heading.columns, imported.kind, {key(text): names.get(at, "") for at, text in heading.columns.items()}
    )
    found = _found(grid, heading, match, pages)
    for column in found["columns"]:
        column["field"] = names.get(column["number"], "")
    return Table(
        grid.name, grid, heading, _columns(imported, names), dict(imported.matching), not lacking, found,
        told if not lacking else [*lacking, *told],
    )  # fmt: skip


def _chosen(
    path: Path, pages: list, imported: Staged, remembered: Mapping[str, str]
) -> tuple[Grid, Heading | None]:
    """The page that looks most like the list: the first whose headings say the most."""
    best: tuple[int, Grid, Heading | None] | None = None
    for page in pages[:10]:
        grid = read_grid(path, page.name)
        heading = find(grid, imported.kind, remembered) if grid.height else None
        names = set(matched(heading.columns, imported.kind, remembered).names.values()) if heading else set()
        if best is None or len(names) > best[0]:
            best = len(names), grid, heading
        if names and not lacks(imported, names):
            break
    assert best is not None
    if not best[1].height:
        raise Unreadable(Fault("", "Tệp không có dòng nào. Xem lại tệp, trang tính rồi nạp lại."))
    return best[1], best[2]


def _columns(imported: Staged, names: Mapping[int, str]) -> dict[int, Column]:
    known = by_name(imported.kind)
    return {column: known[name] for column, name in names.items() if name in known}


def _found(grid: Grid, heading: Heading, match: Matching, pages: list) -> dict[str, Any]:
    return {
        "pages": [each.name for each in pages],
        "first_row": heading.first_row,
        "columns": [
            {
                "number": column, "letter": letter(column), "heading": _plain(heading.columns.get(column, ""))[:120],
                "samples": _samples(grid, column, heading.first_row),
                "field": "?" if each.how is How.UNKNOWN else each.name,
            }
            for column, each in sorted(match.columns.items())
            if each.how is not How.COUNTER or key(each.heading) not in COUNTERS or each.heading
        ],
    }  # fmt: skip


def _plain(text: str) -> str:
    """One line without what cannot be printed, nor be stored."""
    return clean("".join(char if char.isprintable() else " " for char in text))


def _samples(grid: Grid, column: int, first_row: int) -> list[str]:
    found: list[str] = []
    for row in range(first_row, min(grid.height, first_row + 200) + 1):
        value = grid.value(row, column)
        if value not in (None, "") and len(found) < SAMPLES:
            text = (
                value
                if isinstance(value, str)
                else f"{value:%d/%m/%Y}"
                if hasattr(value, "strftime")
                else str(value)
            )
            text = _plain(legacy.decoded(text, grid.oddities.codings.get((row, column), ""))[0])[:SAMPLE]
            if text not in found:
                found.append(text)
    return found


def _nameless(grid: Grid, heading: Heading) -> list[str]:
    """The columns that hold something under no heading: nothing of them is read, and that is told."""
    found = [
        letter(column)
        for column in range(1, grid.width + 1)
        if column not in heading.columns and _samples(grid, column, heading.first_row)
    ]
    return (
        [f"Cột {', '.join(found[:10])} không có tên cột nên không đọc. Cần thì ghi tên cột rồi nạp lại."]
        if found
        else []
    )


def _told(grid: Grid, pages: list) -> list[str]:
    told = []
    others = [each.name for each in pages if each.name != grid.name and each.name not in OWN_PAGES]
    if others:
        told.append(
            f"Chỉ đọc trang “{grid.name}”. Không đọc: {', '.join(f'“{each}”' for each in others[:5])}."
        )
    if grid.oddities.hidden_columns:
        letters = ", ".join(letter(each) for each in sorted(grid.oddities.hidden_columns)[:10])
        told.append(f"Có cột đang ẩn ({letters}); cổng đọc cả cột ẩn.")
    return told
