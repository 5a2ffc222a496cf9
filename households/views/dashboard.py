"""The picture of the ward for its leaders, on one page that also prints."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from households.models import Decision
from households.reports.picture import Behind, draw
from households.reports.picture.series import FIRST
from thanhsen.models import Area, AreaKind, User
from thanhsen.permissions import Permission, Role, requires


@require_safe
@requires(Permission.VIEW_REPORTS)
def dashboard(request):
    """Choose a ward or a tổ dân phố and a year; the picture of it."""
    today = localdate()
    areas = _areas(request.user)
    years = range(FIRST, max(today.year, FIRST) + 1)
    area, year, refused = _asked(request, areas, years, today)
    picture = None
    if area and year:
        picture = draw(area, year, today=today, restricted=request.user.role == Role.VIEWER)
    context = {
        "areas": areas, "years": years, "area": area, "year": year, "refused": refused, "picture": picture,
        "opens": Opens(request.user, area), "restricted": request.user.role == Role.VIEWER,
    }  # fmt: skip
    return render(request, "households/dashboard.html", context, status=400 if refused else 200)


@dataclass(frozen=True)
class Opens:
    """Where a number leads for this reader: to its households, or to the form that holds it."""

    user: User
    area: Area | None

    def address(self, behind: Behind | None) -> str:
        if behind is None or self.area is None:
            return ""
        where = [behind.form, behind.year, self.area.pk]
        if self.user.may(Permission.VIEW_HOUSEHOLDS):
            asked = urlencode({"dong": behind.place, "cot": behind.key})
            return f"{reverse('report_households', args=where)}?{asked}"
        return reverse("report_form", args=where)


def _areas(user) -> list[Area]:
    """The wards, then the tổ dân phố, that the reader may have the picture of.

    Who sees aggregates only chooses no tổ dân phố of a ward that is on offer: what the ward's table withholds there
    would stand on the page of the tổ dân phố.
    """
    places = Area.objects.visible_to(user).exclude(kind=AreaKind.PROVINCE)
    found = list(places.order_by("-kind", "sort_key", "code", "pk"))
    if user.role != Role.VIEWER:
        return found
    wards = {each.pk for each in found if not each.is_group}
    return [each for each in found if each.parent_id not in wards]


def _asked(request, areas: list[Area], years: range, today: date) -> tuple[Area | None, int | None, str]:
    """The area and the year asked for, or those one starts with; and what is wrong with them."""
    place, typed = request.GET.get("dia_ban", ""), request.GET.get("nam", "")
    area = next((each for each in areas if str(each.pk) == place), None) if place else next(iter(areas), None)
    if place and area is None:
        return None, None, "Địa bàn này không thuộc phạm vi của anh/chị. Chọn một địa bàn trong danh sách."
    if not typed:
        return area, _latest(request.user, area, years, today) if area else None, ""
    if typed not in map(str, years):
        return area, None, f"Chưa có số của năm này. Chọn một năm từ {years[0]} đến {years[-1]}."
    return area, int(typed), ""


def _latest(user, area: Area, years: range, today: date) -> int:
    """This year once its periodic round has a decision, the year before until then."""
    decided = Decision.objects.visible_to(user).filter(
        ward=area.parent_id if area.is_group else area.pk,
        round__kind="periodic",
        round__year=today.year,
        date__lte=today,
    )
    return years[-1] if len(years) == 1 or decided.exists() else years[-2]
