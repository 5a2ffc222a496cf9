"""Households of a shock, and the most vulnerable households, as their pages and files hold them."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404

from households.exchange.lists.words import area_in_words
from households.models import Household, ShockEvent, ShockImpact, Vulnerability
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission

STATES = {
    "chua-xem": ("Chưa xem", lambda found: found.unseen()),
    "thiet-hai": ("Có thiệt hại", lambda found: found.struck()),
    "khong": ("Không thiệt hại", lambda found: found.filter(severity="none")),
    "nhe": ("Nhẹ", lambda found: found.filter(severity="light")),
    "nang": ("Nặng", lambda found: found.filter(severity="heavy")),
    "mat-trang": ("Mất trắng, mất nhà, có người chết, mất tích", lambda found: found.filter(severity="lost")),
    "cho-ho-tro": ("Nặng, mất trắng, chưa hỗ trợ", lambda found: found.to_relieve()),
    "da-ho-tro": (
        "Đã hỗ trợ khẩn cấp",
        lambda found: found.filter(support__isnull=False, support__voided_at=None),
    ),
    "cho-don": ("Có thể rơi vào nghèo, chưa ghi đơn", lambda found: found.to_review()),
    "da-co-don": (
        "Đã có đơn rà soát",
        lambda found: found.filter(review__isnull=False, review__withdrawn_on=None),
    ),
}


def find_impacts(request, *, today: date, pk: int) -> Found:
    """The households of a shock by tổ dân phố, state and words."""
    shock = get_object_or_404(ShockEvent.objects.visible_to(request.user).select_related("ward"), pk=pk)
    text, area, state = typed(request, "q"), key(request, "to"), typed(request, "loai")
    found = ShockImpact.objects.visible_to(request.user).filter(shock=shock)
    if area:
        found = found.filter(household__area=area)
    if state in STATES:
        found = STATES[state][1](found)
    if text:
        words = Household.objects.visible_to(request.user).search(text)
        found = found.filter(household__in=words.values("pk"))
    mine = Area.objects.groups().filter(parent=shock.ward_id).under(request.user.area_ids)
    shown = {
        "shock": shock, "text": text, "area": area, "state": state,
        "areas": mine.in_order(), "states": [(code, label) for code, (label, _) in STATES.items()],
    }  # fmt: skip
    asked = [
        ("Có chữ", text),
        ("Tổ dân phố", area_in_words(request.user, area)),
        ("Tình trạng", STATES[state][0] if state in STATES else ""),
    ]
    beside = ("household__area", "support", "review")
    return Found(
        found.select_related(*beside).in_order(), asked, f"{shock} ({shock.happened_on:%d/%m/%Y})", shown
    )


def find_vulnerable(request, *, today: date) -> Found:
    """The newest assessment of each household of the register, those with most weak sides first."""
    area, exposed = key(request, "to"), typed(request, "de-bi")
    found = Vulnerability.objects.visible_to(request.user).newest().filter(household__closed_date=None)
    if area:
        found = found.filter(household__area=area)
    if exposed in Vulnerability.Exposure:
        found = found.filter(exposures__contains=[exposed])
    found = found.with_weak_sides().filter(weak_sides__gt=0).select_related("household__area")
    shown = {
        "area": area, "exposed": exposed, "exposures": Vulnerability.Exposure.choices,
        "areas": Area.objects.visible_to(request.user).groups().in_order(),
    }  # fmt: skip
    asked = [
        ("Tổ dân phố", area_in_words(request.user, area)),
        ("Dễ bị", dict(Vulnerability.Exposure.choices).get(exposed)),
    ]
    return Found(found.order_by("-weak_sides", "household__sort_key", "household__code"), asked, shown=shown)


def _helped(each: ShockImpact) -> str:
    if each.support is None:
        return ""
    return f"{each.support.content}{' (đã bỏ)' if each.support.voided_at else ''}"


def _asked(each: ShockImpact) -> Any:
    return each.review.received_on if each.review and not each.review.withdrawn_on else None


IMPACTS = List(
    title="Hộ bị ảnh hưởng của biến cố",
    file="ho-bi-bien-co",
    act="shock.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=ShockImpact,
    unit="hộ",
    columns=(
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Địa chỉ", lambda each: each.household.address, 32),
        Column("Điện thoại", lambda each: each.household.phone, 13),
        Column("Mức độ", lambda each: each.get_severity_display(), 24),
        Column("Xem ngày", lambda each: each.seen_on, 13, Kind.DAY),
        Column("Ước tính (đồng)", lambda each: each.loss, 16, Kind.NUMBER),
        Column("Thiệt hại gì", lambda each: each.text, 40),
        Column("Có thể rơi vào nghèo", lambda each: "có" if each.pushed_down else "", 14),
        Column("Hỗ trợ khẩn cấp", _helped, 36),
        Column("Đơn rà soát nhận ngày", _asked, 14, Kind.DAY),
    ),
    find=find_impacts,
)
VULNERABLE = List(
    title="Hộ dễ bị tổn thương",
    file="ho-de-bi-ton-thuong",
    act="vulnerability.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Vulnerability,
    unit="hộ",
    columns=(
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Số mặt yếu", lambda each: each.weak_sides, 10, Kind.NUMBER),
        Column("Các mặt yếu", lambda each: "; ".join(each.sides), 60),
        Column("Đang nợ (đồng)", lambda each: each.debt, 16, Kind.NUMBER),
        Column("Nợ ai", lambda each: each.debt_to, 26),
        Column("Xem ngày", lambda each: each.assessed_on, 13, Kind.DAY),
        Column("Ghi rõ", lambda each: each.note, 40),
    ),
    find=find_vulnerable,
)
