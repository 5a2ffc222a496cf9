"""The official forms on screen and as a workbook."""

from datetime import date

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from households.actions.reports import record_export
from households.reports import FORMS, ReportError, build, rows
from households.reports.checks import missing_totals
from thanhsen import workbook
from thanhsen.models import Area, AreaKind
from thanhsen.permissions import Permission, Role, requires
from thanhsen.tables import Table

YEARS = range(2022, 2031)  # the years of the standards that are loaded


@require_safe
@requires(Permission.VIEW_REPORTS)
def report_index(request):
    """Choose a year and an area, then a form; which totals are missing is said before."""
    year = _year(request.GET.get("nam", ""))
    areas = list(_areas(request.user, year)) if year else []
    area, refused = (
        _chosen(areas, request.GET.get("dia_ban", ""))
        if year
        else (None, "Năm không đúng: chọn một năm trong danh sách.")
    )
    context = {
        "years": YEARS, "year": year, "areas": areas, "area": area, "forms": FORMS.values(), "refused": refused,
        "missing": _missing(area, year) if area and year else "",
    }  # fmt: skip
    return render(request, "households/report_index.html", context, status=400 if refused else 200)


@require_safe
@requires(Permission.VIEW_REPORTS)
def report_form(request, form, year, area_id):
    """One form, filled in, with what its check columns say."""
    area, table, refusal = _load(request, form, year, area_id)
    if refusal:
        return refusal
    context = {"table": table, "form": FORMS[form], "year": year, "area": area, "failures": table.failures()}
    return render(request, "households/report_form.html", context)


@require_safe
@requires(Permission.VIEW_REPORTS)
def report_download(request, form, year, area_id):
    """The form as a workbook; one whose checks fail only after the reader has seen which."""
    area, table, refusal = _load(request, form, year, area_id)
    if refusal:
        return refusal
    failures = table.failures()
    if failures and request.GET.get("confirm") != "1":
        context = {
            "table": table,
            "form": FORMS[form],
            "year": year,
            "area": area,
            "failures": failures,
            "asked": True,
        }
        return render(request, "households/report_form.html", context, status=409)
    record_export(
        by=request.user, form=form, name=FORMS[form].name, year=year, area=area,
        failures=[each.cell for each in failures], restricted=table.restricted,
    )  # fmt: skip
    return HttpResponse(
        workbook.write(table),
        content_type=workbook.CONTENT_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{table.name}.xlsx"',
            "Cache-Control": "no-store",
        },
    )


def _load(request, form: int, year: int, area_id: int) -> tuple[Area, Table, HttpResponse | None]:
    """The area and the table, or the page that says why there is none."""
    if form not in FORMS:
        raise Http404
    areas = Area.objects.visible_to(request.user).exclude(kind=AreaKind.PROVINCE)
    area = get_object_or_404(areas.select_related("parent__parent"), pk=area_id)
    try:
        return area, build(form, year, area, restricted=request.user.role == Role.VIEWER), None
    except ReportError as error:
        page = render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
        return area, None, page  # type: ignore[return-value]


def _areas(user, year: int):
    """The wards and tổ dân phố a user may have reports of, as they were in the year; wards first."""
    return (
        Area.objects.visible_to(user)
        .exclude(kind=AreaKind.PROVINCE)
        .filter(Q(valid_to=None) | Q(valid_to__gt=date(year, 1, 1)), valid_from__lte=date(year, 12, 31))
        .order_by("-kind", "sort_key", "code", "pk")
    )


def _year(text: str) -> int | None:
    if not text:
        return min(max(localdate().year, YEARS[0]), YEARS[-1])
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS else None


def _chosen(areas: list[Area], text: str) -> tuple[Area | None, str]:
    """The area asked for, the first one when none is, and why not."""
    if not text:
        return (areas[0] if areas else None), ""
    found = next((area for area in areas if str(area.pk) == text), None)
    return (
        found,
        "" if found else "Địa bàn này không có trong năm đã chọn, hoặc không thuộc phạm vi của anh/chị.",
    )


def _missing(area: Area, year: int) -> str:
    names = [unit.name for unit in rows.units(area, rows.Period(year)) if unit.lacks_total]
    return missing_totals(names, year) if names else ""
