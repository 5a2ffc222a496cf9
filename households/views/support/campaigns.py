"""Campaigns of outreach on screen: the list, one in figures, its households, opened and edited."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support import campaigns as actions
from households.exchange.lists.support.outreach import find_reached
from households.forms.support.outreach import CampaignForm
from households.models import Campaign, Household
from households.reports.support import campaigns as report
from thanhsen import events
from thanhsen.addresses import typed
from thanhsen.concurrency import Stale
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

PAGE = 50
acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def campaign_list(request):
    """The campaigns of the reader's wards, the newest first."""
    found = Campaign.objects.visible_to(request.user).select_related("programme", "project").newest_first()
    page = Paginator(found, PAGE).get_page(typed(request, "trang"))
    context = {"page": page, "rows": report.counted(list(page), request.user), "today": localdate()}
    return render(request, "households/support/campaign_list.html", context)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def campaign_detail(request, pk):
    """Whom it addresses, who was met and answered what by tổ dân phố, why families say no."""
    campaign, today = _campaign(request, pk), localdate()
    lines = report.progress(campaign, request.user, today)
    reasons = report.reasons(campaign, request.user, today)
    context = {
        "campaign": campaign,
        "total": lines[0] if lines else None,
        "lines": lines[1:],
        "reasons": reasons,
        "chart": report.chart(reasons) if reasons else None,
        "outside": report.outside(campaign, request.user, today).count(),
        "whom": report.in_words(campaign),
        "areas": campaign.areas.all(),
        "materials": campaign.materials.newest_first(),
        "day": report.counting_day(campaign, today),
        "today": today,
        "handles": request.user.may(Permission.PLAN_SUPPORT)
        and Campaign.objects.handled_by(request.user).filter(pk=campaign.pk).exists(),
    }
    return render(request, "households/support/campaign_detail.html", context)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def campaign_households(request, pk):
    """The households behind a number of the campaign, each with what it answered last."""
    found = find_reached(request, today=localdate(), pk=pk)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    ids = [each.pk for each in page]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=found.name)
    context = {**found.shown, "page": page, "lines": list(found.lines(list(page)))}
    return render(request, "households/support/campaign_households.html", context)


@acts
@requires(Permission.PLAN_SUPPORT)
def campaign_create(request):
    form = _form(request, {"request_id": uuid4()})

    def create(ward, areas, materials, request_id, version, **values):
        return actions.create_campaign(
            by=request.user, ward=ward, values=values, areas=list(areas), materials=list(materials),
            request_id=request_id,
        )  # fmt: skip

    if request.method == "POST" and form.carried_out(create):
        messages.success(request, f"Đã mở “{form.result}”.")
        return redirect("campaign_detail", form.result.pk)
    return _page(request, form, "Mở đợt vận động", reverse("campaign_list"))


@acts
@requires(Permission.PLAN_SUPPORT)
def campaign_edit(request, pk):
    campaign = get_object_or_404(Campaign.objects.handled_by(request.user), pk=pk)
    start = {name: getattr(campaign, name) for name in (*actions.FIELDS, "version")}
    start |= {"areas": campaign.areas.all(), "materials": campaign.materials.all()}
    form = _form(request, start, campaign)

    def edit(areas, materials, version, request_id, **values):
        return actions.edit_campaign(
            by=request.user, campaign=campaign, version=version, values=values, areas=list(areas),
            materials=list(materials),
        )  # fmt: skip

    try:
        if request.method == "POST" and form.carried_out(edit):
            messages.success(request, "Đã lưu.")
            return redirect("campaign_detail", pk)
    except Stale:
        messages.error(request, "Người khác vừa sửa đợt này nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp.")
        return redirect("campaign_edit", pk)
    return _page(request, form, f"Sửa: {campaign}", reverse("campaign_detail", args=[pk]))


def _page(request, form: CampaignForm, title: str, back: str):
    context = {"form": form, "title": title, "back": back}
    return render(request, "households/support/form_page.html", context, status=form.status)


def _campaign(request, pk: int) -> Campaign:
    found = Campaign.objects.visible_to(request.user).select_related(
        "ward", "programme", "project", "made_by"
    )
    return get_object_or_404(found.prefetch_related(Prefetch("areas", Area.objects.in_order())), pk=pk)


def _form(request, start: dict, campaign: Campaign | None = None) -> CampaignForm:
    wards = Area.objects.wards_of(request.user).in_order()
    return CampaignForm(request.POST or None, by=request.user, wards=wards, campaign=campaign, initial=start)
