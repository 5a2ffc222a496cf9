"""What has to be equal between the forms of one set (domain: 2.i equals form 1; 2.b = 3.e and 2.e = 3.b; …)."""

from collections.abc import Mapping
from dataclasses import dataclass

from households.reports.forms import FORMS
from thanhsen import vietnamese
from thanhsen.tables import Failure, Kind, Table, letter

# (form, figure) on the left has to be (form, figure) on the right, in every line both have.
EQUAL = (
    ((2, "closing"), (1, "poor")),
    ((2, "closing_people"), (1, "poor_people")),
    ((3, "closing"), (1, "near_poor")),
    ((3, "closing_people"), (1, "near_poor_people")),
    ((2, "to_other"), (3, "from_other")),
    ((2, "to_other_people"), (3, "from_other_people")),
    ((2, "from_other"), (3, "to_other")),
    ((2, "from_other_people"), (3, "to_other_people")),
    ((4, "households"), (1, "poor")),
    ((6, "households"), (1, "near_poor")),
    ((8, "poor"), (1, "poor")),
    ((8, "poor_people"), (1, "poor_people")),
    ((8, "near_poor"), (1, "near_poor")),
    ((8, "near_poor_people"), (1, "near_poor_people")),
    ((9, "poor-all"), (1, "poor")),
    ((9, "near_poor-all"), (1, "near_poor")),
    ((12, "households"), (1, "poor")),
    ((12, "people"), (1, "poor_people")),
    ((13, "households"), (1, "near_poor")),
    ((13, "people"), (1, "near_poor_people")),
)


@dataclass(frozen=True)
class _Place:
    cell: str
    name: str
    value: int


def gaps(tables: Mapping[int, Table]) -> list[Failure]:
    """Where two forms of a set say different things of the same households, named by the cell of the first.

    A figure that is missing is no gap: form 1 has no line for urban and rural where there is one kind only.
    """
    found = {number: _figures(table) for number, table in tables.items()}
    failures = []
    for (form, key), (other, twin) in EQUAL:
        left, right = found.get(form, {}), found.get(other, {})
        for place, figure in left.items():
            mine, theirs = figure.get(key), right.get(place, {}).get(twin)
            if mine and theirs and mine.value != theirs.value:
                failures.append(_failure(form, mine, other, theirs))
    return failures + _lists(tables, found.get(1, {}))


def _figures(table: Table) -> dict[str, dict[str, _Place]]:
    """Line → figure → its first cell of a count."""
    found: dict[str, dict[str, _Place]] = {}
    for row, line in table.rows():
        figures = found.setdefault(line.place, {})
        for column, cell in enumerate(line.cells, start=1):
            if cell and cell.kind is Kind.COUNT and cell.key and isinstance(cell.value, int):
                figures.setdefault(cell.key, _Place(f"{letter(column)}{row}", line.name, cell.value))
    return found


def _failure(form: int, mine: _Place, other: int, theirs: _Place) -> Failure:
    return Failure(
        f"Mẫu {form}, {mine.cell}",
        f"Dòng “{mine.name}”: {vietnamese.number(mine.value)}, mà mẫu {other}, ô {theirs.cell} là {vietnamese.number(theirs.value)}.",
    )


def _lists(tables: Mapping[int, Table], stock: Mapping[str, Mapping[str, _Place]]) -> list[Failure]:
    """As many households are listed as form 1 counts."""
    failures = []
    for number, table in tables.items():
        if not FORMS[number].is_list:
            continue
        figure = stock.get("all", next(iter(stock.values()), {})).get(FORMS[number].of_class.value)
        count = sum(line.style == "head" for line in table.lines)
        if figure and figure.value != count:
            failures.append(
                Failure(
                    f"Mẫu {number}",
                    f"Danh sách có {vietnamese.number(count)} hộ, mà mẫu 1, ô {figure.cell} là {vietnamese.number(figure.value)}.",
                )
            )
    return failures
