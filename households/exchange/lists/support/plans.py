"""Households by the state of their plan."""

from datetime import date

from django.db.models import Prefetch

from households.exchange.lists.words import area_in_words
from households.models import Household, Plan, Status
from households.reports.support.plans import FILTERS, filtered
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission


def find_plans(request, *, today: date) -> Found:
    """`loc`: the state (FILTERS); a line is the household, its class in force and its open plan, each or None."""
    chosen, area, text = typed(request, "loc"), key(request, "to"), typed(request, "q")
    chosen = chosen if chosen in FILTERS else ""
    homes = filtered(request.user, today, chosen)
    if area:
        homes = homes.in_area(area)
    if text:
        homes = homes.search(text)
    homes = homes.select_related("area").prefetch_related(
        Prefetch("statuses", Status.objects.on(today), to_attr="in_force"),
        Prefetch(
            "plans", Plan.objects.filter(closed_on=None).select_related("responsible"), to_attr="open_plans"
        ),
    )
    shown = {
        "chosen": chosen,
        "filters": FILTERS.items(),
        "areas": Area.objects.visible_to(request.user).groups().in_order(),
        "area": area,
        "text": text,
    }
    asked = [
        ("Kế hoạch", FILTERS[chosen]),
        ("Tổ dân phố", area_in_words(request.user, area)),
        ("Có chữ", text),
    ]

    def lines(records):
        return [
            (each, next(iter(each.in_force), None), next(iter(each.open_plans), None)) for each in records
        ]

    return Found(homes.in_order(), asked, shown=shown, lines=lines)


PLANS = List(
    title="Kế hoạch hỗ trợ hộ",
    file="ke-hoach-ho",
    act="plan.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=(
        Column("Mã hộ", lambda line: line[0].code, 12),
        Column("Chủ hộ", lambda line: line[0].head_name, 26),
        Column("Tổ dân phố", lambda line: line[0].area.name, 24),
        Column("Phân loại", lambda line: line[1].get_classification_display() if line[1] else "", 18),
        Column("Mục tiêu", lambda line: line[2].goal if line[2] else "", 50),
        Column("Ký ngày", lambda line: line[2].agreed_on if line[2] else None, 13, Kind.DAY),
        Column("Xem lại lần tới", lambda line: line[2].next_review_on if line[2] else None, 13, Kind.DAY),
        Column(
            "Phụ trách",
            lambda line: line[2].responsible.full_name if line[2] and line[2].responsible else "",
            24,
        ),
    ),
    find=find_plans,
)
