"""Needs of one household: added, said in the family's words, closed."""

from uuid import uuid4

from django.utils.timezone import localdate

from households.actions.support import needs as actions
from households.forms.support import plans as forms
from households.reports.support.plans import named
from households.views.support.planning import acts, household_of, need_of, one_form
from thanhsen.permissions import Permission, requires


@acts
@requires(Permission.PLAN_SUPPORT)
def need_add(request, pk):
    household = household_of(request, pk)
    form = forms.NeedForm(request.POST or None, initial={"request_id": uuid4()})

    def add(request_id, **values):
        return actions.add_need(
            by=request.user, household=household, values=values, today=localdate(), request_id=request_id
        )

    return one_form(request, form, household, add, "Thêm nhu cầu, nguyện vọng", "Ghi", "Đã ghi nhu cầu.")


@acts
@requires(Permission.PLAN_SUPPORT)
def need_word(request, pk):
    need = need_of(request, pk)
    initial = {name: getattr(need, name) for name in ("family_words", "is_wish", "priority", "version")}
    form = forms.WordForm(request.POST or None, initial=initial)
    return one_form(
        request, form, need.household, lambda **given: actions.word_need(by=request.user, need=need, **given),
        f"Lời gia đình: {named(need)}", "Lưu", "Đã lưu lời gia đình.",
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def need_close(request, pk):
    need = need_of(request, pk)
    form = forms.CloseNeedForm(request.POST or None, initial={"version": need.version})

    def close(**given):
        return actions.close_need(by=request.user, need=need, today=localdate(), **given)

    return one_form(
        request, form, need.household, close, f"Đóng nhu cầu: {named(need)}", "Đóng", "Đã đóng nhu cầu."
    )
