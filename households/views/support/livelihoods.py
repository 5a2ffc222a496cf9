"""Models of livelihood on screen: the list, one, who takes part."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support import livelihoods as actions
from households.exchange.lists.support.livelihoods import find_candidates, find_projects
from households.forms.support import livelihoods as forms
from households.models import Household, LivelihoodProject, Participation, Programme, Support
from households.models.support.programmes import FOR_MODELS
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
    counted = report.figures(projects, request.user)
    context = {
        **found.shown,
        "rows": [(each, counted[each.pk], report.month_to_follow(each, today)) for each in projects],
        "hides": any(each.hides_incomes or each.hides_money for each in counted.values()),
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
    source = project_of(request, pk)
    form = _project_form(
        request,
        {**{name: getattr(source, name) for name in COPIED}, "ward": source.ward_id, "request_id": uuid4()},
    )

    def copy(ward, request_id, version, **values):
        return actions.create_project(
            by=request.user, ward=ward, values=values, copied_from=source, request_id=request_id
        )

    learned = f"Bài học của mô hình trước ({source.get_outcome_display()}): {source.lessons}"
    return _form(
        request,
        form,
        copy,
        f"Nhân rộng: {source}",
        "Nhân rộng",
        source,
        lead=learned if source.lessons else "",
    )


@acts
@requires(Permission.PLAN_SUPPORT)
def project_edit(request, pk):
    project = project_of(request, pk)
    names = ("name", "started_on", "version", *COPIED)
    form = _project_form(request, {name: getattr(project, name) for name in names}, fixed_ward=True)

    def edit(version, request_id, **values):
        return actions.edit_project(by=request.user, project=project, version=version or 0, values=values)

    return _form(request, form, edit, f"Sửa: {project}", "Lưu", project)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def project_detail(request, pk):
    """What it is, in figures, where it comes from and went, the reader's households in it, month by month."""
    project = project_of(request, pk)
    parts = list(
        parts_of(request, project)
        .select_related("household__area", "support")
        .order_by("left_on", "household__sort_key", "household__code", "pk")
    )
    ids = [each.household_id for each in parts]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=str(project))
    context = {
        "project": project,
        "figures": report.figures([project], request.user)[project.pk],
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
    project = project_of(request, pk)
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
        supports=supports.newest_first().of_policy_first(*FOR_MODELS).select_related("member"),
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


def _project_form(request, initial: dict, *, fixed_ward: bool = False) -> forms.ProjectForm:
    """The programme that stands already stays on offer, whatever its policy."""
    fitting = Q(policy__in=FOR_MODELS) | Q(pk=getattr(initial.get("programme"), "pk", None))
    return forms.ProjectForm(
        request.POST or None, initial=initial, fixed_ward=fixed_ward,
        wards=Area.objects.wards_of(request.user).in_order(),
        programmes=Programme.objects.visible_to(request.user).filter(fitting).in_order(),
    )  # fmt: skip


def _form(request, form, act, title: str, submit: str, project: LivelihoodProject | None = None, lead=""):
    if request.method == "POST":
        try:
            if form.carried_out(act):
                made = form.result
                messages.success(request, "Đã lưu.")
                return redirect("project_detail", getattr(made, "project_id", None) or made.pk)
        except Stale:
            form.add_error(None, STALE)
    back = reverse("project_detail", args=[project.pk]) if project else reverse("project_list")
    context = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead}
    return render(request, "households/support/form_page.html", context, status=form.status)


def project_of(request, pk: int) -> LivelihoodProject:
    found = LivelihoodProject.objects.visible_to(request.user).select_related(
        "ward", "programme", "copied_from"
    )
    return get_object_or_404(found, pk=pk)


def parts_of(request, project: LivelihoodProject):
    return (
        Participation.objects.visible_to(request.user).filter(project=project).exclude(left_reason="mistake")
    )


def _part(request, pk: int) -> Participation:
    found = Participation.objects.visible_to(request.user).select_related("household", "project", "support")
    return get_object_or_404(found, pk=pk)
