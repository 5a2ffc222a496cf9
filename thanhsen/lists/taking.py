"""A list that leaves the portal: the file, and who took it away."""

from array import array
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from thanhsen import events, vietnamese, workbook
from thanhsen.constraints import kept
from thanhsen.lists.declared import Found, List
from thanhsen.models import User
from thanhsen.permissions import Permission, check

CHUNK = 2000  # records fetched at a time
HANDLING = (
    "Tệp này có dữ liệu cá nhân. Chỉ dùng cho việc đã ghi ở trên; không gửi qua mạng xã hội, thư riêng; "
    "gửi cho cơ quan khác phải có văn bản; xong việc thì xoá."
)


def masks(listed: List, by: User) -> bool:
    """Whether numbers of identity papers are masked in this list for this person."""
    return listed.has_secrets and not by.may(Permission.SEE_CCCD)


def take(*, by: User, listed: List, found: Found, reason: str, at: datetime, target: BinaryIO) -> int:
    """The list as a workbook into `target`, and into the trail; the number of lines. Memory does not grow with them."""
    check(by, listed.permission)
    ids, hidden = array("q"), masks(listed, by)
    name = f"{listed.title}: {found.name}" if found.name else listed.title
    with kept():
        rows = workbook.write_list(
            target,
            title=name,
            columns=[workbook.Listed(each.heading, each.width, each.kind) for each in listed.columns],
            rows=_lines(listed, found, ids, hidden),
            about=lambda rows: _about(by, listed, found, name, reason, at, rows, hidden),
            footer=f"{by.full_name} ({by.username}), {localtime(at):%d/%m/%Y %H:%M}",
        )
        if not ids:
            raise ValidationError("Không có dòng nào để xuất. Quay lại danh sách, bỏ bớt điều kiện lọc.")
        after = {"rows": rows, "filters": found.words}
        after |= {"masked": hidden} if listed.has_secrets else {}
        events.read(by=by, act=listed.act, of=listed.of, ids=ids, name=name, reason=reason, after=after)
    return rows


def _lines(listed: List, found: Found, ids: array, hidden: bool) -> Iterator[list]:
    """The lines one after another; the ids of the records they are of are noted as they pass."""
    values = [
        _hiding(each.value, each.hide) if hidden and each.hide else each.value for each in listed.columns
    ]
    records = found.records.iterator(chunk_size=CHUNK)
    while some := list(islice(records, CHUNK)):
        ids.extend(each.pk for each in some)
        for line in found.lines(some):
            yield [value(line) for value in values]


def _hiding(value: Callable, hide: Callable) -> Callable:
    return lambda line: hide(value(line))


def _about(by, listed, found, name, reason, at, rows, hidden) -> list[tuple[str, str]]:
    """What the sheet about the file says: (what, said)."""
    told = [
        ("Danh sách", name),
        ("Người xuất", f"{by.full_name} ({by.username}), {by.get_role_display()}"),
        ("Xuất lúc", f"{localtime(at):%H:%M:%S ngày %d/%m/%Y}"),
        ("Lọc theo", found.words or "không lọc: mọi dòng người xuất được xem"),
        ("Lý do", reason),
        ("Số dòng", vietnamese.number(rows)),
    ]
    if by.practice_of_id is not None:
        told.append(("Dữ liệu", "bịa ra để thực hành, không phải hộ nào có thật"))
    if listed.has_secrets:
        told.append(("Số CCCD, CMND", "đã che, chỉ còn ba số đầu và bốn số cuối" if hidden else "đầy đủ"))
    return [*told, ("Lưu ý", HANDLING)] if listed.personal else told
