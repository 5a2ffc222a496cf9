"""Shocks on screen: recorded once for many households, how far seeing has come, spread, closed."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from households.actions.support import shocks as actions
from households.actions.support.shock_mistakes import redate_shock, void_shock
from households.forms.support.shocks import (
    EditShockForm,
    RedateForm,
    ShockForm,
    SpreadForm,
    VoidShockForm,
)
from households.models import ShockEvent, ShockImpact
from households.reports.support import shocks as reports
from thanhsen.addresses import typed
from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, requires

PAGE = 30


@requires(Permission.VIEW_HOUSEHOLDS)
def shock_list(request):
    """The shocks of the reader's wards, the newest first, with what is still to see."""
    found = ShockEvent.objects.visible_to(request.user).newest_first()
    page = Paginator(found, PAGE).get_page(typed(request, "trang"))
    context = {"page": page, "rows": reports.counted(list(page), request.user)}
    return render(request, "households/support/shock_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_SUPPORT)
def shock_create(request):
    form = ShockForm(request.POST or None, by=request.user, initial={"request_id": uuid4()})
    if request.method == "POST" and form.carried_out(
        lambda areas, request_id, **values: actions.record_shock(
            by=request.user, values=values, areas=list(areas), today=localdate(), request_id=request_id
        )
    ):
        messages.success(request, f"Đã ghi “{form.result}”. Bấm vào tên tổ dân phố để ghi từng hộ.")
        return redirect("shock_detail", form.result.pk)
    return _page(request, form, "Ghi biến cố mới", "Ghi biến cố", reverse("shock_list"))


@requires(Permission.VIEW_HOUSEHOLDS)
def shock_detail(request, pk):
    """Households by severity and tổ dân phố, how far seeing has come, and what to do next."""
    shock = _shock(request, pk)
    lines = reports.progress(shock, request.user)
    context = {
        "shock": shock,
        "total": lines[0] if lines else None,
        "lines": lines[1:],
        "severities": ShockImpact.Severity.choices,
        "areas": shock.areas.in_order(),
        "handles": _handles(request, shock),
        "redated": reports.redated(shock),
    }
    return render(request, "households/support/shock_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_SUPPORT)
def shock_edit(request, pk):
    shock = get_object_or_404(ShockEvent.objects.handled_by(request.user), pk=pk)
    form = EditShockForm(request.POST or None, shock=shock)
    try:
        if request.method == "POST" and form.carried_out(
            lambda version, **values: actions.update_shock(
                by=request.user, shock=shock, version=version, values=values, today=localdate()
            )
        ):
            return redirect("shock_detail", shock.pk)
    except Stale:
        messages.error(
            request, "Người khác vừa sửa biến cố này nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp."
        )
        return redirect("shock_edit", shock.pk)
    lead = (
        "Các tổ dân phố đã ghi thì giữ nguyên. Sai ngày xảy ra thì bấm “Sửa ngày xảy ra” ở trang của biến cố."
    )
    return _page(request, form, f"Sửa: {shock}", "Lưu", _back(shock), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_SUPPORT)
def shock_redate(request, pk):
    """It happened on another day."""
    shock = get_object_or_404(ShockEvent.objects.handled_by(request.user), pk=pk)
    form = RedateForm(request.POST or None, initial={"version": shock.version})
    try:
        if request.method == "POST" and form.carried_out(
            lambda **given: redate_shock(by=request.user, shock=shock, today=localdate(), **given)
        ):
            messages.success(request, f"Đã sửa ngày xảy ra: {form.result.happened_on:%d/%m/%Y}.")
            return redirect("shock_detail", shock.pk)
    except Stale:
        messages.error(request, "Người khác vừa sửa biến cố này nên chưa lưu. Xem lại rồi sửa tiếp.")
        return redirect("shock_redate", shock.pk)
    lead = (
        f"Đang ghi ngày {shock.happened_on:%d/%m/%Y}. Hộ có trong sổ vào ngày đúng được thêm vào danh sách; hộ chưa xem "
        "mà ngày đó không có trong sổ được ghi là không thiệt hại. Thiệt hại, hỗ trợ, đơn đã ghi giữ nguyên."
    )
    return _page(request, form, f"Sửa ngày xảy ra: {shock}", "Lưu", _back(shock), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_SUPPORT)
def shock_void(request, pk):
    """It was recorded by mistake."""
    shock = get_object_or_404(ShockEvent.objects.handled_by(request.user), pk=pk)
    form = VoidShockForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda reason: void_shock(by=request.user, shock=shock, reason=reason, at=now())
    ):
        messages.success(request, f"Đã bỏ “{shock}”.")
        return redirect("shock_detail", shock.pk)
    lead = (
        "Biến cố vẫn còn để tra cứu nhưng không tính cho hộ nào nữa. Hỗ trợ khẩn cấp đã giao vì biến cố này phải bỏ trước; "
        "đơn đề nghị rà soát là của gia đình nên vẫn giữ và được rà soát."
    )
    return _page(request, form, f"Bỏ, ghi nhầm: {shock}", "Bỏ biến cố này", _back(shock), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_SUPPORT)
def shock_spread(request, pk):
    """More tổ dân phố of the user's that it struck."""
    shock = _shock(request, pk)
    form = SpreadForm(request.POST or None, by=request.user, shock=shock)
    if request.method == "POST" and form.carried_out(
        lambda areas: actions.spread_shock(by=request.user, shock=shock, areas=list(areas))
    ):
        messages.success(request, f"Đã thêm {form.result} hộ vào danh sách.")
        return redirect("shock_detail", shock.pk)
    context = {"form": form, "shock": shock}
    return render(request, "households/support/shock_spread.html", context, status=form.status)


@require_POST
@requires(Permission.PLAN_SUPPORT)
def shock_close(request, pk):
    shock = get_object_or_404(ShockEvent.objects.handled_by(request.user), pk=pk)
    try:
        actions.close_shock(by=request.user, shock=shock, today=localdate())
        messages.success(request, f"Đã đóng “{shock}”.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("shock_detail", shock.pk)


@require_POST
@requires(Permission.PLAN_SUPPORT)
def shock_reopen(request, pk):
    shock = get_object_or_404(ShockEvent.objects.handled_by(request.user), pk=pk)
    try:
        actions.reopen_shock(by=request.user, shock=shock)
        messages.success(request, f"Đã mở lại “{shock}”.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("shock_detail", shock.pk)


def _page(request, form, title: str, submit: str, back: str, lead: str = ""):
    context = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead}
    return render(request, "households/support/form_page.html", context, status=form.status)


def _back(shock: ShockEvent) -> str:
    return reverse("shock_detail", args=[shock.pk])


def _shock(request, pk) -> ShockEvent:
    found = ShockEvent.objects.visible_to(request.user).select_related(
        "ward", "programme", "made_by", "voided_by"
    )
    return get_object_or_404(found, pk=pk)


def _handles(request, shock) -> bool:
    return (
        request.user.may(Permission.PLAN_SUPPORT)
        and ShockEvent.objects.handled_by(request.user).filter(pk=shock.pk).exists()
    )
