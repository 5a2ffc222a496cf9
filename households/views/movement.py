"""Movement between any two years on screen: the matrix, why households left and came, and who they are."""

from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from households.actions.reports import record_comparison
from households.models import Household, Status
from households.reports import ReportError
from households.reports.comparison import CAME_FROM, WENT_TO, compare
from households.reports.comparison_table import table_of
from households.reports.matrix import Between, between_years, where_they_stood
from households.reports.opened import ASKED, opened
from households.views.reports import YEARS, workbook_answer
from thanhsen import events, workbook
from thanhsen.addresses import typed, whole
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area, AreaKind
from thanhsen.permissions import Permission, Role, requires
from thanhsen.views.lists import export_of

PAGE = 50


@require_safe
@requires(Permission.VIEW_REPORTS)
def movement(request):
    """Choose a place and two years; then the matrix and what explains it."""
    areas = list(_areas(request.user))
    area = _chosen(areas, request.GET.get("dia_ban", ""))
    first, second = _years(request)
    context: dict[str, Any] = {
        "areas": areas,
        "area": area,
        "years": YEARS,
        "first": first,
        "second": second,
        "after": WENT_TO,
    }
    if areas and area is None:
        context["refused"] = "Địa bàn này không thuộc phạm vi của anh/chị. Chọn một địa bàn trong danh sách."
    elif area:
        try:
            found = compare(between_years(area, first, second), restricted=_restricted(request.user))
        except ReportError as error:
            context["refused"] = str(error)
        else:
            context |= {
                "found": found,
                "standards": found.between.standards,
                "unfinished": found.between.span.second > localdate(),
                "open": _opens(request.user, found.between),
            }
    return render(request, "households/movement.html", context, status=400 if context.get("refused") else 200)


@require_safe
@requires(Permission.VIEW_REPORTS)
def movement_download(request, area_id, first, second):
    """The matrix as a workbook."""
    between, refusal = _load(request, area_id, first, second)
    if refusal:
        return refusal
    table = table_of(compare(between, restricted=_restricted(request.user)))
    record_comparison(
        by=request.user, first=first, second=second, area=between.area, restricted=table.restricted
    )
    return workbook_answer(f"{table.name}.xlsx", workbook.write(table))


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def movement_households(request, area_id, first, second):
    """The households behind one number, as far as the reader may see them."""
    try:
        found = find_moved(request, today=localdate(), area_id=area_id, first=first, second=second)
    except ReportError as error:
        return _refused(request, error)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    shown = list(page)
    events.read(
        by=request.user, act="household.list", of=Household, ids=[each.pk for each in shown], name=found.name
    )
    context = {**found.shown, "page": page, "rows": list(found.lines(shown))}
    return render(request, "households/movement_households.html", context)


def find_moved(request, *, today: date, area_id: int, first: int, second: int) -> Found:
    """The households behind one number, where each stood in the two years; ReportError where there is no such number."""
    between = between_years(get_object_or_404(_areas(request.user), pk=area_id), first, second)
    behind = opened(between, {name: typed(request, name) for name in ASKED})
    found = Household.objects.visible_to(request.user).filter(pk__in=behind.ids).select_related("area")
    shown = {
        "between": between,
        "title": behind.title,
        "counted": len(behind.ids),
        "two_standards": between.first.standard != between.second.standard,
    }
    name = f"{behind.title}, {between.area.name}, {first}–{second}"
    return Found(found.in_order(), (), name, shown, partial(_rows, request.user, between))


def _moved(request, **of) -> Found:
    try:
        return find_moved(request, **of)
    except ReportError:
        raise Http404 from None


moved_export = export_of(
    List(
        title="Biến động",
        file="bien-dong",
        act="household.export",
        permission=Permission.VIEW_HOUSEHOLDS,
        of=Household,
        unit="hộ",
        columns=(
            Column("Mã hộ", lambda row: row["household"].code, 14),
            Column("Chủ hộ", lambda row: row["household"].head_name, 28),
            Column("Tổ dân phố", lambda row: row["area"].name, 22),
            Column("Cuối năm đầu", lambda row: row["before"] or "không có phân loại", 26),
            Column("Chuẩn lúc đó", lambda row: row["then"].standard_id if row["then"] else "", 13),
            Column("Cuối năm sau", lambda row: row["after"] or "không có phân loại", 26),
            Column("Chuẩn về sau", lambda row: row["now"].standard_id if row["now"] else "", 13),
            Column("Số quyết định", lambda row: row["decision"].number if row["decision"] else "", 22),
            Column("Ngày", lambda row: row["decision"].date if row["decision"] else None, 13, Kind.DAY),
        ),
        find=_moved,
    )
)


def _rows(user, between: Between, shown: list[Household]):
    """The households of a page: the tổ dân phố and the decision of the later of the two days, from where to where."""
    stood = where_they_stood(between, [each.pk for each in shown])
    statuses = Status.objects.visible_to(user).filter(household__in=shown).select_related("area", "decision")
    on = {
        day: {each.household_id: each for each in statuses.on(day)}
        for day in (between.span.first, between.span.second)
    }
    for each in shown:
        before, after = stood.get(each.pk, (None, None))
        then, now = (held.get(each.pk) for held in on.values())
        latest = now or then
        yield {
            "household": each,
            "area": latest.area if latest else each.area,
            "before": CAME_FROM[before] if before else "",
            "after": WENT_TO[after] if after else "",
            "then": then,
            "now": now,
            "decision": latest.decision if latest else None,
        }


def _load(request, area_id: int, first: int, second: int) -> tuple[Between, HttpResponse | None]:
    """The comparison, or the page that says why there is none."""
    area = get_object_or_404(_areas(request.user), pk=area_id)
    try:
        return between_years(area, first, second), None
    except ReportError as error:
        return None, _refused(request, error)  # type: ignore[return-value]


def _refused(request, error: ReportError) -> HttpResponse:
    return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)


def _areas(user):
    """The places a user may compare; wards first. Who may see no count under 5 has a tổ dân phố only where its ward
    is not theirs: two tables of one ward, taken from each other, would give such counts away."""
    found = Area.objects.visible_to(user).exclude(kind=AreaKind.PROVINCE).select_related("parent__parent")
    if _restricted(user):
        found = found.exclude(parent__in=Area.objects.visible_to(user).filter(kind=AreaKind.WARD))
    return found.order_by("-kind", "sort_key", "code", "pk")


def _chosen(areas: list[Area], text: str) -> Area | None:
    """The area asked for, the first one when none is."""
    if not text:
        return areas[0] if areas else None
    return next((area for area in areas if str(area.pk) == text), None)


def _years(request) -> tuple[int, int]:
    """The years asked for; without them the last that ended and the one before. What is no year is 0, which is refused
    in words."""
    last = min(max(localdate().year - 1, YEARS[1]), YEARS[-1])
    second = _year(request, "den", last)
    return _year(request, "tu", max(second - 1, YEARS[0])), second


def _year(request, name: str, missing: int) -> int:
    return (whole(typed(request, name)) or 0) if typed(request, name) else missing


def _restricted(user) -> bool:
    return user.role == Role.VIEWER


def _opens(user, between: Between) -> str:
    """The address of the households behind the numbers; "" for who may not see them."""
    if not user.may(Permission.VIEW_HOUSEHOLDS):
        return ""
    return reverse("movement_households", args=[between.area.pk, between.first.year, between.second.year])
