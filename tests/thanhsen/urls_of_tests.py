"""Addresses that only tests ask for: a view somebody forgot to guard, and one that fails."""

from django.http import HttpResponse
from django.urls import path

from thanhsen.permissions import signed_in
from thanhsen.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def forgotten(request):
    return HttpResponse("lộ")


@signed_in
def failing(request):
    raise RuntimeError("chi tiết bí mật")


urlpatterns = [*urlpatterns, path("quen/", forgotten), path("hong/", failing)]
