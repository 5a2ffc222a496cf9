"""The grid of totals: households and people of every tổ dân phố in a year."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.totals import Overtaken, figures, save_totals
from households.forms import totals as grid
from households.models import AreaTotal
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

PAGE = 100  # rows: three cells each, well under the fields a request may have
FIRST, LAST = 2022, 2030


@require_safe
@requires(Permission.ENTER_TOTALS)
def totals_now(request):
    return redirect("totals", year=min(max(localdate().year, FIRST), LAST))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ENTER_TOTALS)
def totals(request, year):
    """Show the grid of a year, or save the rows that were changed."""
    if not FIRST <= year <= LAST:
        raise Http404
    page = Paginator(_areas(request.user, year), PAGE).get_page(request.GET.get("trang"))
    areas = list(page.object_list)
    if request.method == "POST":
        rows = grid.typed(request.POST, areas)
        if not any(row.errors for row in rows) and _saved(request, year, rows):
            return redirect(f"{reverse('totals', args=[year])}?trang={page.number}")
        status = 409 if any(row.overtaken for row in rows) else 422
        return _shown(request, year, page, rows, status)
    suggest = request.GET.get("goi_y") == "1"
    return _shown(
        request,
        year,
        page,
        grid.shown(areas, _stored(areas, year), _stored(areas, year - 1) if suggest else {}),
    )


def _saved(request, year: int, rows: list[grid.Row]) -> bool:
    try:
        count = save_totals(by=request.user, year=year, entries=grid.entries(rows))
    except Overtaken as overtaken:
        for row in rows:
            if row.area.pk in overtaken.stored:
                row.overtaken, row.theirs = True, overtaken.stored[row.area.pk]
                row.seen = row.theirs  # saving again now means knowing
        return False
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    said = f"Đã lưu {count} tổ dân phố." if count else "Không có dòng nào thay đổi nên không lưu gì."
    messages.success(request, said)
    return True


def _shown(request, year: int, page, rows: list[grid.Row], status: int = 200):
    context = {
        "year": year, "years": range(FIRST, LAST + 1), "page": page, "rows": rows, "seen": grid.remember(rows),
        "entered": sum(row.seen is not None for row in rows), "bad": sum(bool(row.errors) for row in rows),
        "overtaken": sum(row.overtaken for row in rows), "suggested": sum(row.suggested for row in rows),
        "source": request.POST.get("source", ""),
    }  # fmt: skip
    return render(request, "households/totals.html", context, status=status)


def _areas(user, year: int):
    """The tổ dân phố that exist at the end of the year, and those whose totals were entered before they ended."""
    last = date(year, 12, 31)
    there = Q(valid_from__lte=last) & (Q(valid_to=None) | Q(valid_to__gt=last))
    entered = Area.objects.filter(totals__year=year)
    return (
        Area.objects.visible_to(user)
        .groups()
        .filter(there | Q(pk__in=entered.values("pk")))
        .select_related("parent")
        .order_by("parent__sort_key", "parent_id", "sort_key", "code", "pk")
    )


def _stored(areas: list[Area], year: int) -> dict[int, grid.Figures]:
    rows = AreaTotal.objects.filter(area__in=areas, year=year)
    return {row.area_id: found for row in rows if (found := figures(row))}
