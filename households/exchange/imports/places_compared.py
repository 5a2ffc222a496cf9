"""Tổ dân phố of a file beside those of the ward, judged by the form of the page."""

from collections.abc import Iterable, Iterator, Sequence

from households.actions.imports.places import kept_of
from households.exchange.imports.rows import Row
from households.exchange.imports.sent import Sent, single, wrong
from households.exchange.places import Places
from households.models import Household, Import, ImportUnit
from thanhsen.forms.places import AreaForm
from thanhsen.models import Area, AreaKind, AreaType
from thanhsen.vietnamese import day

Outcome = ImportUnit.Outcome
LABELS = {
    "code": "mã",
    "name": "tên",
    "area_type": "khu vực",
    "valid_from": "có từ ngày",
    "predecessors": "hình thành từ",
}


def units(
    lines: Iterable[Row], imported: Import, places: Places, columns: dict[str, int]
) -> Iterator[ImportUnit]:
    for number, line in enumerate(lines, start=1):
        yield single(
            imported, number, line, None, f"{line.given.get('code', '')} {line.given.get('name', '')}".strip()
        )


def compare(units: Sequence[ImportUnit], sent: Sent) -> None:
    ward = sent.imported.ward
    there = Area.objects.groups().filter(parent=ward).valid_on(sent.today).prefetch_related("predecessors")
    by_code = {each.code.casefold(): each for each in there}
    everywhere: dict[str, list[Area]] = {}
    for each in Area.objects.visible_to(sent.user).order_by("pk"):
        everywhere.setdefault(each.code.casefold(), []).append(each)
    said: dict[str, int] = {}
    for unit in units:
        unit.causes, unit.values, unit.differences, unit.before, unit.target = [], {}, [], {}, None
        unit.lines[0] |= {"wrong": [], "differences": []}
        _one(unit, sent, by_code, everywhere, said)


def _one(unit: ImportUnit, sent: Sent, by_code: dict, everywhere: dict, said: dict) -> None:
    given = unit.given
    code = given.get("code", "").casefold()
    if (first := said.setdefault(code, unit.first_row)) != unit.first_row:
        wrong(unit, sent, "code", f"mã này đã có ở dòng {first}. Mỗi tổ dân phố một mã.")
    if given.get("ward_code") and given["ward_code"] != sent.imported.ward.code:
        wrong(
            unit,
            sent,
            "ward_code",
            f"tệp đang nạp cho {sent.imported.ward.name} ({sent.imported.ward.code}). Sửa mã phường.",
        )
    if given.get("valid_to"):
        wrong(
            unit,
            sent,
            "valid_to",
            "nơi đã kết thúc thì không nhập bằng tệp: ghi việc sắp xếp, kết thúc ở phần Địa bàn. Xoá dòng này.",
        )
    area = by_code.get(code)
    form = AreaForm(_typed(unit, sent, area, everywhere), by=sent.user, area=area)
    if not form.is_valid():
        for name, errors in form.errors.items():
            wrong(unit, sent, name, " ".join(str(each) for each in errors))
    if unit.lines[0]["faults"] or unit.lines[0]["wrong"]:
        unit.outcome = Outcome.FAULTY
        return
    data = form.cleaned_data
    unit.values = {
        "code": data["code"], "name": data["name"], "area_type": data["area_type"],
        "valid_from": data["valid_from"].isoformat(), "predecessors": sorted(each.pk for each in data["predecessors"]),
    }  # fmt: skip
    if area:
        unit.target, unit.before = area.pk, kept_of(area)
    unit.differences = [
        [label, _shown(name, unit.before.get(name)), _shown(name, unit.values[name])]
        for name, label in LABELS.items()
        if unit.values[name] != unit.before.get(name, [] if name == "predecessors" else None)
    ]
    unit.outcome = Outcome.NEW if area is None else Outcome.CHANGED if unit.differences else Outcome.SAME
    moved = {"code", "name", "valid_from"} & {
        name for name in LABELS if unit.before and unit.values[name] != unit.before[name]
    }
    if moved and unit.choice != ImportUnit.FILE and Household.objects.filter(area=area).exists():
        unit.causes, unit.outcome = [str(ImportUnit.Cause.LIVED)], Outcome.CONFLICT


def _typed(unit: ImportUnit, sent: Sent, area: Area | None, everywhere: dict) -> dict:
    """The row as somebody would type it into the form; what it leaves empty is as it is."""
    given = unit.given
    known = (
        {"name": area.name, "area_type": area.area_type, "valid_from": day(area.valid_from)} if area else {}
    )
    codes = [each.strip().casefold() for each in given.get("predecessors", "").split(",") if each.strip()]
    before = [each.pk for each in area.predecessors.all()] if area and not codes else []
    for code in codes:
        found = [each for each in everywhere.get(code, []) if each.pk != (area.pk if area else None)]
        if not found:
            wrong(unit, sent, "predecessors", f"không có nơi nào mã “{code}”. Xem lại mã ở phần Địa bàn.")
        before += [each.pk for each in found]
    return {
        "kind": AreaKind.GROUP, "parent": sent.imported.ward_id, "code": given.get("code", ""), "area_type": AreaType.URBAN,
        **known, **{name: given[name] for name in ("name", "area_type", "valid_from") if given.get(name)},
        "predecessors": before,
    }  # fmt: skip


def _shown(name: str, value) -> str:
    if not value:
        return "(trống)"
    if name == "area_type":
        return str(AreaType(value).label)
    if name == "valid_from":
        return "/".join(reversed(value.split("-")))
    return f"{len(value)} nơi" if name == "predecessors" else str(value)
