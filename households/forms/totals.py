"""The grid of totals as it is typed: one row per tổ dân phố, every bad cell with its sentence."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from households.actions.totals import Entry, Figures
from thanhsen import vietnamese
from thanhsen.forms import CONTROL
from thanhsen.models import Area

NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+", re.ASCII)
MOST = {"households": 1_000_000, "people": 5_000_000}
NAMES = {"households": "số hộ", "people": "số nhân khẩu"}
SOURCE_LENGTH = 200


@dataclass
class Row:
    """One line of the grid: what is in its cells, what was stored when it was shown, and what is wrong."""

    area: Area
    seen: Figures | None
    households: str = ""
    people: str = ""
    source: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    suggested: bool = False
    theirs: Figures | None = None
    overtaken: bool = False

    @property
    def figures(self) -> Figures | None:
        """What is typed; None for an empty row. Only of a row without errors."""
        if not (self.households or self.people):
            return None
        return Figures(_whole(self.households) or 0, _whole(self.people) or 0, self.source)


def shown(
    areas: Iterable[Area], stored: Mapping[int, Figures], suggestions: Mapping[int, Figures]
) -> list[Row]:
    """The grid as it is stored; `suggestions` stand in the rows where nothing is."""
    rows = []
    for area in areas:
        seen = stored.get(area.pk)
        offered = suggestions.get(area.pk) if seen is None else None
        given = seen or offered
        row = Row(area, seen, suggested=offered is not None)
        if given:
            row.households, row.people = vietnamese.number(given.households), vietnamese.number(given.people)
            row.source = seen.source if seen else ""
        rows.append(row)
    return rows


def typed(data: Mapping[str, str], areas: Iterable[Area]) -> list[Row]:
    """The grid as it was sent. A row without its own source takes the one typed for all rows."""
    seen = _seen(data.get("seen", ""))
    common = _text(data.get("source", ""))
    rows = []
    for area in areas:
        row = Row(area, seen.get(area.pk))
        row.households = data.get(f"households-{area.pk}", "").strip()
        row.people = data.get(f"people-{area.pk}", "").strip()
        row.source = _text(data.get(f"source-{area.pk}", ""))
        if row.households or row.people:
            row.source = row.source or common
        _judge(row)
        rows.append(row)
    return rows


def entries(rows: Iterable[Row]) -> list[Entry]:
    return [Entry(row.area, row.figures, row.seen) for row in rows]


def remember(rows: Iterable[Row]) -> str:
    """What the page shows as stored, to be sent back with it."""
    return json.dumps(
        {row.area.pk: [row.seen.households, row.seen.people, row.seen.source] for row in rows if row.seen}
    )


def _judge(row: Row) -> None:
    if not (row.households or row.people):
        return
    for name in NAMES:
        text = getattr(row, name)
        value = _whole(text)
        if not text:
            row.errors[name] = (
                f"Chưa nhập {NAMES[name]}. Nhập cả số hộ và số nhân khẩu, hoặc xoá trống cả dòng."
            )
        elif value is None:
            row.errors[name] = f"“{text[:20]}” không phải là số nguyên. Nhập số, ví dụ 1.234."
        elif value > MOST[name]:
            row.errors[name] = f"Lớn quá: tối đa {vietnamese.number(MOST[name])}."
    if not row.errors and (_whole(row.people) or 0) < (_whole(row.households) or 0):
        row.errors["people"] = "Số nhân khẩu không thể ít hơn số hộ."
    if not row.source:
        row.errors["source"] = "Chưa ghi nguồn số liệu. Ghi ở dòng này, hoặc ở ô nguồn chung phía trên."
    elif len(row.source) > SOURCE_LENGTH:
        row.errors["source"] = f"Dài quá: tối đa {SOURCE_LENGTH} ký tự."


def _whole(text: str) -> int | None:
    """1234, 1.234 or 1 234; None for anything else."""
    if len(text) > 15 or not NUMBER.fullmatch(text):
        return None
    return int(re.sub(r"\D", "", text))


def _text(text: str) -> str:
    return CONTROL.sub("", vietnamese.clean(text))


def _seen(text: str) -> dict[int, Figures]:
    """What the page said was stored. A page that was tampered with is taken to have seen nothing."""
    try:
        found = json.loads(text)
        return {
            int(area): Figures(int(households), int(people), str(source))
            for area, (households, people, source) in found.items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
