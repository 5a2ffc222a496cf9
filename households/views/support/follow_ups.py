"""A month of a model on screen: a line for each household that was in it."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from households.actions.support.follow_ups import follow_up
from households.exchange.lists.support.livelihoods import find_unfollowed
from households.forms.support import livelihoods as forms
from households.models import Household, Participation
from households.reports.support import livelihoods as report
from households.views.support.livelihoods import acts, parts_of, project_of
from thanhsen import events
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, requires

PAGE = 40
TOLD = 8  # households named in the message on top


@acts
@requires(Permission.PLAN_SUPPORT)
def follow_ups(request, pk, year, month):
    """One month of the reader's households in a model, a line each."""
    project, today = project_of(request, pk), localdate()
    first = _month(year, month)
    parts = list(
        parts_of(request, project).filter(joined_on__lt=report.month_after(first)).exclude(left_on__lt=first)
        .select_related("household__area").order_by("household__sort_key", "household__code", "pk")
    )  # fmt: skip
    stored = report.follow_ups_of(parts, first)
    rows = [
        (part, _line(request.POST or None, part, row := stored.get(part.pk), today), row) for part in parts
    ]
    fault = ""
    if request.method == "POST":
        changed, faulty = _saved(request, project, first, rows, today)
        stored = report.follow_ups_of(parts, first)
        missing = len(parts) - len(stored)
        if not faulty:
            messages.success(request, f"Đã lưu {changed} hộ; còn {missing} hộ chưa ghi.")
            return redirect("follow_ups", project.pk, year, month)
        fault = f"Đã lưu {changed} hộ. Chưa lưu {len(faulty)} hộ, xem dòng báo đỏ: {_named(faulty)}."
        rows = [
            (part, form if part in faulty or not form.said else _line(None, part, row, today), row)
            for part, form, _ in rows
            for row in [stored.get(part.pk)]
        ]
    status = 422 if fault else 200
    after = report.month_after(first)
    context = {
        "project": project, "rows": rows, "month": first, "fault": fault, "missing": len(parts) - len(stored),
        "before": report.last_month(first), "after": after if after <= today else None,
        "nearest": None if rows else report.nearest_month(list(parts_of(request, project)), first),
    }  # fmt: skip
    return render(request, "households/support/follow_ups.html", context, status=status)


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def follow_up_missing(request):
    """The reader's households in a model, of every model, whose follow-up of last month is not written yet."""
    found = find_unfollowed(request, today=localdate())
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="household.list", of=Household, ids=[each.household_id for each in page])
    return render(request, "households/support/follow_up_missing.html", {**found.shown, "page": page})


def _saved(request, project, first: date, rows: list, today: date) -> tuple[int, list[Participation]]:
    """How many lines changed, and whose were not saved: one that is wrong does not keep back the others."""
    changed, faulty = 0, []
    for part, form, _ in rows:
        if form.said and not form.carried_out(
            lambda part=part, **given: follow_up(
                by=request.user, project=project, month=first, today=today,
                rows=[{"participation": part.pk, **given}],
            )
        ):  # fmt: skip
            faulty.append(part)
        elif form.said:
            changed += form.result
    return changed, faulty


def _named(parts: list[Participation]) -> str:
    names = [part.household.head_name for part in parts[:TOLD]]
    return ", ".join(names) + (f" và {len(parts) - TOLD} hộ khác" if len(parts) > TOLD else "")


def _line(data, part: Participation, stored, today: date) -> forms.FollowUpForm:
    names = ("condition", "income", "text", "next_action", "visited_on", "version")
    initial = {name: getattr(stored, name) for name in names} if stored else {"visited_on": today}
    return forms.FollowUpForm(data, prefix=f"h{part.pk}", initial=initial)


def _month(year: int, month: int) -> date:
    if not (2020 <= year <= 2100 and 1 <= month <= 12):
        raise Http404
    return date(year, month, 1)
