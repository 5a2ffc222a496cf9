"""What differs between two points tables, item by item: what the person who activates one compares."""

from dataclasses import dataclass

from households.poverty.points import Item, PointsOption, PointsTable


@dataclass(frozen=True)
class Difference:
    """`what` is "new", "gone" or "changed"; `changes`: what of the item, before, now."""

    item: Item
    what: str
    changes: tuple[tuple[str, str, str], ...] = ()


def differences(now: PointsTable, before: PointsTable) -> list[Difference]:
    """In the order of `now`; what is gone comes last. Items and options are matched by code."""
    found = []
    for item in now.items:
        old = before.item(item.code)
        if old is None:
            found.append(Difference(item, "new"))
        elif changes := _changes(item, old):
            found.append(Difference(item, "changed", changes))
    found += [Difference(each, "gone") for each in before.items if now.item(each.code) is None]
    return found


def _changes(now: Item, old: Item) -> tuple[tuple[str, str, str], ...]:
    pairs = [
        ("Số mục", old.number, now.number),
        ("Phần", old.section, now.section),
        ("Câu hỏi", old.text, now.text),
        ("Loại", old.kind.label, now.kind.label),
        ("Điểm tối đa", _known(old.cap), _known(now.cap)),
    ]
    for option in now.options:
        was = old.option(option.code)
        pairs.append((f"Lựa chọn {option.code}", _words(was) if was else "(không có)", _words(option)))
    pairs += [
        (f"Lựa chọn {each.code}", _words(each), "(không có)")
        for each in old.options
        if now.option(each.code) is None
    ]
    order = [[each.code for each in item.options] for item in (old, now)]
    if order[0] != order[1] and set(order[0]) == set(order[1]):
        pairs.append(("Thứ tự lựa chọn", ", ".join(order[0]), ", ".join(order[1])))
    return tuple(
        (what, before or "(trống)", after or "(trống)") for what, before, after in pairs if before != after
    )


def _known(value: int | None) -> str:
    return "" if value is None else str(value)


def _words(option: PointsOption) -> str:
    effect = f", {option.effect.label}" if option.effect else ""
    return f"{option.label}: thành thị {option.urban}, nông thôn {option.rural}{effect}"
