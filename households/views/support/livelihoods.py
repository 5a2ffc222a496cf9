"""Models of livelihood on screen: the list, one, who takes part, a month of follow-ups."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support import livelihoods as actions
from households.actions.support.follow_ups import follow_up
from households.exchange.lists.support.livelihoods import find_candidates, find_projects
from households.forms.support import livelihoods as forms
from households.models import Household, LivelihoodProject, Participation, Programme, Support
from households.reports.support import livelihoods as report
from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.concurrency import Stale
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

PAGE = 30  # to be ticked on a phone as well
acts = require_http_methods(["GET", "HEAD", "POST"])
STALE = "Người khác vừa sửa. Mở lại trang để xem bản mới rồi làm lại."
COPIED = ("kind", "description", "lead", "programme", "planned_capital")


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def project_list(request):
    """Every model of the reader's wards with its figures, and those that worked best."""
    today = localdate()
    found = find_projects(request, today=today)
    projects = list(found.records)
    counted = report.figures(projects)
    context = {
        **found.shown,
        "rows": [(each, counted[each.pk], report.month_to_follow(each, today)) for each in projects],
        "worked": report.worked(request.user)[:5],
        "month": report.last_month(today),
    }
    return render(request, "households/support/project_list.html", context)


@acts
@requires(Permission.PLAN_SUPPORT)
def project_create(request):
    form = _project_form(request, {"request_id": uuid4()})

    def create(ward, request_id, version, **values):
        return actions.create_project(by=request.user, ward=ward, values=values, request_id=request_id)

    return _form(request, form, create, "Thêm mô hình", "Thêm")


@acts
@requires(Permission.PLAN_SUPPORT)
def project_copy(request, pk):
    """Done again where it worked: kind, technique and lead are offered."""
    source = _project(request, pk)
    form = _project_form(
        request,
        {**{name: getattr(source, name) for name in COPIED}, "ward": source.ward_id, "request_id": uuid4()},
    )

    def copy(ward, request_id, version, **values):
        return actions.create_project(
            by=request.user, ward=ward, values=values, copied_from=source, request_id=request_id
        )

    return _form(request, form, copy, f"Nhân rộng: {source}", "Nhân rộng", source)


@acts
@requires(Permission.PLAN_SUPPORT)
def project_edit(request, pk):
    project = _project(request, pk)
    names = ("name", "started_on", "version", *COPIED)
    form = _project_form(request, {name: getattr(project, name) for name in names}, fixed_ward=True)

    def edit(version, request_id, **values):
        return actions.edit_project(by=request.user, project=project, version=version or 0, values=values)

    return _form(request, form, edit, f"Sửa: {project}", "Lưu", project)


@acts
@requires(Permission.PLAN_SUPPORT)
def project_end(request, pk):
    project = _project(request, pk)
    form = forms.EndProjectForm(request.POST or None)
    return _form(
        request, form, lambda **given: actions.end_project(by=request.user, project=project, today=localdate(), **given),
        f"Kết thúc: {project}", "Kết thúc", project,
    )  # fmt: skip


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def project_detail(request, pk):
    """What it is, in figures, where it comes from and went, the reader's households in it, month by month."""
    project = _project(request, pk)
    parts = list(
        _parts(request, project)
        .select_related("household__area", "support")
        .order_by("left_on", "household__sort_key", "household__code", "pk")
    )
    ids = [each.household_id for each in parts]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=str(project))
    context = {
        "project": project,
        "figures": report.figures([project])[project.pk],
        "parts": parts,
        "copies": project.copies.order_by("started_on", "pk"),
        "months": report.incomes_by_month(project, request.user),
        "month": report.month_to_follow(project, localdate()),
    }
    return render(request, "households/support/project_detail.html", context)


@acts
@requires(Permission.PLAN_SUPPORT)
def project_join(request, pk):
    """Households on the list of a tổ dân phố, to be ticked."""
    project = _project(request, pk)
    found = find_candidates(request, today=localdate(), pk=pk)
    form = forms.JoinForm(request.POST or None)
    if request.method == "POST":
        ids = [key for text in request.POST.getlist("chon") if (key := whole(text)) is not None]
        if form.carried_out(
            lambda on: actions.join(
                by=request.user, project=project, households=ids, on=on, today=localdate()
            )
        ):
            messages.success(request, f"Đã ghi {len(form.result)} hộ tham gia.")
            return redirect("project_detail", project.pk)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user, act="household.list", of=Household, ids=[each.pk for each in page], name=str(project)
    )
    context = {
        **found.shown,
        "project": project,
        "page": page,
        "form": form,
        "ticked": set(request.POST.getlist("chon")),
    }
    return render(request, "households/support/project_join.html", context, status=form.status)


