"""The yearly report in words, handed out as a Word file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from households.documents.kinds import KINDS
from households.models import Target
from households.reports import Basis, Edition, Kept, ReportError, edition_of
from households.reports.narrative import compose
from households.views.documents import as_word
from households.views.editions import find_edition
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
    edition = find_edition(request, ward, year)
    try:
        target = Target.objects.visible_to(request.user).filter(ward=ward, year=year).first()
        draft = compose(
            year,
            ward,
            edition=edition,
            past=lambda before: edition_of(ward, before),
            target=target.poor_rate if target else None,
        )
    except ReportError as error:
        return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
    shown = _shown(ward, year, edition)
    if draft.failures and request.GET.get("confirm") != "1":
        context = {**shown, "failures": draft.failures}
        return render(request, "households/report_narrative.html", context, status=409)
    events.read(
        by=request.user, act="document.export", of=Area, ids=[ward.pk], name=shown["name"], reason=KIND.label
    )
    return as_word(ward, KIND, draft.paper, f"{ward.code} {shown['name'].partition(', ')[2]}")


def _ward(request, area_id: int) -> Area:
    wards = Area.objects.visible_to(request.user).filter(kind=AreaKind.WARD)
    return get_object_or_404(wards.select_related("parent"), pk=area_id)


def _shown(ward: Area, year: int, edition: Edition) -> dict[str, Any]:
    """What the page says of the report; `name` also stands in the trail."""
    snapshot = edition.snapshot if isinstance(edition, Kept) else None
    version = f", phiên bản {snapshot.version}" if snapshot else ""
    return {
        "ward": ward, "year": year, "basis": edition.basis, "snapshot": snapshot,
        "preliminary": edition.basis is Basis.PRELIMINARY,
        "name": f"{ward.name}, năm {year} ({edition.basis.label}){version}",
    }  # fmt: skip
