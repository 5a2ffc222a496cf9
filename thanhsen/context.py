"""What every page shows: the ward, the working year, whether the data is invented, where one may go."""

from django.db.models import Exists, Max, Q
from django.urls import get_urlconf, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate

from thanhsen.models import Area, Event
from thanhsen.navigation import parts, places
from thanhsen.permissions import Permission


def portal(request):
    """`portal` in every template; read only when a template asks."""
    return {"portal": SimpleLazyObject(lambda: _portal(request))}


def _portal(request) -> dict:
    user = getattr(request, "user", None)
    user = user if user is not None and user.is_authenticated else None
    wards = list(_wards(user))
    pages = {name for _, name, _, _ in places(get_urlconf())}
    return {
        "ward": _named(wards),
        "year": (len(wards) == 1 and wards[0].latest_year) or localdate().year,
        "is_demo": wards[0].is_demo if wards else _demo().exists(),
        "navigation": parts(user, request.path),
        "may": {each.value: user is not None and user.may(each) for each in Permission},
        "home_url": reverse("home") if "home" in pages else "/",
        "practice": getattr(request, "practice", None),
    }


def _wards(user):
    """At most two wards of the reader's areas (one is named, two are "several"), in one query."""
    # The rounds belong to the wing of households; only the name of the relation is known here.
    wards = Area.objects.wards().valid_on(localdate())
    if user is None or not user.area_ids:
        wards = wards.real()
    else:
        mine = Area.objects.filter(pk__in=user.area_ids)
        wards = wards.filter(
            Q(pk__in=user.area_ids) | Q(pk__in=mine.values("parent")) | Q(parent__in=user.area_ids)
        )
    return wards.annotate(latest_year=Max("rounds__year"), is_demo=Exists(_demo())).order_by("code")[:2]


def _demo():
    return Event.objects.filter(record_type=Area._meta.label_lower, act="demo.load")


def _named(wards) -> str:
    if not wards:
        return ""
    return wards[0].name if len(wards) == 1 else "Nhiều phường, xã"
