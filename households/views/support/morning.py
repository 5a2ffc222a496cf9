"""The morning page and its lists: give to those entitled, stop those no longer, note what was received."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support.assigning import Recipient, given_in, grant, stop
from households.actions.support.receipts import receive
from households.exchange.lists.support import morning
from households.forms.support.programmes import GrantForm, ReceiveForm, StopForm, chosen_ids
from households.models import Household, Support
from households.reports.support import programmes
from households.reports.support.waiting import waiting
from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.permissions import Permission, check, requires

PAGE = 40
TOLD = 8  # refusals told one by one on the page


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def support_today(request):
    """What waits in every room, and each programme with its two lists."""
    today = localdate()
    rows = programmes.morning(request.user, today)
    context = {"rows": rows, "lines": waiting(request.user, today, morning=rows), "today": today}
    return render(request, "households/support/today.html", context)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def support_entitled(request, pk):
    """Whom the rule of today means, receiving or not."""
    found = morning.find_entitled(request, today=localdate(), pk=pk)
    return _page(request, found, None, "entitled", of=Household)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_HOUSEHOLDS)
def support_proposed(request, pk):
    """Entitled and not receiving; the ticked ones, or all, are given the period."""
    today = localdate()
    found = morning.find_proposed(request, today=today, pk=pk)
    programme, recipients = found.shown["programme"], found.shown["recipients"]
    form = GrantForm(request.POST or None, initial={"request_id": uuid4()})
    if request.method == "POST":
        check(request.user, Permission.GRANT_SUPPORT)
        ticked = [_recipient(text) for text in chosen_ids(request.POST)]
        if form.carried_out(
            lambda everyone, request_id, **given: grant(
                by=request.user, programme=programme, today=today, request_id=request_id,
                # Sent twice, everybody is those given the first time as well.
                recipients=[*given_in(request_id, request.user), *recipients] if everyone else [each for each in ticked if each],
                **given,
            )
        ):  # fmt: skip
            _told(request, form.result)
            return redirect(request.get_full_path())
    return _page(request, found, form, "proposed", of=Household)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_HOUSEHOLDS)
def support_lapsed(request, pk):
    """Receiving and no longer entitled; the ticked ones, or all, are stopped."""
    found = morning.find_lapsed(request, today=localdate(), pk=pk)
    form = StopForm(request.POST or None)
    if request.method == "POST":
        check(request.user, Permission.GRANT_SUPPORT)
        if form.carried_out(
            lambda everyone, **given: stop(
                by=request.user, supports=_chosen(request, found.records, everyone), **given
            )
        ):
            messages.success(request, f"Đã dừng {len(form.result)} khoản.")
            return redirect(request.get_full_path())
    return _page(request, found, form, "lapsed", of=Support)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_HOUSEHOLDS)
def support_receiving(request, pk):
    """Who holds the programme today; the ticked ones, or all, received something on a day."""
    today = localdate()
    found = morning.find_receiving(request, today=today, pk=pk)
    initial = {"amount": found.shown["programme"].amount, "request_id": uuid4()}
    form = ReceiveForm(request.POST or None, initial=initial)
    if request.method == "POST":
        check(request.user, Permission.GRANT_SUPPORT)
        if _received(request, found, form, today):
            return redirect(request.get_full_path())
    return _page(request, found, form, "receiving", of=Support)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_HOUSEHOLDS)
def support_unreceived(request):
    """Given for more than a month, nothing received yet; the ticked ones, or all, received something on a day."""
    today = localdate()
    found = morning.find_unreceived(request, today=today)
    form = ReceiveForm(request.POST or None, initial={"request_id": uuid4()})
    if request.method == "POST":
        check(request.user, Permission.GRANT_SUPPORT)
        if _received(request, found, form, today):
            return redirect(request.get_full_path())
    return _page(request, found, form, "unreceived", of=Support)


def _received(request, found, form, today) -> bool:
    done = form.carried_out(
        lambda everyone, **given: receive(
            by=request.user, supports=_chosen(request, found.records, everyone), today=today, **given
        )
    )
    if done:
        messages.success(request, f"Đã ghi {len(form.result)} lần nhận.")
    return done


def _page(request, found, form, kind: str, *, of):
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    lines = list(found.lines(list(page)))
    if request.method != "POST":
        ids = [each.pk for each in page]
        events.read(by=request.user, act="household.list", of=of, ids=ids, name=found.name)
    context = {
        **found.shown,
        "page": page,
        "lines": lines,
        "form": form,
        "ticked": set(chosen_ids(request.POST)),
    }
    status = form.status if form else HTTPStatus.OK
    return render(request, f"households/support/{kind}.html", context, status=status)


def _told(request, result) -> None:
    if result.made:
        messages.success(request, f"Đã giao {len(result.made)} khoản.")
    if result.refused:
        names = Household.objects.visible_to(request.user).in_bulk(
            [each.household_id for each, _ in result.refused[:TOLD]]
        )
        told = [f"{names[each.household_id]}: {why}" for each, why in result.refused[:TOLD]]
        more = len(result.refused) - len(told)
        told += [f"và {more} hộ, người khác."] if more > 0 else []
        messages.warning(request, f"Không giao được {len(result.refused)}: {' '.join(told)}")


def _recipient(text: str) -> Recipient | None:
    home, _, member = text.partition("-")
    key = whole(home)
    return Recipient(key, whole(member)) if key is not None else None


def _chosen(request, records, everyone: bool) -> list[Support]:
    """The ticked supports of the list as filtered, or all of it."""
    if everyone:
        return list(records)
    ids = [key for text in chosen_ids(request.POST) if (key := whole(text)) is not None]
    return list(Support.objects.visible_to(request.user).filter(pk__in=ids))