@acts
@requires(Permission.PLAN_SUPPORT)
def participation_edit(request, pk):
    part = _part(request, pk)
    names = (
        "own_capital",
        "loan",
        "equipment",
        "training",
        "support",
        "income_before",
        "income_after",
        "version",
    )
    supports = Support.objects.visible_to(request.user).counted().filter(household=part.household_id)
    form = forms.ParticipationForm(
        request.POST or None,
        supports=supports.newest_first(),
        initial={name: getattr(part, name) for name in names},
    )

    def edit(version, **values):
        return actions.edit_participation(by=request.user, participation=part, version=version, values=values)

    return _form(request, form, edit, f"{part.household} trong mô hình", "Lưu", part.project)


@acts
@requires(Permission.PLAN_SUPPORT)
def participation_leave(request, pk):
    part = _part(request, pk)
    form = forms.LeaveForm(request.POST or None)
    return _form(
        request, form, lambda **given: actions.leave(by=request.user, participation=part, today=localdate(), **given),
        f"Ra khỏi mô hình: {part.household}", "Ghi", part.project,
    )  # fmt: skip


@acts
@requires(Permission.PLAN_SUPPORT)
def follow_ups(request, pk, year, month):
    """One month of the reader's households in a model, a line each."""
    project, today = _project(request, pk), localdate()
    first = _month(year, month)
    parts = list(
        _parts(request, project).filter(joined_on__lt=report.month_after(first)).exclude(left_on__lt=first)
        .select_related("household__area").order_by("household__sort_key", "household__code", "pk")
    )  # fmt: skip
    stored = report.follow_ups_of(parts, first)
    rows = [(part, _line(request, part, row := stored.get(part.pk), today), row) for part in parts]
    fault = ""
    if request.method == "POST" and all([form.is_valid() for _, form, _ in rows]):
        said = [
            {"participation": part.pk, **form.cleaned_data}
            for part, form, _ in rows
            if form.cleaned_data["condition"]
        ]
        try:
            changed = follow_up(by=request.user, project=project, month=first, rows=said, today=today)
            messages.success(request, f"Đã lưu {changed} hộ; còn {len(rows) - len(said)} hộ chưa ghi.")
            return redirect("follow_ups", project.pk, year, month)
        except ValidationError as error:
            fault = " ".join(error.messages)
    status = 422 if request.method == "POST" else 200
    after = report.month_after(first)
    context = {
        "project": project, "rows": rows, "month": first, "fault": fault, "missing": len(parts) - len(stored),
        "before": report.last_month(first), "after": after if after <= today else None,
        "nearest": None if rows else report.nearest_month(list(_parts(request, project)), first),
    }  # fmt: skip
    return render(request, "households/support/follow_ups.html", context, status=status)


def _line(request, part: Participation, stored, today: date) -> forms.FollowUpForm:
    names = ("condition", "income", "text", "next_action", "visited_on", "version")
    initial = {name: getattr(stored, name) for name in names} if stored else {"visited_on": today}
    return forms.FollowUpForm(
        request.POST if request.method == "POST" else None, prefix=f"h{part.pk}", initial=initial
    )


def _month(year: int, month: int) -> date:
    if not (2020 <= year <= 2100 and 1 <= month <= 12):
        raise Http404
    return date(year, month, 1)


def _project_form(request, initial: dict, *, fixed_ward: bool = False) -> forms.ProjectForm:
    return forms.ProjectForm(
        request.POST or None, initial=initial, fixed_ward=fixed_ward,
        wards=Area.objects.wards_of(request.user).in_order(),
        programmes=Programme.objects.visible_to(request.user).in_order(),
    )  # fmt: skip


def _form(request, form, act, title: str, submit: str, project: LivelihoodProject | None = None):
    if request.method == "POST":
        try:
            if form.carried_out(act):
                made = form.result
                messages.success(request, "Đã lưu.")
                return redirect("project_detail", getattr(made, "project_id", None) or made.pk)
        except Stale:
            form.add_error(None, STALE)
    back = reverse("project_detail", args=[project.pk]) if project else reverse("project_list")
    context = {"form": form, "title": title, "submit": submit, "back": back}
    return render(request, "households/support/form_page.html", context, status=form.status)


def _project(request, pk: int) -> LivelihoodProject:
    found = LivelihoodProject.objects.visible_to(request.user).select_related(
        "ward", "programme", "copied_from"
    )
    return get_object_or_404(found, pk=pk)


def _parts(request, project: LivelihoodProject):
    return (
        Participation.objects.visible_to(request.user).filter(project=project).exclude(left_reason="mistake")
    )


def _part(request, pk: int) -> Participation:
    found = Participation.objects.visible_to(request.user).select_related("household", "project", "support")
    return get_object_or_404(found, pk=pk)
