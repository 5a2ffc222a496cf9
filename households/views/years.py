"""The years of a ward: which are closed, what is still open in one, closing it, and putting a closed one right."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions import years
from households.actions.years import close_year
from households.forms.years import CloseYearForm, CorrectionForm
from households.models import ClosedYear, Correction, Snapshot
from households.reports import Kept, Live, closing, differences, edition_of, freeze, overview
from households.reports.verify import verified
from households.reports.wording import of_ward
from thanhsen.addresses import typed
from thanhsen.forms import PortalForm
from thanhsen.models import Area
from thanhsen.permissions import Permission, Role, requires

FIRST = years.FIRST
PAGE = 200  # differences


@require_safe
@requires(Permission.CLOSE_YEAR)
def year_list(request):
    """Every year of the reader's wards, the present one first."""
    wards = list(_wards(request))
    closed = {(each.ward_id, each.year): each for each in _closed(request)}
    rows = [
        (ward, [_row(ward, year, closed) for year in range(localdate().year, FIRST - 1, -1)])
        for ward in wards
    ]
    corrections = Correction.objects.visible_to(request.user).filter(outcome="").select_related("ward")
    context = {"rows": rows, "this_year": localdate().year, "corrections": list(corrections)}
    return render(request, "households/year_list.html", context)


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
            by=request.user, ward=ward, year=year, reason=reason, today=localdate(), freeze=freeze
        )
    ):
        messages.success(request, f"Đã khoá sổ năm {year}. Bộ báo cáo của năm đã được chốt lại nguyên vẹn.")
        return redirect("year_versions", ward.pk, year)
    context = {
        "form": form,
        "ward": ward,
        "year": year,
        "checklist": closing.still_open(ward, year),
        "figures": overview.figures([ward.pk], date(year, 12, 31)),
    }
    return render(request, "households/year_close.html", context, status=form.status)


@require_safe
@requires(Permission.VIEW_REPORTS)
def year_versions(request, ward, year):
    """The versions of a closed year: digest, who, why, and whether what is stored is still what was kept."""
    ward = get_object_or_404(Area.objects.visible_to(request.user).wards(), pk=ward)
    versions = list(Snapshot.objects.of(ward, year).select_related("made_by", "correction"))
    correction = Correction.objects.filter(ward=ward, year__lte=year, outcome="").first()
    context = {
        "ward": ward,
        "year": year,
        "versions": [(each, verified(each)) for each in versions],
        "correction": correction,
        "is_closed": ClosedYear.objects.covers(ward, year),
    }
    return render(request, "households/year_versions.html", context)


@require_safe
@requires(Permission.VIEW_REPORTS)
def year_differences(request, ward, year, version):
    """What a version says otherwise than the one before it. Without names of households where the reader has none."""
    ward = get_object_or_404(Area.objects.visible_to(request.user).wards(), pk=ward)
    if request.user.role == Role.VIEWER:
        raise Http404  # single cells would give away small counts
    newer, older = (
        get_object_or_404(Snapshot, ward=ward, year=year, version=each) for each in (version, version - 1)
    )
    found = _shown(request, differences.between(Kept.of(older), Kept.of(newer), ward))
    context = {"ward": ward, "year": year, "older": older, "newer": newer, "page": found}
    return render(request, "households/year_differences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLOSE_YEAR)
def correction_open(request, ward, year):
    """Open a closed year for a figure to be put right."""
    ward = get_object_or_404(_wards(request), pk=ward)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda **given: years.open_correction(by=request.user, ward=ward, year=year, **given)
    ):
        messages.success(request, f"Đã mở đính chính từ năm {year}. Sửa số liệu xong thì chốt phiên bản mới.")
        return redirect("correction_detail", form.result.pk)
    return render(
        request,
        "households/correction_form.html",
        {"form": form, "ward": ward, "year": year},
        status=form.status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CLOSE_YEAR)
def correction_detail(request, pk):
    """What a correction has changed so far; keep it as a new version, or drop it where nothing changed."""
    correction = get_object_or_404(Correction.objects.governed_by(request.user).select_related("ward"), pk=pk)
    form = PortalForm(request.POST or None)
    act = years.drop_correction if request.POST.get("act") == "drop" else years.keep_correction
    if request.method == "POST" and form.carried_out(
        lambda: act(by=request.user, correction=correction, freeze=freeze)
    ):
        messages.success(request, "Đã kết thúc đính chính; các năm đã khoá trở lại.")
        return redirect("year_versions", correction.ward_id, correction.year)
    context = {"correction": correction, "form": form, "page": _shown(request, _so_far(correction))}
    return render(request, "households/correction_detail.html", context, status=form.status)


def _so_far(correction: Correction) -> list:
    """The differences of the year of an open correction."""
    kept = edition_of(correction.ward, correction.year)
    if correction.outcome or not isinstance(kept, Kept):
        return []
    live = Live(correction.year, words=of_ward(correction.ward))
    return differences.between(kept, live, correction.ward)


def _shown(request, found: list):
    """A page of differences; those of the lists, which name households, only for who may see households."""
    if not request.user.may(Permission.VIEW_HOUSEHOLDS):
        found = [each for each in found if each.form not in {14, 15}]
    return Paginator(found, PAGE).get_page(typed(request, "trang"))


def _wards(request):
    return Area.objects.visible_to(request.user).wards().order_by("code", "pk")


def _closed(request):
    return ClosedYear.objects.visible_to(request.user).select_related("closed_by")


def _row(ward, year, closed) -> dict:
    """`closed`: the act that closed it, its own or of a later year."""
    later = [act for (pk, closed_year), act in closed.items() if pk == ward.pk and closed_year >= year]
    return {"year": year, "closed": min(later, key=lambda act: act.year) if later else None}
