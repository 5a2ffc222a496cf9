"""What the pages of an import show: its units by what becomes of them, by tổ dân phố, line by line."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from households.actions.imports.values import one
from households.actions.register import MEMBER_FIELDS
from households.exchange.imports.checked import label, said
from households.exchange.imports.columns import by_name
from households.exchange.imports.table import Staged
from households.models import Household, Import, ImportUnit, Member
from thanhsen.models import User
from thanhsen.tables import letter

COUNTED = [
    ("new", "Mới"),
    ("changed", "Thay đổi"),
    ("same", "Giống"),
    ("conflict", "Cần quyết định"),
    ("faulty", "Có lỗi"),
]
FILTERS = [
    ("faulty", "Có lỗi"),
    ("conflict", "Cần quyết định"),
    ("new", "Mới"),
    ("changed", "Thay đổi"),
    ("same", "Giống trong sổ"),
    ("skipped", "Bỏ qua"),
    ("noted", "Có điều đã đổi khi đọc"),
    ("kept", "Không hoàn tác được"),
]


@dataclass(frozen=True)
class Question:
    """What the sender has to say once for the whole file."""

    name: str
    text: str
    yes: str
    no: str
    count: int


QUESTIONS = {
    "pad_cccd": (
        "{count} số CCCD thiếu số 0 ở đầu (Excel bỏ mất). Thêm lại số 0 cho đủ 12 chữ số?",
        "Thêm số 0 vào đầu", "Không, để tôi sửa trong tệp",
    ),
    "pad_old_id": (
        "{count} số CMND thiếu số 0 ở đầu (Excel bỏ mất). Thêm lại số 0 cho đủ 9 chữ số?",
        "Thêm số 0 vào đầu", "Không, để tôi sửa trong tệp",
    ),
    "swap_days": (
        "{count} ô ngày có thể đã bị Excel đổi ngày với tháng (5/12 thành 12/5). Đổi lại?",
        "Đổi ngày và tháng cho nhau", "Không, ngày đang đúng",
    ),
    "month_first": (
        "{count} ô ngày ghi tháng trước ngày. Đọc theo kiểu tháng/ngày/năm?",
        "Đọc tháng trước, ngày sau", "Không, ngày đứng trước",
    ),
}  # fmt: skip


def questions(imported: Staged) -> list[Question]:
    asked = imported.found.get("asks", {})
    if imported.state not in (Import.State.CHECKED, Import.State.REFUSED):
        return []
    return [
        Question(name, QUESTIONS[name][0].format(count=count), *QUESTIONS[name][1:], count)
        for name, count in asked.items()
        if name in QUESTIONS and name not in imported.answers
    ]


def doubtful_columns(imported: Staged) -> list[tuple[dict, str, int]]:
    """(column, what it was taken for, cells with a fault), where that may be a misunderstanding of the column."""
    columns = {str(each["number"]): each for each in imported.found.get("columns", ())}
    names = by_name(imported.kind)
    return [
        (columns[number], names[columns[number]["field"]].heading, count)
        for number, count in imported.found.get("wrong", {}).items()
        if number in columns and columns[number]["field"] in names
    ]


def listed(imported: Import, show: str, area: int | None) -> QuerySet[ImportUnit]:
    """The units of a filter, in the order of the file."""
    units = imported.units.select_related("area", "of").in_order()
    if area is not None:
        units = units.filter(area=area)
    if show == "skipped":
        return units.filter(choice=ImportUnit.SKIP)
    if show == "noted":
        return units.filter(noted=True)
    if show == "kept":
        return units.exclude(kept="")
    if show in ImportUnit.Outcome:
        return units.filter(outcome=show).exclude(choice=ImportUnit.SKIP)
    return units


@dataclass
class Place:
    """One tổ dân phố of the file: outcome → units."""

    area: int | None
    name: str
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def cells(self) -> list[tuple[str, int]]:
        return [(heading, self.counts.get(outcome, 0)) for outcome, heading in COUNTED]


def by_area(imported: Import) -> list[Place]:
    rows = imported.units.values("area", "area__name", "area__sort_key", "outcome").annotate(
        count=Count("pk")
    )
    places: dict[int | None, Place] = {}
    for row in rows.order_by("area__sort_key", "area"):
        place = places.setdefault(
            row["area"], Place(row["area"], row["area__name"] or "(chưa rõ tổ dân phố)")
        )
        place.counts[row["outcome"]] += row["count"]
    return list(places.values())


@dataclass(frozen=True)
class Shown:
    """One line of a unit as its page shows it."""

    row: int
    name: str
    is_new: bool
    differences: list
    content: list[tuple[str, str]]
    faults: list[tuple[str, str]]
    notes: list[tuple[str, str]]
    alike: list[dict]


def lines_of(unit: ImportUnit, user: User) -> list[Shown]:
    """The lines of a unit; of people elsewhere only that they are."""
    ids = {found["member"] for line in unit.lines for found in line.get("alike", ()) if found["member"]}
    members = {
        each.pk: each
        for each in Member.objects.visible_to(user).filter(pk__in=ids).select_related("household")
    }
    return [_line(unit, line, members) for line in unit.lines]


def _line(unit: ImportUnit, line: dict, members: dict[int, Member]) -> Shown:
    alike = []
    for found in line.get("alike", []):
        member = members.get(found["member"])
        alike.append(
            {
                **found,
                "name": f"{member.full_name} ({member.household})" if member else "",
                "household": member and member.household_id,
            }
        )
    given = line["given"]
    values = line.get("values", {}) if line.get("is_new") else {}
    content = [
        (label(Member, name), said(Member, name, one(Member, name, values[name])))
        for name in MEMBER_FIELDS
        if name != "full_name" and values.get(name) not in (None, "", False)
    ]
    at = [
        (f"{letter(int(column))}{line['row']}", sentence)
        for column, sentence in [*line["faults"], *line.get("wrong", [])]
    ]
    notes = [
        (f"{letter(int(column))}{line['row']}", sentence)
        for column, sentence in [*line["notes"], *line.get("told", [])]
    ]
    return Shown(
        row=line["row"], name=given.get("full_name", "") or unit.label, is_new=bool(line.get("is_new")),
        differences=line.get("differences", []), content=content, faults=at, notes=notes,
        alike=[] if line.get("target") else alike,  # who it is is known
    )  # fmt: skip


def summary(unit: ImportUnit) -> str:
    """One sentence on a unit, for the list."""
    wrong = [sentence for line in unit.lines for _, sentence in [*line["faults"], *line.get("wrong", [])]]
    if wrong:
        more = f" (và {len(wrong) - 1} lỗi nữa)" if len(wrong) > 1 else ""
        return f"{wrong[0][:1].upper()}{wrong[0][1:160]}{more}"
    if unit.causes:
        causes = ", ".join(unit.Cause(each).label for each in unit.causes)
        first = unit.differences or [each for line in unit.lines for each in line.get("differences", ())]
        values = "; ".join(f"{name}: {before} → {after}" for name, before, after in first[:2])
        return ": ".join(filter(None, (causes, "; ".join(unit.seen.get("why", ())[:1]) or values)))
    if unit.of.kind != Import.Kind.HOUSEHOLDS:
        return "; ".join(f"{name}: {before} → {after}" for name, before, after in unit.differences[:3])
    added = sum(bool(line.get("is_new")) for line in unit.lines)
    changed = len(unit.differences) + sum(len(line.get("differences", [])) for line in unit.lines)
    parts = [
        f"{added} người mới" if added and unit.outcome != "new" else "",
        f"{changed} ô thay đổi" if changed else "",
    ]
    return ", ".join(filter(None, parts)) or f"{len(unit.lines)} người"


def of_new_household(unit: ImportUnit) -> list[tuple[str, str]]:
    """What the file says of a household the register lacks."""
    if unit.of.kind != Import.Kind.HOUSEHOLDS or unit.target:
        return []
    return [
        (label(Household, name), said(Household, name, one(Household, name, value)))
        for name, value in unit.values.items()
        if value not in (None, "", False)
    ]
