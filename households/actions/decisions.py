"""A decision of the ward chair turns approved sheets into legal statuses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.models import Decision, Household, Round, Sheet, Status
from households.poverty import load
from thanhsen import events
from thanhsen.concurrency import made_before, made_once
from thanhsen.constraints import kept
from thanhsen.models import Area, User


@dataclass(frozen=True)
class Ruling:
    """What is decided of one household. `departure_reason` where it is not the proposed class."""

    household: Household
    classification: str
    size: int
    lacking: tuple[str, ...] = ()
    sheet: Sheet | None = None
    departure_reason: str = ""


def decide_round(
    *,
    by: User,
    round_: Round,
    number: str,
    date: date,
    signer: str,
    departures: dict[int, tuple[str, str]] | None = None,
    seen: str | None = None,
    request_id: UUID | None = None,
) -> Decision:
    """Every approved sheet of the round becomes a status, by its proposed class or by `departures`
    (sheet id → class, reason). Sheets approved later need a decision of their own. `seen`: the `digest` of
    the list the chair looked at; refused when the list is another by now.
    """
    if made := made_before(Decision, request_id):
        return made
    with made_once(Decision, request_id) as twin, kept():
        sheets = list(
            Sheet.objects.ready_to_decide(round_)
            .select_for_update(of=("self", "household"))
            .select_related("household", "score")
            .order_by("pk")
        )
        if not sheets:
            raise ValidationError("Chưa có phiếu nào được duyệt trong đợt này nên chưa có gì để quyết định.")
        if seen is not None and seen != digest(sheets):
            raise ValidationError(
                "Danh sách phiếu vừa thay đổi sau khi anh/chị mở trang (có phiếu mới được duyệt hoặc bị trả lại). "
                "Chưa ban hành gì; xem lại danh sách bên dưới rồi bấm lại."
            )
        _another_than_who_submitted(by, sheets)
        _must_follow_the_survey(date, sheets)
        rulings = [_ruling(sheet, (departures or {}).get(sheet.pk)) for sheet in sheets]
        decision = _issue(
            by=by, ward=round_.ward, round_=round_, number=number, date=date, signer=signer,
            standard_id=round_.standard_id, rulings=rulings, request_id=request_id,
        )  # fmt: skip
        Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(state=Sheet.State.DECIDED)
    return twin.record or decision


def digest(sheets: Iterable[Sheet]) -> str:
    """A short text that differs when the list or one of its sheets does."""
    listed = ",".join(f"{pk}:{version}" for pk, version in sorted((each.pk, each.version) for each in sheets))
    return sha256(listed.encode()).hexdigest()[:16]


def record_decision(
    *,
    by: User | None,
    ward: Area,
    number: str,
    date: date,
    signer: str,
    standard_id: str,
    rulings: Iterable[Ruling],
    note: str = "",
) -> Decision:
    """A decision made on paper before the portal, with its list: class and people of each household."""
    with kept():
        return _issue(
            by=by, ward=ward, round_=None, number=number, date=date, signer=signer, standard_id=standard_id,
            rulings=list(rulings), note=note,
        )  # fmt: skip


def _another_than_who_submitted(by: User, sheets: list[Sheet]) -> None:
    own = [sheet for sheet in sheets if sheet.submitted_by_id == by.pk]
    if own:
        raise ValidationError(
            f"Anh/chị là người nộp {len(own)} phiếu trong danh sách nên không tự quyết định được."
        )


def _must_follow_the_survey(day: date, sheets: list[Sheet]) -> None:
    latest = max(sheet.surveyed_on for sheet in sheets)
    if day < latest:
        raise ValidationError(
            {"date": f"Có phiếu rà soát ngày {latest:%d/%m/%Y}; quyết định không thể có ngày trước đó."}
        )


def _ruling(sheet: Sheet, departure: tuple[str, str] | None) -> Ruling:
    assert sheet.score is not None  # the database holds sheet_submitted_is_complete
    assert sheet.facts is not None
    classification, reason = departure or ("", "")
    classification = classification or sheet.score.classification
    return Ruling(
        household=sheet.household,
        classification=classification,
        size=len(sheet.facts["people"]),
        lacking=tuple(sheet.score.lacking),
        sheet=sheet,
        departure_reason=reason.strip() if classification != sheet.score.classification else "",
    )


def _issue(
    *,
    by: User | None,
    ward: Area,
    round_: Round | None,
    standard_id: str,
    date: date,
    rulings: list[Ruling],
    **named: Any,
) -> Decision:
    standard = load(standard_id)
    if standard.draft or not standard.covers(date):
        raise ValidationError(
            f"{standard.title} "
            + ("còn là dự thảo" if standard.draft else f"không áp dụng ngày {date:%d/%m/%Y}")
            + " nên không dùng để quyết định."
        )
    decision = Decision.objects.create(
        ward=ward, round=round_, standard_id=standard_id, date=date, made_by=by, **named
    )
    present = Status.objects.select_for_update().filter(
        household__in=[each.household for each in rulings], valid_to=None
    )
    _must_follow(present, date)
    present.update(valid_to=date, end_reason=Status.EndReason.NEW_DECISION)
    Status.objects.bulk_create(_status(decision, each) for each in rulings)
    events.record(
        by=by,
        act="decision.make",
        on=decision,
        after={**events.snapshot(decision), "households": len(rulings)},
        area=ward,
    )
    return decision


def _must_follow(present: Iterable[Status], date: date) -> None:
    late = [status for status in present if status.valid_from >= date]
    if late:
        raise ValidationError(
            f"{len(late)} hộ đã có phân loại từ ngày {max(status.valid_from for status in late):%d/%m/%Y}; "
            "ngày quyết định phải sau ngày đó."
        )


def _status(decision: Decision, ruling: Ruling) -> Status:
    score = ruling.sheet.score if ruling.sheet else None
    return Status(
        household=ruling.household,
        decision=decision,
        score=score,
        classification=ruling.classification,
        proposed=score.classification if score else "",
        departure_reason=ruling.departure_reason,
        standard_id=decision.standard_id,
        area_id=ruling.household.area_id,
        size=ruling.size,
        lacking=list(ruling.lacking),
        valid_from=decision.date,
    )
