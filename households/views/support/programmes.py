"""Programmes on screen: the list, one with its rule in words, entered, replaced, ended."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support import programmes as actions
from households.exchange.lists.support.programmes import find_programmes
from households.forms.support.programmes import EditProgrammeForm, EndForm, NewProgrammeForm
from households.models import Programme
from households.reports.support import budgets
from households.reports.support import programmes as report
from thanhsen.concurrency import Stale
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def programme_list(request):
    """Every programme of the reader's wards, those that run first."""
    found = find_programmes(request, today=localdate())
    context = {**found.shown, "programmes": list(found.records), "today": localdate()}
    return render(request, "households/support/programme_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PROGRAMMES)
def programme_create(request):
    form = NewProgrammeForm(request.POST or None, wards=_wards(request), initial={"request_id": uuid4()})
    if request.method == "POST" and form.carried_out(
        lambda ward, request_id, **values: actions.create_programme(
            by=request.user, ward=ward, values=values, request_id=request_id
        )
    ):
        return _saved(request, form.result, "Đã thêm chương trình")
    return _form(request, form, "Thêm chương trình hỗ trợ", "Thêm")


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def programme_detail(request, pk):
    """The rule in words, who is entitled and receives in each tổ dân phố, the rows of its line."""
    programme = _programme(request, pk)
    context = {
        "programme": programme,
        "line": list(
            Programme.objects.visible_to(request.user).filter(line=programme.line_id).order_by("valid_from")
        ),
        "rule": report.in_words(programme),
        "is_used": programme.supports.exists(),
        "areas": report.by_area(programme, request.user, localdate()),
        "budgets": budgets.of_programme(programme, request.user, this_year=localdate().year),
        "today": localdate(),
    }
    return render(request, "households/support/programme_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PROGRAMMES)
def programme_edit(request, pk):
    programme = _own(request, pk)
    form = EditProgrammeForm(
        request.POST or None,
        wards=_wards(request),
        programme=programme,
        initial={"version": programme.version},
    )
    try:
        if request.method == "POST" and form.carried_out(
            lambda version, **values: actions.edit_programme(
                by=request.user, programme=programme, version=version, values=values
            )
        ):
            return _saved(request, form.result, "Đã sửa")
    except Stale:
        form.add_error(
            None,
            "Người khác vừa sửa chương trình này nên chưa lưu. Mở lại trang để xem bản mới rồi sửa tiếp.",
        )
    return _form(request, form, f"Sửa: {programme}", "Lưu", programme)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PROGRAMMES)
def programme_replace(request, pk):
    """The law changed: the same line goes on with another rule."""
    programme = _own(request, pk)
    initial = {"valid_from": None, "valid_to": None, "legal_basis": "", "request_id": uuid4()}
    form = NewProgrammeForm(request.POST or None, wards=_wards(request), programme=programme, initial=initial)
    if request.method == "POST" and form.carried_out(
        lambda request_id, **values: actions.replace_programme(
            by=request.user, programme=programme, values=values, request_id=request_id
        )
    ):
        return _saved(request, form.result, "Đã thay bằng")
    return _form(request, form, f"Thay từ một ngày: {programme}", "Thay bằng bản này", programme)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PROGRAMMES)
def programme_end(request, pk):
    programme = _own(request, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda on: actions.end_programme(by=request.user, programme=programme, on=on)
    ):
        return _saved(request, form.result, "Đã kết thúc")
    return _form(request, form, f"Kết thúc: {programme}", "Kết thúc", programme)


def _saved(request, programme: Programme, said: str):
    messages.success(request, f"{said}: {programme}.")
    return redirect("programme_detail", programme.pk)


def _form(request, form, title: str, submit: str, programme: Programme | None = None):
    context = {"form": form, "title": title, "submit": submit, "programme": programme}
    return render(request, "households/support/programme_form.html", context, status=form.status)


def _programme(request, pk: int) -> Programme:
    return get_object_or_404(
        Programme.objects.visible_to(request.user).select_related("ward", "replaces"), pk=pk
    )


def _own(request, pk: int) -> Programme:
    return get_object_or_404(Programme.objects.governed_by(request.user).select_related("ward"), pk=pk)


def _wards(request):
    return Area.objects.visible_to(request.user).wards().in_order()
