"""Help a household received: the list, a new entry, and taking out a mistake."""

from uuid import uuid4

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from households.actions.support.grants import record_support, void_support
from households.exchange.lists.home import find_supports
from households.forms.support.grants import SupportForm, VoidSupportForm
from households.models import Household, Receipt, Support
from thanhsen import events
from thanhsen.permissions import Permission, check, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_HOUSEHOLDS)
def support_list(request, pk):
    """What the household received, the latest first; who keeps the register adds to it."""
    found = find_supports(request, today=localdate(), pk=pk)
    household = found.shown["household"]
    form = SupportForm(request.POST or None, initial={"request_id": uuid4()})
    if request.method == "POST":
        check(request.user, Permission.EDIT_HOUSEHOLDS)
        if form.carried_out(
            lambda request_id, **values: record_support(
                by=request.user, household=household, values=values, today=localdate(), request_id=request_id
            )
        ):
            messages.success(request, f"Đã ghi: {form.result}.")
            return redirect("support_list", household.pk)
    else:
        events.read(
            by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household)
        )
    context = {
        "household": household,
        "supports": found.records,
        "total": Receipt.objects.counted()
        .filter(support__household=household)
        .aggregate(total=Sum("amount"))["total"],
        "form": form,
    }
    return render(request, "households/support_list.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_HOUSEHOLDS)
def support_void(request, pk):
    """Take a row out that was a mistake."""
    support = get_object_or_404(Support.objects.visible_to(request.user).select_related("household"), pk=pk)
    form = VoidSupportForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda reason: void_support(by=request.user, support=support, reason=reason, at=now())
    ):
        messages.success(request, "Đã bỏ khoản ghi nhầm.")
        return redirect("support_list", support.household_id)
    return render(
        request, "households/support_void.html", {"form": form, "support": support}, status=form.status
    )
