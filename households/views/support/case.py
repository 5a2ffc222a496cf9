"""The case page: who the household is, how it stands, and its story in order."""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from households import groups
from households.models import Household
from households.reports import history
from households.reports.support import case, now
from households.reports.support.plans import named
from thanhsen import events
from thanhsen.permissions import Permission, requires


@require_safe
@requires(Permission.VIEW_HOUSEHOLDS)
def case_page(request, pk):
    """Everything known of one household; `phan` narrows the story to parts, `thu-tu=moi` turns it round."""
    household = get_object_or_404(
        Household.objects.visible_to(request.user).select_related("area__parent"), pk=pk
    )
    parts = [each for each in request.GET.getlist("phan") if each in case.PARTS]
    lines = case.told(household, parts)
    newest_first = request.GET.get("thu-tu") == "moi"
    years = case.by_year(lines[::-1] if newest_first else lines)
    events.read(by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household))
    today = localdate()
    people = list(household.members.present_or_last().head_first())
    context = {
        "household": household,
        "people": people,
        "groups": groups.of_household(household, people, today),
        "steps": (steps := history.of_household(household)),
        "line": history.drawn(steps, today),
        "classes": now.classes(steps),
        "stands": (stands := now.of_household(household, today)),
        "needs": [named(each) for each in stands.needs],
        "years": years,
        "count": len(lines),
        "parts": [(key, label, key in parts) for key, (label, _) in case.PARTS.items()],
        "newest_first": newest_first,
        "today": today,
    }
    return render(request, "households/support/case.html", context)
