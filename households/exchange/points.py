"""A points table ⇄ its workbook. One row per option; the columns of the item are filled on its first row only."""

import re
from dataclasses import dataclass, replace

from households.models import PointsTable
from households.poverty.points import LARGEST_POINTS, Effect, Item, ItemKind, PointsOption, fault_of
from thanhsen.workbook import Fault, Fill, Row, Unreadable, read_rows, write_plain

NUMBER, CODE, SECTION, TEXT, KIND = "Số mục", "Mã mục", "Phần", "Câu hỏi", "Loại"
CAP, OPTION, LABEL = "Điểm tối đa", "Mã lựa chọn", "Lựa chọn"
URBAN, RURAL, EFFECT = "Điểm thành thị", "Điểm nông thôn", "Tác dụng"
OF_ITEM = (NUMBER, CODE, SECTION, TEXT, KIND, CAP)
LONGEST = {NUMBER: 10, SECTION: 200, TEXT: 300, LABEL: 200}
CODES = re.compile(r"[a-z0-9_]{1,20}", re.ASCII)
RESERVED = "none_of_them"
MOST_ITEMS, MOST_OPTIONS = 200, 60
KINDS = {each.label: each for each in ItemKind}
EFFECTS = {each.label: each for each in Effect}

COLUMNS = {
    NUMBER: Fill(NUMBER, 9, "Số in trên phiếu, ví dụ 1 hoặc 2a. Chỉ ghi ở dòng đầu của mục."),
    CODE: Fill(CODE, 14, "Chữ thường không dấu, chữ số, gạch dưới; tối đa 20 ký tự; mỗi mục một mã."),
    SECTION: Fill(SECTION, 22, "Tên phần của phiếu, có thể để trống."),
    TEXT: Fill(TEXT, 46, "Câu hỏi, chép nguyên văn."),
    KIND: Fill(KIND, 17, "Chọn trong danh sách.", tuple(KINDS)),
    CAP: Fill(CAP, 11, "Điểm nhiều nhất của cả mục; không có thì để trống.", number=True),
    OPTION: Fill(OPTION, 14, "Mỗi lựa chọn một mã trong mục."),
    LABEL: Fill(LABEL, 46, "Chép nguyên văn. Mục “số lượng”: ghi đơn vị đếm."),
    URBAN: Fill(URBAN, 12, "Số nguyên. Mục “số lượng”: điểm của một đơn vị.", number=True),
    RURAL: Fill(RURAL, 12, "Số nguyên. Mục “số lượng”: điểm của một đơn vị.", number=True),
    EFFECT: Fill(EFFECT, 14, "Chọn “dừng” hoặc “đi tiếp”; không có thì để trống.", tuple(EFFECTS)),
}
HEADINGS = {
    PointsTable.Kind.INCOME_POINTS: (*OF_ITEM, OPTION, LABEL, URBAN, RURAL),
    PointsTable.Kind.QUICK_CHECK: (NUMBER, CODE, SECTION, TEXT, KIND, OPTION, LABEL, EFFECT),
}
SHEETS = {PointsTable.Kind.INCOME_POINTS: "Bảng điểm", PointsTable.Kind.QUICK_CHECK: "Phiếu A"}
GUIDE = (
    "Cách điền",
    "Chép nguyên văn từ văn bản. Cổng không có sẵn con số nào của bảng này: điền theo văn bản, không suy đoán.",
    "Mỗi lựa chọn một dòng. Các cột của mục (từ “Số mục” đến “Loại” và “Điểm tối đa”) chỉ ghi ở dòng đầu của mục; các dòng tiếp theo của cùng mục để trống những cột ấy.",
    "Loại “một lựa chọn”: hộ chọn đúng một dòng. “Nhiều lựa chọn”: chọn các dòng đúng với hộ, có thể không chọn dòng nào. “Số lượng”: có đúng một dòng, ghi đơn vị đếm và điểm của một đơn vị.",
    "Không gộp ô, không dùng công thức, không thêm cột. Số ghi bằng chữ số 0–9, là số nguyên; số âm ghi dấu trừ phía trước.",
    "Chữ dùng phông Unicode.",
    "Nạp xong, một người khác đối chiếu từng dòng với văn bản rồi mới đưa bảng vào áp dụng. Bảng đã nạp không sửa được; có sai thì nạp lại.",
)
GUIDE_CHECK = (
    "Tác dụng “dừng”: hộ chọn dòng này thì không lập Phiếu B. “Đi tiếp”: lập Phiếu B. Có câu trả lời “dừng” thì dừng, dù có câu khác “đi tiếp”.",
    "Không dòng nào ghi “đi tiếp” thì hộ nào trả lời đủ và không có câu “dừng” sẽ đi tiếp. Phiếu A không có mục loại “số lượng”.",
)


