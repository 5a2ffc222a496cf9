"""The tables of outcomes as a workbook, one sheet each."""

from collections.abc import Sequence

from households.reports.support.outcome_tables import PROVES_NOTHING, Tabled
from thanhsen import workbook
from thanhsen.tables import Kind
from thanhsen.workbook import Fill

_SHOWN = {Kind.COUNT: "#,##0", Kind.RATE: "0.00"}


def as_workbook(place: str, year: int, found: Sequence[Tabled]) -> bytes:
    """Every table of the page; what the screen hides is hidden here too."""
    sheets = [(each.title, _columns(each), _rows(each)) for each in found]
    told = [
        f"Kết quả hỗ trợ năm {year}, {place}.",
        PROVES_NOTHING,
        *(f"{each.title}: {each.note}" for each in found),
    ]
    return workbook.write_tables(f"Kết quả hỗ trợ {year}", sheets, told)


def _columns(table: Tabled) -> list[Fill]:
    kinds = [cell.kind if cell else Kind.COUNT for cell in table.lines[0].cells]
    figures = [
        Fill(name, 16, number=True, shown=_SHOWN[kind]) for name, kind in zip(table.names, kinds, strict=True)
    ]
    return [Fill(table.first, 40), *figures]


def _rows(table: Tabled) -> list[list]:
    return [[line.name, *(cell.value if cell else None for cell in line.cells)] for line in table.lines]
