"""Outreach on screen: activities, a meeting and its households, one household's visits, where to go again."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.support import outreach as actions
from households.exchange.lists.support.outreach import find_activities, find_contacts
from households.forms.support import outreach as forms
from households.models import Activity, Campaign, Contact, Household, Participation
from households.reports.support import campaigns as campaign_report
from households.reports.support import outreach
from thanhsen import events
from thanhsen.addresses import key, typed, whole
from thanhsen.permissions import Permission, check, requires

PAGE = 30
acts = require_http_methods(["GET", "HEAD", "POST"])
OF_ACTIVITY = ("kind", "campaign", "date", "subject", "led_by")


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def activity_list(request):
    """Visits, meetings, calls and broadcasts of the reader's places, the latest first."""
    found = find_activities(request, today=localdate())
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    homes = outreach.homes(list(page), request.user)
    events.read(by=request.user, act="household.list", of=Household, ids=[each.pk for each in homes.values()])
    lines = [(each, count, homes.get(each.pk)) for each, count in found.lines(list(page))]
    return render(
        request, "households/support/activity_list.html", {**found.shown, "page": page, "lines": lines}
    )


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def contact_list(request):
    """Households reached with what they answered; those to be visited again."""
    today = localdate()
    found = find_contacts(request, today=today)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="household.list", of=Household, ids=[each.household_id for each in page])
    context = {**found.shown, "page": page, "today": today}
    return render(request, "households/support/contact_list.html", context)


@acts
@requires(Permission.PLAN_SUPPORT)
def activity_create(request):
    """A meeting or a broadcast; the households of a meeting are ticked on the next page."""
    start = {"request_id": uuid4(), "campaign": key(request, "dot"), "area": key(request, "to")}
    form = forms.ActivityForm(request.POST or None, by=request.user, initial=start)

    def record(materials, request_id, **values):
        return actions.record_activity(
            by=request.user,
            values=values,
            materials=list(materials),
            today=localdate(),
            request_id=request_id,
        )

    if request.method == "POST" and form.carried_out(record):
        messages.success(request, "Đã ghi.")
        is_meeting = form.result.kind == Activity.Kind.MEETING
        return redirect("activity_contacts" if is_meeting else "activity_detail", form.result.pk)
    context = {
        "form": form, "title": "Ghi buổi họp, loa, pano", "submit": "Ghi", "back": reverse("activity_list"),
        "lead": "Họp, nói chuyện: ghi xong thì đánh dấu các hộ có người dự. Đến nhà, gọi điện thì ghi ở trang của hộ: bấm “Việc khác” rồi “Vận động”.",
    }  # fmt: skip
    return render(request, "households/support/form_page.html", context, status=form.status)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def activity_detail(request, pk):
    """What was said, whom it reached and what each answered: the households of the reader."""
    activity = _activity(request, pk)
    contacts = list(
        Contact.objects.visible_to(request.user)
        .filter(activity=activity)
        .select_related("household__area", "corrected_by")
        .order_by("household__sort_key", "household__code")
    )
    ids = [each.household_id for each in contacts]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=str(activity))
    joined = _joined(activity.campaign, ids)
    context = {
        "activity": activity,
        "contacts": [(each, each.household_id in joined) for each in contacts],
        "count": sum(each.voided_at is None for each in contacts),
        "materials": activity.materials.newest_first(),
    }
    return render(request, "households/support/activity_detail.html", context)


@acts
@requires(Permission.PLAN_SUPPORT)
def activity_contacts(request, pk):
    """Households of the meeting's tổ dân phố, to be ticked with what each answered; `loc=dot`: whom its campaign
    addresses, which is what the page begins with."""
    activity = _activity(request, pk)
    text, only = typed(request, "q"), typed(request, "loc") or ("dot" if activity.campaign else "tat-ca")
    every = Household.objects.visible_to(request.user).present().filter(area=activity.area_id)
    every = every.exclude(pk__in=activity.contacts.filter(voided_at=None).values("household"))
    homes = every
    if only == "dot" and activity.campaign and not text:
        homes = homes.filter(pk__in=campaign_report.addressed(activity.campaign, localdate()).values("pk"))
    homes = homes.search(text) if text else homes
    page = Paginator(homes.in_order(), PAGE).get_page(typed(request, "trang"))
    ticked = {number for each in request.POST.getlist("ho") if (number := whole(each)) is not None}
    shown = list(page)
    # What was ticked is answered for, also where the list has moved on since the page was opened.
    moved = every.filter(pk__in=ticked - {each.pk for each in shown}).in_order() if ticked else []
    rows = [(each, _line(request, each, each.pk in ticked)) for each in [*moved, *shown]]
    if request.method == "POST" and (said := _reached(request, activity, rows, ticked)):
        messages.success(request, f"Đã ghi {said} hộ.")
        return redirect(request.get_full_path() if page.has_next() else reverse("activity_detail", args=[pk]))
    events.read(
        by=request.user,
        act="household.list",
        of=Household,
        ids=[each.pk for each, _ in rows],
        name=str(activity),
    )
    due = (
        Contact.objects.visible_to(request.user).to_revisit().filter(household__in=[each for each, _ in rows])
    )
    context = {
        "activity": activity, "page": page, "rows": rows, "ticked": ticked, "text": text, "only": only,
        "standing": dict(due.values_list("household", "next_visit_on")),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "households/support/activity_contacts.html", context, status=status)


