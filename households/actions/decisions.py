"""A decision of the ward chair turns agreed and posted results into legal statuses; a correction is a decision too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import now

from households import profile
from households.actions.moves import lock_households, locked, move
from households.actions.support.needs import follow_decision
from households.models import (
    Decision,
    Household,
    Import,
    LifeEvent,
    Member,
    Round,
    Score,
    Sheet,
    Status,
)
from households.poverty import Classification, Standard, load
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import Area, User


@dataclass(frozen=True)
class Ruling:
    """What is decided of one household. `departure_reason` where it is not the proposed class."""

    household: Household
    classification: str
    size: int
    lacking: tuple[str, ...] = ()
    score: Score | None = None
    departure_reason: str = ""
    profile: Mapping[str, Any] | None = None  # as it was held so far; else the score's, or the register's


@once(Decision)
def decide_round(
    *,
    by: User,
    round_: Round,
    number: str,
    date: date,
    signer: str,
    departures: dict[int, tuple[str, str]] | None = None,
    reason: str = "",
    seen: str | None = None,
    request_id: UUID | None = None,
) -> Decision:
    """Every sheet that is ready on `date` becomes a status, by its proposed class or by `departures` (sheet id →
    class, reason). Sheets ready later need a decision of their own. `reason`: why it comes after the round's
    deadline or year. `seen`: the `digest` of the list the chair looked at; refused when the list is another by now.
    """
    ready = Sheet.objects.ready_to_decide(round_, date)
    sheets = locked(ready.decidable_by(by))
    if seen is not None and seen != digest(sheets):
        raise ValidationError(
            "Danh sách phiếu vừa thay đổi sau khi anh/chị mở trang (có phiếu mới đủ điều kiện hoặc bị trả lại). "
            "Chưa ban hành gì; xem lại danh sách bên dưới rồi bấm lại."
        )
    if not sheets:
        raise ValidationError(not_by_oneself(ready.count()) if ready.exists() else _nothing_ready(round_))
    _must_lie_in_a_year(round_.standard_id, date)
    _must_be_the_newest_survey(sheets)
    _must_follow_the_survey(date, sheets)
    _must_lie_where_surveyed(sheets)
    _late_with_reason(round_, date, reason)
    since = _come_and_gone(sheets, date)
    rulings = [_ruling(sheet, since[sheet.pk], (departures or {}).get(sheet.pk)) for sheet in sheets]
    decision = _issue(
        by=by, ward=round_.ward, round_=round_, number=number, date=date, signer=signer, reason=reason.strip(),
        standard_id=round_.standard_id, rulings=rulings, request_id=request_id,
    )  # fmt: skip
    for sheet in sheets:
        sheet.decision = decision
    move(by=by, act="decision.make", sheets=sheets, fields=["decision"])
    return decision


@once(Decision)
def correct_decision(
    *,
    by: User,
    decision: Decision,
    number: str,
    date: date,
    signer: str,
    reason: str,
    changes: dict[int, str],
    request_id: UUID | None = None,
) -> Decision:
    """A new decision that cites `decision` and says why: of some households (household id → class) the class was
    wrong. What was decided stays as it was until `date`; only statuses that decision still holds are corrected, and not
    by who may not decide on their sheets.
    """
    if not changes:
        raise ValidationError("Chọn ít nhất một hộ cần đính chính và phân loại đúng của hộ.")
    _must_lie_in_a_year(decision.standard_id, date)
    lock_households(changes)  # nothing else becomes of them until this is done
    in_force = decision.statuses.filter(valid_to=None, household__closed_date=None)
    rows = in_force.filter(household__in=changes).select_related("household", "score")
    held = {each.household_id: each for each in rows}
    if missing := changes.keys() - held.keys():
        raise ValidationError(
            f"{len(missing)} hộ đã có quyết định mới hơn hoặc đã ra khỏi sổ nên không đính chính theo {decision} được nữa."
        )
    if same := [each for each in held.values() if each.classification == changes[each.household_id]]:
        raise ValidationError(
            f"Hộ {same[0].household} đang đúng phân loại đó rồi; chọn hộ khác hoặc phân loại khác."
        )
    behind = Sheet.objects.filter(pk__in=[each.score.sheet_id for each in held.values() if each.score])
    if own := behind.count() - behind.decidable_by(by).count():
        raise ValidationError(not_by_oneself(own))
    made = _issue(
        by=by, ward=decision.ward, round_=decision.round, number=number, date=date, signer=signer,
        standard_id=decision.standard_id, request_id=request_id, corrects=decision, reason=reason.strip(),
        rulings=[
            Ruling(
                household=each.household, classification=changes[pk], size=each.size, lacking=tuple(each.lacking),
                score=each.score, departure_reason=reason.strip(), profile=profile.copied(each),
            )
            for pk, each in held.items()
        ],
    )  # fmt: skip
    return made


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
    imported: Import | None = None,
) -> Decision:
    """A decision made on paper before the portal, with its list: class and people of each household. From a file
    (`imported`) more of its list may come later."""
    with kept():
        known = Decision.objects.filter(ward=ward, number=number, date=date, round=None).first()
        if imported and known:
            return _lay_down(by, known, list(rulings), imported)
        return _issue(
            by=by, ward=ward, round_=None, number=number, date=date, signer=signer, standard_id=standard_id,
            rulings=list(rulings), imported=imported, note=note,
        )  # fmt: skip


def _nothing_ready(round_: Round) -> str:
    if round_.needs_opinion:
        return "Chưa có hộ nào đã họp, niêm yết xong và có trả lời của tỉnh trước ngày quyết định nên chưa có gì để quyết định."
    return "Chưa có hộ nào đã họp và niêm yết xong trước ngày quyết định nên chưa có gì để quyết định."


def not_by_oneself(count: int) -> str:
    """Why `count` sheets are left to somebody else."""
    return (
        f"{count} hộ do anh/chị nộp phiếu, hoặc duyệt phiếu mà đợt quy định tách bạch, nên anh/chị không tự quyết định: "
        "nhờ người khác ban hành cho các hộ này."
    )


def _must_be_the_newest_survey(sheets: list[Sheet]) -> None:
    """A class found later is not undone by an older survey."""
    surveyed = {sheet.household_id: sheet.surveyed_on for sheet in sheets}
    present = Status.objects.filter(household__in=surveyed, valid_to=None).select_related(
        "score__sheet", "household"
    )
    newer = [
        each.household.code
        for each in present
        if each.score and each.score.sheet.surveyed_on > surveyed[each.household_id]
    ]
    if newer:
        raise ValidationError(
            f"{len(newer)} hộ đã có quyết định theo lần rà soát mới hơn: {', '.join(newer[:5])}. Trả phiếu cũ về rà soát lại rồi quyết định."
        )


def _must_lie_in_a_year(standard_id: str, day: date) -> None:
    if load(standard_id).falls_between_years(day):
        raise ValidationError(
            {
                "date": "Quyết định đề ngày 01/01 rơi giữa hai năm: hộ đổi phân loại mà không nằm trong biểu diễn biến của năm "
                "nào. 01/01 là ngày nghỉ; xem lại ngày ghi trên văn bản."
            }
        )


def _must_lie_where_surveyed(sheets: list[Sheet]) -> None:
    """Urban and rural lines differ: a household that moved between them has to be surveyed again."""
    moved = [each for each in sheets if (each.facts or {})["area_type"] != each.household.area.area_type]
    if moved:
        raise ValidationError(
            f"{len(moved)} hộ nay thuộc địa bàn khác loại (thành thị, nông thôn) so với lúc rà soát: "
            f"{', '.join(each.household.code for each in moved[:5])}. Trả phiếu về rà soát lại rồi quyết định."
        )


def _late_with_reason(round_: Round, day: date, reason: str) -> None:
    last = round_.decide_by or _last_day(round_)
    if day > last and not reason.strip():
        raise ValidationError(
            {"reason": f"Quyết định sau hạn {last:%d/%m/%Y} của đợt: ghi lý do quyết định muộn."}
        )


def _last_day(round_: Round) -> date:
    return date(round_.year, 12, 31)


def _must_follow_the_survey(day: date, sheets: list[Sheet]) -> None:
    latest = max(sheet.surveyed_on for sheet in sheets)
    if day < latest:
        raise ValidationError(
            {"date": f"Có phiếu rà soát ngày {latest:%d/%m/%Y}; quyết định không thể có ngày trước đó."}
        )


def _come_and_gone(sheets: list[Sheet], day: date) -> dict[int, int]:
    """Sheet id → people who came after its household was surveyed, less those of its people who went, by `day`.

    The class follows the survey; the number of people follows births, deaths and moves recorded since.
    """
    found = dict.fromkeys((sheet.pk for sheet in sheets), 0)
    by_household = {sheet.household_id: sheet for sheet in sheets}
    moved = Member.objects.filter(household__in=by_household).filter(
        Q(joined_date__lte=day) | Q(left_date__lte=day)
    )
    for member in moved.only("household_id", "joined_date", "left_date"):
        sheet = by_household[member.household_id]
        counted = str(member.pk) in {person["id"] for person in (sheet.facts or {})["people"]}
        gone = member.left_date is not None and member.left_date <= day
        came = member.joined_date is not None and sheet.surveyed_on < member.joined_date <= day
        found[sheet.pk] += (came and not gone and not counted) - (gone and counted)
    return found


def _ruling(sheet: Sheet, since: int, departure: tuple[str, str] | None) -> Ruling:
    assert sheet.score is not None  # the database holds sheet_submitted_is_complete
    assert sheet.facts is not None
    classification, reason = departure or ("", "")
    classification = classification or sheet.score.classification
    if classification not in set(Classification):
        raise ValidationError(f"Hộ {sheet.household}: phân loại chọn không có trong danh mục; chọn lại.")
    if classification != sheet.score.classification and not reason.strip():
        raise ValidationError(
            f"Hộ {sheet.household}: quyết định khác với phân loại tính từ phiếu phải ghi lý do."
        )
    return Ruling(
        household=sheet.household,
        classification=classification,
        size=max(len(sheet.facts["people"]) + since, 1),
        lacking=tuple(sheet.score.lacking),
        score=sheet.score,
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
    imported: Import | None = None,
    **named: Any,
) -> Decision:
    standard = load(standard_id)
    if standard.draft or not _covers(standard, round_, date):
        raise ValidationError(
            f"{standard.title} "
            + ("còn là dự thảo" if standard.draft else f"không áp dụng ngày {date:%d/%m/%Y}")
            + " nên không dùng để quyết định."
        )
    decision = Decision.objects.create(
        ward=ward, round=round_, standard_id=standard_id, date=date, made_by=by, **named
    )
    return _lay_down(by, decision, rulings, imported)


def _lay_down(
    by: User | None, decision: Decision, rulings: list[Ruling], imported: Import | None
) -> Decision:
    """The statuses of a decision begin, and those in force end."""
    date = decision.date
    # Households before statuses, as life events lock them.
    lock_households(each.household.pk for each in rulings)
    present = (
        Status.objects.select_for_update(of=("self",))
        .select_related("household")
        .filter(household__in=[each.household for each in rulings], valid_to=None)
    )
    _must_follow(present, date)
    if imported is None:  # a file brings the years of a household one after the other, and looks at the last
        held = {each.household_id for each in present}
        must_precede_events({each.household.pk: date for each in rulings if each.household.pk not in held})
    # A row of a life event of the same day would not hold a single day.
    present.filter(valid_from=date).update(voided_at=now())
    present.filter(valid_from__lt=date).update(
        valid_to=date, end_reason=Status.EndReason.NEW_DECISION, ended_by_import=imported
    )
    Status.objects.bulk_create(_status(decision, each, imported) for each in rulings)
    follow_decision(decision)
    events.record(
        by=by,
        act="decision.correct" if decision.corrects_id else "decision.make",
        on=decision,
        after={**events.snapshot(decision), "households": len(rulings)},
        area=decision.ward_id,
        reason=f"Nhập từ tệp: lần nhập số {imported.pk}" if imported else "",
    )
    return decision


def _covers(standard: Standard, round_: Round | None, day: date) -> bool:
    """A review of one year is decided by that year's standard, also in the next year."""
    if round_ and day.year == round_.year + 1:
        day = _last_day(round_)
    return standard.covers(day)


