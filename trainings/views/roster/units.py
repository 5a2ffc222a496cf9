"""Units that send trainees: kept by the ward; what a course asks of each and whom it sent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen.addresses import typed, whole
from thanhsen.concurrency import Stale
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires
from thanhsen.vietnamese import fold
from trainings.actions.roster import units as actions
from trainings.forms.roster.units import EndUnitForm, UnitForm, typed_quotas
from trainings.models import Unit
from trainings.models.roster import Fold
from trainings.reports.roster.units import totals_of, units_of
from trainings.views.loading import governed_course
from trainings.views.roster.loading import STALE, shown, unit_of

acts = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 100


@require_safe
@requires(Permission.MANAGE_COURSES)
def unit_list(request):
    """The units of the admin's wards."""
    text, ended = typed(request, "q"), typed(request, "het") == "1"
    found = Unit.objects.governed_by(request.user).select_related("ward", "area")
    found = found if ended else found.in_use()
    for word in fold(text).split():
        found = found.alias(plain=Fold("name")).filter(plain__contains=word)
    page = Paginator(found.in_order(), PAGE).get_page(typed(request, "trang"))
    context = {"page": page, "text": text, "ended": ended, "wards": list(_wards(request))}
    return render(request, "trainings/roster/unit_list.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def unit_add(request):
    form = UnitForm(request.POST or None, wards=_wards(request))

    def add(ward, version, **values):
        return actions.add_unit(by=request.user, ward=ward, values=values)

    if request.method == "POST" and form.carried_out(add):
        messages.success(request, f"Đã thêm {form.result}.")
        return redirect("unit_list")
    context = {"form": form, "title": "Thêm đơn vị"}
    return render(request, "trainings/roster/unit_form.html", context, status=form.status)


@acts
@requires(Permission.MANAGE_COURSES)
def unit_edit(request, pk):
    unit = unit_of(request, pk)
    start = {"name": unit.name, "area": unit.area_id, "version": unit.version}
    form = UnitForm(request.POST or None, wards=_wards(request), unit=unit, initial=start)
    return _saved(
        request, unit, form, f"Sửa {unit.name}",
        lambda version, **values: actions.edit_unit(by=request.user, unit=unit, version=version, values=values),
    )  # fmt: skip


@acts
@requires(Permission.MANAGE_COURSES)
def unit_end(request, pk):
    unit = unit_of(request, pk)
    form = EndUnitForm(request.POST or None, initial={"version": unit.version})
    return _saved(
        request, unit, form, f"Thôi dùng {unit.name}",
        lambda version, on: actions.end_unit(by=request.user, unit=unit, version=version, on=on),
    )  # fmt: skip


def _saved(request, unit, form, title, act):
    try:
        if request.method == "POST" and form.carried_out(act):
            messages.success(request, "Đã lưu.")
            return redirect("unit_list")
    except Stale:
        messages.error(request, STALE)
        return redirect("unit_list")
    context = {"form": form, "unit": unit, "title": title}
    return render(request, "trainings/roster/unit_form.html", context, status=form.status)


@require_POST
@requires(Permission.MANAGE_COURSES)
def units_of_groups(request):
    """A unit for each tổ dân phố of a ward that has none."""
    ward = get_object_or_404(_wards(request), pk=whole(request.POST.get("phuong")) or 0)
    try:
        made = actions.add_units_of_groups(by=request.user, ward=ward, today=localdate())
        messages.success(
            request, f"Đã tạo {len(made)} đơn vị từ tổ dân phố." if made else "Mọi tổ dân phố đã có đơn vị."
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("unit_list")


@acts
@requires(Permission.MANAGE_COURSES)
def roster_units(request, pk):
    """What each unit was asked, whom it sent, who sent nobody first; the quotas are typed in one grid."""
    course = governed_course(request, pk)
    found = units_of(course)
    units = list(found)
    wrong: dict[int, str] = {}
    if request.method == "POST":
        seats, seen, wrong = typed_quotas(request.POST, units)
        if not wrong and _quotas_saved(request, course, seats, seen):
            return redirect("roster_units", pk)
    typed_in = (
        {each.pk: request.POST.get(f"q{each.pk}", "") for each in units} if request.method == "POST" else {}
    )
    lines = [
        (each, typed_in.get(each.pk, "" if each.quota is None else each.quota), wrong.get(each.pk, ""))
        for each in units
    ]
    context = shown(request, course, lines=lines, totals=totals_of(found), ward=course.ward)
    status = 422 if request.method == "POST" else 200
    return render(request, "trainings/roster/units.html", context, status=status)


def _quotas_saved(request, course, seats, seen) -> bool:
    try:
        count = actions.save_quotas(by=request.user, course=course, seats=seats, seen=seen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(
        request, f"Đã lưu chỉ tiêu của {count} đơn vị." if count else "Không có chỉ tiêu nào đổi."
    )
    return True


def _wards(request):
    return Area.objects.visible_to(request.user).wards().valid_on(localdate()).in_order()
