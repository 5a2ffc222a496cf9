"""A row of a list as the fields of the form: what its cells say together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from households.exchange.imports.cells import Given, Raw
from households.exchange.imports.column import Column

AGAINST = {"sex": "giới tính", "birth_year": "năm sinh", "birth_date": "ngày sinh"}


@dataclass(slots=True)
class Line:
    """`fields`: field → what is typed into the form, of what was told. By name of the column: `notes` (what was
    changed), `faults` (why a cell was not taken), `asks` (the questions of Given still to be answered).
    """

    fields: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    told_by: dict[str, str] = field(default_factory=dict)  # field → the column that told it


def read(cells: Iterable[tuple[Column, Raw]], given: Given) -> Line:
    """The cells of one row, taken together. Two that say different things of one field are a fault of the second."""
    line = Line()
    for column, value in cells:
        if value is None:
            continue
        taken = column.take(value, given)
        if taken.note:
            line.notes[column.name] = taken.note
        if taken.asks:
            line.asks[column.name] = taken.asks
        if taken.fault:
            line.faults[column.name] = taken.fault
            continue
        for name, text in column.fields(taken.text).items():
            line.told_by.setdefault(name, column.name)
            if line.fields.setdefault(name, text) != text:
                line.faults[column.name] = (
                    f"Dòng này ghi hai {AGAINST.get(name, 'giá trị')} khác nhau. Chỉ để một cột có giá trị đúng."
                )
    return line
