"""What one household was given and received: the list, a new help, giving by a programme, stopping, mistakes."""

from uuid import uuid4

from django.contrib import messages
from django.db.models import Prefetch, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from households.actions.support.assigning import grant, stop
from households.actions.support.grants import record_support, void_support
from households.actions.support.receipts import receive, void_receipt
from households.exchange.lists.home import find_supports
from households.forms.support.grants import (
    GiveForm,
    OneReceiptForm,
    StopOneForm,
    SupportForm,
    VoidSupportForm,
)
from households.models import Household, Policy, Receipt, Support
from households.reports.support import programmes
from thanhsen import events
from thanhsen.permissions import Permission, check, requires
from thanhsen.views import carry


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_HOUSEHOLDS)
def support_list(request, pk):
    """What the household was given, the latest first, with what was received; who keeps the register adds to it."""
    today = localdate()
    found = find_supports(request, today=today, pk=pk)
    household = found.shown["household"]
    form = SupportForm(request.POST or None, initial={"request_id": uuid4()})
    if request.method == "POST":
        check(request.user, Permission.GRANT_SUPPORT)
        if form.carried_out(
            lambda request_id, **values: record_support(
                by=request.user, household=household, values=values, today=today, request_id=request_id
            )
        ):
            return _done(request, household.pk, f"Đã ghi: {form.result}.")
    else:
        _read(request, household)
    receipts = Receipt.objects.visible_to(request.user).filter(support__household=household)
    in_order = receipts.select_related("voided_by").order_by("received_on", "pk")
    context = {
        "household": household,
        "supports": found.records.select_related("member", "programme", "stopped_by").prefetch_related(
            Prefetch("receipts", in_order)
        ),
        "sums": receipts.counted().aggregate(
            given=Sum("amount", filter=~Q(support__policy=Policy.LOAN)),
            lent=Sum("amount", filter=Q(support__policy=Policy.LOAN)),
        ),
        "form": form,
        "today": today,
    }
    return render(request, "households/support/home.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GRANT_SUPPORT)
def support_give(request, pk):
    """Each programme that runs, and whether this household, or whom of it, it is for; the chosen one is given."""
    household = _household(request, pk)
    today = localdate()
    verdicts = programmes.of_household(household, request.user, today)
    form = GiveForm(request.POST or None, verdicts=verdicts, initial={"request_id": uuid4()})
    if request.method == "POST" and form.carried_out(
        lambda choice, **given: grant(
            by=request.user, programme=choice.programme, recipients=[choice.recipient], today=today, **given
        )
    ):
        if form.result.made:
            return _done(request, household.pk, f"Đã giao: {form.result.made[0].content}.")
        form.add_error(None, form.result.refused[0][1])
    if request.method != "POST":
        _read(request, household)
    context = {"household": household, "verdicts": verdicts, "form": form}
    return render(request, "households/support/give.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GRANT_SUPPORT)
def support_receive(request, pk):
    """Something was received of it on a day; from a list (`ve`) it leads back there."""
    support, back = _support(request, pk), carry.local(request.GET.get("ve", ""))
    initial = {"amount": support.programme.amount if support.programme else None, "request_id": uuid4()}
    form = OneReceiptForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.carried_out(
        lambda **given: receive(by=request.user, supports=[support], today=localdate(), **given)
    ):
        return _done(request, support.household_id, f"Đã ghi lần nhận của {_whose(support)}.", back)
    return _form(request, form, support, "Ghi lần nhận", "Ghi", back)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GRANT_SUPPORT)
def support_stop(request, pk):
    """It no longer holds from a day on."""
    support = _support(request, pk)
    form = StopOneForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda **given: stop(by=request.user, supports=[support], **given)
    ):
        return _done(request, support.household_id, "Đã dừng khoản hỗ trợ.")
    return _form(request, form, support, "Dừng khoản hỗ trợ", "Dừng")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GRANT_SUPPORT)
def support_void(request, pk):
    """Take a support out that was a mistake, with all that was noted as received of it."""
    support = _support(request, pk)
    form = VoidSupportForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda reason: void_support(by=request.user, support=support, reason=reason, at=now())
    ):
        return _done(request, support.household_id, "Đã bỏ khoản ghi nhầm.")
    return _form(request, form, support, "Bỏ khoản ghi nhầm", "Bỏ khoản này")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GRANT_SUPPORT)
def receipt_void(request, pk):
    """Take one receipt out that was a mistake."""
    receipt = get_object_or_404(
        Receipt.objects.visible_to(request.user).select_related("support__household"), pk=pk
    )
    form = VoidSupportForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda reason: void_receipt(by=request.user, receipt=receipt, reason=reason, at=now())
    ):
        return _done(request, receipt.support.household_id, "Đã bỏ lần nhận ghi nhầm.")
    return _form(
        request, form, receipt.support, f"Bỏ lần nhận ngày {receipt.received_on:%d/%m/%Y}", "Bỏ lần nhận này"
    )


def _household(request, pk: int) -> Household:
    return get_object_or_404(Household.objects.visible_to(request.user).select_related("area"), pk=pk)


def _support(request, pk: int) -> Support:
    found = Support.objects.visible_to(request.user).select_related("household", "member", "programme")
    return get_object_or_404(found, pk=pk)


def _whose(support: Support) -> str:
    whose = f"{support.household.head_name} ({support.household.code})"
    return f"{whose}, {support.member.full_name}" if support.member else whose


def _form(request, form, support: Support, title: str, submit: str, back: str = ""):
    until = f" đến trước {support.valid_to:%d/%m/%Y}" if support.valid_to else ""
    context = {
        "form": form, "title": title, "submit": submit, "back": back or reverse("support_list", args=[support.household_id]),
        "lead": f"{_whose(support)}: {support}; từ {support.valid_from:%d/%m/%Y}{until}.",
    }  # fmt: skip
    return render(request, "households/support/form_page.html", context, status=form.status)


def _done(request, household: int, said: str, back: str = ""):
    messages.success(request, said)
    return redirect(back or reverse("support_list", args=[household]))


def _read(request, household: Household) -> None:
    events.read(by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household))
