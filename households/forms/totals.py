"""The grid of totals as it is typed: one row per tổ dân phố, every bad cell with its sentence, every jump with its warning."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from households.actions.totals import Entry, Figures
from households.forms.jumps import jumps
from thanhsen import vietnamese
from thanhsen.forms import CONTROL
from thanhsen.models import Area

NUMBER = re.compile(r"\d{1,3}([., ])\d{3}(?:\1\d{3})*|\d+", re.ASCII)
NO_DECIMALS = re.compile(r"(?<=\d)[.,]0{1,2}$", re.ASCII)  # as a spreadsheet writes 300,00
MOST = {"households": 1_000_000, "people": 5_000_000, "minority_households": 1_000_000}
NAMES = {"households": "số hộ", "people": "số nhân khẩu", "minority_households": "số hộ DTTS"}
LABELS = {"households": "Số hộ", "people": "Số nhân khẩu", "minority_households": "Hộ DTTS"}
REQUIRED = ("households", "people")
SOURCE_LENGTH = 200


@dataclass(frozen=True)
class Year:
    """The figures of a year and of the one before, area id → figures, and the wards that closed it."""

    year: int
    stored: Mapping[int, Figures]
    last: Mapping[int, Figures]
    closed: frozenset[int] = frozenset()


@dataclass
class Row:
    """One line of the grid: what is in its cells, what was stored when it was shown, what is wrong and what jumps."""

    area: Area
    seen: Figures | None
    last: Figures | None = None
    households: str = ""
    people: str = ""
    minority_households: str = ""
    source: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    jumps: dict[str, str] = field(default_factory=dict)
    kept: bool = False
    suggested: bool = False
    pasted: bool = False
    theirs: Figures | None = None
    overtaken: bool = False
    closed: bool = False

    @property
    def empty(self) -> bool:
        return not any(getattr(self, name) for name in NAMES)

    @property
    def figures(self) -> Figures | None:
        """What is typed; None for an empty row. Only of a row without errors."""
        if self.empty:
            return None
        return Figures(
            whole(self.households) or 0, whole(self.people) or 0, self.source, whole(self.minority_households)
        )

    @property
    def asks(self) -> bool:
        """It changes a figure that jumps, and nobody said yet that the figure is right."""
        return bool(self.jumps) and not self.kept and not self.errors and not _same(self.figures, self.seen)

    @property
    def cells(self) -> list[dict]:
        """The three figures as the page shows them, last year's beside."""
        return [
            {
                "name": name,
                "label": label,
                "value": getattr(self, name),
                "last": getattr(self.last, name) if self.last else None,
                "error": self.errors.get(name),
                "jump": self.jumps.get(name),
            }
            for name, label in LABELS.items()
        ]


@dataclass(frozen=True)
class Sum:
    """One cell added up over a ward, last year and as typed; None where nothing is known."""

    name: str
    label: str
    last: int | None
    now: int | None


@dataclass(frozen=True)
class Ward:
    """The rows of one ward and what they add up to."""

    area: Area
    rows: list[Row]
    sums: list[Sum]
    closed: bool


def shown(areas: Iterable[Area], of: Year, *, suggest: bool = False) -> list[Row]:
    """The grid as it is stored; with `suggest` the figures of last year stand in the rows where nothing is."""
    rows = []
    for area in areas:
        row = _row(area, of, of.stored.get(area.pk))
        row.suggested = suggest and row.seen is None and row.last is not None and not row.closed
        _put(row, row.last if row.suggested else row.seen)
        if row.seen:
            row.source = row.seen.source
            row.jumps = jumps(row.seen, row.last, of.year - 1)
        rows.append(row)
    return rows


def filled(areas: Iterable[Area], of: Year, given: Mapping[int, Mapping[str, int]], source: str) -> list[Row]:
    """The grid as it is stored with `given` (area id → cell → figure) over it, not saved; the changed rows take `source`."""
    rows = shown(areas, of)
    for row in rows:
        if row.area.pk not in given or row.closed:
            continue
        for name, value in given[row.area.pk].items():
            setattr(row, name, vietnamese.number(value))
        row.pasted = row.seen is None or row.figures != row.seen
        if row.pasted:
            row.source = _text(source) or row.source
            row.errors.clear()
            _judge(row, of.year - 1)
    return rows


