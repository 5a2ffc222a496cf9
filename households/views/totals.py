"""The grid of totals: households, people and minority households of every tổ dân phố in a year, typed or pasted."""

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
from households.exchange import totals as pasted
from households.forms import totals as grid
from households.models import AreaTotal, ClosedYear
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

PAGE = 200  # rows: four cells each, under the fields a request may have
FIRST, LAST = 2022, 2030
FAULTS_SHOWN = 100


@require_safe
@requires(Permission.ENTER_TOTALS)
def totals_now(request):
    return redirect("totals", year=min(max(localdate().year, FIRST), LAST))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ENTER_TOTALS)
def totals(request, year):
    """Show the grid of a year, or save the rows that were changed; a figure that jumps is asked about once."""
    page = _pages(request.user, year).get_page(request.GET.get("trang"))
    areas = list(page.object_list)
    of = _year(request.user, areas, year)
    if request.method == "POST":
        rows = grid.typed(request.POST, areas, of)
        fine = not any(row.errors or row.asks for row in rows)
        if fine and _saved(request, year, rows):
            return redirect(f"{reverse('totals', args=[year])}?trang={page.number}")
        return _shown(request, of, page, rows, 409 if any(row.overtaken for row in rows) else 422)
    return _shown(request, of, page, grid.shown(areas, of, suggest=request.GET.get("goi_y") == "1"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ENTER_TOTALS)
def totals_paste(request, year):
    """Read cells copied from a spreadsheet and show what was understood; then lay them into the grid, not yet saved."""
    pages = _pages(request.user, year)
    context = {"year": year, "text": request.POST.get("text", ""), "source": request.POST.get("source", "")}
    if request.method == "POST":
        areas = list(pages.object_list)
        read = pasted.read(request.POST.get("text", ""), areas, year)
        if read.lines and request.POST.get("trang"):
            return _filled(request, year, pages.get_page(request.POST["trang"]), read)
        context |= _understood(read, _year(request.user, areas, year), pages)
    return render(
        request, "households/totals_paste.html", context, status=422 if context.get("nothing") else 200
    )


def _filled(request, year: int, page, read: pasted.Pasted):
    areas = list(page.object_list)
    of = _year(request.user, areas, year)
    rows = grid.filled(
        areas, of, {line.area.pk: line.figures for line in read.lines}, request.POST.get("source", "")
    )
    return _shown(request, of, page, rows, faults=len(read.faults))


def _understood(read: pasted.Pasted, of: grid.Year, pages: Paginator) -> dict:
    """What the page of pasting shows of what it read."""
    on_page = {area.pk: number for number in pages.page_range for area in pages.page(number).object_list}
    counts: dict[int, int] = {}
    for line in read.lines:
        counts[on_page[line.area.pk]] = counts.get(on_page[line.area.pk], 0) + 1
    return {
        "read": read, "nothing": not read.lines, "lines": [_old_and_new(line, of) for line in read.lines],
        "faults": read.faults[:FAULTS_SHOWN], "more_faults": max(0, len(read.faults) - FAULTS_SHOWN),
        "counts": sorted(counts.items()), "many_pages": len(counts) > 1,
    }  # fmt: skip


def _old_and_new(line: pasted.Line, of: grid.Year) -> dict:
    stored = of.stored.get(line.area.pk)
    cells = [(getattr(stored, name, None), line.figures.get(name)) for name in grid.NAMES]
    return {
        "line": line,
        "cells": cells,
        "same": all(new in (None, old) for old, new in cells),
        "closed": line.area.parent_id in of.closed,
    }


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


def _shown(request, of: grid.Year, page, rows: list[grid.Row], status: int = 200, faults: int = 0):
    context = {
        "year": of.year, "years": range(FIRST, LAST + 1), "page": page, "rows": rows, "wards": grid.wards(rows),
        "seen": grid.seen(rows), "warned": grid.warned(rows), "names": grid.LABELS.values(),
        "entered": sum(row.seen is not None for row in rows), "bad": sum(bool(row.errors) for row in rows),
        "asks": sum(row.asks for row in rows), "keep": any(row.kept for row in rows),
        "jumping": sum(bool(row.jumps) for row in rows), "open": any(not row.closed for row in rows),
        "overtaken": sum(row.overtaken for row in rows), "suggested": sum(row.suggested for row in rows),
        "pasted": sum(row.pasted for row in rows), "was_pasted": "text" in request.POST, "faults": faults,
        "source": request.POST.get("source", ""),
    }  # fmt: skip
    return render(request, "households/totals.html", context, status=status)


def _pages(user, year: int) -> Paginator:
    """The tổ dân phố that exist at the end of the year, and those whose totals were entered before they ended."""
    if not FIRST <= year <= LAST:
        raise Http404
    last = date(year, 12, 31)
    there = Q(valid_from__lte=last) & (Q(valid_to=None) | Q(valid_to__gt=last))
    entered = Area.objects.filter(totals__year=year)
    areas = (
        Area.objects.visible_to(user)
        .groups()
        .filter(there | Q(pk__in=entered.values("pk")))
        .select_related("parent")
        .order_by("parent__sort_key", "parent_id", "sort_key", "code", "pk")
    )
    return Paginator(areas, PAGE)


def _year(user, areas: list[Area], year: int) -> grid.Year:
    """The figures of these areas for the year and the one before, and the wards that closed it. Two queries."""
    stored: dict[int, dict[int, grid.Figures]] = {year: {}, year - 1: {}}
    for row in AreaTotal.objects.filter(area__in=areas, year__in=stored):
        if found := figures(row):
            stored[row.year][row.area_id] = found
    closed = ClosedYear.objects.visible_to(user).locking(year).values_list("ward_id", flat=True)
    return grid.Year(year, stored[year], stored[year - 1], frozenset(closed))
