"""A round by both its standards: who would be in and out under the advisory one."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from households.exchange.lists.words import area_in_words
from households.models import Round, Sheet
from households.poverty import Classification, load
from households.reports import standards
from households.reports.standards import REASONS
from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, List
from thanhsen.permissions import Permission, requires
from thanhsen.views.lists import export_of

PAGE = 50
ASKED = ("nay", "moi", "doi")
LABELS = {each.value: each.label for each in Classification}


@requires(Permission.VIEW_HOUSEHOLDS)
def two_standards(request, pk):
    """The matrix of classes, the changes by tổ dân phố, and the households behind the number chosen."""
    round_ = _round(request, pk)
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


def _round(request, pk: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user).select_related("ward"), pk=pk)


def _households(request, round_):
    """One page of the households behind the number that was clicked, or nothing."""
    if not any(typed(request, name) for name in ASKED) and key(request, "to") is None:
        return {"page": None}
    found = find_compared(request, today=localdate(), pk=round_.pk)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user, act="sheet.list", of=Sheet, ids=[each.pk for each in page],
        name=f"Hai chuẩn, {round_}",
    )  # fmt: skip
    return {"page": page, **found.shown}


def find_compared(request, *, today: date, pk: int) -> Found:
    """The sheets of a round by both its standards; those behind a number where one is chosen."""
    round_ = _round(request, pk)
    if not round_.advisory_standard_id:
        raise Http404
    asked, area, labels = {name: typed(request, name) for name in ASKED}, key(request, "to"), LABELS | REASONS
    rows = standards.chosen(standards.compared(round_, request.user), *asked.values())
    if area is not None:
        rows = rows.in_area(area)
    told = [
        ("Theo chuẩn đang áp dụng", labels.get(asked["nay"])),
        ("Theo chuẩn so sánh", labels.get(asked["moi"]) or (asked["moi"] == "unknown" and "chưa chấm được")),
        ("Thay đổi", standards.CHANGES.get(asked["doi"])),
        ("Tổ dân phố", area_in_words(request.user, area)),
    ]
    shown = {"asked": asked, "labels": labels}
    records = rows.select_related("household__area", "score").in_order()
    return Found(records, told, round_.name, shown)


compared_export = export_of(
    List(
        title="Hộ theo hai chuẩn",
        file="hai-chuan",
        act="sheet.export",
        permission=Permission.VIEW_HOUSEHOLDS,
        of=Sheet,
        unit="hộ",
        columns=(
            Column("Mã hộ", lambda each: each.household.code, 14),
            Column("Chủ hộ", lambda each: each.household.head_name, 28),
            Column("Tổ dân phố", lambda each: each.household.area.name, 22),
            Column("Theo chuẩn đang áp dụng", lambda each: LABELS.get(each.now, ""), 22),
            Column("Theo chuẩn so sánh", lambda each: (LABELS | REASONS).get(each.then, ""), 30),
        ),
        find=find_compared,
    )
)


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
