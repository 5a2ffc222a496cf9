"""After a shock: emergency support for those badly struck, a regular review for those pushed down."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from households.actions.support.relief import Asked, ask_for_reviews, relieve
from households.forms.support.shocks import ReliefForm, ReviewsForm
from households.models import Household, ShockEvent, ShockImpact
from households.reports import today as beside
from thanhsen import events
from thanhsen.addresses import whole
from thanhsen.permissions import Permission, requires

AT_ONCE = 200
LONGEST_NAME = 120


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GRANT_SUPPORT)
def shock_relief(request, pk):
    """Those badly struck without support yet, all ticked; given by one programme in one act."""
    shock = get_object_or_404(ShockEvent.objects.visible_to(request.user), pk=pk)
    rows, left = _waiting(request, shock, ShockImpact.objects.visible_to(request.user).to_relieve())
    form = ReliefForm(request.POST or None, shock=shock, initial={"request_id": uuid4()})
    only, refused = _ticked(request), []
    if request.method == "POST" and form.carried_out(
        lambda **data: relieve(by=request.user, shock=shock, only=only, today=localdate(), **data)
    ):
        refused = form.result.refused
        if form.result.made:
            messages.success(request, f"Đã giao hỗ trợ khẩn cấp cho {len(form.result.made)} hộ.")
        elif not refused:
            messages.info(request, "Không giao thêm hộ nào: các hộ đã đánh dấu được hỗ trợ từ trước.")
        if not refused:
            return redirect("shock_detail", shock.pk)
        rows, left = _waiting(request, shock, ShockImpact.objects.visible_to(request.user).to_relieve())
        form = ReliefForm(shock=shock, initial={"request_id": uuid4()})
    context = {
        "shock": shock, "form": form, "rows": rows, "left": left, "refused": refused,
        "ticked": set(only) if request.method == "POST" else None,
    }  # fmt: skip
    return render(request, "households/support/shock_relief.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LIST_HOUSEHOLDS)
def shock_reviews(request, pk):
    """Those it may push into poverty: who of the family asks to be reviewed, one line a household."""
    shock = get_object_or_404(ShockEvent.objects.visible_to(request.user), pk=pk)
    rows, left = _waiting(request, shock, ShockImpact.objects.visible_to(request.user).to_review())
    form = ReviewsForm(request.POST or None)
    asked = [Asked(each, _applicant(request, each)) for each in _ticked(request)]
    if request.method == "POST":
        if not asked:
            messages.error(request, "Đánh dấu những hộ mà gia đình đã đề nghị rà soát rồi bấm lại.")
        elif form.carried_out(
            lambda **data: ask_for_reviews(
                by=request.user, shock=shock, asked=asked, today=localdate(), **data
            )
        ):
            messages.success(request, f"Đã ghi đơn đề nghị rà soát của {len(form.result)} hộ.")
            return redirect("shock_detail", shock.pk)
    context = {
        "shock": shock,
        "form": form,
        "rows": [(impact, status, _typed(request, impact)) for impact, status, _ in rows],
        "left": left,
        "asked": {each.impact for each in asked},
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "households/support/shock_reviews.html", context, status=status)


def _waiting(request, shock, found):
    """(impact, class in force, people) of the first of them, and how many more there are. Leaves a read event."""
    found = found.filter(shock=shock).select_related("household__area").in_order()
    shown = list(found[:AT_ONCE])
    if request.method == "GET" and shown:
        events.read(
            by=request.user, act="household.list", of=Household, ids=[each.household_id for each in shown]
        )
    known = beside.beside([each.household for each in shown], localdate())
    rows = [(each, status, size) for each, (_, status, size) in zip(shown, known, strict=True)]
    return rows, found.count() - len(shown) if len(shown) == AT_ONCE else 0


def _ticked(request) -> list[int]:
    return [number for each in request.POST.getlist("only") if (number := whole(each)) is not None]


def _typed(request, impact: ShockImpact) -> str:
    """Who asks, as the page shows it: as it was typed, else the head."""
    return request.POST.get(f"ai-{impact.pk}", impact.household.head_name)


def _applicant(request, impact: int) -> str:
    return " ".join(request.POST.get(f"ai-{impact}", "").split())[:LONGEST_NAME]
