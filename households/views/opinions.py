"""The province's opinion on screen: asked, answered."""

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households.actions import opinions
from households.forms.season import AnswerForm, OpinionForm
from households.models import Opinion, Round, Sheet
from thanhsen import events, workdays
from thanhsen.addresses import whole
from thanhsen.permissions import Permission, requires

MONTHS = timedelta(days=90)


@requires(Permission.MANAGE_ROUNDS)
def opinion_create(request, pk):
    round_ = get_object_or_404(Round.objects.governed_by(request.user).select_related("ward"), pk=pk)
    if not round_.needs_opinion:
        messages.error(request, "Đợt này không xin ý kiến tỉnh. Ban hành quyết định khi hết niêm yết.")
        return redirect("round_detail", pk=round_.pk)
    form = OpinionForm(request.POST or None, initial={"request_id": uuid4()})
    if request.method == "POST" and form.carried_out(
        lambda **data: opinions.ask_opinion(
            by=request.user, round_=round_, calendar=workdays.calendar_for(data["sent_on"], data["sent_on"] + MONTHS),
            today=localdate(), **data,
        )
    ):  # fmt: skip
        messages.success(
            request, f"Đã ghi {form.result}, tỉnh trả lời chậm nhất ngày {form.result.due_on:%d/%m/%Y}."
        )
        return redirect("opinion_detail", pk=form.result.pk)
    posted = (
        Sheet.objects.visible_to(request.user).of_present_households(round_).filter(state=Sheet.State.POSTED)
    )
    context = {
        "form": form,
        "round": round_,
        "over": posted.filter(posting__ends_on__lt=localdate()).count(),
        "weekends_only": workdays.notice({localdate().year}),
        "hanging": posted.filter(posting__ends_on__gte=localdate()).count(),
    }
    return render(request, "households/opinion_form.html", context, status=form.status)


@requires(Permission.VIEW_HOUSEHOLDS)
def opinion_detail(request, pk):
    """The letter, its households, and the place for the answer."""
    opinion = get_object_or_404(
        Opinion.objects.visible_to(request.user).select_related("round__ward", "sent_by", "recorded_by"),
        pk=pk,
    )
    sheets = Sheet.objects.visible_to(request.user).filter(opinion=opinion)
    sheets = list(
        sheets.select_related("household__area", "score").order_by(
            "household__area__sort_key", "household__sort_key"
        )
    )
    events.read(
        by=request.user, act="household.list", of=Sheet, ids=[each.pk for each in sheets], name=str(opinion)
    )
    may = request.user.may(Permission.MANAGE_ROUNDS) and not opinion.answer
    form = AnswerForm(request.POST or None) if may else None
    chosen = {pk for each in request.POST.getlist("review") if (pk := whole(each))}
    if (
        form
        and request.method == "POST"
        and form.carried_out(
            lambda **data: opinions.answer_opinion(
                by=request.user, opinion=opinion, review=chosen, today=localdate(), **data
            )
        )
    ):
        messages.success(request, f"Đã ghi trả lời của tỉnh: {form.result.get_answer_display().lower()}.")
        return redirect("opinion_detail", pk=opinion.pk)
    context = {
        "opinion": opinion,
        "sheets": sheets,
        "form": form,
        "chosen": chosen,
        "whole": Opinion.objects.governed_by(request.user).filter(pk=opinion.pk).exists(),
        "late": not opinion.answer and opinion.due_on < localdate(),
    }
    return render(request, "households/opinion_detail.html", context, status=form.status if form else 200)
