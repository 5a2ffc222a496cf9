"""The ward's library of outreach and training: listed, put in, handed out, withdrawn."""

from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.actions.support import materials as actions
from households.forms.support.materials import MaterialForm
from households.models import Material, MaterialFile
from thanhsen import filetypes
from thanhsen.addresses import typed
from thanhsen.downloads import attachment
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires, signed_in

PAGE = 50
ANY = "application/octet-stream"


@require_safe
@signed_in
def material_list(request):
    """Those in use, of the reader's wards, by audience and words; `xem=thoi-dung`: those withdrawn."""
    audience, text, gone = (
        typed(request, "dung-cho"),
        typed(request, "q"),
        typed(request, "xem") == "thoi-dung",
    )
    found = Material.objects.visible_to(request.user).filter(withdrawn_on__isnull=not gone)
    if audience in Material.Audience:
        found = found.filter(Q(audience=audience) | Q(audience="both"))
    for word in text.split():
        found = found.filter(Q(title__icontains=word) | Q(topic__icontains=word) | Q(author__icontains=word))
    page = Paginator(found.select_related("made_by").newest_first(), PAGE).get_page(typed(request, "trang"))
    governed = set(Area.objects.visible_to(request.user).wards().values_list("pk", flat=True))
    rows = [
        (each, _how(each), each.made_by_id == request.user.pk or each.ward_id in governed) for each in page
    ]
    context = {
        "page": page, "rows": rows, "audience": audience, "text": text, "gone": gone,
        "audiences": Material.Audience.choices,
    }  # fmt: skip
    return render(request, "households/support/material_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ADD_MATERIALS)
def material_add(request):
    mine = Area.objects.visible_to(request.user)  # an admin bound to no area has every ward
    wards = Area.objects.wards().filter(Q(pk__in=mine) | Q(pk__in=mine.values("parent")))
    form = MaterialForm(
        request.POST or None,
        request.FILES or None,
        wards=wards.valid_on(localdate()).in_order(),
        initial={"request_id": uuid4()},
    )

    def add(ward, request_id, content=None, file_name="", **values):
        return actions.add_material(
            by=request.user, ward=ward, values=values, content=content, file_name=file_name,
            request_id=request_id,
        )  # fmt: skip

    if request.method == "POST" and form.carried_out(add):
        messages.success(request, f"Đã đưa “{form.result}” vào thư viện.")
        return redirect("material_list")
    context = {
        "form": form, "title": "Thêm tài liệu", "submit": "Đưa vào thư viện", "back": reverse("material_list"),
        "lead": "Mọi người có tài khoản của phường đều mở được: không đưa danh sách hộ, ảnh giấy tờ hay thông tin riêng của "
        "ai vào đây.",
    }  # fmt: skip
    return render(request, "households/support/form_page.html", context, status=form.status)


@require_safe
@signed_in
def material_file(request, pk):
    """The file, to be kept and opened outside the browser: nothing of it runs within the portal's pages."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk, link="")
    content = MaterialFile.objects.filter(of=material).values_list("content", flat=True).get()
    kind = filetypes.of_name(material.file_name)
    return attachment(bytes(content), material.file_name, kind.content_type if kind else ANY)


@require_POST
@requires(Permission.ADD_MATERIALS)
def material_withdraw(request, pk):
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    try:
        actions.withdraw_material(by=request.user, material=material, today=localdate())
        messages.success(request, f"Đã thôi dùng “{material}”.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("material_list")


def _how(material: Material) -> str:
    """Where it is: the host of its address, or what kind of file."""
    if material.link:
        return urlsplit(material.link).hostname or material.link
    kind = filetypes.of_name(material.file_name)
    return kind.label if kind else "Tệp"