@acts
@requires(Permission.PLAN_SUPPORT)
def activity_void(request, pk):
    activity = _activity(request, pk)
    form = forms.VoidForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda reason: actions.void_activity(by=request.user, activity=activity, reason=reason, at=now())
    ):
        messages.success(request, "Đã bỏ lần vận động ghi nhầm.")
        return redirect("activity_detail", pk)
    context = {
        "form": form, "title": f"Bỏ: {activity}, {activity.area.name}", "submit": "Bỏ lần ghi nhầm",
        "back": reverse("activity_detail", args=[pk]),
        "lead": "Lần vận động vẫn còn để tra cứu, nhưng mọi câu trả lời trong đó không tính nữa. Chỉ sai một hộ thì bấm "
        "“Sửa” ở dòng của hộ đó.",
    }  # fmt: skip
    return render(request, "households/support/form_page.html", context, status=form.status)


@acts
@requires(Permission.VIEW_HOUSEHOLDS)
def outreach_home(request, pk):
    """How one household was spoken with, the latest first, and the next visit, written down at the door."""
    found = Household.objects.visible_to(request.user).select_related("area__parent")
    home = get_object_or_404(found, pk=pk)
    start = {"request_id": uuid4(), "campaign": key(request, "dot"), "person": home.head_name}
    form = forms.VisitForm(request.POST or None, by=request.user, ward=home.area.parent_id, initial=start)
    if request.method == "POST":
        check(request.user, Permission.PLAN_SUPPORT)
        if home.closed_date:
            messages.error(request, "Hộ đã ra khỏi sổ nên không ghi lần vận động mới.")
            return redirect("outreach_home", home.pk)
        if form.carried_out(lambda request_id, **data: _visit(request, home, request_id, data)):
            said = form.cleaned_data["answer"]
            messages.success(request, f"Đã ghi: {Contact.Answer(said).label.lower()}.")
            return redirect("outreach_home", home.pk)
    else:
        events.read(by=request.user, act="household.view", of=Household, ids=[home.pk], name=str(home))
    past = Contact.objects.visible_to(request.user).opening_for(request.user).filter(household=home)
    past = past.select_related(
        "household", "activity__campaign__project", "activity__campaign__programme", "made_by", "corrected_by"
    )
    past = past.prefetch_related("activity__materials")
    parts = (
        Participation.objects.visible_to(request.user).filter(household=home).exclude(left_reason="mistake")
    )
    joined = set(parts.values_list("project", flat=True))
    context = {
        "household": home,
        "form": form,
        "standing": Contact.objects.visible_to(request.user)
        .to_revisit()
        .filter(household=home)
        .select_related("activity")
        .first(),
        "first": [form[name] for name in ("campaign", "date", "person", "subject", "said")],
        "why": [form[name] for name in ("refusal", "refusal_note")],
        "materials": form["materials"],
        "last": [form[name] for name in ("next_visit_on", "led_by")],
        "past": [
            (each, bool(each.activity.campaign and each.activity.campaign.project_id in joined))
            for each in past.latest_first()
        ],
    }
    return render(request, "households/support/outreach_home.html", context, status=form.status)


def _visit(request, home: Household, request_id, data: dict) -> Activity:
    values, materials = {name: data.pop(name) for name in OF_ACTIVITY}, list(data.pop("materials"))
    return actions.record_activity(
        by=request.user, values={**values, "area": home.area}, contacts=[{"household": home.pk, **data}],
        materials=materials, today=localdate(), request_id=request_id,
    )  # fmt: skip


def _line(request, home: Household, is_ticked: bool) -> forms.PresentForm:
    return forms.PresentForm(request.POST if is_ticked else None, household=home)


def _reached(request, activity: Activity, rows: list, ticked: set[int]) -> int:
    """How many of the ticked households of the page were recorded; 0, with what is wrong in the page, where not."""
    chosen = [form for home, form in rows if home.pk in ticked]
    if gone := ticked - {form.household.pk for form in chosen}:
        messages.error(request, _gone(request, activity, gone))
        return 0
    if not all([form.is_valid() for form in chosen]):
        messages.error(request, "Chưa ghi hộ nào: xem dòng có chữ đỏ, sửa rồi bấm lại.")
        return 0
    said = [{"household": form.household.pk, **form.cleaned_data} for form in chosen]
    try:
        return actions.add_contacts(by=request.user, activity=activity, contacts=said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return 0


def _gone(request, activity: Activity, ids: set[int]) -> str:
    """Which of the ticked households cannot be recorded any more, by name where the reader may know it."""
    homes = Household.objects.visible_to(request.user).filter(pk__in=ids).in_order()
    names = ", ".join(str(each) for each in homes) or f"{len(ids)} hộ"
    return (
        f"Chưa ghi hộ nào: {names} không còn trong danh sách (người khác vừa ghi, hoặc hộ đã chuyển tổ, ra khỏi sổ). "
        "Các hộ khác vẫn còn dấu; xem lại rồi bấm Ghi."
    )


def _joined(campaign: Campaign | None, ids: list[int]) -> set[int]:
    """Of these households, those that take part in the model the campaign invites into."""
    if campaign is None or campaign.project_id is None:
        return set()
    parts = Participation.objects.filter(project=campaign.project_id, household__in=ids)
    return set(parts.exclude(left_reason="mistake").values_list("household", flat=True))


def _activity(request, pk: int) -> Activity:
    found = Activity.objects.visible_to(request.user)
    beside = ("area", "campaign__project", "campaign__programme", "made_by", "voided_by")
    return get_object_or_404(found.select_related(*beside), pk=pk)
