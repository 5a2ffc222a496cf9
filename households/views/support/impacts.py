"""What a shock did to each household, written down in the street: one by one, or "not struck" for many at once."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from households.actions.support import shocks as actions
from households.exchange.lists.support.shocks import find_impacts, find_waiting
from households.forms.support.shocks import ImpactForm
from households.models import Household, ShockEvent, ShockImpact
from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.concurrency import Stale
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

PAGE = 20  # filled in on a phone, each a form
LISTED = 40
FOUND = 20
NOBODY = "Chưa đánh dấu hộ nào, hoặc các hộ đã đánh dấu vừa có người ghi; không ghi thêm gì."


@requires(Permission.VIEW_HOUSEHOLDS)
def impact_list(request, pk):
    """The households of a shock; who may writes down what was seen, each household by itself."""
    found = find_impacts(request, today=localdate(), pk=pk)
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="household.list", of=Household, ids=[each.household_id for each in page])
    shock = found.shown["shock"]
    writes = request.user.may(Permission.PLAN_SUPPORT) and not shock.closed_on and not shock.voided_at
    rows = [(each, ImpactForm(impact=each) if writes else None) for each in page]
    unseen = found.records.unseen().count() if writes and found.shown["area"] else 0
    context = {
        **found.shown, "page": page, "rows": rows, "writes": writes, "unseen": unseen,
        "ticks": writes and any(each.severity == ShockImpact.Severity.NOT_SEEN for each in page),
    }  # fmt: skip
    return render(request, "households/support/impact_list.html", context)


@requires(Permission.VIEW_HOUSEHOLDS)
def impact_waiting(request):
    """Households of every open shock that wait to be seen, to be helped, or for their request to be recorded."""
    found = find_waiting(request, today=localdate())
    page = Paginator(found.records, LISTED).get_page(typed(request, "trang"))
    events.read(by=request.user, act="household.list", of=Household, ids=[each.household_id for each in page])
    return render(request, "households/support/impact_waiting.html", {**found.shown, "page": page})


@require_POST
@requires(Permission.PLAN_SUPPORT)
def impact_save(request, pk):
    """One household; its row alone is sent back where the page asked for that."""
    found = ShockImpact.objects.visible_to(request.user)
    impact = get_object_or_404(found.select_related("shock", "household__area", "support", "review"), pk=pk)
    form = ImpactForm(request.POST, impact=impact)
    saved, theirs = False, None
    try:
        saved = form.carried_out(
            lambda **_: actions.save_impact(
                by=request.user,
                impact=impact,
                version=form.cleaned_data["version"],
                values=form.values(),
                today=localdate(),
            )
        )
    except Stale as stale:
        theirs = stale.record
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = stale.version
    if saved:
        impact = found.select_related("shock", "household__area", "support", "review").get(pk=pk)
    if saved and not request.headers.get("HX-Request"):
        messages.success(request, f"Đã ghi hộ {impact.household}: {impact.get_severity_display().lower()}.")
        return redirect(_back(request, impact.shock_id))
    shown = ImpactForm(impact=impact) if saved else form
    context = {
        "impact": impact,
        "form": shown,
        "theirs": theirs,
        "saved": saved,
        "writes": True,
        "shock": impact.shock,
        "query": request.POST.get("loc", ""),
    }
    status = 200 if saved else 409 if theirs else 422
    part = "_impact.html" if request.headers.get("HX-Request") else "impact_form.html"
    return render(request, f"households/support/{part}", context, status=status)


@require_POST
@requires(Permission.PLAN_SUPPORT)
def impact_unharmed(request, pk):
    """Those ticked, or all of a tổ dân phố not seen yet, were not struck."""
    shock = get_object_or_404(ShockEvent.objects.visible_to(request.user), pk=pk)
    area, only = None, None
    if request.POST.get("do") == "all":
        mine = Area.objects.visible_to(request.user).groups()
        area = get_object_or_404(mine, pk=whole(request.POST.get("to")))
    else:
        only = [number for each in request.POST.getlist("only") if (number := whole(each)) is not None]
    try:
        count = actions.mark_unharmed(by=request.user, shock=shock, today=localdate(), area=area, only=only)
        said = f"Đã ghi {count} hộ không thiệt hại." if count else NOBODY
        (messages.success if count else messages.info)(request, said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_back(request, shock.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_SUPPORT)
def impact_add(request, pk):
    """A household struck that is not on the list: looked for in the register, then added."""
    shock = get_object_or_404(ShockEvent.objects.visible_to(request.user), pk=pk)
    mine = Household.objects.visible_to(request.user).present().filter(area__parent=shock.ward_id)
    if request.method == "POST":
        household = get_object_or_404(mine, pk=whole(request.POST.get("ho")))
        try:
            actions.add_household(by=request.user, shock=shock, household=household)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("impact_add", shock.pk)
        return redirect(f"{reverse('impact_list', args=[shock.pk])}?{urlencode({'q': household.code})}")
    text = typed(request, "q")
    others = mine.exclude(pk__in=shock.impacts.values("household")).select_related("area")
    found = list(others.first_found(text, FOUND)) if text else []
    if found:
        events.read(
            by=request.user, act="household.list", of=Household, ids=[each.pk for each in found], name=text
        )
    context = {"shock": shock, "text": text, "found": found}
    return render(request, "households/support/impact_add.html", context)


def _back(request, shock: int) -> str:
    """To the list as it was filtered: what follows the question mark was sent along."""
    query = request.POST.get("loc", "")
    kept = f"?{query}" if query.isprintable() and "#" not in query and query else ""
    return f"{reverse('impact_list', args=[shock])}{kept}"
