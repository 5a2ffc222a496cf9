"""Who in a file may be somebody of the register, or twice in the file: found for the whole file at once."""

from collections.abc import Sequence
from typing import Any, cast

from households.exchange.imports.sent import Sent
from households.models import Household, ImportUnit
from households.reports.alike import Pair, Person, against_register, same_name, within
from thanhsen.vietnamese import day_of

Place = tuple[int, int]  # of a person: the number of the unit, and the place of the line in it
MOST = 5  # told of one line


def find(units: Sequence[ImportUnit], sent: Sent) -> None:
    """Put into each line who it may be (`alike`), the likeliest first."""
    lines = {(unit.number, place): line for unit in units for place, line in enumerate(unit.lines)}
    for line in lines.values():
        line["alike"] = []
    places = _places(units, sent)
    people = [
        _person(unit, place, line, sent.imported.ward_id, places)
        for unit in units
        for place, line in enumerate(unit.lines)
        if line["given"].get("full_name")
    ]
    for pair in within(people):
        _twice(pair, lines, sent)
    for pair in against_register(people, sent.imported.ward, sent.user):
        line = lines[pair.one]
        if str(pair.other) != line["given"].get("member") and len(line["alike"]) < MOST:
            line["alike"].append(_told(pair, member=pair.other))


def _twice(pair: Pair, lines: dict, sent: Sent) -> None:
    one, other = sorted((cast(Place, pair.one), cast(Place, pair.other)))
    first, second = lines[one], lines[other]
    if pair.sure:
        second["faults"].append(
            [
                sent.columns.get("cccd", 1),
                f"số CCCD này đã có ở dòng {first['row']} của tệp. Xem lại số, hoặc xoá dòng ghi trùng.",
            ]
        )
    elif one[0] == other[0]:
        if _one_person(first["given"], second["given"]):
            second["faults"].append(
                [
                    sent.columns.get("full_name", 1),
                    f"người này đã có ở dòng {first['row']} của cùng hộ. Xoá dòng ghi trùng; nếu là hai người thì ghi đủ "
                    "ngày sinh hoặc số CCCD của từng người.",
                ]
            )
    else:
        for line, theirs, unit in ((first, second, other[0]), (second, first, one[0])):
            if len(line["alike"]) < MOST:
                line["alike"].append(_told(pair, unit=unit, row=theirs["row"]))


def _one_person(first: dict[str, str], second: dict[str, str]) -> bool:
    """Whether nothing tells two lines of one household apart: the same name and year, no number or day against it."""
    if any(
        name in first and name in second and first[name] != second[name]
        for name in ("member", "sex", "birth_date", "cccd", "old_id")
    ):
        return False
    years = {each.get("birth_year") or each.get("birth_date", "")[-4:] for each in (first, second)}
    return len(years) == 1 and same_name(first["full_name"], second["full_name"])


def _told(pair: Pair, **other: Any) -> dict[str, Any]:
    said = {"score": pair.score, "sure": pair.sure, "reasons": list(pair.reasons), "hidden": pair.elsewhere}
    return {"member": None, "unit": None, "row": None, **said, **other}


def _places(units: Sequence[ImportUnit], sent: Sent) -> dict[str, int]:
    """Code of a household → its tổ dân phố: a file that names households by code need not say where they lie."""
    codes = {code.upper() for unit in units if (code := unit.given.get("code")) and not unit.area_id}
    rows = Household.objects.visible_to(sent.user).filter(area__parent=sent.imported.ward, code__in=codes)
    return dict(rows.values_list("code", "area"))


def _person(unit: ImportUnit, place: int, line: dict[str, Any], ward: int, places: dict[str, int]) -> Person:
    code = unit.given.get("code", "").upper()
    given = line["given"]
    born = given.get("birth_date", "")
    year = given.get("birth_year") or born[-4:]
    cccd = given.get("cccd", "")
    return Person(
        key=(unit.number, place), full_name=given["full_name"], sex=given.get("sex", ""),
        birth_year=int(year) if year.isdigit() else None, birth_date=day_of(born), cccd=cccd if cccd.isdigit() else None,
        old_id=given.get("old_id", ""), area_id=unit.area_id or places.get(code), ward_id=ward,
        household=code or f"#{unit.number}", relationship=given.get("relationship", ""),
    )  # fmt: skip
