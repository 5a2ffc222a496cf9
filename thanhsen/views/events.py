"""The trail: who did or saw what, newest first."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from thanhsen import trail
from thanhsen.addresses import key
from thanhsen.forms.trail import EventSearchForm
from thanhsen.models import Event
from thanhsen.permissions import Permission, requires

PAGE = 50


@requires(Permission.VIEW_TRAIL)
@require_safe
def event_list(request):
    form = EventSearchForm(request.GET, by=request.user)
    events = form.narrow(Event.objects.visible_to(request.user)).select_related("actor", "area")
    shown = list(events.before(key(request, "truoc")).newest_first()[: PAGE + 1])
    older = shown[PAGE - 1].pk if len(shown) > PAGE else None
    context = {"form": form, "lines": trail.readable(shown[:PAGE]), "older": older}
    return render(request, "thanhsen/event_list.html", context, status=form.status)
