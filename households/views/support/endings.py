"""A model ended on screen: its outcome, and a line for each household still in it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from households.actions.support.endings import end_project
from households.forms.support.endings import EndingForm, EndProjectForm
from households.models import Household
from households.reports.support import livelihoods as report
from households.views.support.livelihoods import acts, parts_of, project_of
from thanhsen import events
from thanhsen.permissions import Permission, requires


@acts
@requires(Permission.PLAN_SUPPORT)
def project_end(request, pk):
    """How it ended, and how for each household of the reader still in it."""
    project = project_of(request, pk)
    rows = _rows(request, project)
    form = EndProjectForm(request.POST or None, lines=[line for _, line in rows])
    if request.method == "POST" and form.carried_out(
        lambda **given: end_project(by=request.user, project=project, today=localdate(), **given)
    ):
        left = f" và phần của {len(rows)} hộ" if rows else ""
        messages.success(request, f"Đã ghi mô hình kết thúc{left}.")
        return redirect("project_detail", project.pk)
    ids = [part.household_id for part, _ in rows]
    events.read(by=request.user, act="household.list", of=Household, ids=ids, name=str(project))
    elsewhere = project.participations.filter(left_on=None).count() - len(rows)
    context = {"project": project, "rows": rows, "form": form, "elsewhere": elsewhere}
    return render(request, "households/support/project_end.html", context, status=form.status)


def _rows(request, project) -> list:
    """(participation, its line); the income now is that of the participation, or of the month last followed."""
    parts = list(
        parts_of(request, project)
        .filter(left_on=None)
        .select_related("household__area")
        .order_by("household__sort_key", "household__code", "pk")
    )
    last = report.last_incomes(parts)
    return [
        (
            part,
            EndingForm(
                request.POST or None,
                part=part,
                income=last.get(part.pk) if part.income_after is None else part.income_after,
            ),
        )
        for part in parts
    ]
