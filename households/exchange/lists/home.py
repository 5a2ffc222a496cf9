"""What one household received and lived through."""

from datetime import date

from django.shortcuts import get_object_or_404

from households.models import Household, LifeEvent, Support
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.permissions import Permission


def _household(request, pk: int) -> Household:
    return get_object_or_404(Household.objects.visible_to(request.user).select_related("area"), pk=pk)


def find_supports(request, *, today: date, pk: int) -> Found:
    """The help a household received, the latest first, mistakes included."""
    household = _household(request, pk)
    records = household.supports.with_received().select_related("made_by", "voided_by").newest_first()
    return Found(records, (), f"hộ {household}", {"household": household})


def find_events(request, *, today: date, pk: int) -> Found:
    """What was recorded of the life of a household, the latest first."""
    household = _household(request, pk)
    found = LifeEvent.objects.of([household]).newest_first()
    beside = ("made_by", "reversed_by", "member", "household", "other_household")
    return Found(found.select_related(*beside), (), f"hộ {household}", {"household": household})


def _name(user) -> str:
    return user.full_name if user else ""


SUPPORTS = List(
    title="Hỗ trợ đã nhận",
    file="ho-tro-da-nhan",
    act="support.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Support,
    unit="khoản",
    columns=(
        Column("Nhận ngày", lambda each: each.last_received_on, 13, Kind.DAY),
        Column("Chính sách", lambda each: each.get_policy_display(), 30),
        Column("Nội dung", lambda each: each.content, 40),
        Column("Đồng", lambda each: each.received, 16, Kind.NUMBER),
        Column("Nguồn", lambda each: each.source, 28),
        Column("Người ghi", lambda each: _name(each.made_by), 24),
        Column("Đã bỏ vì", lambda each: each.void_reason, 30),
        Column("Người bỏ", lambda each: _name(each.voided_by), 24),
    ),
    find=find_supports,
)
EVENTS = List(
    title="Sự kiện của hộ",
    file="su-kien-cua-ho",
    act="life.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=LifeEvent,
    unit="sự kiện",
    columns=(
        Column("Ngày", lambda each: each.date, 13, Kind.DAY),
        Column("Sự kiện", lambda each: each.get_kind_display(), 28),
        Column("Người", lambda each: each.member.full_name if each.member else "", 26),
        Column("Hộ", lambda each: str(each.household), 28),
        Column("Hộ liên quan", lambda each: str(each.other_household or ""), 28),
        Column("Lý do, căn cứ", lambda each: each.reason, 40),
        Column("Người ghi", lambda each: _name(each.made_by), 24),
        Column("Ghi lúc", lambda each: each.made_at, 17, Kind.MOMENT),
        Column("Huỷ lúc", lambda each: each.reversed_at, 17, Kind.MOMENT),
        Column("Người huỷ", lambda each: _name(each.reversed_by), 24),
        Column("Lý do huỷ", lambda each: each.reversal_reason, 30),
    ),
    find=find_events,
)
