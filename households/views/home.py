"""The home page: what waits for me, what is late, the ward's figures."""

from typing import Any

from django.shortcuts import render
from django.utils.timezone import localdate

from households.models import Request
from households.reports import overview, progress
from households.reports.support.waiting import waiting
from thanhsen.permissions import Permission, signed_in
from thanhsen.waiting import of_wings


@signed_in
def home(request):
    user, today = request.user, localdate()
    context: dict[str, Any] = {
        "today": today,
        "wings": of_wings(user, today),
        "figures": overview.figures(user.area_ids, today) if user.area_ids else None,
    }
    if user.may(Permission.VIEW_HOUSEHOLDS):
        context["works"] = overview.work(user, today)
        context["waiting"] = waiting(user, today)
        context["requests"] = Request.objects.visible_to(user).waiting().count()
        if user.may(Permission.DECIDE):
            context["ready"] = progress.ready_to_decide(user, today)
    return render(request, "households/home.html", context)
