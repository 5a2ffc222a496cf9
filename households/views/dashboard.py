"""The picture of the ward for its leaders, on one page that also prints."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from thanhsen.permissions import Permission, requires


@require_safe
@requires(Permission.VIEW_REPORTS)
def dashboard(request):
    return render(request, "households/dashboard.html", {})
