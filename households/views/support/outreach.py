"""Outreach on screen: what was done, visits and meetings entered, campaigns, whom to visit again."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support import outreach as actions
from households.exchange.lists.support import outreach as lists
from households.forms.support import outreach as forms
from households.models import (
    Activity,
    Campaign,
    Contact,
    Household,
    LivelihoodProject,
    Material,
    Programme,
)
from households.reports.support import outreach as report
from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.concurrency import Stale
from thanhsen.models import Area
from thanhsen.permissions import Permission, check, requires

PAGE = 100
MOST_LINES = 60  # households of a meeting on one page
acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def activity_list(request):
    """What was done, the latest first; the campaigns that run."""
    today = localdate()
    found = lists.find_activities(request, today=today)
    page = Paginator(found.records.prefetch_related("contacts"), PAGE).get_page(typed(request, "trang"))
    campaigns = Campaign.objects.visible_to(request.user).order_by("-ends_on", "name", "pk")[:20]
    context = {**found.shown, "page": page, "campaigns": campaigns, "today": today}
    return render(request, "households/support/activity_list.html", context)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def contact_list(request):
    """Each household reached, with its answer and the next visit."""
    found = lists.find_contacts(request, today=localdate())
    return _listed(request, found, "contact_list", Contact, "Hộ đã vận động")


@acts
@requires(Permission.VIEW_HOUSEHOLDS)
def outreach_home(request, pk):
    """One household: every time it was reached; a new visit."""
    household = get_object_or_404(Household.objects.visible_to(request.user).select_related("area"), pk=pk)
    may = request.user.may(Permission.PLAN_SUPPORT) and not household.closed_date
    form = _activity_form(request, household.area.parent_id, initial={"kind": "visit"})
    answer = forms.ContactForm(request.POST or None, prefix="tl", needs_answer=True)
    if request.method == "POST":
        check(request.user, Permission.PLAN_SUPPORT)
    if request.method == "POST" and may and all([form.is_valid(), answer.is_valid()]):
        contact = {**answer.cleaned_data, "household": household}
        if form.carried_out(_recording(request, household.area, [contact])):
            messages.success(request, "Đã ghi lần vận động.")
            return redirect("outreach_home", household.pk)
    if request.method != "POST":
        events.read(
            by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household)
        )
    contacts = household.contacts.select_related("activity__campaign", "activity__voided_by")
    context = {
        "household": household, "contacts": contacts.order_by("-activity__date", "-pk"), "form": form,
        "answer": answer, "may_write": may,
    }  # fmt: skip
    status = max(form.status, answer.status)
    return render(request, "households/support/outreach_home.html", context, status=status)


@acts
@requires(Permission.PLAN_SUPPORT)
def meeting_of_outreach(request):
    """A meeting, call round or broadcast of one tổ dân phố, with the answers of the households that came."""
    areas = Area.objects.visible_to(request.user).groups().in_order()
    area = areas.filter(pk=key(request, "to") or 0).first()
    if area is None:
        return render(request, "households/support/meeting_area.html", {"areas": areas})
    campaign = key(request, "dot")
    form = _activity_form(
        request,
        area.parent_id,
        form_class=forms.MeetingForm,
        areas=areas,
        initial={"kind": "meeting", "area": area, "campaign": campaign},
    )
    homes = list(_homes_of(request, area, campaign)[:MOST_LINES])
    rows = [(each, forms.ContactForm(request.POST or None, prefix=f"h{each.pk}")) for each in homes]
    if request.method == "POST" and all([form.is_valid(), *(each.is_valid() for _, each in rows)]):
        contacts = [
            {**each.cleaned_data, "household": home} for home, each in rows if each.cleaned_data["answer"]
        ]
        if form.carried_out(_recording(request, area, contacts)):
            messages.success(request, f"Đã ghi, {len(contacts)} hộ trả lời.")
            return redirect("activity_list")
    if request.method != "POST":
        events.read(
            by=request.user,
            act="household.list",
            of=Household,
            ids=[each.pk for each in homes],
            name=area.name,
        )
    context = {"form": form, "rows": rows, "area": area, "most": MOST_LINES}
    status = 422 if request.method == "POST" else 200
    return render(request, "households/support/meeting_of_outreach.html", context, status=status)


@acts
@requires(Permission.PLAN_SUPPORT)
def activity_void(request, pk):
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    form = forms.VoidForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda reason: actions.void_activity(by=request.user, activity=activity, reason=reason, at=now())
    ):
        messages.success(request, "Đã bỏ lần vận động ghi nhầm.")
        return redirect("activity_list")
    context = {"form": form, "title": f"Bỏ lần vận động ghi nhầm: {activity}", "submit": "Bỏ"}
    return render(request, "households/support/outreach_form.html", context, status=form.status)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def campaign_detail(request, pk):
    """Whom it addresses, who was reached, what they answered and why not."""
    campaign = _campaign(request, pk)
    total, rows = report.progress(campaign, request.user, localdate())
    context = {
        "campaign": campaign, "total": total, "rows": rows, "refusals": report.refusals(campaign, request.user),
        "materials": campaign.materials.order_by("title", "pk"), "answers": Contact.Answer.choices,
    }  # fmt: skip
    return render(request, "households/support/campaign_detail.html", context)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def campaign_households(request, pk):
    """The households behind a number of the campaign."""
    found = lists.find_addressed(request, today=localdate(), pk=pk)
    return _listed(request, found, "campaign_households", Household, found.name)


@acts
@requires(Permission.PLAN_SUPPORT)
def campaign_create(request):
    form = _campaign_form(request, {"request_id": uuid4()})

    def create(ward, request_id, version, **values):
        return actions.create_campaign(by=request.user, ward=ward, values=values, request_id=request_id)

    return _saved(request, form, create, "Thêm đợt vận động", "Thêm")


@acts
@requires(Permission.PLAN_SUPPORT)
def campaign_edit(request, pk):
    campaign = _campaign(request, pk)
    names = (
        "name",
        "purpose",
        "starts_on",
        "ends_on",
        "classes",
        "groups",
        "programme",
        "project",
        "version",
    )
    initial = {name: getattr(campaign, name) for name in names}
    initial |= {"areas": list(campaign.areas.all()), "materials": list(campaign.materials.all())}
    form = _campaign_form(request, initial, fixed_ward=True)

    def edit(version, request_id, **values):
        return actions.edit_campaign(by=request.user, campaign=campaign, version=version or 0, values=values)

    return _saved(request, form, edit, f"Sửa: {campaign}", "Lưu")


def _listed(request, found, name: str, of, told: str):
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="household.list", of=of, ids=[each.pk for each in page], name=told)
    context = {**found.shown, "page": page, "lines": list(found.lines(list(page))), "today": localdate()}
    return render(request, f"households/support/{name}.html", context)


def _recording(request, area: Area, contacts: list[dict]):
    def record(request_id, area=area, **values):
        try:
            return actions.record_activity(
                by=request.user,
                area=area,
                values=values,
                contacts=contacts,
                today=localdate(),
                request_id=request_id,
            )
        except ValidationError as error:
            raise ValidationError(error.messages) from error

    return record


def _activity_form(request, ward: int, *, form_class=forms.ActivityForm, initial: dict, **named):
    return form_class(
        request.POST or None,
        campaigns=Campaign.objects.visible_to(request.user).filter(ward=ward).order_by("-starts_on", "pk"),
        materials=Material.objects.visible_to(request.user)
        .filter(ward=ward, withdrawn_on=None)
        .order_by("title"),
        initial={"request_id": uuid4(), "led_by": request.user.full_name, **initial},
        **named,
    )


def _homes_of(request, area: Area, campaign: int | None):
    """Those of the campaign in the tổ dân phố; without a campaign, its poor and near-poor."""
    today = localdate()
    chosen = Campaign.objects.visible_to(request.user).filter(pk=campaign).first() if campaign else None
    if chosen:
        return report.target(chosen, request.user, today).filter(area=area).distinct().in_order()
    homes = Household.objects.visible_to(request.user).present().filter(area=area)
    return (homes.of_class("poor", today) | homes.of_class("near_poor", today)).in_order()


def _campaign_form(request, initial: dict, *, fixed_ward: bool = False) -> forms.CampaignForm:
    mine = Area.objects.visible_to(request.user)
    wards = {*mine.wards().values_list("pk", flat=True), *mine.groups().values_list("parent", flat=True)}
    choices = {
        "ward": Area.objects.filter(pk__in=wards).in_order(),
        "areas": mine.groups().select_related("parent").in_order(),
        "programme": Programme.objects.visible_to(request.user).in_order(),
        "project": LivelihoodProject.objects.visible_to(request.user).order_by("name", "pk"),
        "materials": Material.objects.visible_to(request.user)
        .filter(withdrawn_on=None)
        .order_by("title", "pk"),
    }
    return forms.CampaignForm(request.POST or None, choices=choices, initial=initial, fixed_ward=fixed_ward)


def _saved(request, form, act, title: str, submit: str):
    if request.method == "POST":
        try:
            if form.carried_out(act):
                messages.success(request, "Đã lưu.")
                return redirect("campaign_detail", form.result.pk)
        except Stale:
            form.add_error(None, "Người khác vừa sửa. Mở lại trang để xem bản mới rồi làm lại.")
    context = {"form": form, "title": title, "submit": submit}
    return render(request, "households/support/outreach_form.html", context, status=form.status)


def _campaign(request, pk: int) -> Campaign:
    found = Campaign.objects.visible_to(request.user).select_related("programme", "project")
    return get_object_or_404(found, pk=pk)
