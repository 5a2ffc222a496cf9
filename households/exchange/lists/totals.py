"""The totals of a year, in the columns they are imported by."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

from households.exchange.imports.columns import TOTALS
from households.models import AreaTotal
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission

OWN = ("year", "households", "people", "minority_households", "source")
VALUES: dict[str, Callable[[AreaTotal], Any]] = {
    "area_code": lambda each: each.area.code,
    "area": lambda each: each.area.name,
    **{name: attrgetter(name) for name in OWN},
}
KINDS = {
    "year": Kind.YEAR,
    "households": Kind.NUMBER,
    "people": Kind.NUMBER,
    "minority_households": Kind.NUMBER,
}


def find(request, *, today: date, year: int) -> Found:
    """The figures entered for a year, of the tổ dân phố the reader may see."""
    areas = Area.objects.visible_to(request.user).groups()
    found = AreaTotal.objects.filter(area__in=areas, year=year).select_related("area")
    return Found(
        found.order_by("area__parent__sort_key", "area__parent", "area__sort_key", "area__code", "pk"),
        name=f"năm {year}",
    )


EXPORTED = List(
    title="Tổng số hộ",
    file="tong-so-ho",
    act="total.export",
    permission=Permission.ENTER_TOTALS,
    of=AreaTotal,
    unit="tổ dân phố đã có số",
    columns=[
        Column(each.heading, VALUES[each.name], each.width, KINDS.get(each.name, Kind.TEXT))
        for each in TOTALS
    ],
    find=find,
    personal=False,
)
