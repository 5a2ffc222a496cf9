"""A points table as data: its items, what an answer is worth, and the questions of the quick check.

The tables of the law are not known here (docs/standards.md, "What is open"): a ward loads them. A score never
takes silence for nothing: what is not answered, or not in the table, is a problem with its sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from households.poverty.standard import AreaType
from households.poverty.strict import Malformed, Reader
from households.poverty.wording import listed, thousands

LARGEST_POINTS = 1_000
LARGEST_COUNT = 999


class ItemKind(StrEnum):
    SINGLE = "single"
    MULTI = "multi"
    COUNT = "count"

    @property
    def label(self) -> str:
        return {"single": "một lựa chọn", "multi": "nhiều lựa chọn", "count": "số lượng"}[self.value]


class Effect(StrEnum):
    """What an answer of the quick check (Phiếu A) leads to."""

    STOP = "stop"
    GO_ON = "go_on"

    @property
    def label(self) -> str:
        return {"stop": "dừng", "go_on": "đi tiếp"}[self.value]


@dataclass(frozen=True)
class PointsOption:
    """One answer. In an item of kind `count` the only option is the unit, and the points are those of one unit."""

    code: str
    label: str
    urban: int = 0
    rural: int = 0
    effect: Effect | None = None

    def points(self, area_type: AreaType) -> int:
        return self.urban if area_type is AreaType.URBAN else self.rural


@dataclass(frozen=True)
class Item:
    """One question. `number` as printed ("1", "2a"); `cap` is the most points the item can give."""

    number: str
    code: str
    section: str
    text: str
    kind: ItemKind
    cap: int | None
    options: tuple[PointsOption, ...]

    @property
    def name(self) -> str:
        return f"{self.number}. {self.text}"

    def option(self, code: str) -> PointsOption | None:
        return next((each for each in self.options if each.code == code), None)


@dataclass(frozen=True)
class PointsTable:
    """`id` tells the table from every other; `source` is its citation."""

    id: str
    title: str
    source: str
    items: tuple[Item, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.items)

    def item(self, code: str) -> Item | None:
        return next((each for each in self.items if each.code == code), None)


@dataclass(frozen=True)
class PointsLine:
    """What one item is worth. `points` is None, and `problem` says why, where the answer is not one."""

    item: Item
    answer: str
    points: int | None
    problem: str = ""


@dataclass(frozen=True)
class Points:
    """`total` is None while anything is a problem. `problems`: item code → sentence."""

    total: int | None
    lines: tuple[PointsLine, ...]
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def so_far(self) -> int:
        """The points of the items answered."""
        return sum(each.points for each in self.lines if each.points is not None)

    @property
    def answered(self) -> int:
        return sum(each.points is not None for each in self.lines)


@dataclass(frozen=True)
class Proposal:
    """What the quick check proposes: go on to the survey, stop, or None where the answers do not tell."""

    go_on: bool | None
    reasons: tuple[str, ...]


def score(table: PointsTable, area_type: AreaType, answers: Mapping[str, object]) -> Points:
    """The points of these answers in points of an area type, item by item.

    An answer is an option's code (single), a list of them, empty for none (multi), or how many (count).
    """
    lines = tuple(_line(item, area_type, answers.get(item.code)) for item in table.items)
    problems = {each.item.code: each.problem for each in lines if each.problem}
    for code in answers:
        if table.item(code) is None:
            problems[code] = f"{table.title} không có mục “{code}”."
    total = None if problems else sum(each.points or 0 for each in lines)
    return Points(total, lines, problems)


def propose(table: PointsTable, answers: Mapping[str, object]) -> Proposal:
    """What the answers to a quick check lead to, and why.

    One answer that stops is enough to stop. Otherwise every question has to be answered; where the table marks
    answers that go on, one of them has to be among the answers, else whoever checks decides.
    """
    lines = [_line(item, AreaType.URBAN, answers.get(item.code)) for item in table.items]
    chosen = [
        (line.item, option)
        for line in lines
        if not line.problem
        for option in _chosen(line.item, answers[line.item.code])
    ]
    stops = tuple(_because(*each) for each in chosen if each[1].effect is Effect.STOP)
    if stops:
        return Proposal(False, stops)
    open_ = tuple(f"{line.item.name}: {line.problem}" for line in lines if line.problem)
    if open_:
        return Proposal(None, open_)
    if any(option.effect is Effect.GO_ON for item in table.items for option in item.options):
        reasons = tuple(_because(*each) for each in chosen if each[1].effect is Effect.GO_ON)
        if not reasons:
            return Proposal(None, ("Không câu trả lời nào cho biết đi tiếp hay dừng.",))
        return Proposal(True, reasons)
    return Proposal(True, ("Không có câu trả lời nào thuộc trường hợp dừng.",))


def _because(item: Item, option: PointsOption) -> str:
    return f"{item.name}: {option.label}."


def _line(item: Item, area_type: AreaType, value: object) -> PointsLine:
    problem = _problem(item, value)
    if problem:
        return PointsLine(item, "", None, problem)
    if item.kind is ItemKind.COUNT:
        assert isinstance(value, int)
        unit = item.options[0]
        return PointsLine(
            item,
            f"{thousands(value)} {unit.label}",
            _capped(item, value * unit.points(area_type)),
        )
    chosen = _chosen(item, value)
    words = listed(each.label for each in chosen) or "không có mục nào"
    return PointsLine(item, words, _capped(item, sum(each.points(area_type) for each in chosen)))


def _capped(item: Item, points: int) -> int:
    return points if item.cap is None else min(points, item.cap)


def _chosen(item: Item, value: object) -> tuple[PointsOption, ...]:
    """The options that a sound answer names, in the table's order, each once."""
    if item.kind is ItemKind.COUNT:
        return ()
    named = {value} if isinstance(value, str) else set(value) if isinstance(value, (list, tuple)) else set()
    return tuple(each for each in item.options if each.code in named)


