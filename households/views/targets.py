"""The targets of a ward, year by year, and the page that enters one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.targets import remove_target, set_target
from households.forms.targets import TargetForm
from households.models import Target
from households.views.reports import YEARS
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires


@require_safe
@requires(Permission.SET_TARGETS)
def target_list(request):
    """Every year of the reader's wards, with its target or without."""
    wards = list(_wards(request))
    found = {(each.ward_id, each.year): each for each in Target.objects.governed_by(request.user)}
    rows = [(ward, [(year, found.get((ward.pk, year))) for year in YEARS]) for ward in wards]
    return render(request, "households/target_list.html", {"rows": rows, "this_year": localdate().year})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SET_TARGETS)
def target_edit(request, ward, year):
    """Enter the target of a year, correct it, or take it away."""
    ward = _ward(request, ward, year)
    target = Target.objects.governed_by(request.user).filter(ward=ward, year=year).first()
    form = TargetForm(request.POST or None, instance=target)
    if request.method == "POST" and form.carried_out(
        lambda **given: set_target(by=request.user, ward=ward, year=year, **given)
    ):
        messages.success(request, f"Đã lưu chỉ tiêu năm {year} của {ward.name}.")
        return redirect("target_list")
    context = {"form": form, "ward": ward, "year": year, "target": target}
    return render(request, "households/target_form.html", context, status=form.status)


@require_http_methods(["POST"])
@requires(Permission.SET_TARGETS)
def target_remove(request, ward, year):
    """Take a target away that was entered by mistake."""
    ward = _ward(request, ward, year)
    if remove_target(by=request.user, ward=ward, year=year):
        messages.success(request, f"Đã bỏ chỉ tiêu năm {year} của {ward.name}. Nhật ký còn giữ số cũ.")
    return redirect("target_list")


def _ward(request, pk: int, year: int) -> Area:
    if year not in YEARS:
        raise Http404
    return get_object_or_404(_wards(request), pk=pk)


def _wards(request):
    return Area.objects.visible_to(request.user).wards().order_by("code", "pk")
