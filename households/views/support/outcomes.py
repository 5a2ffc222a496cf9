"""What became of the households on the list beside the help they had; the households behind every number."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from households.actions.reports import record_outcomes
from households.exchange.lists import households
from households.exchange.outcomes import as_workbook
from households.models import Household
from households.reports import Live, ReportError
from households.reports.support.outcome_tables import PROVES_NOTHING, tables
from households.reports.support.outcomes import ASKED, opened
from households.views.reports import YEARS, workbook_answer
from thanhsen import events
from thanhsen.addresses import key, typed, whole
from thanhsen.lists import Found
from thanhsen.models import Area, AreaKind
from thanhsen.permissions import Permission, Role, requires
from thanhsen.views.lists import export_of

PAGE = 50


@require_safe
@requires(Permission.VIEW_REPORTS)
def outcome_page(request):
    """To the year and place asked for; without them, to the last year that ended and the reader's first place."""
    areas = _areas(request.user)
    area = areas.filter(pk=key(request, "dia_ban") or 0).first() or areas.first()
    if area is None:
        reason = "Anh/chị chưa được giao địa bàn nào. Nhờ quản trị giao địa bàn, rồi mở lại trang này."
        return render(request, "households/report_refused.html", {"reason": reason}, status=400)
    year = whole(typed(request, "nam"))
    return redirect("outcomes", year if year in YEARS else localdate().year - 1, area.pk)


@require_safe
@requires(Permission.VIEW_REPORTS)
def outcomes_of_year(request, year, area_id):
    """Every table of one year and place."""
    area = _area(request, area_id)
    try:
        found = tables(Live(year).scope(area), restricted=_restricted(request.user))
    except ReportError as error:
        return _refused(request, error)
    context = {
        "area": area, "areas": _areas(request.user), "year": year, "tables": found,
        "years": [each for each in YEARS if each <= max(year, localdate().year)],
        "restricted": _restricted(request.user), "unfinished": date(year, 12, 31) > localdate(),
        "proves_nothing": PROVES_NOTHING,
        "behind": reverse("outcome_households", args=[year, area.pk]) if request.user.may(Permission.VIEW_HOUSEHOLDS) else "",
    }  # fmt: skip
    return render(request, "households/support/outcomes.html", context)


@require_safe
@requires(Permission.VIEW_REPORTS)
def outcomes_download(request, year, area_id):
    """The tables as a workbook."""
    area, restricted = _area(request, area_id), _restricted(request.user)
    try:
        found = tables(Live(year).scope(area), restricted=restricted)
    except ReportError as error:
        return _refused(request, error)
    record_outcomes(by=request.user, year=year, area=area, restricted=restricted)
    return workbook_answer(f"ket-qua-ho-tro-{year}.xlsx", as_workbook(area.name, year, found))


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def outcome_households(request, year, area_id):
    """The households behind one number."""
    found = find_behind(request, today=localdate(), year=year, area_id=area_id)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    ids = [each.pk for each in page]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=found.name)
    return render(request, "households/support/outcome_households.html", {**found.shown, "page": page})


def find_behind(request, *, today: date, year: int, area_id: int) -> Found:
    """The households behind one number, with their class at the end of the year; 404 where there is no such number."""
    area = _area(request, area_id)
    try:
        title, ids = opened(Live(year).scope(area), {name: typed(request, name) for name in ASKED})
    except ReportError:
        raise Http404 from None
    seen = Household.objects.visible_to(request.user).filter(pk__in=ids).select_related("area").in_order()
    shown = {"area": area, "year": year, "title": title, "counted": len(ids)}
    records = seen.prefetch_related(*households.beside(date(year, 12, 31)))
    return Found(
        records, [("Địa bàn", area.name), ("Số liệu", title)], f"Kết quả hỗ trợ {year}: {title}", shown
    )


outcome_export = export_of(households.behind("Các hộ đứng sau một số của kết quả hỗ trợ", find_behind))


def _area(request, area_id: int) -> Area:
    return get_object_or_404(_areas(request.user), pk=area_id)


def _areas(user):
    """The places a reader may have the tables of, wards first. Who may see no count under 5 has a tổ dân phố only
    where its ward is not theirs: one table taken from the other would give such counts away."""
    found = Area.objects.visible_to(user).exclude(kind=AreaKind.PROVINCE).select_related("parent__parent")
    if _restricted(user):
        found = found.exclude(parent__in=Area.objects.visible_to(user).filter(kind=AreaKind.WARD))
    return found.order_by("-kind", "sort_key", "code", "pk")


def _restricted(user) -> bool:
    return user.role == Role.VIEWER


def _refused(request, error: ReportError):
    return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
