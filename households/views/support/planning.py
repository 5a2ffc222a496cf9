"""What the pages of needs, plans and steps share: finding the record, the page with one form about a household."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from households.models import Household, Need, Plan, PlanReview, PlanStep
from thanhsen.concurrency import Stale
from thanhsen.models import Area, User

acts = require_http_methods(["GET", "HEAD", "POST"])


def one_form(request, form, household: Household, act, title: str, submit: str, said: str, **more):
    """A page with one form about the household; what is done leads back to the page of its plan. `more`: what else
    the page shows."""
    if request.method == "POST":
        try:
            if form.carried_out(act):
                messages.success(request, said)
                return redirect("plan_page", household.pk)
        except Stale:
            form.add_error(
                None,
                "Người khác vừa lưu trước anh/chị. Mở lại trang kế hoạch của hộ để xem bản mới rồi làm lại.",
            )
    context = {"form": form, "household": household, "title": title, "submit": submit, **more}
    return render(request, "households/support/plan_form.html", context, status=form.status)


def household_of(request, pk: int) -> Household:
    return get_object_or_404(Household.objects.visible_to(request.user).select_related("area__parent"), pk=pk)


def need_of(request, pk: int) -> Need:
    return get_object_or_404(Need.objects.visible_to(request.user).select_related("household"), pk=pk)


def plan_of(request, pk: int) -> Plan:
    found = Plan.objects.visible_to(request.user).select_related("household__area", "responsible")
    return get_object_or_404(found, pk=pk)


def papers_of(request):
    """Plans with what their paper needs."""
    return Plan.objects.visible_to(request.user).select_related(
        "household__area__parent__parent", "responsible"
    )


def step_of(request, pk: int) -> PlanStep:
    mine = Plan.objects.visible_to(request.user)
    found = PlanStep.objects.filter(plan__in=mine).select_related("plan__household__area")
    return get_object_or_404(found, pk=pk)


def review_of(request, pk: int) -> PlanReview:
    mine = Plan.objects.visible_to(request.user)
    found = PlanReview.objects.filter(plan__in=mine).select_related("plan__household")
    return get_object_or_404(found, pk=pk)


def people_at(household: Household, already: int | None = None):
    """Who works where the household lives, and who is named already (id) though the account is off by now."""
    area: Area = household.area
    return (
        User.objects.filter(
            Q(Q(areas=area) | Q(areas=area.parent_id), is_active=True, role__in=["officer", "supervisor"])
            | Q(pk=already)
        )
        .distinct()
        .order_by("full_name", "pk")
    )
