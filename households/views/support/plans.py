"""Needs and the plan of one household: the page, each thing that can be done, the print, the list of plans."""

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.actions.support import needs as need_actions
from households.actions.support import plans as actions
from households.exchange.lists.support.plans import find_plans
from households.forms.support import plans as forms
from households.models import Household, Need, Plan, PlanStep, Status
from households.reports.support.plans import named
from thanhsen import events
from thanhsen.addresses import typed
from thanhsen.concurrency import Stale
from thanhsen.models import Area, User
from thanhsen.permissions import Permission, requires

PAGE = 100
FIRST_REVIEW = timedelta(days=90)  # offered; the officer and the family choose
acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def plan_list(request):
    """Households by the state of their plan."""
    found = find_plans(request, today=localdate())
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    ids = [each.pk for each in page]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name="Kế hoạch hộ")
    context = {**found.shown, "page": page, "lines": list(found.lines(list(page))), "today": localdate()}
    return render(request, "households/support/plan_list.html", context)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def plan_page(request, pk):
    """What the household needs, the plan agreed with it, what became of it, and earlier plans."""
    return render(request, "households/support/plan_page.html", _context(request, pk))


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def plan_print(request, pk):
    """The open plan as a paper to be signed."""
    context = _context(request, pk)
    if context["plan"] is None:
        messages.warning(request, "Hộ chưa có kế hoạch nào đang mở để in.")
        return redirect("plan_page", pk)
    return render(request, "households/support/plan_print.html", context)


def _context(request, pk: int) -> dict:
    household = _household(request, pk)
    events.read(by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household))
    plans = list(
        household.plans.select_related("responsible").prefetch_related("reviews").order_by("-made_on", "-pk")
    )
    plan = next((each for each in plans if not each.closed_on), None)
    needs = list(household.needs.in_order())
    today = localdate()
    steps = plan.steps.select_related("need", "support").order_by("position") if plan else []
    return {
        "household": household,
        "status": Status.objects.on(today).filter(household=household).first(),
        "open_needs": [(each, named(each)) for each in needs if not each.closed_on],
        "closed_needs": [(each, named(each)) for each in needs if each.closed_on],
        "plan": plan,
        "steps": [(each, named(each.need) if each.need else "") for each in steps],
        "reviews": plan.reviews.order_by("-date", "-pk") if plan else [],
        "earlier": [each for each in plans if each.closed_on],
        "may_write": request.user.may(Permission.PLAN_SUPPORT) and not household.closed_date,
        "today": today,
    }


@acts
@requires(Permission.PLAN_SUPPORT)
def need_add(request, pk):
    household = _household(request, pk)
    form = forms.NeedForm(request.POST or None, initial={"request_id": uuid4()})

    def add(request_id, **values):
        return need_actions.add_need(
            by=request.user, household=household, values=values, today=localdate(), request_id=request_id
        )

    return _one(request, form, household, add, "Thêm nhu cầu, nguyện vọng", "Ghi", "Đã ghi nhu cầu.")