@dataclass(frozen=True)
class Loaded:
    """The items of a file, and how many cells had loose marks (NFD) that were composed."""

    items: tuple[Item, ...]
    composed: int


def template(kind: str) -> bytes:
    """An empty workbook to fill in."""
    return _workbook(kind, ())


def write(kind: str, items: tuple[Item, ...]) -> bytes:
    """A table as the workbook it can be loaded from again."""
    return _workbook(kind, items)


def read(kind: str, data: bytes) -> Loaded:
    """The table in a workbook. Unreadable names every bad cell, all at once."""
    chosen = PointsTable.Kind(kind)
    page = read_rows(data, sheet=SHEETS[chosen], headings=HEADINGS[chosen])
    faults = list(page.faults)
    if not page.rows:
        raise Unreadable(*faults or [Fault("", "Bảng chưa có dòng nào. Điền từ dòng 2 của tệp mẫu.")])
    items: list[Item] = []
    starts: list[Row] = []
    for group in _groups(page.rows, faults):
        item = _item(group, chosen, faults)
        items.append(item)
        starts.append(group[0])
    faults += _twice(CODE, starts)
    if len(items) > MOST_ITEMS:
        faults.append(Fault("", f"Bảng có {len(items)} mục, cổng nhận tối đa {MOST_ITEMS} mục."))
    if faults:
        raise Unreadable(*_once_a_cell(faults))
    composed = sum(cell.composed for row in page.rows for cell in row.cells.values())
    return Loaded(tuple(items), composed)


def _workbook(kind: str, items: tuple[Item, ...]) -> bytes:
    chosen = PointsTable.Kind(kind)
    headings = HEADINGS[chosen]
    rows = [
        [values.get(heading) for heading in headings]
        for item in items
        for place, option in enumerate(item.options)
        for values in [{**(_of_item(item) if place == 0 else {}), **_of_option(option)}]
    ]
    guide = GUIDE if chosen is PointsTable.Kind.INCOME_POINTS else (*GUIDE, *GUIDE_CHECK)
    return write_plain(SHEETS[chosen], [_column(chosen, each) for each in headings], rows, guide)


def _column(kind: str, heading: str) -> Fill:
    column = COLUMNS[heading]
    if heading == KIND and kind == PointsTable.Kind.QUICK_CHECK:
        return replace(column, choices=(ItemKind.SINGLE.label, ItemKind.MULTI.label))
    return column


def _of_item(item: Item) -> dict[str, str | int | None]:
    return {
        NUMBER: item.number, CODE: item.code, SECTION: item.section or None, TEXT: item.text,
        KIND: item.kind.label, CAP: item.cap,
    }  # fmt: skip


def _of_option(option: PointsOption) -> dict[str, str | int | None]:
    return {
        OPTION: option.code, LABEL: option.label, URBAN: option.urban, RURAL: option.rural,
        EFFECT: option.effect.label if option.effect else None,
    }  # fmt: skip


def _groups(rows: tuple[Row, ...], faults: list[Fault]) -> list[list[Row]]:
    """The rows of each item. A row that names a new item has its code; one that goes on has no cell of the item."""
    groups: list[list[Row]] = []
    for row in rows:
        if not row[CODE].is_empty or not groups:
            groups.append([row])
            continue
        for heading in OF_ITEM:
            if heading in row.cells and not row[heading].is_empty:
                faults.append(
                    Fault(
                        row[heading].at,
                        f"dòng này không có mã mục nên là dòng tiếp của mục trên: để trống cột “{heading}”, hoặc ghi “{CODE}” nếu là mục mới.",
                    )
                )
        groups[-1].append(row)
    return groups


