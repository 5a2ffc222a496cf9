"""The trail: who did or saw what, newest first."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from thanhsen import trail
from thanhsen.addresses import key
from thanhsen.lists.own import EVENTS, find_events
from thanhsen.permissions import Permission, requires
from thanhsen.views.lists import export_of

PAGE = 50

event_export = export_of(EVENTS)


@requires(Permission.VIEW_TRAIL)
@require_safe
def event_list(request):
    found = find_events(request, today=localdate())
    form = found.shown["form"]
    shown = list(found.records.before(key(request, "truoc"))[: PAGE + 1])
    older = shown[PAGE - 1].pk if len(shown) > PAGE else None
    context = {"form": form, "lines": trail.readable(shown[:PAGE]), "older": older}
    return render(request, "thanhsen/event_list.html", context, status=form.status)
