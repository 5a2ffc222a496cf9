"""The official forms on screen and as workbooks, and the households behind their numbers."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from households.actions.reports import record_export
from households.exchange.lists import households
from households.models import Household, Snapshot
from households.reports import FORMS, ReportError, behind, build, forms_of, heading_of, rows, today, ward_of
from households.reports.checks import missing_totals
from households.views.editions import Asked, ask, reported
from thanhsen import events, workbook
from thanhsen.addresses import typed
from thanhsen.lists import Found
from thanhsen.models import Area
from thanhsen.permissions import Permission, Role, requires
from thanhsen.views.lists import export_of

YEARS = range(2022, 2031)  # the years of the standards that are loaded
PAGE = 50


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
    ward = ward_of(area) if area else None
    context = {
        "years": YEARS, "year": year, "areas": areas, "area": area, "refused": refused,
        "forms": forms_of(ward).values() if ward else (),
        "missing": _missing(area, year) if area and year else "",
        "versions": list(Snapshot.objects.of(ward, year)) if ward else [],
        "preliminary": request.GET.get("loai") == "so-bo",
    }  # fmt: skip
    return render(request, "households/report_index.html", context, status=400 if refused else 200)


@require_safe
@requires(Permission.VIEW_REPORTS)
def report_form(request, form, year, area_id):
    """One form, filled in, with what its check columns say."""
    if form in FORMS and FORMS[form].is_list:
        return redirect("report_list", form, year, area_id)
    asked = ask(request, form, year, area_id)
    table = _table(request, asked)
    if isinstance(table, HttpResponse):
        return table
    return render(
        request,
        "households/report_form.html",
        {**asked.shown(request.user), "table": table, "failures": table.failures()},
    )


@require_safe
@requires(Permission.VIEW_REPORTS)
def report_download(request, form, year, area_id):
    """The form as a workbook; one whose checks fail only after the reader has seen which."""
    asked = ask(request, form, year, area_id)
    if asked.form.is_list:
        raise Http404
    table = _table(request, asked)
    if isinstance(table, HttpResponse):
        return table
    failures = table.failures()
    if failures and request.GET.get("confirm") != "1":
        context = {**asked.shown(request.user), "table": table, "failures": failures, "asked": True}
        return render(request, "households/report_form.html", context, status=409)
    record_export(
        by=request.user, form=form, name=asked.form.name, year=year, area=asked.area, version=asked.version,
        basis=asked.edition.basis, failures=[each.cell for each in failures], restricted=table.restricted,
    )  # fmt: skip
    kept = asked.kept_file(form) if not table.restricted else None
    return workbook_answer(f"{table.name}.xlsx", bytes(kept.data) if kept else workbook.write(table))


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def report_households(request, form, year, area_id):
    """The households that one number of a form counts, within the reader's rights."""
    found = find_counted(request, today=localdate(), form=form, year=year, area_id=area_id)
    asked = found.shown["asked"]
    page = Paginator(found.records.prefetch_related(None), PAGE).get_page(typed(request, "trang"))
    ids = [each.pk for each in page]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=found.name)
    context = {
        **asked.shown(request.user),
        **found.shown,
        "page": page,
        "rows": today.beside(list(page), date(year, 12, 31)),
        "column": heading_of(build(form, year, asked.area, edition=asked.edition), typed(request, "cot")),
    }
    return render(request, "households/report_households.html", context)


def find_counted(request, *, today: date, form: int, year: int, area_id: int) -> Found:
    """The households that one number of a form counts, those of them that the reader may see."""
    asked = ask(request, form, year, area_id)
    place, key = typed(request, "dong"), typed(request, "cot")
    try:
        counted = behind(form, year, asked.area, place=place, key=key, edition=asked.edition)
    except (ReportError, LookupError):
        raise Http404 from None
    seen = Household.objects.visible_to(request.user).filter(pk__in=counted).select_related("area").in_order()
    name = f"{asked.form.called}, năm {year}, cột {key}"
    shown = {"asked": asked, "counted": len(counted), "line": asked.line_name(place)}
    told = [("Địa bàn", asked.area.name), ("Dòng", shown["line"]), ("Cột", key)]
    return Found(seen.prefetch_related(*households.beside(date(year, 12, 31))), told, name, shown)


counted_export = export_of(households.behind("Các hộ đứng sau một số của báo cáo", find_counted))


def workbook_answer(name: str, data: bytes) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=workbook.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _table(request, asked: Asked):
    """The table, or the page that says why there is none."""
    try:
        return build(
            asked.form.number, asked.year, asked.area, edition=asked.edition,
            restricted=request.user.role == Role.VIEWER,
        )  # fmt: skip
    except ReportError as error:
        return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)


def _areas(user, year: int):
    """The wards and tổ dân phố a user may have reports of, as they were in the year; wards first."""
    return (
        reported(user)
        .filter(Q(valid_to=None) | Q(valid_to__gt=date(year, 1, 1)), valid_from__lte=date(year, 12, 31))
        .select_related("parent")
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