def _problem(item: Item, value: object) -> str:
    """What keeps `value` from being an answer to `item`, or nothing."""
    if value is None:
        return "Chưa trả lời."
    if item.kind is ItemKind.COUNT:
        if isinstance(value, bool) or not isinstance(value, int):
            return "Số lượng phải là số nguyên."
        return "" if 0 <= value <= LARGEST_COUNT else f"Số lượng phải từ 0 đến {LARGEST_COUNT}."
    if item.kind is ItemKind.SINGLE:
        if not isinstance(value, str):
            return "Mục này chọn một câu trả lời."
        return "" if item.option(value) else f"Bảng điểm không có lựa chọn “{value}”; chọn lại."
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        return "Mục này chọn nhiều câu trả lời."
    unknown = [f"“{each}”" for each in value if not item.option(each)]
    return f"Bảng điểm không có lựa chọn {listed(unknown)}; chọn lại." if unknown else ""


# As JSON ----------------------------------------------------------------------------------------


def to_content(items: tuple[Item, ...]) -> dict[str, object]:
    """The items as JSON values; `read_items` gives them back."""
    return {
        "items": [
            {
                "number": item.number, "code": item.code, "section": item.section, "text": item.text,
                "kind": item.kind.value, "cap": item.cap,
                "options": [
                    {
                        "code": each.code, "label": each.label, "urban": each.urban, "rural": each.rural,
                        "effect": each.effect.value if each.effect else None,
                    }
                    for each in item.options
                ],
            }
            for item in items
        ]
    }  # fmt: skip


def read_items(content: object) -> tuple[Item, ...]:
    """The items in JSON values. Malformed, in Vietnamese, for anything that is not a sound list of items."""
    top = Reader(content)
    items = tuple(_item(each) for each in top.tables("items"))
    top.close()
    if not items:
        raise Malformed("Bảng không có mục nào.")
    _all_differ("mã mục", [each.code for each in items])
    return items


def _item(table: Reader) -> Item:
    kind = ItemKind(table.text("kind", among=set(ItemKind)))
    cap = table.integer("cap") if table.has("cap") else None
    item = Item(
        number=table.text("number"),
        code=table.text("code"),
        section=table.text("section"),
        text=table.text("text"),
        kind=kind,
        cap=cap,
        options=tuple(_option(each) for each in table.tables("options")),
    )
    table.close()
    if fault := fault_of(item):
        raise Malformed(f"Mục “{item.code}”: {fault}")
    _all_differ(f"mã lựa chọn của mục “{item.code}”", [each.code for each in item.options])
    return item


def _option(table: Reader) -> PointsOption:
    option = PointsOption(
        code=table.text("code"),
        label=table.text("label"),
        urban=table.integer("urban"),
        rural=table.integer("rural"),
        effect=Effect(table.text("effect", among=set(Effect))) if table.has("effect") else None,
    )
    table.close()
    return option


def _all_differ(what: str, codes: list[str]) -> None:
    twice = sorted({each for each in codes if codes.count(each) > 1})
    if twice:
        raise Malformed(f"Trùng {what}: {listed(twice)}.")


def fault_of(item: Item) -> str:
    """What makes an item no question, as a sentence, or nothing."""
    if item.kind is ItemKind.COUNT and len(item.options) != 1:
        return "Mục loại “số lượng” có đúng một dòng, ghi đơn vị đếm và điểm của một đơn vị."
    if item.kind is ItemKind.SINGLE and len(item.options) < 2:
        return "Mục loại “một lựa chọn” phải có ít nhất hai lựa chọn."
    if not item.options:
        return "Mục chưa có lựa chọn nào."
    if item.kind is ItemKind.COUNT and any(each.effect for each in item.options):
        return "Mục loại “số lượng” không ghi được tác dụng dừng hay đi tiếp."
    most = max(max(each.urban, each.rural) for each in item.options)
    if item.cap is not None and most > item.cap:
        return f"Có lựa chọn {most} điểm, hơn điểm tối đa {item.cap} của mục."
    if any(max(abs(each.urban), abs(each.rural)) > LARGEST_POINTS for each in item.options):
        return f"Điểm phải từ -{LARGEST_POINTS} đến {LARGEST_POINTS}."
    return ""
