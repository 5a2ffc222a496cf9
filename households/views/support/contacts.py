"""One household's answer on screen: what it was and became, put right, taken out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support import contacts as actions
from households.forms.support.outreach import CorrectForm, WithdrawForm
from households.models import Contact, Household
from households.reports.support import outreach as report
from thanhsen import events
from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, requires

acts = require_http_methods(["GET", "HEAD", "POST"])
STALE = "Người khác vừa sửa câu trả lời này nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp."


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def contact_changes(request, pk):
    """Who put this answer right, when, why, from what to what."""
    contact = _contact(request, pk)
    events.read(
        by=request.user, act="household.view", of=Household, ids=[contact.household_id], name=str(contact)
    )
    context = {"contact": contact, "changes": report.changes(contact), "back": _back(contact)}
    return render(request, "households/support/contact_changes.html", context)


@acts
@requires(Permission.PLAN_SUPPORT)
def contact_correct(request, pk):
    contact = _contact(request, pk)
    form = CorrectForm(request.POST or None, contact=contact)

    def correct(version, reason, **values):
        return actions.correct_contact(
            by=request.user, contact=contact, version=version, values=values, reason=reason, at=now()
        )

    lead = "Ghi lại cho đúng lần này. Gia đình đổi ý về sau thì không sửa ở đây: ghi một lần vận động mới."
    return _form(request, contact, form, correct, "Sửa câu trả lời", "Lưu", lead)


@acts
@requires(Permission.PLAN_SUPPORT)
def contact_withdraw(request, pk):
    contact = _contact(request, pk)
    form = WithdrawForm(request.POST or None, initial={"version": contact.version})

    def withdraw(version, reason):
        return actions.withdraw_contact(
            by=request.user, contact=contact, version=version, reason=reason, at=now()
        )

    lead = "Hộ không có người dự buổi này: câu trả lời còn để tra cứu nhưng không tính nữa. Các hộ khác giữ nguyên."
    return _form(request, contact, form, withdraw, "Bỏ hộ khỏi buổi này", "Bỏ hộ này", lead)


def _form(request, contact: Contact, form, act, title: str, submit: str, lead: str):
    back = _back(contact)
    try:
        if request.method == "POST" and form.carried_out(act):
            messages.success(request, f"Đã lưu câu trả lời của hộ {contact.household.head_name}.")
            return redirect(back)
    except Stale:
        messages.error(request, STALE)
        return redirect(request.path)
    context = {
        "form": form, "title": f"{title}: {contact.household.head_name}, {contact.activity}", "submit": submit,
        "lead": lead, "back": back,
    }  # fmt: skip
    return render(request, "households/support/form_page.html", context, status=form.status)


def _contact(request, pk: int) -> Contact:
    found = Contact.objects.visible_to(request.user).opening_for(request.user)
    return get_object_or_404(found.select_related("activity__area", "household", "made_by"), pk=pk)


def _back(contact: Contact) -> str:
    if contact.opens:  # type: ignore[attr-defined]
        return reverse("activity_detail", args=[contact.activity_id])
    return reverse("outreach_home", args=[contact.household_id])
