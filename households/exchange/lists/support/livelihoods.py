"""Models of livelihood; the households that may join one."""

from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from households.exchange.lists.households import beside
from households.exchange.lists.words import area_in_words
from households.models import Household, LivelihoodProject, Participation
from households.reports.support import livelihoods as report
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission
from thanhsen.tables import WITHHELD

STATES = {
    "": "Đang làm",
    "xong": "Đã kết thúc",
    "thanh-cong": "Thành công",
    "that-bai": "Không thành công",
    "het": "Tất cả",
}


def find_projects(request, *, today: date) -> Found:
    """By kind and state; `thieu=1`: those with a follow-up of last month missing in the reader's areas."""
    state, kind, lacking = (
        typed(request, "tinh-trang"),
        typed(request, "loai"),
        request.GET.get("thieu") == "1",
    )
    state = state if state in STATES else ""
    narrowed = {
        "": Q(ended_on=None), "xong": Q(ended_on__isnull=False), "thanh-cong": Q(outcome="worked"),
        "that-bai": Q(outcome="failed"), "het": Q(),
    }[state]  # fmt: skip
    records = LivelihoodProject.objects.visible_to(request.user).filter(narrowed)
    if kind in LivelihoodProject.Kind.values:
        records = records.filter(kind=kind)
    if lacking:
        records = records.filter(
            pk__in=report.missing(request.user, report.last_month(today)).values("project")
        )
    shown = {
        "state": state, "states": STATES.items(), "kind": kind, "kinds": LivelihoodProject.Kind.choices, "lacking": lacking,
    }  # fmt: skip
    asked = [
        ("Tình trạng", STATES[state]),
        ("Loại hình", dict(LivelihoodProject.Kind.choices).get(kind, "")),
        ("Theo dõi", "còn thiếu tháng trước" if lacking else ""),
    ]

    def lines(projects):
        found = report.figures(projects, request.user)
        return [(each, found[each.pk]) for each in projects]

    return Found(records.order_by("-started_on", "name", "pk"), asked, shown=shown, lines=lines)


def _told(value: int | None, is_hidden: bool) -> int | str | None:
    return WITHHELD if is_hidden else value


PROJECTS = List(
    title="Mô hình phát triển kinh tế",
    file="mo-hinh",
    act="project.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=LivelihoodProject,
    unit="mô hình",
    personal=False,
    columns=(
        Column("Mô hình", lambda line: line[0].name, 36),
        Column("Loại hình", lambda line: line[0].get_kind_display(), 22),
        Column("Bắt đầu", lambda line: line[0].started_on, 13, Kind.DAY),
        Column("Kết thúc", lambda line: line[0].ended_on, 13, Kind.DAY),
        Column("Kết quả", lambda line: line[0].get_outcome_display(), 24),
        Column("Hộ đã tham gia", lambda line: line[1].households, 12, Kind.NUMBER),
        Column("Hộ đang làm", lambda line: line[1].present, 12, Kind.NUMBER),
        Column("Hộ không thành công", lambda line: line[1].failed, 12, Kind.NUMBER),
        Column(
            "Thu nhập trước, mức ở giữa (đồng/tháng)",
            lambda line: _told(line[1].before, line[1].hides_incomes),
            18,
            Kind.NUMBER,
        ),
        Column(
            "Thu nhập sau, mức ở giữa (đồng/tháng)",
            lambda line: _told(line[1].after, line[1].hides_incomes),
            18,
            Kind.NUMBER,
        ),
        Column(
            "Hỗ trợ đã nhận (đồng)",
            lambda line: _told(line[1].received, line[1].hides_money),
            18,
            Kind.NUMBER,
        ),
        Column("Bài học", lambda line: line[0].lessons, 50),
    ),
    find=find_projects,
)


def find_unfollowed(request, *, today: date) -> Found:
    """The reader's households in a model whose follow-up of last month is not written yet."""
    area, month = key(request, "to"), report.last_month(today)
    records = report.missing(request.user, month)
    if area:
        records = records.filter(household__area=area)
    shown = {"areas": Area.objects.visible_to(request.user).groups().in_order(), "area": area, "month": month}
    asked = [("Tháng", f"{month:%m/%Y}"), ("Tổ dân phố", area_in_words(request.user, area))]
    beside = records.select_related("household__area", "project")
    return Found(
        beside.order_by("project__name", "project", "household__sort_key", "household__code"),
        asked,
        shown=shown,
    )


UNFOLLOWED = List(
    title="Hộ trong mô hình chưa ghi theo dõi",
    file="chua-ghi-theo-doi",
    act="project.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Participation,
    unit="hộ",
    columns=(
        Column("Mô hình", lambda each: each.project.name, 36),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Địa chỉ", lambda each: each.household.address, 32),
        Column("Điện thoại", lambda each: each.household.phone, 13),
        Column("Vào mô hình", lambda each: each.joined_on, 13, Kind.DAY),
    ),
    find=find_unfollowed,
)


def find_candidates(request, *, today: date, pk: int) -> Found:
    """Poor and near-poor households of the reader in the model's ward that are not in it."""
    project = get_object_or_404(LivelihoodProject.objects.visible_to(request.user), pk=pk)
    area, text = key(request, "to"), typed(request, "q")
    inside = Participation.objects.filter(project=project).exclude(left_reason="mistake")
    homes = Household.objects.visible_to(request.user).present().filter(area__parent=project.ward_id)
    homes = homes.exclude(pk__in=inside.values("household"))
    if area:
        homes = homes.in_area(area)
    if text:
        homes = homes.search(text)
    else:
        homes = homes.of_class("poor", today) | homes.of_class("near_poor", today)
    shown = {
        "areas": Area.objects.visible_to(request.user).groups().filter(parent=project.ward_id).in_order(),
        "area": area, "text": text,
    }  # fmt: skip
    asked = [("Tổ dân phố", area_in_words(request.user, area)), ("Có chữ", text)]
    found = homes.select_related("area").prefetch_related(*beside(today)).in_order()
    return Found(found, asked, str(project), shown)
