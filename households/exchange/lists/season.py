"""Requests, decisions and the households they name, certificates."""

from datetime import date

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from households.models import Certificate, Decision, Request, Status
from households.models.survey import CLASSIFICATIONS
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.permissions import Permission

REQUESTS_SHOWN = [
    ("", "Đang chờ"),
    ("da-vao", "Đã đưa vào đợt"),
    ("da-rut", "Đã rút"),
    ("tat-ca", "Tất cả"),
]


def find_requests(request, *, today: date) -> Found:
    """The requests received, the newest first; those that wait where nothing else is asked for."""
    found = Request.objects.visible_to(request.user).select_related("household__area", "taken_in")
    asked = typed(request, "loai")
    if asked == "da-vao":
        found = found.exclude(taken_in=None)
    elif asked == "da-rut":
        found = found.exclude(withdrawn_on=None)
    elif asked != "tat-ca":
        found = found.waiting()
    asked_for = [("Đơn", dict(REQUESTS_SHOWN).get(asked, REQUESTS_SHOWN[0][1]))]
    shown = {"chosen": asked, "shown": REQUESTS_SHOWN}
    return Found(found.order_by("-received_on", "-pk"), asked_for, shown=shown)


def find_decisions(request, *, today: date) -> Found:
    """Every decision of the reader's wards, the newest first, with how many households it names."""
    found = (
        Decision.objects.visible_to(request.user)
        .select_related("ward", "round")
        .annotate(count=Count("statuses", filter=Q(statuses__event=None)))
    )
    return Found(found.order_by("-date", "-pk"))


def find_decided(request, *, today: date, pk: int) -> Found:
    """The households of a decision as decided, by tổ dân phố; of one class where it is asked for."""
    found = Decision.objects.visible_to(request.user).select_related("ward", "round", "made_by", "corrects")
    decision = get_object_or_404(found, pk=pk)
    rows = (
        Status.objects.visible_to(request.user)
        .as_decided()
        .filter(decision=decision)
        .select_related("household", "area")
    )
    if (asked := typed(request, "loai")) in dict(CLASSIFICATIONS):
        rows = rows.filter(classification=asked)
    asked_for = [("Phân loại", dict(CLASSIFICATIONS).get(asked))]
    ordered = rows.order_by("area__sort_key", "household__sort_key", "pk")
    return Found(ordered, asked_for, str(decision), {"decision": decision, "chosen": asked})


def find_certificates(request, *, today: date) -> Found:
    """The register of certificates of a year, the newest number first; of one kind where it is asked for."""
    found = Certificate.objects.visible_to(request.user).select_related("household__area", "replaces")
    years = list(found.order_by("-year").values_list("year", flat=True).distinct())
    year = key(request, "nam") or (years[0] if years else today.year)
    found = found.filter(year=year).with_holds()
    if (kind := typed(request, "loai")) in Certificate.Kind:
        found = found.filter(kind=kind)
    shown = {"years": years, "year": year, "kind": kind, "kinds": Certificate.Kind.choices}
    asked_for = [("Loại giấy", dict(Certificate.Kind.choices).get(kind))]
    return Found(found.order_by("-serial"), asked_for, f"năm {year}", shown)


def _state_of_request(asked) -> str:
    if asked.taken_in:
        return asked.taken_in.name
    if asked.withdrawn_on:
        return f"rút {asked.withdrawn_on:%d/%m/%Y}: {asked.withdrawn_reason}"
    return "chờ đưa vào đợt"


def _state_of_certificate(each) -> str:
    if each.revoked_on:
        return f"thu hồi {each.revoked_on:%d/%m/%Y}: {each.revoked_reason}"
    return "còn hiệu lực" if each.holds else "hết hiệu lực"


REQUESTS = List(
    title="Đơn đề nghị",
    file="don-de-nghi",
    act="request.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Request,
    unit="đơn",
    columns=(
        Column("Nhận ngày", lambda each: each.received_on, 13, Kind.DAY),
        Column("Mẫu", lambda each: each.form, 8),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Người làm đơn", lambda each: each.applicant, 28),
        Column("Cách nộp", lambda each: each.get_channel_display(), 26),
        Column("Nội dung, lý do", lambda each: each.text, 44),
        Column("Tình trạng", _state_of_request, 34),
    ),
    find=find_requests,
)
DECISIONS = List(
    title="Quyết định công nhận",
    file="quyet-dinh",
    act="decision.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Decision,
    unit="quyết định",
    columns=(
        Column("Số", lambda each: each.number, 22),
        Column("Ngày", lambda each: each.date, 13, Kind.DAY),
        Column("Người ký", lambda each: each.signer, 28),
        Column("Phường, xã", lambda each: each.ward.name, 24),
        Column("Đợt", lambda each: each.round.name if each.round else "ghi lại từ giấy", 36),
        Column("Chuẩn nghèo", lambda each: each.standard_id, 14),
        Column("Số hộ", lambda each: each.count, 10, Kind.NUMBER),
    ),
    find=find_decisions,
    personal=False,
)
DECIDED = List(
    title="Hộ của quyết định",
    file="ho-cua-quyet-dinh",
    act="status.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Status,
    unit="hộ",
    columns=(
        Column("Tổ dân phố", lambda each: each.area.name, 22),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Phân loại", lambda each: each.get_classification_display(), 20),
        Column("Số nhân khẩu", lambda each: each.size, 12, Kind.NUMBER),
        Column("Từ ngày", lambda each: each.valid_from, 13, Kind.DAY),
        Column("Đến trước ngày", lambda each: each.valid_to, 15, Kind.DAY),
    ),
    find=find_decided,
)
CERTIFICATES = List(
    title="Sổ giấy chứng nhận",
    file="so-giay-chung-nhan",
    act="certificate.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Certificate,
    unit="giấy",
    columns=(
        Column("Số", lambda each: each.number, 22),
        Column("Loại", lambda each: each.get_kind_display(), 36),
        Column("Chủ hộ trên giấy", lambda each: each.holder, 28),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Cấp ngày", lambda each: each.issued_on, 13, Kind.DAY),
        Column("Tình trạng", _state_of_certificate, 30),
        Column("Thay giấy", lambda each: each.replaces.number if each.replaces else "", 22),
    ),
    find=find_certificates,
)
