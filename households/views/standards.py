"""A round by both its standards: who would be in and out under the advisory one."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from households.models import Round, Sheet
from households.poverty import Classification, load
from households.reports import standards
from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.permissions import Permission, requires

PAGE = 50
LABELS = {each.value: each.label for each in Classification}


@requires(Permission.VIEW_HOUSEHOLDS)
def two_standards(request, pk):
    """The matrix of classes, the changes by tổ dân phố, and the households behind the number chosen."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("ward"), pk=pk)
    if not round_.advisory_standard_id:
        return render(request, "households/two_standards_none.html", {"round": round_}, status=404)
    found = standards.compare(round_, request.user)
    context = {
        "round": round_,
        "deciding": load(round_.standard_id),
        "advisory": load(round_.advisory_standard_id),
        "found": found,
        "rows": _matrix(found),
        "columns": _columns(found),
        "classes": list(Classification),
        "reasons": [(code, label, found.column(code)) for code, label in standards.REASONS.items()],
        "changes": standards.CHANGES,
        **_households(request, round_),
    }
    return render(request, "households/two_standards.html", context)


def _households(request, round_):
    """One page of the households behind the number that was clicked, or nothing."""
    asked = {name: typed(request, name) for name in ("nay", "moi", "doi")}
    area = key(request, "to")
    if not any(asked.values()) and area is None:
        return {"page": None}
    rows = standards.chosen(
        standards.compared(round_, request.user), asked["nay"], asked["moi"], asked["doi"]
    )
    if area is not None:
        rows = rows.in_area(area)
    page = Paginator(rows.select_related("household__area", "score").in_order(), PAGE).get_page(
        typed(request, "trang")
    )
    events.read(
        by=request.user,
        act="sheet.list",
        of=Sheet,
        ids=[each.pk for each in page],
        name=f"Hai chuẩn, {round_}",
    )
    return {"page": page, "asked": asked, "labels": LABELS | standards.REASONS}


def _matrix(found):
    """(class, [(advisory class, count, what becomes)], without an advisory score, sum of the row)."""
    return [
        (
            now,
            [(then, found.cells.get((now, then), 0), standards.change(now, then)) for then in Classification],
            sum(found.cells.get((now, reason), 0) for reason in standards.REASONS),
            found.row(now),
        )
        for now in Classification
    ]


def _columns(found):
    unknown = sum(found.column(reason) for reason in standards.REASONS)
    return [*((then.value, found.column(then)) for then in Classification), ("unknown", unknown)]
