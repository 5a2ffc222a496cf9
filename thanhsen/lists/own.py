"""The lists of the portal itself: accounts, places, the trail."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from thanhsen import trail
from thanhsen.forms.accounts import UserSearchForm
from thanhsen.forms.places import AreaSearchForm
from thanhsen.forms.trail import EventSearchForm
from thanhsen.lists.declared import Column, Found, List
from thanhsen.models import Area, Event, User
from thanhsen.permissions import Permission
from thanhsen.workbook.listed import Kind


def find_users(request, *, today: date) -> Found:
    """The accounts that the filters of the page leave; none where the filters are wrong."""
    form = UserSearchForm(request.GET)
    users = form.narrow(User.objects.visible_to(request.user)).prefetch_related("areas__parent").in_order()
    return Found(users, _in_words(form), shown={"form": form})


def find_areas(request, *, today: date) -> Found:
    """The tổ dân phố of the ward of the page, as on the day asked for."""
    form = AreaSearchForm(request.GET, by=request.user, today=today)
    shown = {"form": form} | form.found()
    found = Area.objects.filter(pk__in=[each.pk for each in shown["groups"]]).select_related("parent")
    own = ("predecessors", "successors")
    records = found.prefetch_related(*(Prefetch(each, Area.objects.in_order()) for each in own)).in_order()
    asked = [each for each in _in_words(form) if each[0] != form.fields["ward"].label]
    return Found(records, asked, shown["ward"].name if shown["ward"] else "", shown)


def find_events(request, *, today: date) -> Found:
    """What the reader may see of the trail, the newest first."""
    form = EventSearchForm(request.GET, by=request.user)
    found = form.narrow(Event.objects.visible_to(request.user)).select_related("actor", "area")
    return Found(found.newest_first(), _in_words(form), shown={"form": form}, lines=trail.readable)


def _in_words(form) -> list[tuple[str, Any]]:
    """(label, chosen) of each filter of a form of filters; one that is wrong filters everything away."""
    data = form.cleaned_data if form.is_valid() else {}
    return [(field.label, _said(form.fields[name], data.get(name))) for name, field in form.fields.items()]


def _said(field, value) -> str:
    if isinstance(value, bool):
        return "có" if value else ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    choices = getattr(field, "choices", None) if isinstance(value, str) else None
    return str(dict(choices).get(value, value)) if choices and value else str(value or "")


def _changes(line: trail.Line) -> str:
    return "\n".join(
        f"{each.label}: {each.before and f'{each.before} → '}{each.after or '(trống)'}"
        for each in line.changes
    )


def _names(areas) -> str:
    return ", ".join(f"{each.name} ({each.code})" for each in areas)


USERS = List(
    title="Danh sách tài khoản",
    file="tai-khoan",
    act="user.export",
    permission=Permission.MANAGE_USERS,
    of=User,
    unit="tài khoản",
    columns=(
        Column("Họ và tên", lambda each: each.full_name, 28),
        Column("Tên đăng nhập", lambda each: each.username, 20),
        Column("Vai trò", lambda each: each.get_role_display(), 22),
        Column("Chức vụ", lambda each: each.position, 28),
        Column("Địa bàn", lambda each: _names(each.areas.all()), 50),
        Column("Điện thoại", lambda each: each.phone, 13),
        Column("Tình trạng", lambda each: "Hoạt động" if each.is_active else "Đã ngừng", 14),
        Column("Tạo lúc", lambda each: each.created_at, 17, Kind.MOMENT),
    ),
    find=find_users,
)
AREAS = List(
    title="Danh sách địa bàn",
    file="dia-ban",
    act="area.export",
    permission=Permission.MANAGE_AREAS,
    of=Area,
    unit="tổ dân phố, thôn",
    columns=(
        Column("Mã", lambda each: each.code, 12),
        Column("Tên", lambda each: each.name, 30),
        Column("Mã phường", lambda each: each.parent.code if each.parent else "", 12),
        Column("Phường, xã", lambda each: each.parent.name if each.parent else "", 26),
        Column("Khu vực", lambda each: each.get_area_type_display(), 14),
        Column("Có từ ngày", lambda each: each.valid_from, 13, Kind.DAY),
        Column("Không còn kể từ ngày", lambda each: each.valid_to, 15, Kind.DAY),
        Column("Mã các nơi trước", lambda each: "; ".join(old.code for old in each.predecessors.all()), 26),
        Column("Nay là", lambda each: _names(each.successors.all()), 44),
    ),
    find=find_areas,
    personal=False,
)
EVENTS = List(
    title="Nhật ký",
    file="nhat-ky",
    act="event.export",
    permission=Permission.VIEW_TRAIL,
    of=Event,
    unit="việc",
    columns=(
        Column("Lúc", lambda line: line.event.at, 17, Kind.MOMENT),
        Column("Ai", lambda line: line.event.actor.full_name if line.event.actor else "chưa đăng nhập", 26),
        Column("Vai trò", lambda line: line.event.actor.get_role_display() if line.event.actor else "", 20),
        Column("Việc", lambda line: line.act, 30),
        Column("Lý do", lambda line: line.event.reason, 34),
        Column("Hồ sơ", lambda line: line.event.record_name, 36),
        Column("Số hồ sơ", lambda line: len(line.event.records) or None, 10, Kind.NUMBER),
        Column("Địa bàn", lambda line: line.event.area.name if line.event.area else "", 22),
        Column("Trước và sau", _changes, 60),
        Column("Địa chỉ máy", lambda line: line.event.address, 16),
    ),
    find=find_events,
)
