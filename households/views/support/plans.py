"""The plan of one household: the page, from draft to its end, the print, the list of plans."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from households.actions.support import plans as actions
from households.actions.support.plan_mistakes import void_review
from households.documents.kinds import KINDS
from households.exchange.lists.support.plans import find_plans
from households.forms.support import plans as forms
from households.models import Household, Plan, PlanStep, Status
from households.reports.support.plan_paper import paper_of
from households.reports.support.plans import named
from households.reports.support.reviewing import FIRST_REVIEW, next_review
from households.views.documents import as_word
from households.views.support.planning import (
    acts,
    household_of,
    one_form,
    papers_of,
    people_at,
    plan_of,
    review_of,
)
from thanhsen import events
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, requires

PAGE = 30


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
    household = household_of(request, pk)
    plan = papers_of(request).filter(household=household, closed_on=None).first()
    if plan is None:
        messages.warning(request, "Hộ chưa có kế hoạch nào đang mở để in.")
        return redirect("plan_page", pk)
    events.read(by=request.user, act="household.view", of=Household, ids=[pk], name=str(household))
    context = {"household": household, "plan": plan, "paper": paper_of(plan, localdate())}
    return render(request, "households/support/plan_print.html", context)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def plan_document(request, pk):
    """A plan as a Word file: a draft to be signed, a signed one as it was signed."""
    plan = get_object_or_404(papers_of(request), pk=pk)
    home, kind = plan.household, KINDS["plan"]
    events.read(
        by=request.user, act="document.export", of=Household, ids=[home.pk], name=str(home), reason=kind.label
    )
    paper = paper_of(plan, localdate())
    return as_word(home.area.parent, kind, paper, f"{home.code} {plan.agreed_on or plan.made_on}")


def _context(request, pk: int) -> dict:
    household = household_of(request, pk)
    events.read(by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household))
    plans = list(
        household.plans.select_related("responsible")
        .prefetch_related(
            Prefetch("steps", PlanStep.objects.select_related("need", "support").order_by("position"))
        )
        .order_by("-made_on", "-pk")
    )
    plan = next((each for each in plans if not each.closed_on), None)
    needs = list(household.needs.in_order())
    today = localdate()
    return {
        "household": household,
        "status": Status.objects.on(today).filter(household=household).first(),
        "open_needs": [(each, named(each)) for each in needs if not each.closed_on],
        "closed_needs": [(each, named(each)) for each in needs if each.closed_on],
        "plan": plan,
        "steps": _steps(plan) if plan else [],
        "reviews": plan.reviews.select_related("voided_by").latest_first() if plan else [],
        "earlier": [(each, _steps(each)) for each in plans if each.closed_on],
        "may_write": request.user.may(Permission.PLAN_SUPPORT) and not household.closed_date,
        "today": today,
    }


def _steps(plan: Plan) -> list[tuple[PlanStep, str]]:
    """Each step with its need in words."""
    return [(each, named(each.need) if each.need else "") for each in plan.steps.all()]


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_draft(request, pk):
    household = household_of(request, pk)
    form = forms.NewPlanForm(
        request.POST or None,
        people=people_at(household),
        initial={"request_id": uuid4(), "responsible": request.user},
    )

    def draft(request_id, **values):
        return actions.draft_plan(
            by=request.user, household=household, values=values, today=localdate(), request_id=request_id
        )

    return one_form(
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
    plan = plan_of(request, pk)
    fields = ("made_on", "goal", "leave_by", "family_words", "responsible", "version")
    initial = {name: getattr(plan, name) for name in fields}
    form = forms.EditPlanForm(
        request.POST or None, people=people_at(plan.household, plan.responsible_id), initial=initial
    )

    def edit(version, **values):
        return actions.edit_plan(
            by=request.user, plan=plan, version=version, values=values, today=localdate()
        )

    return one_form(request, form, plan.household, edit, "Sửa kế hoạch chưa ký", "Lưu", "Đã lưu kế hoạch.")


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_agree(request, pk):
    plan = plan_of(request, pk)
    initial = {
        "version": plan.version,
        "agreed_by": plan.household.head_name,
        "next_review_on": localdate() + FIRST_REVIEW,
    }
    form = forms.AgreeForm(request.POST or None, initial=initial)
    return one_form(
        request, form, plan.household,
        lambda **given: actions.agree_plan(by=request.user, plan=plan, today=localdate(), **given),
        "Ký kế hoạch với gia đình", "Ghi đã ký", "Đã ghi kế hoạch được ký.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_review(request, pk):
    plan = plan_of(request, pk)
    initial = {"request_id": uuid4(), "next_review_on": next_review(plan, localdate())}
    form = forms.ReviewForm(request.POST or None, initial=initial)

    def review(request_id, **values):
        return actions.review_plan(
            by=request.user, plan=plan, values=values, today=localdate(), request_id=request_id
        )

    return one_form(request, form, plan.household, review, "Xem lại kế hoạch", "Ghi", "Đã ghi lần xem lại.")


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_review_void(request, pk):
    review = review_of(request, pk)
    form = forms.VoidReviewForm(request.POST or None)
    return one_form(
        request, form, review.plan.household,
        lambda reason: void_review(by=request.user, review=review, reason=reason, at=now()),
        f"Bỏ lần xem lại ngày {review.date:%d/%m/%Y}", "Bỏ lần ghi nhầm",
        "Đã bỏ lần xem lại ghi nhầm. Bấm “Ghi lần xem lại” để ghi lại cho đúng.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_move_review(request, pk):
    plan = plan_of(request, pk)
    initial = {"version": plan.version, "next_review_on": plan.next_review_on}
    form = forms.MoveReviewForm(request.POST or None, initial=initial)
    return one_form(
        request, form, plan.household,
        lambda **given: actions.move_review(by=request.user, plan=plan, today=localdate(), **given),
        "Đổi ngày xem lại", "Lưu", "Đã đổi ngày xem lại.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_close(request, pk):
    plan = plan_of(request, pk)
    form = forms.ClosePlanForm(request.POST or None, is_signed=bool(plan.agreed_on))
    return one_form(
        request, form, plan.household,
        lambda **given: actions.close_plan(by=request.user, plan=plan, today=localdate(), **given),
        "Kết thúc kế hoạch", "Kết thúc", "Đã kết thúc kế hoạch.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def plan_replace(request, pk):
    plan = plan_of(request, pk)
    form = forms.ReplaceForm(request.POST or None, initial={"request_id": uuid4()})
    return one_form(
        request, form, plan.household,
        lambda **given: actions.replace_plan(by=request.user, plan=plan, today=localdate(), **given),
        "Thay bằng kế hoạch mới", "Lập bản mới", "Đã lập bản mới từ các việc chưa xong; sửa rồi ký với gia đình.",
    )  # fmt: skip
