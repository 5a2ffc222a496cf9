"""What every page shows: the ward, the working year, whether the data is invented, where one may go."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, Max, Q
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate

from thanhsen.models import Area, Event
from thanhsen.permissions import Permission

NAVIGATION = [
    ("home", "Trang chủ"),
    ("household_list", "Hộ gia đình"),
    ("request_list", "Đơn đề nghị"),
    ("round_list", "Đợt rà soát"),
    ("sheet_list", "Phiếu rà soát"),
    ("decision_list", "Quyết định"),
    ("certificate_list", "Giấy chứng nhận"),
    ("support_today", "Hỗ trợ"),
    ("totals", "Tổng số hộ"),
    ("dashboard", "Bức tranh giảm nghèo"),
    ("report_index", "Báo cáo"),
    ("import_list", "Nhập từ Excel"),
    ("points_list", "Bảng điểm"),
    ("year_list", "Khoá sổ"),
    ("user_list", "Tài khoản"),
    ("area_list", "Địa bàn"),
    ("holidays", "Ngày nghỉ"),
    ("template_list", "Mẫu văn bản"),
    ("event_list", "Nhật ký"),
    ("guidance", "Hướng dẫn"),
]


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    is_current: bool


def portal(request):
    """`portal` in every template; read only when a template asks."""
    return {"portal": SimpleLazyObject(lambda: _portal(request))}


def _portal(request) -> dict:
    user = getattr(request, "user", None)
    user = user if user is not None and user.is_authenticated else None
    wards = list(_wards(user))
    entries = _entries(user, request.path)
    places = {name for name, _, _ in _places(get_urlconf())}
    return {
        "ward": _named(wards),
        "year": (len(wards) == 1 and wards[0].latest_year) or localdate().year,
        "is_demo": wards[0].is_demo if wards else _demo().exists(),
        "navigation": entries,
        "may": {each.value: user is not None and user.may(each) for each in Permission},
        "home_url": reverse("home") if "home" in places else "/",
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


def _entries(user, path: str) -> list[Entry]:
    if user is None or user.must_change_password:
        return []
    allowed = [
        (name, label, reverse(name))
        for name, label, access in _places(get_urlconf())
        if not isinstance(access, Permission) or user.may(access)
    ]
    return [
        Entry(label, url, path == url if name == "home" else path.startswith(url))
        for name, label, url in allowed
    ]


@lru_cache(maxsize=4)
def _places(urlconf) -> tuple:
    """(name, label, who may open it) of the entries whose page exists. The view itself says who.

    Kept for every later request, so without addresses: those of practice begin otherwise.
    """
    found = []
    for name, label in NAVIGATION:
        try:
            path = f"/{reverse(name, urlconf=urlconf).removeprefix(get_script_prefix())}"
        except NoReverseMatch:
            continue
        found.append((name, label, getattr(resolve(path, urlconf=urlconf).func, "access", None)))
    return tuple(found)
