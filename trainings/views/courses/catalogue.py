"""The ward's topics, speakers and venues on screen: listed, added, edited, taken out of use and up again."""

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen.addresses import typed
from thanhsen.permissions import Permission, requires
from trainings.actions.courses import catalogue as actions
from trainings.forms.courses.catalogue import EntryForm, SpeakerForm, TopicForm, VenueForm
from trainings.models import Speaker, Topic, Venue
from trainings.views.courses.answering import carried_out, governed_wards, one_form

acts = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Kind:
    """One of the lists. `retired`: how its entries are named that are no longer used."""

    slug: str
    model: type[actions.Entry]
    form: type[EntryForm]
    plural: str
    one: str
    retire: str = "Thôi dùng"


KINDS = {
    each.slug: each
    for each in (
        Kind("chuyen-de", Topic, TopicForm, "Chuyên đề", "chuyên đề"),
        Kind("bao-cao-vien", Speaker, SpeakerForm, "Báo cáo viên", "báo cáo viên", "Thôi mời"),
        Kind("noi-hoc", Venue, VenueForm, "Nơi học", "nơi học"),
    )
}


@require_safe
@requires(Permission.MANAGE_COURSES)
def catalogue(request, kind):
    """Those in use; `xem=thoi-dung`: the others."""
    kind, gone = _kind(kind), typed(request, "xem") == "thoi-dung"
    wards = list(governed_wards(request))
    found = kind.model.objects.governed_by(request.user).filter(retired_on__isnull=not gone)
    found = found.select_related("ward").in_order()
    if kind.model is Topic:
        found = found.prefetch_related("materials")
    rows = list(found)
    held = {each.ward_id for each in rows}
    bare = [each for each in wards if each.pk not in held] if kind.model is Topic and not gone else []
    context = {
        "kind": kind, "kinds": KINDS.values(), "rows": rows, "gone": gone, "many": len(wards) > 1, "bare": bare[:20],
    }  # fmt: skip
    return render(request, "trainings/courses/catalogue.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def catalogue_add(request, kind):
    kind = _kind(kind)
    form = kind.form(request.POST or None, by=request.user, wards=governed_wards(request))

    def add(ward, version, materials=(), **values):
        return actions.add_entry(
            by=request.user, kind=kind.model, ward=ward, values=values, materials=list(materials)
        )

    if carried_out(request, form, add, f"Đã thêm {kind.one}."):
        return redirect("catalogue", kind.slug)
    return one_form(request, form, f"Thêm {kind.one}", reverse("catalogue", args=[kind.slug]))


@acts
@requires(Permission.MANAGE_COURSES)
def catalogue_edit(request, kind, entry):
    kind = _kind(kind)
    entry = _entry(request, kind, entry)
    form = kind.form(
        request.POST or None, by=request.user, instance=copy(entry), initial={"version": entry.version}
    )

    def edit(version, materials=(), **values):
        return actions.edit_entry(
            by=request.user, entry=entry, version=version, values=values, materials=list(materials)
        )

    if carried_out(request, form, edit, "Đã lưu."):
        return redirect("catalogue", kind.slug)
    return one_form(request, form, f"Sửa {kind.one}", reverse("catalogue", args=[kind.slug]))


@require_POST
@requires(Permission.MANAGE_COURSES)
def catalogue_retire(request, kind, entry):
    """Out of use, or up again where the form says `lai`."""
    kind = _kind(kind)
    entry, back = _entry(request, kind, entry), request.POST.get("lai") == "1"
    try:
        actions.retire_entry(by=request.user, entry=entry, today=localdate(), back=back)
        messages.success(request, f"Dùng lại “{entry}”." if back else f"{kind.retire} “{entry}”.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("catalogue", kind.slug)


@require_POST
@requires(Permission.MANAGE_COURSES)
def topics_offered(request, ward):
    """Lập theo mẫu: the topics that a ward without any begins with."""
    ward = get_object_or_404(governed_wards(request), pk=ward)
    try:
        made = actions.begin_with_offered_topics(by=request.user, ward=ward)
        messages.success(
            request, f"Đã lập {len(made)} chuyên đề theo mẫu cho {ward}. Sửa lại theo kế hoạch của phường."
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("catalogue", "chuyen-de")


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _entry(request, kind: Kind, pk: int) -> actions.Entry:
    return get_object_or_404(kind.model.objects.governed_by(request.user), pk=pk)