def _must_follow(present: Iterable[Status], date: date) -> None:
    late = [
        each for each in present if each.valid_from > date or (each.valid_from == date and not each.event_id)
    ]
    if any(each.event_id for each in late):
        raise ValidationError(_undone_first([each.household.code for each in late]))
    if late:
        raise ValidationError(
            f"{len(late)} hộ đã có phân loại từ ngày {max(status.valid_from for status in late):%d/%m/%Y}; "
            "ngày quyết định phải sau ngày đó."
        )


def must_precede_events(days: Mapping[int, date]) -> None:
    """ValidationError where one of the households (id → day of its decision), none of which has a class so far, was
    changed after that day: the event carried no class on, so that the one decided now would miss it."""
    if not days:
        return
    changing = LifeEvent.objects.filter(date__gt=min(days.values())).changing(days)
    late = [pk for pk, day in days.items() if pk in changing and changing[pk][-1].date > day]
    if late:
        codes = Household.objects.filter(pk__in=late).order_by("code").values_list("code", flat=True)
        raise ValidationError(_undone_first(list(codes)))


def _undone_first(codes: list[str]) -> str:
    return (
        "Có hộ đã ghi sự kiện (sinh, chết, chuyển đi…) sau ngày quyết định này. Huỷ sự kiện đó ở trang hộ, ban hành "
        f"quyết định rồi ghi lại sự kiện. Mã hộ: {', '.join(codes[:5])}{' …' if len(codes) > 5 else ''}."
    )


def _status(decision: Decision, ruling: Ruling, imported: Import | None) -> Status:
    score = ruling.score
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
        imported=imported,
        **(ruling.profile or _profile(decision, ruling)),
    )


def _profile(decision: Decision, ruling: Ruling) -> dict[str, Any]:
    if ruling.score:
        return profile.copied(ruling.score)
    return profile.of_register(ruling.household, decision.date, load(decision.standard_id))
