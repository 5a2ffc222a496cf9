"""Alkire–Foster measures on screen, the households behind them, and the profile to check them elsewhere."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from households.actions.reports import record_profile
from households.exchange.lists import households
from households.exchange.profile import as_csv, as_workbook
from households.forms.measures import MeasuresForm
from households.forms.reports import ExportForm
from households.models import Household
from households.poverty import Standard
from households.reports import Live, ReportError
from households.reports.measures import Found, Grouping, behind, measured, profile
from households.reports.measures_shown import (
    change_lines,
    dimension_lines,
    group_lines,
    indicator_lines,
    summary,
)
from households.views.editions import find_area
from households.views.reports import YEARS
from thanhsen import events, lists, workbook
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, Role, requires
from thanhsen.views.lists import export_of

PAGE = 50


@require_safe
@requires(Permission.VIEW_REPORTS)
def measures(request, year, area_id):
    """H, A, M0, the headcounts and what each indicator, dimension and group adds; two years side by side."""
    area = find_area(request, area_id)
    restricted = request.user.role == Role.VIEWER
    try:
        form, standard = _form(request, year, restricted)
        scope = Live(year).scope(area)
        context = {"area": area, "year": year, "form": form, "standard": standard, "export": ExportForm()}
        if form.is_valid():
            context |= _found(form, standard, scope, area, restricted)
    except (ReportError, ValueError) as error:
        return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
    return render(request, "households/measures.html", context, status=form.status)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def measures_households(request, year, area_id):
    """The households that are poor by the chosen measure, or that lack one indicator."""
    found = find_measured(request, today=localdate(), year=year, area_id=area_id)
    page = Paginator(found.records.prefetch_related(None), PAGE).get_page(typed(request, "trang"))
    ids = [each.pk for each in page]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=found.name)
    return render(request, "households/measures_households.html", {**found.shown, "page": page})


def find_measured(request, *, today: date, year: int, area_id: int) -> lists.Found:
    """The households that are poor by the chosen measure, or that lack one indicator."""
    area = find_area(request, area_id)
    form, standard = _form(request, year, restricted=False)
    code, poor = typed(request, "chi-so"), request.GET.get("ngheo") == "1"
    if not form.is_valid() or (code and code not in standard.codes):
        raise Http404
    ids = behind(Live(year).scope(area), standard, form.choice(), code, censored=poor)
    seen = Household.objects.visible_to(request.user).filter(pk__in=ids).select_related("area").in_order()
    indicator = code and standard.indicator(code)
    shown = {"area": area, "year": year, "counted": len(ids), "indicator": indicator}
    told = [
        ("Địa bàn", area.name),
        ("Ngưỡng k", form.choice().k),
        ("Thiếu hụt", indicator and indicator.name),
        ("Chỉ hộ nghèo đa chiều", poor and "có"),
    ]
    records = seen.prefetch_related(*households.beside(date(year, 12, 31)))
    return lists.Found(records, told, f"Đo lường {year} {code}".strip(), shown)


measured_export = export_of(households.behind("Các hộ đứng sau một số đo lường", find_measured))


@require_POST
@requires(Permission.VIEW_HOUSEHOLDS)
def measures_profile(request, year, area_id):
    """The profile, one line a household and nobody named, as CSV or workbook; with a reason."""
    area = find_area(request, area_id)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "households/measures_refused.html",
            {"form": form, "area": area, "year": year},
            status=422,
        )
    try:
        scope = Live(year).scope(area)
    except ReportError as error:
        return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
    rows = profile(scope, scope.period.standard)
    reason = form.cleaned_data["reason"]
    record_profile(by=request.user, year=year, area=area, rows=len(rows), reason=reason)
    as_book = request.POST.get("dang") == "xlsx"
    make = as_workbook if as_book else as_csv
    name = f"ho-so-do-luong-{year}.{'xlsx' if as_book else 'csv'}"
    return HttpResponse(
        make(scope, scope.period.standard, rows),
        content_type=workbook.CONTENT_TYPE if as_book else "text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _form(request, year: int, restricted: bool) -> tuple[MeasuresForm, Standard]:
    """The form as the address has it. Who may see no small count takes k and the weights as they are: by the
    difference between two choices a small count could be worked out."""
    standard = Live(year).standard()
    chosen = ("so_nam", "co_so", "nhom") if restricted else tuple(request.GET)
    given = {name: request.GET.get(name, "") for name in chosen}
    # Another standard has other indicators: nothing of it stands beside these.
    years = [each for each in YEARS if each != year and Live(each).standard().id == standard.id]
    return MeasuresForm(given, standard=standard, years=years), standard


def _found(form: MeasuresForm, standard: Standard, scope, area, restricted: bool) -> dict:
    """The figures of the page: at most two queries a year, and as many again where small counts are hidden."""
    choice, grouping = form.choice(), form.grouping()
    now = measured(scope, standard, choice, grouping)
    other = form.other_year()
    before: Found | None = None
    if other:
        earlier = Live(other)
        before = measured(earlier.scope(area), earlier.standard(), choice, grouping)
    if now.whole is None:
        return {"empty": True}
    guards = [each for each in (now, before) if each and each.whole] if restricted else []
    wholes = [each.whole for each in guards if each.whole]
    old = before.whole if before else None
    lines = indicator_lines(standard, choice.weights, now.whole, old, wholes)
    return {
        "empty": False,
        "other": other,
        "choice": choice,
        "surveyed": now.surveyed,
        "summary": summary(now.whole, old, wholes),
        "indicators": lines,
        "widest": max(
            (each.contribution.bar for each in lines if float(each.contribution.bar)),
            key=float,
            default="100",
        ),
        "dimensions": dimension_lines(standard, now.whole, wholes),
        "groups": group_lines(scope, grouping, now, before, guards),
        "changes": change_lines(scope, grouping, now, before, guards),
        "grouping": grouping,
        "by_area": grouping is Grouping.AREA,
        "before": before,
        "restricted": restricted,
    }
