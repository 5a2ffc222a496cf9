"""Signing in and out, one's own password, and coming back after the idle lock without losing what was typed."""

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from thanhsen import actions, vietnamese
from thanhsen.forms.accounts import ChangePasswordForm, SignInForm
from thanhsen.permissions import open_to_all, signed_in
from thanhsen.views import carry

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
LOCKED = "Đăng nhập sai 5 lần nên tài khoản tạm khoá. Chờ 15 phút rồi thử lại, hoặc nhờ người quản trị mở khoá ngay."
IDLE = "Phiên làm việc đã khoá vì 15 phút không có thao tác. Đăng nhập lại để tiếp tục."


@open_to_all("trang đăng nhập")
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request):
    after = carry.local(request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated and request.method == "GET":
        return redirect(after or "home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = lockout_name(request, {"username": form.cleaned_data["username"]})
        user = authenticate(request, username=username, password=form.cleaned_data["password"])
        if user is not None:
            return _welcome(request, user, after)
        locked = getattr(request, "axes_locked_out", False)
        actions.sign_in_failed(username=username, locked=locked)
        form.add_error(None, LOCKED if locked else WRONG)
    return _sign_in_page(request, form, after, status=form.status)


def _welcome(request, user, after):
    """Go where the person wanted to go, or show again what they had typed."""
    login(request, user)
    actions.signed_in(by=user)
    carried = carry.carried_by(request)
    if carried is not None and user.must_change_password:
        context = {"form": ChangePasswordForm(user=user), "carried": carried}
        return render(request, "thanhsen/change_password.html", context)
    if carried is not None:
        return render(request, "thanhsen/resume.html", {"carried": carried, "name": user.full_name})
    return redirect(after or "home")


def _sign_in_page(request, form, after="", carried=None, notice="", status=200):
    carried = carried or carry.carried_by(request)
    context = {"form": form, "next": after, "carried": carried, "notice": notice}
    return render(request, "thanhsen/sign_in.html", context, status=status)


def sign_in_again(request):
    """The answer to a request that needs a sign-in: nothing a person typed is lost."""
    if request.headers.get("HX-Request"):
        return _sign_in_elsewhere(request)
    if request.method in ("GET", "HEAD"):
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")
    if carry.too_much(request):
        notice = f"{IDLE} Nội dung vừa gửi quá lớn nên trang này không giữ hộ được: bấm nút Quay lại của trình duyệt để lấy lại."
        return _sign_in_page(request, SignInForm(), notice=notice, status=401)
    carried = carry.of_request(request)
    notice = f"{IDLE} Những gì vừa nhập vẫn được giữ." if carried else IDLE
    return _sign_in_page(request, SignInForm(), carried=carried, notice=notice, status=401)


def _sign_in_elsewhere(request):
    """A fragment for htmx: the page in the browser keeps what was typed while another tab signs in."""
    return carry.notice(render(request, "thanhsen/sign_in_elsewhere_part.html", status=401))


@open_to_all("đăng xuất được cả khi phiên vừa hết")
@require_POST
def sign_out(request):
    if request.user.is_authenticated:
        actions.signed_out(by=request.user)
    logout(request)
    response = redirect("sign_in")
    response.headers["Clear-Site-Data"] = '"cache"'  # the Back button of a shared machine shows nothing
    return response


@signed_in
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def change_password(request):
    carried = carry.carried_by(request)
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_own_password(by=request.user, password=form.cleaned_data["new_password"])
        update_session_auth_hash(request, request.user)
        if carried is not None:
            return render(
                request, "thanhsen/resume.html", {"carried": carried, "name": request.user.full_name}
            )
        messages.success(request, "Đã đổi mật khẩu.")
        return redirect("home")
    return render(
        request, "thanhsen/change_password.html", {"form": form, "carried": carried}, status=form.status
    )


def lockout_name(request, credentials=None) -> str:
    """The name failures are counted under: case, spaces and composition make no second account of it."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return vietnamese.clean(typed.replace("\x00", ""))[:60].lower()


def locked_out(request, response=None, credentials=None, *args):
    """What axes answers with when an account is locked: our own page, already made, with its status."""
    if response is None:
        response = HttpResponse(LOCKED, content_type="text/plain; charset=utf-8")
    response.status_code = 429
    response.headers["Retry-After"] = "900"
    return response
