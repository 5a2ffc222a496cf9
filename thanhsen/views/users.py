"""Accounts: who they are, what they may, the places given to them. Never deleted, only switched off."""

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen import actions
from thanhsen.forms.accounts import NewUserForm, UserForm
from thanhsen.lists.own import USERS, find_users
from thanhsen.models import User
from thanhsen.permissions import Permission, requires
from thanhsen.views.lists import export_of

PAGE = 50

user_export = export_of(USERS)


@requires(Permission.MANAGE_USERS)
@require_safe
def user_list(request):
    found = find_users(request, today=localdate())
    page = Paginator(found.records, PAGE).get_page(request.GET.get("trang"))
    context = {**found.shown, "page": page}
    return render(request, "thanhsen/user_list.html", context, status=found.shown["form"].status)


@requires(Permission.MANAGE_USERS)
@never_cache
@require_http_methods(["GET", "POST"])
def user_create(request):
    form = NewUserForm(request.POST or None, by=request.user)
    if form.carried_out(lambda **data: actions.create_user(by=request.user, **data)):
        user, password = form.result
        return render(
            request, "thanhsen/user_password.html", {"person": user, "password": password, "is_new": True}
        )
    return render(request, "thanhsen/user_form.html", {"form": form}, status=form.status)


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def user_edit(request, pk):
    person = _load(request, pk)
    initial = {
        name: getattr(person, name) for name in ("full_name", "role", "position", "phone", "is_active")
    }
    form = UserForm(request.POST or None, by=request.user, initial=initial | {"areas": person.area_ids})
    if form.carried_out(lambda **data: actions.update_user(by=request.user, user=person, **data)):
        messages.success(request, f"Đã lưu tài khoản của {form.result.full_name}.")
        return redirect("user_list")
    context = {"form": form, "person": person, "is_locked": _is_locked(person)}
    return render(request, "thanhsen/user_form.html", context, status=form.status)


@requires(Permission.MANAGE_USERS)
@never_cache
@require_POST
def user_reset_password(request, pk):
    person = _load(request, pk)
    if person.pk == request.user.pk:
        messages.error(request, "Để đổi mật khẩu của chính mình, dùng nút Đổi mật khẩu ở đầu trang.")
        return redirect("user_edit", pk)
    password = actions.reset_password(by=request.user, user=person)
    return render(request, "thanhsen/user_password.html", {"person": person, "password": password})


@requires(Permission.MANAGE_USERS)
@require_POST
def user_unlock(request, pk):
    person = _load(request, pk)
    actions.unlock_user(by=request.user, user=person)
    messages.success(request, f"Đã mở khoá đăng nhập cho {person.full_name}.")
    return redirect("user_edit", pk)


def _load(request, pk) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def _is_locked(person: User) -> bool:
    failures = AccessAttempt.objects.filter(username=person.username.lower())
    return failures.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()
