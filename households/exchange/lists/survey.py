"""Sheets of a round, and the households on its list."""

from datetime import date
from functools import partial

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from households.exchange.lists.words import area_in_words
from households.models import Listing, Round, Sheet
from households.reports import board, progress
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission


def find_rounds(request, *, today: date) -> Found:
    """The rounds of the reader's wards, each with its sheets by state."""
    rounds = Round.objects.visible_to(request.user).select_related("ward").current_first()
    return Found(rounds, lines=partial(_with_progress, request.user))


def _with_progress(user, rounds: list[Round]) -> list[tuple[Round, progress.Progress]]:
    counts = progress.by_round(rounds, user)
    return [(each, counts[each.pk]) for each in rounds]


def find_sheets(request, *, today: date) -> Found:
    """The sheets of a round by state and tổ dân phố; of the latest round with sheets where none is chosen."""
    has_sheets = Exists(Sheet.objects.visible_to(request.user).filter(round=OuterRef("pk")))
    rounds = list(Round.objects.visible_to(request.user).annotate(has_sheets=has_sheets).current_first())
    begun = next((each for each in rounds if each.has_sheets), rounds[0] if rounds else None)
    asked = next((each for each in rounds if each.pk == key(request, "dot")), begun)
    state, area = typed(request, "trang-thai"), key(request, "to")
    found = (
        Sheet.objects.visible_to(request.user)
        .filter(round=asked)
        .select_related("household__area", "score", "saved_by")
    )
    if state in Sheet.State:
        found = found.filter(state=state)
    if area:
        found = found.in_area(area)
    shown = {
        "rounds": rounds,
        "round": asked,
        "state": state,
        "states": Sheet.State.choices,
        "area": area,
        "areas": Area.objects.visible_to(request.user).groups().in_order(),
    }
    asked_for = [
        ("Trạng thái", dict(Sheet.State.choices).get(state)),
        ("Tổ dân phố", area_in_words(request.user, area)),
    ]
    return Found(found.in_order(), asked_for, asked.name if asked else "", shown)


def find_listed(request, *, today: date, pk: int) -> Found:
    """The households on the list of a round by step and tổ dân phố, or only those that are late."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("ward"), pk=pk)
    found = board.standing(round_, request.user, today)
    stage, area, late = typed(request, "buoc"), key(request, "to"), request.GET.get("tre") == "1"
    stage = stage if stage in board.LABELS else ""
    if stage:
        found = found.filter(stage=stage)
    if area:
        found = found.in_area(area)
    if late:
        found = found.filter(late=True)
    rows = board.with_answers(found).select_related(
        "household__area", "request", "sheet__score", "sheet__vote"
    )
    shown = {
        "round": round_,
        "stage": stage,
        "stages": board.STAGES,
        "labels": board.LABELS,
        "area": area,
        "areas": board.areas(round_, request.user),
        "late": late,
    }
    asked_for = [
        ("Bước", board.LABELS.get(stage)),
        ("Tổ dân phố", area_in_words(request.user, area)),
        ("Chỉ hộ trễ hạn", late and "có"),
    ]
    return Found(rows.in_order(), asked_for, round_.name, shown)


def _sheets_in(state: str, line: tuple[Round, progress.Progress]) -> int:
    return line[1].sheets.get(state, 0)


def _source(listing) -> str:
    if listing.request is None:
        return listing.get_source_display()
    return f"Đơn Mẫu {listing.request.form} nhận {listing.request.received_on:%d/%m/%Y}"


def _score(listing):
    """The newest score of the sheet, None where there is no sheet or it was never handed in."""
    sheet = getattr(listing, "sheet", None)
    return sheet.score if sheet else None


def _proposed(score) -> str:
    return score.get_classification_display() if score else ""


ROUNDS = List(
    title="Đợt rà soát",
    file="dot-ra-soat",
    act="round.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Round,
    unit="đợt",
    columns=(
        Column("Đợt", lambda line: line[0].name, 40),
        Column("Phường, xã", lambda line: line[0].ward.name, 24),
        Column("Năm", lambda line: line[0].year, 8, Kind.YEAR),
        Column("Chuẩn nghèo", lambda line: line[0].standard_id, 14),
        Column("Từ ngày", lambda line: line[0].starts_on, 13, Kind.DAY),
        Column("Hạn nộp phiếu", lambda line: line[0].ends_on, 14, Kind.DAY),
        Column("Số phiếu", lambda line: line[1].total, 10, Kind.NUMBER),
        *(Column(label, partial(_sheets_in, state), 13, Kind.NUMBER) for state, label in Sheet.State.choices),
        Column("Đóng lúc", lambda line: line[0].closed_at, 17, Kind.MOMENT),
    ),
    find=find_rounds,
    personal=False,
)
SHEETS = List(
    title="Phiếu rà soát",
    file="phieu-ra-soat",
    act="sheet.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Sheet,
    unit="phiếu",
    columns=(
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Địa chỉ", lambda each: each.household.address, 34),
        Column("Trạng thái", lambda each: each.get_state_display(), 20),
        Column("Ngày rà soát", lambda each: each.surveyed_on, 13, Kind.DAY),
        Column("B1", lambda each: each.income_score, 9, Kind.NUMBER),
        Column("B2", lambda each: each.score.deprivation_score if each.score else None, 9, Kind.NUMBER),
        Column("Kết quả tính từ phiếu", lambda each: _proposed(each.score), 20),
        Column("Lưu lúc", lambda each: each.saved_at, 17, Kind.MOMENT),
        Column("Người lưu", lambda each: each.saved_by.full_name if each.saved_by else "", 24),
    ),
    find=find_sheets,
)
LISTED = List(
    title="Hộ trong danh sách rà soát",
    file="ho-cua-dot-ra-soat",
    act="listing.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Listing,
    unit="hộ",
    columns=(
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Địa chỉ", lambda each: each.household.address, 34),
        Column("Vì sao có trong danh sách", _source, 30),
        Column("Bước", lambda each: board.LABELS[each.stage], 18),
        Column("Trễ hạn", lambda each: "trễ hạn" if each.late else "", 10),
        Column("Kết quả tính từ phiếu", lambda each: _proposed(_score(each)), 20),
    ),
    find=find_listed,
)
