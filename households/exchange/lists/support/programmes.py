"""The programmes of a ward."""

from datetime import date

from django.db.models import Q

from households.models import Policy, Programme
from thanhsen.addresses import typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.permissions import Permission


def find_programmes(request, *, today: date) -> Found:
    """By policy; those that ended where `het` is asked for."""
    policy, ended = typed(request, "chinh-sach"), request.GET.get("het") == "1"
    records = Programme.objects.visible_to(request.user).select_related("ward").in_order()
    if policy in Policy.values:
        records = records.filter(policy=policy)
    if not ended:
        records = records.filter(Q(valid_to=None) | Q(valid_to__gt=today))
    shown = {"policy": policy, "policies": Policy.choices, "ended": ended}
    asked = [
        ("Chính sách", dict(Policy.choices).get(policy, "")),
        ("Chương trình", "cả chương trình đã hết" if ended else "đang và sắp áp dụng"),
    ]
    return Found(records, asked, shown=shown)


PROGRAMMES = List(
    title="Chương trình hỗ trợ",
    file="chuong-trinh-ho-tro",
    act="programme.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Programme,
    unit="chương trình",
    personal=False,
    columns=(
        Column("Chính sách", lambda each: each.get_policy_display(), 28),
        Column("Tên", lambda each: each.name, 36),
        Column("Căn cứ", lambda each: each.legal_basis, 40),
        Column("Nội dung, mức hưởng", lambda each: each.content, 44),
        Column("Mức tiền (đồng)", lambda each: each.amount, 16, Kind.NUMBER),
        Column("Tỷ lệ (%)", lambda each: each.share, 10, Kind.DECIMAL),
        Column("Nguồn", lambda each: each.source, 28),
        Column("Mỗi kỳ", lambda each: each.get_per_display(), 16),
        Column("Từ ngày", lambda each: each.valid_from, 13, Kind.DAY),
        Column("Đến trước ngày", lambda each: each.valid_to, 13, Kind.DAY),
    ),
    find=find_programmes,
)
