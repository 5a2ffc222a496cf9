"""Holidays of a year, on one page: what is entered, what could be, and one form for both."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen.forms.holidays import HolidayForm
from thanhsen.holidays import save_holidays, suggested
from thanhsen.models import Holiday
from thanhsen.permissions import Permission, requires

FIRST, LAST = 2022, 2035


@requires(Permission.ENTER_HOLIDAYS)
@require_safe
def holidays_now(request):
    return redirect("holidays_of", year=min(max(localdate().year, FIRST), LAST))


@requires(Permission.ENTER_HOLIDAYS)
@require_http_methods(["GET", "HEAD", "POST"])
def holidays_of(request, year):
    if not FIRST <= year <= LAST:
        raise Http404
    days = list(Holiday.objects.filter(date__year=year).select_related("entered_by").order_by("date"))
    form = HolidayForm(request.POST or None, days=days, suggested=suggested(year))
    if form.carried_out(lambda **data: save_holidays(by=request.user, year=year, **data)):
        messages.success(request, f"Đã lưu ngày nghỉ năm {year}.")
        return redirect("holidays_of", year=year)
    now = localdate().year
    context = {"form": form, "year": year, "days": days, "years": sorted({now - 1, now, now + 1, year})}
    return render(request, "thanhsen/holidays.html", context, status=form.status)
