"""Money: the plan of every programme in a year beside what was received; the receipts behind a figure."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support.budgets import set_budget
from households.exchange.lists.support.receipts import find_receipts
from households.forms.support.programmes import BudgetForm
from households.models import Budget, Programme, Receipt
from households.reports.support import budgets
from thanhsen import events, vietnamese
from thanhsen.addresses import typed
from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, requires

YEARS = range(2022, 2101)
PAGE = 200


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def budget_now(request):
    return redirect("budget_page", localdate().year)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def budget_page(request, year):
    """Each programme of the year: planned, given, received, the share used."""
    rows = budgets.of_year(request.user, _year(year))
    context = {
        "rows": rows,
        "year": year,
        "planned": sum(each.planned or 0 for each in rows),
        "received": sum(each.received for each in rows),
        "others": [each for each in (year - 1, year + 1) if each in YEARS],
    }
    return render(request, "households/support/budget_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PROGRAMMES)
def budget_edit(request, pk, year):
    """The plan of one line for one year."""
    programme = get_object_or_404(Programme.objects.governed_by(request.user), pk=pk)
    stored = Budget.objects.filter(programme=programme.line_id, year=_year(year)).first()
    initial = {"planned": stored.planned, "basis": stored.basis, "version": stored.version} if stored else {}
    form = BudgetForm(request.POST or None, initial=initial)
    if request.method == "POST":
        try:
            if form.carried_out(
                lambda **given: set_budget(by=request.user, programme=programme, year=year, **given)
            ):
                messages.success(request, f"Đã lưu kinh phí kế hoạch năm {year}.")
                return redirect("programme_detail", programme.pk)
        except Stale as stale:
            form.add_error(
                None,
                f"Người khác vừa lưu số khác: {vietnamese.number(getattr(stale.record, 'planned', 0))} đồng. "
                "Mở lại trang để xem rồi sửa nếu cần.",
            )
    context = {
        "form": form,
        "title": f"Kinh phí kế hoạch năm {year}: {programme}",
        "submit": "Lưu",
        "programme": programme,
    }
    return render(request, "households/support/programme_form.html", context, status=form.status)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def receipt_list(request, pk, year):
    """The receipts behind a sum, and the same by tổ dân phố."""
    found = find_receipts(request, today=localdate(), pk=pk, year=_year(year))
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user, act="household.list", of=Receipt, ids=[each.pk for each in page], name=found.name
    )
    context = {
        **found.shown,
        "page": page,
        "total": found.records.aggregate(total=Sum("amount"))["total"],
        "areas": budgets.by_area(found.shown["programme"], request.user, year),
    }
    return render(request, "households/support/receipt_list.html", context)


def _year(year: int) -> int:
    if year not in YEARS:
        raise Http404
    return year
