"""What was received of a programme in a year, and the plan of every programme in it."""

from datetime import date

from django.shortcuts import get_object_or_404

from households.models import Programme, Receipt
from thanhsen.addresses import key
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission


def find_receipts(request, *, today: date, pk: int, year: int) -> Found:
    """Every receipt of the line in the year that counts, by day."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    area = key(request, "to")
    records = (
        Receipt.objects.visible_to(request.user)
        .counted()
        .filter(support__line=programme.line_id, received_on__year=year)
        .select_related("support__household", "support__member", "support__area", "made_by")
        .order_by("received_on", "pk")
    )
    name = ""
    if area:
        records = records.filter(support__area=area)
        name = (
            Area.objects.visible_to(request.user).filter(pk=area).values_list("name", flat=True).first() or ""
        )
    shown = {"programme": programme, "year": year, "area_name": name}
    return Found(records, [("Tổ dân phố", name)], f"{programme}, năm {year}", shown)


RECEIPTS = List(
    title="Các lần nhận",
    file="cac-lan-nhan",
    act="support.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Receipt,
    unit="lần nhận",
    columns=(
        Column("Nhận ngày", lambda each: each.received_on, 13, Kind.DAY),
        Column("Mã hộ", lambda each: each.support.household.code, 12),
        Column("Chủ hộ", lambda each: each.support.household.head_name, 26),
        Column("Người hưởng", lambda each: each.support.member.full_name if each.support.member else "", 26),
        Column("Tổ dân phố", lambda each: each.support.area.name, 24),
        Column("Đồng", lambda each: each.amount, 16, Kind.NUMBER),
        Column("Ghi chú", lambda each: each.note, 30),
        Column("Người ghi", lambda each: each.made_by.full_name if each.made_by else "", 24),
    ),
    find=find_receipts,
)
