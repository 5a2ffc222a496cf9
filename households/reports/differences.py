"""Where two versions of a year differ, cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from households.reports.editions import Edition
from households.reports.filled import TABULATED, whole
from households.reports.forms import FORMS
from thanhsen.models import Area
from thanhsen.tables import Line, Table, letter


@dataclass(frozen=True)
class Difference:
    """One cell of a form: where it stands in the later version, and what it says in both; "" where it is not there."""

    form: int
    cell: str
    line: str
    before: str
    after: str


def between(old: Edition, new: Edition, ward: Area) -> list[Difference]:
    """Every cell of forms 1–15 that the two editions of a ward and year show differently."""
    return [
        each
        for form in FORMS
        for each in _of_form(
            form, whole(form, old.year, ward, edition=old), whole(form, new.year, ward, edition=new)
        )
    ]


def _of_form(form: int, old: Table, new: Table) -> Iterator[Difference]:
    if form not in TABULATED:
        yield from _of_list(form, old, new)
        return
    was, is_ = _cells(old), _cells(new)
    for key in dict.fromkeys([*is_, *was]):
        before, after = was.get(key), is_.get(key)
        if (before and before[2]) != (after and after[2]):
            cell, line, _ = after or before or ("", "", "")
            yield Difference(form, cell, line, before[2] if before else "", after[2] if after else "")


def _cells(table: Table) -> Mapping[tuple, tuple[str, str, str]]:
    """(line, figure, how many-th cell of that figure) → (cell, line, text)."""
    found: dict[tuple, tuple[str, str, str]] = {}
    for row, line in table.rows():
        for column, cell in enumerate(line.cells, start=1):
            if cell and cell.is_number:
                place = 0
                while (line.place, line.name, cell.key, place) in found:
                    place += 1
                found[line.place, line.name, cell.key, place] = (
                    f"{letter(column)}{row}",
                    line.name,
                    cell.text,
                )
    return found


def _of_list(form: int, old: Table, new: Table) -> Iterator[Difference]:
    """Households listed in one version only, or listed otherwise."""
    was, is_ = _households(old), _households(new)
    for name in dict.fromkeys([*is_, *was]):
        before, after = was.get(name, ""), is_.get(name, "")
        if before != after:
            yield Difference(form, "", name, before, after)


def _households(table: Table) -> dict[str, str]:
    """Code and head → what is listed of the household, in one text."""
    found: dict[str, str] = {}
    for line in table.lines:
        if line.style != "heading":
            found[line.name] = "; ".join(filter(None, (found.get(line.name, ""), _text(line))))
    return found


def _text(line: Line) -> str:
    return ", ".join(cell.text for cell in line.cells[1:] if cell and cell.text)
