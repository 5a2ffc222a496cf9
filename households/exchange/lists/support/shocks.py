"""Households of a shock, and the most vulnerable households, as their pages and files hold them."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from households.exchange.lists.words import area_in_words
from households.models import Household, ShockEvent, ShockImpact, Side, Vulnerability
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
    "mat-trang": ("Mất trắng, sập nhà", lambda found: found.filter(severity="lost")),
    "nguoi-chet": ("Có người chết, mất tích", lambda found: found.filter(severity="death")),
    "cho-ho-tro": ("Thiệt hại từ nặng trở lên, chưa hỗ trợ", lambda found: found.to_relieve()),
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

# Those a household has by itself; what it is exposed to is a filter of its own.
SIDES = [each for each in Side if each not in Vulnerability.Exposure.values]


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
    # Those it struck, and those where a household of its list lives: added one by one, or moved since.
    own = Q(pk__in=shock.areas.values("pk")) | Q(pk__in=shock.impacts.values("household__area"))
    mine = Area.objects.groups().filter(own).under(request.user.area_ids)
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


WAITING = ("chua-xem", "cho-ho-tro", "cho-don")


def find_waiting(request, *, today: date) -> Found:
    """Households of every open shock that wait: to be seen, helped, or for their request to be recorded."""
    area, state = key(request, "to"), typed(request, "loai")
    state = state if state in WAITING else WAITING[0]
    found = STATES[state][1](ShockImpact.objects.visible_to(request.user).of_open_shocks())
    if area:
        found = found.filter(household__area=area)
    shown = {
        "areas": Area.objects.visible_to(request.user).groups().in_order(), "area": area,
        "state": state, "states": [(each, STATES[each][0]) for each in WAITING],
    }  # fmt: skip
    asked = [("Chờ gì", STATES[state][0]), ("Tổ dân phố", area_in_words(request.user, area))]
    beside = found.select_related("shock", "household__area", "support", "review")
    return Found(beside.by_shock(), asked, shown=shown)


def find_vulnerable(request, *, today: date) -> Found:
    """The newest assessment of each household of the register, those with most weak sides first."""
    area, side, exposed = key(request, "to"), typed(request, "mat"), typed(request, "de-bi")
    found = Vulnerability.objects.visible_to(request.user).newest().filter(household__closed_date=None)
    if area:
        found = found.filter(household__area=area)
    side, exposed = side if side in SIDES else "", exposed if exposed in Vulnerability.Exposure else ""
    for each in filter(None, (side, exposed)):
        found = found.of_sides([each])
    found = found.with_weak_sides().filter(weak_sides__gt=0).select_related("household__area")
    shown = {
        "area": area, "side": side, "sides": [(each.value, each.label) for each in SIDES], "exposed": exposed, "exposures": Vulnerability.Exposure.choices,
        "areas": Area.objects.visible_to(request.user).groups().in_order(),
    }  # fmt: skip
    asked = [
        ("Tổ dân phố", area_in_words(request.user, area)),
        ("Mặt yếu", Side(side).label if side else ""),
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
WAITING_HOUSEHOLDS = List(
    title="Hộ của các biến cố đang chờ",
    file="ho-bien-co-dang-cho",
    act="shock.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=ShockImpact,
    unit="hộ",
    columns=(Column("Biến cố", lambda each: each.shock.name, 36), *IMPACTS.columns),
    find=find_waiting,
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