@acts
@requires(Permission.PLAN_SUPPORT)
def need_word(request, pk):
    need = _need(request, pk)
    initial = {"family_words": need.family_words, "is_wish": need.is_wish, "priority": need.priority}
    form = forms.WordForm(request.POST or None, initial=initial)
    return _one(
        request, form, need.household, lambda **given: need_actions.word_need(by=request.user, need=need, **given),
        f"Lời gia đình: {named(need)}", "Lưu", "Đã lưu lời gia đình.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def need_close(request, pk):
    need = _need(request, pk)
    form = forms.CloseNeedForm(request.POST or None)

    def close(**given):
        return need_actions.close_need(by=request.user, need=need, today=localdate(), **given)

    return _one(
        request, form, need.household, close, f"Đóng nhu cầu: {named(need)}", "Đóng", "Đã đóng nhu cầu."
    )


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_draft(request, pk):
    household = _household(request, pk)
    form = forms.NewPlanForm(
        request.POST or None,
        people=_people(household),
        initial={"request_id": uuid4(), "responsible": request.user},
    )

    def draft(request_id, **values):
        return actions.draft_plan(
            by=request.user, household=household, values=values, today=localdate(), request_id=request_id
        )

    return _one(
        request,
        form,
        household,
        draft,
        "Lập kế hoạch hỗ trợ",
        "Lập",
        "Đã lập kế hoạch. Thêm các việc, rồi ký với gia đình.",
    )


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_edit(request, pk):
    plan = _plan(request, pk)
    fields = ("goal", "leave_by", "family_words", "responsible", "version")
    initial = {name: getattr(plan, name) for name in fields}
    form = forms.EditPlanForm(request.POST or None, people=_people(plan.household), initial=initial)

    def edit(version, **values):
        return actions.edit_plan(by=request.user, plan=plan, version=version, values=values)

    return _one(request, form, plan.household, edit, "Sửa kế hoạch chưa ký", "Lưu", "Đã lưu kế hoạch.")


@acts
@requires(Permission.PLAN_SUPPORT)
def step_add(request, pk):
    plan = _plan(request, pk)
    form = forms.StepForm(request.POST or None, needs=plan.household.needs.open().in_order())
    return _one(
        request, form, plan.household, lambda **values: actions.add_step(by=request.user, plan=plan, values=values),
        "Thêm một việc", "Thêm", "Đã thêm việc.",
    )  # fmt: skip


@require_POST
@requires(Permission.PLAN_SUPPORT)
def step_remove(request, pk):
    step = _step(request, pk)
    actions.remove_step(by=request.user, step=step)
    messages.success(request, "Đã bỏ việc khỏi bản nháp.")
    return redirect("plan_page", step.plan.household_id)


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_agree(request, pk):
    plan = _plan(request, pk)
    initial = {
        "version": plan.version,
        "agreed_by": plan.household.head_name,
        "next_review_on": localdate() + FIRST_REVIEW,
    }
    form = forms.AgreeForm(request.POST or None, initial=initial)
    return _one(
        request, form, plan.household,
        lambda **given: actions.agree_plan(by=request.user, plan=plan, today=localdate(), **given),
        "Ký kế hoạch với gia đình", "Ghi đã ký", "Đã ghi kế hoạch được ký.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_review(request, pk):
    plan = _plan(request, pk)
    form = forms.ReviewForm(request.POST or None, initial={"request_id": uuid4()})

    def review(request_id, **values):
        return actions.review_plan(
            by=request.user, plan=plan, values=values, today=localdate(), request_id=request_id
        )

    return _one(request, form, plan.household, review, "Xem lại kế hoạch", "Ghi", "Đã ghi lần xem lại.")


@acts
@requires(Permission.PLAN_SUPPORT)
def step_done(request, pk):
    step = _step(request, pk)
    form = forms.DoneForm(request.POST or None)
    return _one(
        request, form, step.plan.household,
        lambda **given: actions.finish_step(by=request.user, step=step, today=localdate(), **given),
        f"Xong việc: {step.text}", "Ghi kết quả", "Đã ghi kết quả.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def step_drop(request, pk):
    step = _step(request, pk)
    form = forms.DropForm(request.POST or None)
    return _one(
        request, form, step.plan.household,
        lambda **given: actions.drop_step(by=request.user, step=step, today=localdate(), **given),
        f"Thôi việc: {step.text}", "Thôi việc này", "Đã ghi thôi việc.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_close(request, pk):
    plan = _plan(request, pk)
    form = forms.ClosePlanForm(request.POST or None)
    return _one(
        request, form, plan.household,
        lambda **given: actions.close_plan(by=request.user, plan=plan, today=localdate(), **given),
        "Kết thúc kế hoạch", "Kết thúc", "Đã kết thúc kế hoạch.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_replace(request, pk):
    plan = _plan(request, pk)
    form = forms.ReplaceForm(request.POST or None, initial={"request_id": uuid4()})
    return _one(
        request, form, plan.household,
        lambda **given: actions.replace_plan(by=request.user, plan=plan, today=localdate(), **given),
        "Thay bằng kế hoạch mới", "Lập bản mới", "Đã lập bản mới từ các việc chưa xong; sửa rồi ký với gia đình.",
    )  # fmt: skip


def _one(request, form, household: Household, act, title: str, submit: str, said: str):
    """A page with one form about the household; what is done leads back to the page of its plan."""
    if request.method == "POST":
        try:
            if form.carried_out(act):
                messages.success(request, said)
                return redirect("plan_page", household.pk)
        except Stale:
            form.add_error(
                None, "Người khác vừa sửa kế hoạch này. Mở lại trang kế hoạch để xem bản mới rồi làm lại."
            )
    context = {"form": form, "household": household, "title": title, "submit": submit}
    return render(request, "households/support/plan_form.html", context, status=form.status)


def _household(request, pk: int) -> Household:
    return get_object_or_404(Household.objects.visible_to(request.user).select_related("area__parent"), pk=pk)


def _need(request, pk: int) -> Need:
    return get_object_or_404(Need.objects.visible_to(request.user).select_related("household"), pk=pk)


def _plan(request, pk: int) -> Plan:
    found = Plan.objects.visible_to(request.user).select_related("household__area", "responsible")
    return get_object_or_404(found, pk=pk)


def _step(request, pk: int) -> PlanStep:
    mine = Plan.objects.visible_to(request.user)
    found = PlanStep.objects.filter(plan__in=mine).select_related("plan__household__area")
    return get_object_or_404(found, pk=pk)


def _people(household: Household):
    """Who works where the household lives."""
    area: Area = household.area
    return (
        User.objects.filter(
            Q(areas=area) | Q(areas=area.parent_id), is_active=True, role__in=["officer", "supervisor"]
        )
        .distinct()
        .order_by("full_name", "pk")
    )
