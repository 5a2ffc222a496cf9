"""The register: the households of the page, one a line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.db.models import Prefetch

from households.exchange.lists.words import area_in_words
from households.models import Household, Member, Status
from households.models.survey import CLASSIFICATIONS
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission

LISTED = [*CLASSIFICATIONS, ("none", "Chưa có phân loại")]


def find(request, *, today: date) -> Found:
    """The register by tổ dân phố, class and words; those that left it where `ra` is asked for."""
    text, area, classification = typed(request, "q"), key(request, "to"), typed(request, "loai")
    gone = request.GET.get("ra") == "1"
    narrowed = Household.objects.visible_to(request.user)
    if area:
        narrowed = narrowed.in_area(area)
    if not gone:
        narrowed = narrowed.present()
    narrowed = narrowed.of_class(classification, today).select_related("area")
    asked_for = [
        ("Có chữ", text),
        ("Tổ dân phố", area_in_words(request.user, area)),
        ("Phân loại hiện nay", dict(LISTED).get(classification)),
        ("Hộ", "cả hộ đã ra khỏi sổ" if gone else "đang có trong sổ"),
    ]
    shown = {
        "text": text,
        "area": area,
        "areas": Area.objects.visible_to(request.user).groups().in_order(),
        "classes": LISTED,
        "classification": classification,
        "narrowed": narrowed,
    }
    found = (narrowed.search(text) if text else narrowed).in_order()
    return Found(found.prefetch_related(*beside(today)), asked_for, shown=shown)


def beside(day: date) -> tuple[Prefetch, Prefetch]:
    """What a page shows beside each: the class in force on a day, the people."""
    return (
        Prefetch("statuses", Status.objects.on(day), to_attr="in_force"),
        Prefetch("members", Member.objects.present_or_last().head_first(), to_attr="people"),
    )


def class_of(household) -> str:
    """The class in force, as fetched beside."""
    return household.in_force[0].get_classification_display() if household.in_force else ""


def _columns(standing: str) -> tuple[Column, ...]:
    """`standing`: the heading over the class beside each."""
    return (
        Column("Mã hộ", lambda each: each.code, 14),
        Column("Chủ hộ", lambda each: each.head_name, 28),
        Column("Tổ dân phố", lambda each: each.area.name, 22),
        Column("Địa chỉ", lambda each: each.address, 36),
        Column("Điện thoại", lambda each: each.phone, 13),
        Column("Nhân khẩu", lambda each: len(each.people), 11, Kind.NUMBER),
        Column(standing, class_of, 20),
        Column("Vào sổ ngày", lambda each: each.opened_date, 13, Kind.DAY),
        Column("Ra khỏi sổ ngày", lambda each: each.closed_date, 13, Kind.DAY),
        Column("Lý do ra khỏi sổ", lambda each: each.get_closed_reason_display(), 22),
    )


HOUSEHOLDS = List(
    title="Danh sách hộ gia đình",
    file="danh-sach-ho",
    act="household.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=_columns("Phân loại hiện nay"),
    find=find,
    note="Mỗi hộ một dòng. Cần cả thành viên, hoặc để sửa rồi nhập lại: dùng “Xuất sổ hộ”.",
)


def behind(title: str, find: Callable[..., Found]) -> List:
    """The households behind a number of the end of a year; `find` gives them with what is beside on that day."""
    return replace(HOUSEHOLDS, title=title, find=find, columns=_columns("Phân loại cuối năm"), note="")
