"""Rounds on screen: the board, the households behind its numbers, the list drawn up, the settings."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from households.actions import listing, rounds
from households.exchange.lists.survey import find_listed, find_rounds
from households.forms.rounds import RoundForm, SettingsForm, proposed
from households.models import Listing, Meeting, Opinion, Posting, Request, Round
from households.poverty import load
from households.reports import board, progress
from thanhsen import events
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, requires

PAGE = 50
NEWEST = 8  # minutes and postings named on the board


@requires(Permission.VIEW_HOUSEHOLDS)
def round_list(request):
    found = find_rounds(request, today=localdate())
    context = {"rounds": list(found.lines(list(found.records)))}
    return render(request, "households/round_list.html", context)


@requires(Permission.VIEW_HOUSEHOLDS)
def round_detail(request, pk):
    """The board: where each tổ dân phố stands, who is late, what is to be done next."""
    round_, today = _round(request, pk), localdate()
    rows, total = board.by_area(round_, request.user, today)
    mine = {"round": round_}
    context = {
        "round": round_,
        "stages": board.STAGES,
        "rows": [row for row in rows if row.total],
        "total": total,
        "standard": load(round_.standard_id),
        "advisory": load(round_.advisory_standard_id) if round_.advisory_standard_id else None,
        "meetings": Meeting.objects.visible_to(request.user)
        .filter(**mine)
        .select_related("area")
        .newest_first()[:NEWEST],
        "postings": Posting.objects.visible_to(request.user)
        .filter(**mine)
        .select_related("area")
        .newest_first()[:NEWEST],
        "opinions": Opinion.objects.visible_to(request.user).filter(**mine).order_by("pk"),
        "waiting": Request.objects.visible_to(request.user)
        .waiting()
        .filter(household__area__parent=round_.ward_id)
        .count(),
        "ready": dict(progress.ready_to_decide(request.user, today)).get(round_)
        if request.user.may(Permission.DECIDE)
        else None,
        "today": today,
    }
    return render(request, "households/round_detail.html", context)


@requires(Permission.VIEW_HOUSEHOLDS)
def round_households(request, pk):
    """The households behind a number of the board."""
    found = find_listed(request, today=localdate(), pk=pk)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user, act="household.list", of=Listing, ids=[each.pk for each in page], name=found.name
    )
    return render(request, "households/round_households.html", {**found.shown, "page": page})


@requires(Permission.MANAGE_ROUNDS)
def round_create(request):
    kind = Round.Kind.REGULAR if typed(request, "loai") == "regular" else Round.Kind.PERIODIC
    form = RoundForm(request.POST or None, by=request.user, initial=proposed(kind, localdate()))
    if request.method == "POST" and form.carried_out(
        lambda **data: rounds.open_round(by=request.user, values=data)
    ):
        drawn = listing.draw_up(by=request.user, round_=form.result)
        messages.success(request, f"Đã mở đợt “{form.result.name}”. {_said(drawn)}")
        return redirect("round_detail", pk=form.result.pk)
    context = {"form": form, "kind": kind}
    return render(request, "households/round_form.html", context, status=form.status)


@requires(Permission.MANAGE_ROUNDS)
def round_edit(request, pk):
    round_ = get_object_or_404(Round.objects.governed_by(request.user), pk=pk)
    form = SettingsForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.carried_out(
        lambda **data: rounds.update_round(by=request.user, round_=round_, values=data)
    ):
        messages.success(request, "Đã lưu các hạn và quy định của đợt.")
        return redirect("round_detail", pk=round_.pk)
    context = {"form": form, "round": round_}
    return render(request, "households/round_form.html", context, status=form.status)


@require_POST
@requires(Permission.MANAGE_ROUNDS)
def round_draw(request, pk):
    round_ = get_object_or_404(Round.objects.governed_by(request.user), pk=pk)
    try:
        drawn = listing.draw_up(by=request.user, round_=round_)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _said(drawn))
    return redirect("round_detail", pk=round_.pk)


@require_POST
@requires(Permission.MANAGE_ROUNDS)
def round_close(request, pk):
    round_ = get_object_or_404(Round.objects.governed_by(request.user), pk=pk)
    try:
        rounds.close_round(by=request.user, round_=round_, at=now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Đã đóng đợt “{round_.name}”.")
    return redirect("round_detail", pk=round_.pk)


@require_POST
@requires(Permission.MANAGE_ROUNDS)
def round_reopen(request, pk):
    round_ = get_object_or_404(Round.objects.governed_by(request.user), pk=pk)
    try:
        rounds.reopen_round(by=request.user, round_=round_)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Đã mở lại đợt “{round_.name}”.")
    return redirect("round_detail", pk=round_.pk)


def _round(request, pk) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user).select_related("ward"), pk=pk)


def _said(drawn: listing.Drawn) -> str:
    if not drawn.present_list and not drawn.requests:
        return "Không có hộ nào mới để đưa vào danh sách rà soát."
    return f"Đã đưa vào danh sách rà soát {drawn.present_list} hộ đang nghèo, cận nghèo và {drawn.requests} đơn đề nghị."
