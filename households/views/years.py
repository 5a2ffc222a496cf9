"""The years of a ward: which are closed, what is still open in one, and closing it."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households.actions.years import close_year
from households.forms.years import CloseYearForm
from households.models import ClosedYear
from households.reports import closing, overview
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

FIRST = 2022  # of the standards the portal holds


@requires(Permission.CLOSE_YEAR)
def year_list(request):
    """Every year of the reader's wards, the present one first."""
    wards = list(_wards(request))
    closed = {(each.ward_id, each.year): each for each in _closed(request)}
    years = range(localdate().year, FIRST - 1, -1)
    rows = [(ward, [_row(ward, year, closed) for year in years]) for ward in wards]
    return render(request, "households/year_list.html", {"rows": rows, "this_year": localdate().year})


@requires(Permission.CLOSE_YEAR)
def year_close(request, ward, year):
    """The checklist, then the words typed."""
    ward = get_object_or_404(_wards(request), pk=ward)
    if not FIRST <= year <= localdate().year or ClosedYear.objects.covers(ward, year):
        messages.info(request, f"Năm {year} đã khoá sổ hoặc không có trong cổng.")
        return redirect("year_list")
    form = CloseYearForm(request.POST or None, year=year)
    if request.method == "POST" and form.carried_out(
        lambda reason, **_: close_year(
            by=request.user, ward=ward, year=year, reason=reason, today=localdate()
        )
    ):
        messages.success(request, f"Đã khoá sổ năm {year}. Số liệu của năm không đổi nữa.")
        return redirect("year_list")
    context = {
        "form": form,
        "ward": ward,
        "year": year,
        "checklist": closing.still_open(ward, year),
        "figures": overview.figures([ward.pk], date(year, 12, 31)),
    }
    return render(request, "households/year_close.html", context, status=form.status)


def _wards(request):
    return Area.objects.visible_to(request.user).wards().order_by("code", "pk")


def _closed(request):
    return ClosedYear.objects.visible_to(request.user).select_related("closed_by")


def _row(ward, year, closed) -> dict:
    """`closed`: the act that closed it, its own or of a later year."""
    later = [act for (pk, closed_year), act in closed.items() if pk == ward.pk and closed_year >= year]
    return {"year": year, "closed": min(later, key=lambda act: act.year) if later else None}
