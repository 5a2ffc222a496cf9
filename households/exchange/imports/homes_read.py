"""Lines of people as households: which lines belong together, where the household lies, what is said of it."""

from collections.abc import Iterable, Iterator

from households.actions.register import HOUSEHOLD_FIELDS, MEMBER_FIELDS
from households.exchange.imports.rows import Row
from households.exchange.imports.sent import located
from households.exchange.places import Places
from households.models import Import, ImportUnit, Relationship
from thanhsen.models import Area

OF_HOUSEHOLD = ("code", *HOUSEHOLD_FIELDS, "opened_date")
OF_PERSON = ("member", *MEMBER_FIELDS)
MOST_PEOPLE = 60


def units(
    lines: Iterable[Row], imported: Import, places: Places, columns: dict[str, int]
) -> Iterator[ImportUnit]:
    """One unit a household. `columns`: field → column number, to say where a fault is."""
    known: dict[tuple[str, str], int] = {}
    heads_are_told = "relationship" in columns
    for number, group in enumerate(_together(lines, heads_are_told), start=1):
        key = _key(group[0])
        # Numbers may begin anew in each tổ dân phố; a code is of one household anywhere.
        told = (key, "" if group[0].given.get("code") else next(filter(None, map(_place, group)), ""))
        if key and known.setdefault(told, group[0].number) != group[0].number:
            group[0].faults.append(
                (
                    columns.get("code") or columns.get("order", 1),
                    f"hộ này đã có ở dòng {known[told]}. Chuyển các dòng của một hộ về liền nhau.",
                )
            )
        yield _unit(number, group, imported, places, columns)


def _together(lines: Iterable[Row], heads_are_told: bool) -> Iterator[list[Row]]:
    """Runs of lines of one household: the same key or none, until another key or another head."""
    group: list[Row] = []
    for line in lines:
        if group and _begins(line, group, heads_are_told):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(line: Row, group: list[Row], heads_are_told: bool) -> bool:
    """Whether a line begins another household. Where the file has a column of relationships, a line that says none, or
    none that can be read, stays with the household above it and is told there.
    """
    key, last = _key(line), next((_key(each) for each in reversed(group) if _key(each)), "")
    if key and key != last:
        return True
    places = {_place(each) for each in (line, *group)} - {""}
    if key and _is_head(line) and len(places) > 1 and any(map(_is_head, group)):
        return True
    if line.section != group[-1].section:
        return not key
    if last:  # added below a household that has its number, a head without one is another household
        return not key and _is_head(line) and any(_is_head(each) for each in group)
    return _is_head(line) or not heads_are_told


def _place(line: Row) -> str:
    return line.given.get("area_code") or line.given.get("area", "")


def _is_head(line: Row) -> bool:
    return line.given.get("relationship") == Relationship.HEAD


def _key(line: Row) -> str:
    if code := line.given.get("code"):
        return code
    order = line.given.get("order", "")
    return f"{line.section}#{order}" if order else ""


def _unit(
    number: int, group: list[Row], imported: Import, places: Places, columns: dict[str, int]
) -> ImportUnit:
    head = next((each for each in group if each.given.get("relationship") == Relationship.HEAD), group[0])
    if len(group) > MOST_PEOPLE:
        head.faults.append(
            (1, f"hộ có {len(group)} người: xem lại cột Mã hộ hoặc Số hộ, có lẽ nhiều hộ bị gộp làm một.")
        )
    given = _of_household(group, columns)
    area = _area(head, given, places, columns)
    return ImportUnit(
        of=imported,
        number=number,
        first_row=group[0].number,
        area=area,
        label=(given.get("code", "") + " " + head.given.get("full_name", "")).strip()[:200],
        given=given,
        lines=[_stored(each) for each in group],
    )


def _of_household(group: list[Row], columns: dict[str, int]) -> dict[str, str]:
    """What the lines say of the household: said once, or the same on each line."""
    given: dict[str, str] = {}
    for line in group:
        for name in (*OF_HOUSEHOLD, "area", "area_code"):
            if not (text := line.given.get(name)):
                continue
            if given.setdefault(name, text) != text:
                line.faults.append(
                    (
                        columns.get(name, 1),
                        f"“{text[:40]}” khác với dòng trên của cùng hộ (“{given[name][:40]}”).",
                    )
                )
    return given


def _area(head: Row, given: dict[str, str], places: Places, columns: dict[str, int]) -> Area | None:
    code, name = given.get("area_code", ""), given.get("area", "") or head.section
    if code or name:
        return located(code, name, head, places, columns)
    if not given.get("code"):
        column = columns.get("area") or columns.get("area_code") or 1
        head.faults.append((column, "chưa có tổ dân phố của hộ. Ghi tên hoặc mã tổ dân phố."))
    return None


def _stored(line: Row) -> dict:
    kept = line.stored()
    kept["given"] = {name: line.given[name] for name in (*OF_PERSON, "stamp") if name in line.given}
    return kept
