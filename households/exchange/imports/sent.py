"""What holds while one file is compared, and the small things every kind of file does to its units."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Min

from households.exchange.imports.checked import Forms
from households.exchange.imports.rows import Row
from households.exchange.places import NotRead, Places
from households.models import ClosedYear, Import, ImportUnit
from thanhsen.models import Area, User


@dataclass
class Sent:
    """`columns`: field → column number of the file; `closed_years`: years of the ward nothing is written into."""

    imported: Import
    user: User
    columns: dict[str, int]
    today: date
    closed_years: frozenset[int] = frozenset()
    forms: Forms = field(default_factory=Forms)


def closed_years(ward: Area) -> frozenset[int]:
    """The years of a ward nothing is written into: closed, and not open for a correction."""
    last = ClosedYear.objects.filter(ward=ward).aggregate(last=Max("year"))["last"]
    opened = ward.corrections.filter(outcome="").aggregate(first=Min("year"))["first"]
    return frozenset(range(2000, min(last + 1, opened or 9999))) if last else frozenset()


def located(code: str, name: str, row: Row, places: Places, columns: dict[str, int]) -> Area | None:
    """The tổ dân phố that a code or a name means; a name of before is noted in the row, one that is none a fault."""
    column = columns.get("area") or columns.get("area_code") or 1
    try:
        area, note = places.found(code, name)
    except NotRead as error:
        row.faults.append((column, str(error)))
        return None
    row.notes += [(column, note)] if note else []
    return area


def single(imported: Import, number: int, line: Row, area: Area | None, label: str) -> ImportUnit:
    """A unit of one line, whose content stands in the unit itself."""
    stored = line.stored()
    return ImportUnit(
        of=imported, number=number, first_row=line.number, area=area, label=label[:200], given=stored.pop("given"),
        lines=[{**stored, "given": {}}],
    )  # fmt: skip


def wrong(unit: ImportUnit, sent: Sent, name: str, sentence: str) -> None:
    unit.lines[0]["wrong"].append([column_of(unit.lines[0], sent.columns, name), sentence])


# Where a field stands that has no column of its own, or none in this file.
BESIDE = {
    "birth_date": ("birth", "birth_year", "born_male", "born_female"),
    "birth_year": ("birth", "born_male", "born_female"),
    "sex": ("born_male", "born_female", "full_name"),
    "cccd_note": ("cccd",),
    "signer": ("number", "date"),
    "ethnicity": ("full_name",),
    "relationship": ("full_name",),
}


def column_of(line: dict[str, Any], columns: dict[str, int], name: str) -> int:
    """The column of the file in which something about a field is told: where the line says it, or where it would."""
    for each in (name, *BESIDE.get(name, ())):
        if found := line.get("at", {}).get(each) or columns.get(each):
            return found
    return next(iter(columns.values()), 1)
