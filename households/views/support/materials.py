"""Materials on screen: the list, one added, one fetched, one withdrawn."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.actions.support.materials import add_material, withdraw_material
from households.forms.support.outreach import MaterialForm
from households.models import Material, MaterialFile
from thanhsen.addresses import typed
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires, signed_in


@require_safe
@signed_in
def material_list(request):
    """What the ward offers, by audience; everybody who works in the portal may read it."""
    audience = typed(request, "cho")
    found = Material.objects.visible_to(request.user).filter(withdrawn_on=None)
    if audience in Material.Audience.values:
        found = found.filter(audience__in=[audience, "both"])
    context = {
        "materials": found.order_by("title", "pk"), "audience": audience, "audiences": Material.Audience.choices[:2],
    }  # fmt: skip
    return render(request, "households/support/material_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_SUPPORT)
def material_add(request):
    mine = Area.objects.visible_to(request.user)
    wards = {*mine.wards().values_list("pk", flat=True), *mine.groups().values_list("parent", flat=True)}
    form = MaterialForm(
        request.POST or None, request.FILES or None, wards=Area.objects.filter(pk__in=wards).in_order(),
        initial={"request_id": uuid4()},
    )  # fmt: skip

    def add(ward, file, request_id, **values):
        sent = (file.name, file.read()) if file else None
        return add_material(by=request.user, ward=ward, values=values, file=sent, request_id=request_id)

    if request.method == "POST" and form.carried_out(add):
        messages.success(request, f"Đã thêm tài liệu “{form.result}”.")
        return redirect("material_list")
    return render(request, "households/support/material_form.html", {"form": form}, status=form.status)


@require_safe
@signed_in
def material_file(request, pk):
    """The bytes, always as a file to be saved and never as a page."""
    found = get_object_or_404(
        MaterialFile.objects.filter(of__in=Material.objects.visible_to(request.user)).select_related("of"),
        pk=pk,
    )
    return HttpResponse(
        bytes(found.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, found.of.file_name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
@requires(Permission.PLAN_SUPPORT)
def material_withdraw(request, pk):
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    withdraw_material(by=request.user, material=material, on=localdate())
    messages.success(request, f"Đã thôi dùng “{material}”.")
    return redirect("material_list")
