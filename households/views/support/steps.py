"""Steps of a plan: laid down in a draft, carried out or dropped once it is signed."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from households.actions.support import plans as actions
from households.forms.support import plans as forms
from households.views.support.planning import acts, one_form, plan_of, step_of
from thanhsen.permissions import Permission, requires


@acts
@requires(Permission.PLAN_SUPPORT)
def step_add(request, pk):
    plan = plan_of(request, pk)
    form = forms.StepForm(
        request.POST or None,
        needs=plan.household.needs.open().in_order(),
        initial={"request_id": uuid4()},
    )

    def add(request_id, **values):
        return actions.add_step(by=request.user, plan=plan, values=values, request_id=request_id)

    return one_form(request, form, plan.household, add, "Thêm một việc", "Thêm", "Đã thêm việc.")


@require_POST
@requires(Permission.PLAN_SUPPORT)
def step_remove(request, pk):
    step = step_of(request, pk)
    try:
        actions.remove_step(by=request.user, step=step)
    except ValidationError as error:  # a colleague signed it meanwhile
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Đã bỏ việc khỏi bản nháp.")
    return redirect("plan_page", step.plan.household_id)


@acts
@requires(Permission.PLAN_SUPPORT)
def step_done(request, pk):
    step = step_of(request, pk)
    given = step.plan.household.supports.counted().select_related("member").newest_first()
    form = forms.DoneForm(request.POST or None, supports=given.of_policy_first(step.policy))
    return one_form(
        request, form, step.plan.household,
        lambda **given: actions.finish_step(by=request.user, step=step, today=localdate(), **given),
        f"Xong việc: {step.text}", "Ghi kết quả", "Đã ghi kết quả.", asks_support=True,
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def step_drop(request, pk):
    step = step_of(request, pk)
    form = forms.DropForm(request.POST or None)
    return one_form(
        request, form, step.plan.household,
        lambda **given: actions.drop_step(by=request.user, step=step, today=localdate(), **given),
        f"Thôi việc: {step.text}", "Thôi việc này", "Đã ghi thôi việc.",
    )  # fmt: skip
