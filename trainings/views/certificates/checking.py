"""The public page behind the QR code of a certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thanhsen.permissions import open_to_all
from trainings.reports import completion as report


@open_to_all("Ai cầm giấy cũng kiểm tra được; trang chỉ nói tên, khoá, ngày và giấy còn giá trị hay không.")
@never_cache
@require_safe
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    certificate = report.by_code(code.lower())
    context = {
        "certificate": certificate,
        "is_replaced": bool(certificate and hasattr(certificate, "replaced_by")),
    }
    answer = render(request, "trainings/certificates/check.html", context, status=200 if certificate else 404)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