def typed(data: Mapping[str, str], areas: Iterable[Area], of: Year) -> list[Row]:
    """The grid as it was sent. A row without its own source takes the one typed for all rows."""
    seen, warned = _figures(data.get("seen", "")), _figures(data.get("warned", ""))
    common = _text(data.get("source", ""))
    rows = []
    for area in areas:
        row = _row(area, of, seen.get(area.pk))
        for name in NAMES:
            setattr(row, name, _text(data.get(f"{name}-{area.pk}", "")))
        row.source = _text(data.get(f"source-{area.pk}", ""))
        if not row.empty:
            row.source = row.source or common
        _judge(row, of.year - 1)
        row.kept = bool(data.get("keep")) and not row.errors and _same(row.figures, warned.get(area.pk))
        rows.append(row)
    return rows


def entries(rows: Iterable[Row]) -> list[Entry]:
    return [
        Entry(row.area, row.figures, row.seen, kept=" ".join(row.jumps.values()) if row.kept else "")
        for row in rows
    ]


def wards(rows: Iterable[Row]) -> list[Ward]:
    """The rows ward by ward, in their order, each ward with its sums."""
    found = []
    for _, group in groupby(rows, key=lambda row: row.area.parent_id):
        members = list(group)
        sums = [
            Sum(
                name,
                LABELS[name],
                _sum(getattr(row.last, name) for row in members if row.last),
                _sum(whole(getattr(row, name)) for row in members),
            )
            for name in NAMES
        ]
        ward = members[0].area.parent
        assert ward is not None  # a tổ dân phố lies in a ward
        found.append(Ward(ward, members, sums, members[0].closed))
    return found


def seen(rows: Iterable[Row]) -> str:
    """What the page shows as stored, to be sent back with it."""
    return _remembered({row.area.pk: row.seen for row in rows})


def warned(rows: Iterable[Row]) -> str:
    """The figures the page warns of, to be sent back with it: what is kept is these, not what is typed next."""
    return _remembered({row.area.pk: row.figures for row in rows if row.jumps and not row.errors})


def whole(text: str) -> int | None:
    """1234, 1.234, 1,234 or 1 234; None for anything else."""
    text = NO_DECIMALS.sub("", text)
    if len(text) > 15 or not NUMBER.fullmatch(text):
        return None
    return int(re.sub(r"\D", "", text))


def _row(area: Area, of: Year, seen: Figures | None) -> Row:
    return Row(area, seen, last=of.last.get(area.pk), closed=area.parent_id in of.closed)


def _put(row: Row, given: Figures | None) -> None:
    for name in NAMES if given else ():
        setattr(row, name, vietnamese.number(getattr(given, name)))


def _judge(row: Row, last_year: int) -> None:
    if row.empty:
        return
    for name in NAMES:
        text = getattr(row, name)
        value = whole(text)
        if not text:
            if name in REQUIRED:
                row.errors[name] = (
                    f"Chưa nhập {NAMES[name]}. Nhập cả số hộ và số nhân khẩu, hoặc xoá trống cả dòng."
                )
        elif value is None:
            row.errors[name] = f"“{text[:20]}” không phải là số nguyên. Nhập số, ví dụ 1.234."
        elif value > MOST[name]:
            row.errors[name] = f"Lớn quá: tối đa {vietnamese.number(MOST[name])}."
    if not row.errors:
        _judge_together(row)
    if not row.source:
        row.errors["source"] = "Chưa ghi nguồn số liệu. Ghi ở dòng này, hoặc ở ô nguồn chung phía trên."
    elif len(row.source) > SOURCE_LENGTH:
        row.errors["source"] = f"Dài quá: tối đa {SOURCE_LENGTH} ký tự."
    if not row.errors.keys() & NAMES.keys() and (figures := row.figures):
        row.jumps = jumps(figures, row.last, last_year)


def _judge_together(row: Row) -> None:
    households = whole(row.households) or 0
    if (whole(row.people) or 0) < households:
        row.errors["people"] = "Số nhân khẩu không thể ít hơn số hộ."
    if (whole(row.minority_households) or 0) > households:
        row.errors["minority_households"] = "Số hộ DTTS không thể nhiều hơn số hộ."


def _text(text: str) -> str:
    return vietnamese.clean(CONTROL.sub("", text))


def _same(one: Figures | None, other: Figures | None) -> bool:
    """Whether the figures are the same, whatever their source."""
    return all(getattr(one, name, None) == getattr(other, name, None) for name in NAMES)


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _remembered(figures: Mapping[int, Figures | None]) -> str:
    return json.dumps(
        {
            area: [each.households, each.people, each.source, each.minority_households]
            for area, each in figures.items()
            if each
        }
    )


def _figures(text: str) -> dict[int, Figures]:
    """What a page said it showed. A page that was tampered with is taken to have shown nothing."""
    try:
        return {
            int(area): Figures(
                int(households), int(people), str(source), None if minority is None else int(minority)
            )
            for area, (households, people, source, minority) in json.loads(text).items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return {}
