"""The page where somebody says what the columns of a file are."""

from collections.abc import Mapping

from households.exchange.imports.columns import by_name, columns_of
from households.exchange.imports.matching import key
from households.exchange.imports.table import Staged, lacks

UNSAID = "?"


def options(kind: str) -> list[tuple[str, str]]:
    """What a column may be: (name, heading of the template)."""
    return [(column.name, column.heading) for column in columns_of(kind)]


def typed_matching(imported: Staged, data: Mapping[str, str] | None) -> tuple[dict[int, str], list[str]]:
    """Column number → name as it was typed (or found, without `data`), and what is wrong with it. A column that was not
    on the page keeps what it was found to be."""
    found = {each["number"]: each["field"] for each in imported.found["columns"]}
    if data is None:
        return found, []
    if data.get("page") not in (None, "", imported.page):
        return {}, []
    names = by_name(imported.kind)
    matching = {column: data.get(f"c{column}", name) for column, name in found.items()}
    faults = []
    unsaid = [each["letter"] for each in imported.found["columns"] if matching[each["number"]] == UNSAID]
    if unsaid:
        faults.append(
            f"Chưa chọn cột {', '.join(unsaid)} là gì. Cột không cần thì chọn “Không dùng cột này”."
        )
    taken = [name for name in matching.values() if name and name != UNSAID]
    for name in sorted({name for name in taken if taken.count(name) > 1}):
        faults.append(f"Hai cột cùng là “{names[name].heading if name in names else name}”. Chỉ giữ một cột.")
    if unknown := [name for name in taken if name not in names]:
        faults.append(f"Không có loại cột “{unknown[0][:40]}”. Chọn trong danh sách.")
    if not faults:
        faults = lacks(imported, set(taken))
    return matching, faults


def meanings(imported: Staged, matching: Mapping[int, str]) -> dict[str, str]:
    """Heading as it is remembered → name, of the columns that have a heading."""
    headings = {each["number"]: key(each["heading"]) for each in imported.found["columns"]}
    return {headings[column]: name for column, name in matching.items() if headings.get(column)}
