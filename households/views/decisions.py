"""Decisions on screen: made of what is ready, read, corrected by another."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households.actions import certificates, decisions
from households.exchange.lists.season import find_decided, find_decisions
from households.forms.rounds import CorrectionForm, DecisionForm
from households.models import Certificate, Decision, Round, Sheet, Status
from households.models.survey import CLASSIFICATIONS
from households.reports import progress
from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.gathering import counted
from thanhsen.permissions import Permission, requires

PAGE = 100


@requires(Permission.VIEW_HOUSEHOLDS)
def decision_list(request):
    found = find_decisions(request, today=localdate())
    context = {"decisions": found.records, "ready": progress.ready_to_decide(request.user, localdate())}
    return render(request, "households/decision_list.html", context)


@requires(Permission.VIEW_HOUSEHOLDS)
def decision_detail(request, pk):
    found = find_decided(request, today=localdate(), pk=pk)
    decision = found.shown["decision"]
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user, act="household.list", of=Status, ids=[each.pk for each in page], name=str(decision)
    )
    counts = progress.by_classification(decision, request.user)
    may_issue = request.user.may(Permission.ISSUE_CERTIFICATES)
    issued = Certificate.objects.visible_to(request.user).not_revoked().filter(status__decision=decision)
    governed = Decision.objects.governed_by(request.user).filter(pk=decision.pk)
    found_of = [certificates.to_certify(decision), certificates.to_notify(decision), issued, governed]
    to_certify, to_notify, certified, is_whole = counted(
        Decision.objects.visible_to(request.user).filter(pk=decision.pk), found_of
    )
    context = {
        "decision": decision,
        "corrections": decision.corrections.order_by("date", "pk"),
        "to_certify": to_certify if may_issue else 0,
        "to_notify": to_notify if may_issue else 0,
        "moved": progress.moved_by(decision, request.user),
        "whole": is_whole,
        "certified": certified,
        "page": page,
        "chosen": found.shown["chosen"],
        "tiles": [(code, label, *counts.get(code, (0, 0))) for code, label in CLASSIFICATIONS],
    }
    return render(request, "households/decision_detail.html", context)


@requires(Permission.DECIDE)
def decision_create(request, pk):
    """Number, date and signer turn what was agreed and posted into statuses."""
    round_ = get_object_or_404(Round.objects.governed_by(request.user).select_related("ward"), pk=pk)
    initial = {"request_id": uuid4(), "signer": request.user.full_name}
    form = DecisionForm(request.POST or None, initial=initial)
    everybody = Sheet.objects.ready_to_decide(round_, _day(form))
    ready = everybody.decidable_by(request.user).select_related("household__area", "score")
    departures = _departures(request)
    opening = request.method == "POST" and request.POST.get("do", "").startswith("depart:")
    if request.method == "POST" and not opening:
        decided = form.carried_out(
            lambda **data: decisions.decide_round(
                by=request.user,
                round_=round_,
                departures=departures,
                seen=request.POST.get("seen", ""),
                **data,
            )
        )
        if decided:
            messages.success(request, f"Đã ban hành {form.result}: {form.result.statuses.count()} hộ.")
            return redirect("decision_detail", pk=form.result.pk)
    if opening:
        form = DecisionForm(initial={**initial, **{name: request.POST.get(name, "") for name in form.fields}})
    rows = progress.with_movement(ready)
    context = {
        "form": form,
        "round": round_,
        "rows": rows,
        "seen": decisions.digest(rows),
        "classes": CLASSIFICATIONS,
        "departures": departures,
        "effect": progress.effect(round_, rows),
        "left_out": everybody.count() - len(rows),
        "left_out_says": decisions.not_by_oneself(everybody.count() - len(rows)),
    }
    return render(request, "households/decision_form.html", context, status=form.status)


@requires(Permission.DECIDE)
def decision_correct(request, pk):
    """Another decision that cites this one, for a household whose class was wrong."""
    decision = get_object_or_404(Decision.objects.governed_by(request.user), pk=pk)
    initial = {"request_id": uuid4(), "signer": request.user.full_name, "household": typed(request, "ho")}
    form = CorrectionForm(request.POST or None, decision=decision, initial=initial)
    if request.method == "POST" and form.carried_out(lambda **data: _correct(request.user, decision, **data)):
        messages.success(request, f"Đã ban hành {form.result}, đính chính {decision}.")
        if (
            old := Certificate.objects.visible_to(request.user)
            .not_revoked()
            .filter(status__decision=decision, household__statuses__decision=form.result)
            .first()
        ):
            messages.warning(
                request, f"{old} ghi phân loại cũ: thu hồi giấy đó ở mục Giấy chứng nhận rồi cấp giấy mới."
            )
        return redirect("decision_detail", pk=form.result.pk)
    context = {"form": form, "decision": decision}
    return render(request, "households/decision_correct.html", context, status=form.status)


def _correct(by, decision, *, household, classification, **data):
    return decisions.correct_decision(
        by=by, decision=decision, changes={int(household): classification}, **data
    )


def _day(form) -> date:
    """The day typed for the decision, from which what is ready follows; today where it cannot be read."""
    day = form.data.get("date") if form.is_bound else None
    try:
        return form.fields["date"].clean(day) if day else localdate()
    except ValidationError:
        return localdate()


def _departures(request) -> dict[int, tuple[str, str]]:
    """Sheet id → (class, reason) of each sheet the chair opened to decide otherwise than proposed."""
    opened = [name.removeprefix("class-") for name in request.POST if name.startswith("class-")]
    opened += [request.POST.get("do", "").removeprefix("depart:")]
    return {
        pk: (request.POST.get(f"class-{pk}", ""), request.POST.get(f"reason-{pk}", "").strip()[:500])
        for each in opened
        if (pk := whole(each))
    }
