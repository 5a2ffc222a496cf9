"""Error pages: what happened and what to do, nothing about the machine."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader

from thanhsen.views import carry

PLAIN_500 = (
    "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Cổng đang gặp trục trặc</title>"
    "<h1>Cổng đang gặp trục trặc</h1><p>Thử lại sau ít phút. Nếu vẫn vậy, báo cho người quản trị.</p></html>"
)


def bad_request(request, exception=None):
    """Static: a request this wrong may not even have a session."""
    return HttpResponse(_static("400.html"), status=400)


def refused(request, exception=None):
    """403 with the refusal's own reason: every PermissionDenied of the portal carries a Vietnamese sentence."""
    reason = str(exception or "") or "Anh/chị không có quyền làm việc này."
    if request.headers.get("HX-Request"):
        return _fragment(request, reason, 403)
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def not_found(request, exception=None):
    if request.headers.get("HX-Request"):
        return _fragment(
            request, "Không tìm thấy hồ sơ này, hoặc hồ sơ không thuộc địa bàn của anh/chị.", 404
        )
    return render(request, "errors/404.html", status=404)


def method_refused(request, allowed: str):
    response = render(request, "errors/405.html", status=405)
    response.headers["Allow"] = allowed
    return response


def server_error(request):
    return HttpResponse(_static("500.html"), status=500)


def csrf_failure(request, reason=""):
    """A page opened before the last sign-in holds a stale token. What it posted is offered again, if it was ours."""
    if request.headers.get("HX-Request"):
        text = (
            "Trang này mở từ trước lần đăng nhập gần nhất. Bấm Lưu để tiếp tục; những gì đã nhập không mất."
        )
        return _fragment(request, text, 403)
    carried = carry.of_request(request) if _from_here(request) else None
    if carried is not None and getattr(request, "user", None) and request.user.is_authenticated:
        get_token(request)
        context = {"carried": carried, "name": request.user.full_name, "stale": True}
        return render(request, "thanhsen/resume.html", context, status=403)
    return render(request, "errors/csrf.html", status=403)


def _from_here(request) -> bool:
    """Whether the browser itself says that a page of this portal sent the post."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def _fragment(request, text, status):
    return carry.notice(render(request, "components/notice_part.html", {"text": text}, status=status))


def _static(name: str) -> str:
    try:
        return loader.get_template(f"errors/{name}").render()
    except Exception:  # the page that tells of a failure must not fail
        return PLAIN_500
