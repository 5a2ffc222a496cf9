"""Places: each ward with its tổ dân phố, as they were on a day."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen import actions
from thanhsen.forms.places import AreaForm, EndAreaForm
from thanhsen.lists.own import AREAS, find_areas
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires
from thanhsen.views.lists import export_of

area_export = export_of(AREAS)


@requires(Permission.MANAGE_AREAS)
@require_safe
def area_list(request):
    found = find_areas(request, today=localdate())
    return render(request, "thanhsen/area_list.html", found.shown, status=found.shown["form"].status)


@requires(Permission.MANAGE_AREAS)
@require_http_methods(["GET", "POST"])
def area_create(request):
    initial = {"parent": request.GET.get("thuoc"), "kind": "group", "valid_from": localdate()}
    form = AreaForm(request.POST or None, by=request.user, initial=initial)
    if form.carried_out(lambda **data: actions.create_area(by=request.user, **data)):
        messages.success(request, f"Đã thêm {form.result.name}.")
        return redirect("area_list")
    return render(request, "thanhsen/area_form.html", {"form": form}, status=form.status)


@requires(Permission.MANAGE_AREAS)
@require_http_methods(["GET", "POST"])
def area_edit(request, pk):
    area = _load(request, pk)
    initial = {name: getattr(area, name) for name in ("code", "name", "area_type", "valid_from")}
    initial["predecessors"] = area.predecessors.values_list("pk", flat=True)
    form = AreaForm(request.POST or None, by=request.user, area=area, initial=initial)
    if form.carried_out(lambda **data: actions.update_area(by=request.user, area=area, **data)):
        messages.success(request, f"Đã lưu {form.result.name}.")
        return redirect("area_list")
    return render(request, "thanhsen/area_form.html", {"form": form, "area": area}, status=form.status)


@requires(Permission.MANAGE_AREAS)
@require_http_methods(["GET", "POST"])
def area_end(request, pk):
    area = _load(request, pk)
    form = EndAreaForm(request.POST or None, by=request.user, area=area)
    if form.carried_out(lambda **data: actions.end_area(by=request.user, area=area, **data)):
        messages.success(
            request, f"{area.name} không còn hiệu lực kể từ ngày {form.result.valid_to:%d/%m/%Y}."
        )
        return redirect("area_list")
    return render(request, "thanhsen/area_end.html", {"form": form, "area": area}, status=form.status)


def _load(request, pk) -> Area:
    return get_object_or_404(Area.objects.visible_to(request.user).select_related("parent"), pk=pk)
