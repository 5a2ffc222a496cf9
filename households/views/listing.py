"""Before the survey, on screen: requests of households and the quick check (Phiếu A)."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households.actions import listing
from households.exchange.lists.season import find_requests
from households.forms.quick_check import QuickCheckForm
from households.forms.season import RequestForm, WithdrawForm
from households.models import Household, Listing, PointsTable, Request
from thanhsen import events
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, requires

PAGE = 50


@requires(Permission.VIEW_HOUSEHOLDS)
def request_list(request):
    """The requests received: those that wait first."""
    found = find_requests(request, today=localdate())
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="household.list", of=Request, ids=[each.pk for each in page])
    return render(request, "households/request_list.html", {**found.shown, "page": page})


@requires(Permission.LIST_HOUSEHOLDS)
def request_create(request, pk):
    household = get_object_or_404(Household.objects.visible_to(request.user).select_related("area"), pk=pk)
    form = RequestForm(request.POST or None, household=household, initial={"request_id": uuid4()})
    if request.method == "POST" and form.carried_out(
        lambda **data: listing.register_request(
            by=request.user, household=household, today=localdate(), **data
        )
    ):
        messages.success(
            request,
            f"Đã nhận đơn của hộ {household}. Đơn chờ ở mục Đơn đề nghị đến khi công chức giảm nghèo đưa vào một đợt rà soát.",
        )
        return redirect("household_detail", pk=household.pk)
    context = {"form": form, "household": household}
    return render(request, "households/request_form.html", context, status=form.status)


@requires(Permission.LIST_HOUSEHOLDS)
def request_withdraw(request, pk):
    found = get_object_or_404(
        Request.objects.visible_to(request.user).select_related("household__area"), pk=pk
    )
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda **data: listing.withdraw_request(by=request.user, request=found, today=localdate(), **data)
    ):
        messages.success(request, f"Đã ghi hộ {found.household} rút đơn.")
        return redirect("request_list")
    context = {"form": form, "asked": found, "household": found.household}
    return render(request, "households/request_withdraw.html", context, status=form.status)


@requires(Permission.LIST_HOUSEHOLDS)
def quick_check(request, pk):
    """Phiếu A: on to Phiếu B, or stop with the reason the household is told."""
    found = get_object_or_404(
        Listing.objects.visible_to(request.user).select_related("round", "request", "household__area"), pk=pk
    )
    kind, standard = PointsTable.Kind.QUICK_CHECK, found.round.standard_id
    form = QuickCheckForm(
        request.POST or None, table=PointsTable.objects.in_force(kind, standard, localdate())
    )
    if request.method == "POST" and form.carried_out(lambda **_: _check(request.user, found, form.values())):
        stopped = form.values()["state"] == Listing.State.STOPPED
        messages.success(
            request,
            f"Hộ {found.household} dừng ở Phiếu A; ghi thông báo trả lời hộ."
            if stopped
            else f"Hộ {found.household} được lập Phiếu B.",
        )
        return redirect("household_detail", pk=found.household_id)
    context = {"form": form, "listing": found, "household": found.household}
    return render(request, "households/quick_check.html", context, status=form.status)


def _check(by, found, values) -> Listing:
    return listing.quick_check(
        by=by, listing=found, go_on=values["state"] == Listing.State.CHECKED, on=values["checked_on"],
        answers=values["check_answers"], reason=values["check_reason"], today=localdate(),
    )  # fmt: skip
