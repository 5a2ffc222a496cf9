"""Totals of tổ dân phố beside the stored ones, judged as the grid judges them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from households.actions.totals import figures
from households.exchange.imports.rows import Row
from households.exchange.imports.sent import Sent, located, single, wrong
from households.exchange.places import Places
from households.forms import totals as grid
from households.models import AreaTotal, Import, ImportUnit
from thanhsen.vietnamese import number

Cause, Outcome = ImportUnit.Cause, ImportUnit.Outcome
LABELS = {**grid.LABELS, "source": "Nguồn số liệu"}


def units(
    lines: Iterable[Row], imported: Import, places: Places, columns: dict[str, int]
) -> Iterator[ImportUnit]:
    for place, line in enumerate(lines, start=1):
        area = located(line.given.get("area_code", ""), line.given.get("area", ""), line, places, columns)
        for name in ("year", "source"):
            line.given.setdefault(name, imported.defaults.get(name, ""))
        label = area.name if area else line.given.get("area", "")
        yield single(imported, place, line, area, f"{label} {line.given['year']}".strip())


def compare(units: Sequence[ImportUnit], sent: Sent) -> None:
    years = {int(each.given["year"]) for each in units if each.given["year"].isdigit()}
    stored: dict[int, dict] = defaultdict(dict)
    rows = AreaTotal.objects.filter(
        area__parent=sent.imported.ward, year__in=years | {year - 1 for year in years}
    )
    for row in rows:
        stored[row.year][row.area_id] = figures(row)
    said: dict[tuple, int] = {}
    for unit in units:
        unit.causes, unit.values, unit.differences, unit.target = [], {}, [], unit.area_id
        unit.lines[0] |= {"wrong": [], "differences": []}
        _one(unit, sent, stored, said)


def _one(unit: ImportUnit, sent: Sent, stored: dict, said: dict) -> None:
    line, given = unit.lines[0], unit.given
    if not given["year"].isdigit() or not 2022 <= int(given["year"]) <= 2030:
        wrong(unit, sent, "year", "chưa có năm, hoặc năm không từ 2022 đến 2030.")
    elif int(given["year"]) in sent.closed_years:
        wrong(unit, sent, "year", f"năm {given['year']} đã khoá sổ nên tổng số hộ không sửa nữa.")
    if not (given.get("households") and given.get("people")):
        wrong(unit, sent, "households", "cần cả số hộ và số nhân khẩu.")
    if (
        unit.area_id
        and (first := said.setdefault((unit.area_id, given["year"]), unit.first_row)) != unit.first_row
    ):
        wrong(
            unit,
            sent,
            "area",
            f"tổ dân phố này đã có số của năm {given['year']} ở dòng {first}. Giữ một dòng.",
        )
    if line["faults"] or line["wrong"] or unit.area is None:
        unit.outcome = Outcome.FAULTY
        return
    year = int(given["year"])
    was, last = stored[year].get(unit.area_id), stored[year - 1].get(unit.area_id)
    unit.before = asdict(was) if was else {}
    of = grid.Year(year, {unit.area.pk: was} if was else {}, {unit.area.pk: last} if last else {})
    typed = {name: int(given[name]) for name in grid.NAMES if given.get(name)}
    row = grid.filled([unit.area], of, {unit.area.pk: typed}, given["source"])[0]
    for name, sentence in row.errors.items():
        wrong(unit, sent, name, sentence)
    if line["wrong"] or row.figures is None:
        unit.outcome = Outcome.FAULTY
        return
    unit.values = asdict(row.figures)
    unit.differences = [
        [LABELS[name], _shown(unit.before.get(name)), _shown(value)]
        for name, value in unit.values.items()
        if value != unit.before.get(name)
    ]
    line["told"] = [[sent.columns.get(name, 1), sentence] for name, sentence in row.jumps.items()]
    if not unit.differences:
        unit.outcome = Outcome.SAME
    elif row.jumps and unit.choice != ImportUnit.FILE:
        unit.causes, unit.outcome = [str(Cause.JUMP)], Outcome.CONFLICT
    else:
        unit.outcome = Outcome.CHANGED if was else Outcome.NEW


def _shown(value: int | str | None) -> str:
    return "(trống)" if value in (None, "") else number(value) if isinstance(value, int) else str(value)
