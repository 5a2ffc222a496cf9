"""What the pages of a course share: a form carried out, the page of one form, a colleague who was first."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from thanhsen.concurrency import Stale
from thanhsen.models import Area
from trainings.models import Course
from trainings.views.loading import shown

LATE = "Người khác vừa sửa nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp."


def governed_wards(request: Any) -> Any:
    """The wards in which the reader runs courses."""
    return Area.objects.visible_to(request.user).wards().valid_on(localdate()).in_order()


def carried_out(request: HttpRequest, form: Any, action: Callable, done: str) -> bool:
    """Whether the form was sent, right and accepted; `done` is said then. Where a colleague was first that is said
    instead, and the page is answered as it is now."""
    if request.method != "POST":
        return False
    try:
        if form.carried_out(action):
            messages.success(request, done)
            return True
    except Stale:
        messages.error(request, LATE)
        form.is_late = True
    return False


def one_form(
    request: HttpRequest, form: Any, title: str, back: str, course: Course | None = None, **context: Any
):
    """The page of one form; after a colleague's change it is loaded again."""
    if getattr(form, "is_late", False):
        return redirect(request.get_full_path())
    told = {"form": form, "title": title, "back": back, **context}
    told = shown(request, course, **told) if course else told
    return render(request, "trainings/courses/one_form.html", told, status=form.status)


def done_or_told(request: HttpRequest, form: Any, action: Callable, done: str, back: str) -> HttpResponse:
    """A button carried out, back to the page it stands on; what was refused is said there."""
    if not carried_out(request, form, action, done) and not getattr(form, "is_late", False):
        messages.error(request, " ".join(each for errors in form.errors.values() for each in errors))
    return redirect(back)
