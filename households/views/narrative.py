"""The yearly report in words, handed out as a Word file."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from households.documents.kinds import KINDS
from households.reports import Basis, Live, ReportError
from households.reports.narrative import Draft, compose
from households.views.documents import as_word
from thanhsen import events
from thanhsen.models import Area, AreaKind
from thanhsen.permissions import Permission, Role, requires

KIND = KINDS["yearly_report"]
SMALL_COUNTS = (
    "Báo cáo lời văn có cả những số nhỏ hơn 5 nên không dành cho vai trò “Người xem số liệu”. "
    "Anh/chị xem được từng mẫu ở trang Báo cáo; cần báo cáo này thì hỏi công chức giảm nghèo của phường."
)


@require_safe
@requires(Permission.VIEW_REPORTS)
def report_narrative(request, year, area_id):
    """Of a whole ward only: a part of it would pass for the report. Where a check fails, the reader sees which first."""
    if request.user.role == Role.VIEWER:
        raise PermissionDenied(SMALL_COUNTS)
    ward = _ward(request, area_id)
    basis = Basis.PRELIMINARY if request.GET.get("loai") == "so-bo" else Basis.OFFICIAL
    try:
        draft = compose(year, ward, edition=Live(year, basis))
    except ReportError as error:
        return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
    if draft.failures and request.GET.get("confirm") != "1":
        return _asked(request, ward, year, basis, draft)
    events.read(by=request.user, act="document.export", of=Area, ids=[ward.pk], name=_name(ward, year, basis), reason=KIND.label)  # fmt: skip
    return as_word(
        ward, KIND, draft.paper, f"{year} {ward.code} {'so bo' if basis is Basis.PRELIMINARY else ''}"
    )


def _ward(request, area_id: int) -> Area:
    wards = Area.objects.visible_to(request.user).filter(kind=AreaKind.WARD)
    return get_object_or_404(wards.select_related("parent"), pk=area_id)


def _name(ward: Area, year: int, basis: Basis) -> str:
    return f"{ward.name}, năm {year} ({basis.label})"


def _asked(request, ward: Area, year: int, basis: Basis, draft: Draft):
    context = {
        "ward": ward, "year": year, "basis": basis, "failures": draft.failures,
        "preliminary": basis is Basis.PRELIMINARY,
    }  # fmt: skip
    return render(request, "households/report_narrative.html", context, status=409)