def _item(group: list[Row], kind: str, faults: list[Fault]) -> Item:
    first, before = group[0], len(faults)
    item = Item(
        number=_text(first, NUMBER, faults),
        code=_code(first, CODE, faults),
        section=_text(first, SECTION, faults, required=False),
        text=_text(first, TEXT, faults),
        kind=_choice(first, KIND, KINDS, faults) or ItemKind.SINGLE,
        cap=_whole(first, CAP, faults) if CAP in first.cells else None,
        options=tuple(_option(row, faults) for row in group),
    )
    faults += _twice(OPTION, group)
    if len(group) > MOST_OPTIONS:
        faults.append(Fault(first[CODE].at, f"mục có {len(group)} lựa chọn, tối đa {MOST_OPTIONS}."))
    if kind == PointsTable.Kind.QUICK_CHECK and item.kind is ItemKind.COUNT:
        faults.append(Fault(first[KIND].at, "Phiếu A không có mục loại “số lượng”."))
    if len(faults) == before and (fault := fault_of(item)):
        faults.append(Fault(first[CAP if "tối đa" in fault else CODE].at, fault))
    return item


def _option(row: Row, faults: list[Fault]) -> PointsOption:
    has_points = URBAN in row.cells
    return PointsOption(
        code=_code(row, OPTION, faults),
        label=_text(row, LABEL, faults),
        urban=_whole(row, URBAN, faults, required=True) or 0 if has_points else 0,
        rural=_whole(row, RURAL, faults, required=True) or 0 if has_points else 0,
        effect=_choice(row, EFFECT, EFFECTS, faults, required=False) if EFFECT in row.cells else None,
    )


def _text(row: Row, heading: str, faults: list[Fault], *, required: bool = True) -> str:
    cell, most = row[heading], LONGEST[heading]
    if cell.is_empty and required:
        faults.append(Fault(cell.at, f"chưa ghi “{heading}”."))
    elif len(cell.text) > most:
        faults.append(Fault(cell.at, f"dài quá: tối đa {most} ký tự, đang có {len(cell.text)}."))
    return cell.text


def _code(row: Row, heading: str, faults: list[Fault]) -> str:
    cell = row[heading]
    if cell.is_empty:
        faults.append(Fault(cell.at, f"chưa ghi “{heading}”."))
    elif not CODES.fullmatch(cell.text):
        faults.append(
            Fault(
                cell.at,
                f"mã “{cell.text[:30]}” chỉ được gồm chữ thường không dấu, chữ số, gạch dưới, tối đa 20 ký tự.",
            )
        )
    elif cell.text == RESERVED:
        faults.append(Fault(cell.at, f"mã “{RESERVED}” cổng dùng riêng; chọn mã khác."))
    return cell.text


def _whole(row: Row, heading: str, faults: list[Fault], *, required: bool = False) -> int | None:
    cell = row[heading]
    if cell.is_empty and required:
        faults.append(Fault(cell.at, f"chưa ghi “{heading}”. Không có điểm thì ghi số 0."))
        return None
    try:
        return cell.whole(-LARGEST_POINTS, LARGEST_POINTS)
    except ValueError as error:
        faults.append(Fault(cell.at, str(error)))
        return None


def _choice(row: Row, heading: str, among: dict, faults: list[Fault], *, required: bool = True):
    cell = row[heading]
    found = among.get(cell.text.casefold())
    if cell.is_empty:
        if required:
            faults.append(Fault(cell.at, f"chưa chọn “{heading}”."))
    elif found is None:
        known = ", ".join(f"“{each}”" for each in among)
        faults.append(Fault(cell.at, f"“{cell.text[:30]}” không dùng được; chọn một trong: {known}."))
    return found


def _twice(heading: str, rows: list[Row]) -> list[Fault]:
    seen: dict[str, str] = {}
    faults = []
    for row in rows:
        cell = row[heading]
        if not cell.is_empty and cell.text in seen:
            faults.append(Fault(cell.at, f"mã “{cell.text[:30]}” trùng với ô {seen[cell.text]}."))
        seen.setdefault(cell.text, cell.at)
    return faults


def _once_a_cell(faults: list[Fault]) -> list[Fault]:
    """In the order of the sheet, of each cell the first that was found: what it holds before what it means."""
    found: dict[str, Fault] = {}
    for fault in faults:
        found.setdefault(fault.at or fault.sentence, fault)
    return sorted(found.values(), key=_place)


def _place(fault: Fault) -> tuple[int, int, str]:
    """In the order of the sheet: by row, then column; the file as a whole first."""
    letters = fault.at.rstrip("0123456789")
    return int(fault.at[len(letters) :] or 0), len(letters), letters
