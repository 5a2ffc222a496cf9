"""Writes of the survey: a sheet from its start to its approval, and back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from households import carried, facts, steps
from households.actions.rounds import must_be_open
from households.assessment import UNCONFIRMED, Outcome, assess, assess_advisory, given_against, scored
from households.income import answers_to, settle
from households.models import Household, Listing, Remark, Round, Score, Sheet
from thanhsen import events
from thanhsen.concurrency import Stale
from thanhsen.constraints import kept
from thanhsen.models import User

SHEET_FIELDS = (
    "surveyed_on", "income_score", "points", "per_capita_income", "asks_average", "answers", "causes", "main_cause", "cause_note", "shocks", "note",
)  # fmt: skip


def start_sheet(
    *, by: User, round_: Round, household: Household, surveyed_on: date, request_id: UUID | None = None
) -> tuple[Sheet, bool]:
    """The household's sheet of the round and whether it is new: asked twice, at once or later, there is one.

    The household is on the list of the round; what its last sheet answered is offered, marked as carried.
    """
    if made := Sheet.objects.filter(round=round_, household=household).first():
        return made, False
    if household.closed_date:
        raise ValidationError("Hộ đã ra khỏi sổ nên không lập phiếu.")
    if household.area.parent_id != round_.ward_id:
        raise ValidationError("Hộ không thuộc phường của đợt rà soát này.")
    last = carried.last_sheet(household)
    try:
        with kept():
            must_be_open(round_)
            sheet = Sheet.objects.create(
                round=round_,
                household=household,
                listing=_listing(round_, household),
                surveyed_on=surveyed_on,
                started_by=by,
                request_id=request_id,
                **carried.offered(round_, last),
            )
            events.record(
                by=by, act="sheet.start", on=sheet, after=events.snapshot(sheet), area=household.area_id
            )
    except ValidationError as error:
        if isinstance(error.__cause__, IntegrityError) and (
            made := Sheet.objects.filter(round=round_, household=household).first()
        ):
            return made, False
        raise
    return sheet, True


def _listing(round_: Round, household: Household) -> Listing:
    """The household's place on the list of the round, from which it may be surveyed."""
    listing = (
        Listing.objects.select_for_update(of=("self",))
        .select_related("request")
        .filter(round=round_, household=household)
        .first()
    )
    if listing is None:
        raise ValidationError(
            "Hộ chưa có trong danh sách của đợt: ghi đơn đề nghị của hộ, rồi đưa đơn vào danh sách rà soát."
        )
    if listing.state == Listing.State.LISTED and listing.needs_quick_check:
        raise ValidationError("Hộ có đơn Mẫu 01 nên nhận dạng nhanh bằng Phiếu A trước, rồi lập Phiếu B.")
    steps.require(listing, "sheet.start")
    return listing


def save_draft(
    *,
    by: User,
    sheet: Sheet,
    version: int | None,
    values: dict[str, Any],
    at: datetime,
    page: UUID | None = None,
    confirmed: Iterable[str] = (),
    area_type: str | None = None,
) -> Sheet:
    """Keep what is filled in so far, complete or not. Stale when somebody saved since `version`, unless that
    was the same opened `page` (its own saves, crossing each other on the way). `confirmed`: questions whose answer was
    found to hold still: carried from the last sheet, or asked again. `area_type`: where the page that was typed on said
    the household lies; None for where it lies now.
    """
    with kept():
        must_be_open(sheet.round)
        stored = _locked(sheet, version, page)
        _must_be_of_a_present_household(stored)
        if not stored.is_editable:
            raise ValidationError("Phiếu đã nộp nên không sửa được. Nhờ người duyệt trả lại phiếu rồi sửa.")
        before = events.snapshot(stored)
        for name in values.keys() - set(SHEET_FIELDS):
            raise TypeError(f"{name} is not written here")
        confirmed = set(confirmed)
        if "answers" in values:
            day = values.get("surveyed_on", stored.surveyed_on)
            values = {**values, "answers": _given_against(stored, day, values["answers"], confirmed)}
        values = {**values, "carried": carried.still_carried(stored, values, confirmed)}
        typed_for = None
        if "income_score" in values and _is_typed_anew(stored, values["income_score"], confirmed):
            typed_for = stored.household.area.area_type if area_type is None else area_type
        changed = {name: value for name, value in values.items() if getattr(stored, name) != value}
        for name, value in changed.items():
            setattr(stored, name, value)
        if not settle(stored, typed="income_score" in values, typed_for=typed_for) and not changed:
            return stored
        stored.version += 1
        stored.saved_at, stored.saved_by, stored.saved_from = at, by, page
        stored.save()
        area = stored.household.area_id
        events.record(
            by=by, act="sheet.save", on=stored, before=before, after=events.snapshot(stored), area=area
        )
    return stored


def _facts(sheet: Sheet, day: date) -> dict[str, Any]:
    return facts.of_household(sheet.household, sheet.household.members.present().head_first(), day)


def _given_against(stored: Sheet, day: date, answers: dict[str, Any], confirmed: set[str]) -> dict[str, Any]:
    if not any(each.get("lacking") is not None for each in answers.values()):
        return answers
    return given_against(stored, _facts(stored, day), stored.answers, answers, confirmed)


def _is_typed_anew(stored: Sheet, score: int | None, confirmed: set[str]) -> bool:
    """Whether the score was typed or confirmed; a page sends it along with whatever else is saved."""
    was_computed = stored.income_score_source == Sheet.ScoreSource.COMPUTED
    return "income_score" in confirmed or was_computed or score != stored.income_score


def submit(*, by: User, sheet: Sheet, version: int | None, at: datetime, today: date) -> Sheet:
    """Hand the sheet in: facts frozen, one Score per standard. ValidationError names every open question."""
    with kept():
        must_be_open(sheet.round)
        stored = _locked(sheet, version)
        _must_be_of_a_present_household(stored)
        if not stored.is_editable:
            raise ValidationError("Phiếu đã nộp trước đó.")
        before = events.snapshot(stored)
        stored_facts = _facts(stored, stored.surveyed_on)
        settle(stored)
        outcome = assess(stored, stored_facts)
        problems = {**outcome.problems, **_unready(stored, outcome, today)}
        if problems or outcome.result is None:
            raise ValidationError({name: [sentence] for name, sentence in problems.items()})
        if (
            carried.CAUSES in stored.carried
        ):  # nobody confirmed them, and a household that is not poor has none
            stored.causes, stored.main_cause, stored.cause_note, stored.carried = [], "", "", []
        stored.facts = stored_facts
        stored.points = answers_to(outcome.income.items, stored.points) if outcome.income.items else {}
        stored.score = add_scores(stored, outcome)
        stored.state = steps.require(stored, "sheet.submit")
        stored.submitted_by, stored.submitted_at = by, at
        stored.approved_by = stored.approved_at = None
        stored.version += 1
        stored.save()
        stored.remarks.filter(settled_at=None).update(settled_at=at)
        area = stored.household.area_id
        events.record(
            by=by, act="sheet.submit", on=stored, before=before, after=events.snapshot(stored), area=area
        )
    return stored


def approve(*, by: User, sheet: Sheet, version: int | None, at: datetime) -> Sheet:
    """Another person than the one who submitted finds the sheet right."""
    with kept():
        stored = _locked(sheet, version)
        state = steps.require(stored, "sheet.approve")
        if stored.submitted_by_id == by.pk:
            raise ValidationError("Anh/chị là người nộp phiếu này; cần một người khác duyệt.")
        stored.state = state
        stored.approved_by, stored.approved_at = by, at
        stored.version += 1
        stored.save()
        events.record(
            by=by,
            act="sheet.approve",
            on=stored,
            after={"state": stored.state},
            area=stored.household.area_id,
        )
    return stored


def send_back(*, by: User, sheet: Sheet, version: int | None, remarks: dict[str, str], at: datetime) -> Sheet:
    """Return the sheet with remarks (question → text; "" for the sheet as a whole), at least one."""
    if not any(text.strip() for text in remarks.values()):
        raise ValidationError("Ghi ít nhất một nhận xét để người lập phiếu biết cần sửa gì.")
    with kept():
        must_be_open(sheet.round)
        stored = _locked(sheet, version)
        act = "sheet.reopen" if stored.state in steps.of("sheet.reopen").starts else "sheet.return"
        returned(by=by, sheet=stored, act=act, remarks=remarks)
    return stored


def returned(*, by: User, sheet: Sheet, act: str, remarks: dict[str, str]) -> None:
    """A locked sheet goes back to survey, whoever sends it: what it stood on so far no longer holds. In a closed
    round nobody could take it further."""
    must_be_open(sheet.round)
    sheet.state = steps.require(sheet, act)
    sheet.approved_by = sheet.approved_at = sheet.vote = sheet.posting = sheet.opinion = None
    sheet.version += 1
    sheet.save()
    Remark.objects.bulk_create(
        Remark(sheet=sheet, question=question, text=text.strip()[:500], by=by)
        for question, text in remarks.items()
        if text.strip()
    )
    events.record(
        by=by, act=act, on=sheet, after={"state": sheet.state, "remarks": remarks}, area=sheet.household.area_id,
        reason="; ".join(text for text in remarks.values() if text),
    )  # fmt: skip


def _locked(sheet: Sheet, version: int | None, page: UUID | None = None) -> Sheet:
    """The stored sheet, locked, after its round where that is locked too. Stale when it is not `version`, unless the
    same open `page` saved it last."""
    rows = Sheet.objects.select_for_update(of=("self",)).select_related(
        "round", "household__area", "saved_by"
    )
    stored = rows.get(pk=sheet.pk)
    if version not in (None, stored.version) and (page is None or stored.saved_from != page):
        raise Stale(stored)
    return stored


def _must_be_of_a_present_household(sheet: Sheet) -> None:
    if sheet.household.closed_date:
        raise ValidationError(
            f"Hộ đã ra khỏi sổ ngày {sheet.household.closed_date:%d/%m/%Y} nên phiếu không ghi thêm được."
        )


def _unready(sheet: Sheet, outcome: Outcome, today: date) -> dict[str, str]:
    """What a sheet needs besides its indicators: a sensible day, and causes where the class is poor or near-poor."""
    found = {code: UNCONFIRMED for code in sheet.carried if code != carried.CAUSES}
    if sheet.surveyed_on > today:
        found["surveyed_on"] = "Ngày rà soát không thể ở tương lai."
    elif sheet.surveyed_on.year != sheet.round.year or sheet.surveyed_on < sheet.round.starts_on:
        found["surveyed_on"] = (
            f"Ngày rà soát phải từ {sheet.round.starts_on:%d/%m/%Y} (ngày bắt đầu đợt) và trong năm {sheet.round.year}."
        )
    listed = outcome.result is not None and outcome.result.classification in {"poor", "near_poor"}
    if carried.CAUSES in sheet.carried and listed:
        found["causes"] = UNCONFIRMED
    elif listed and not sheet.causes:
        found["causes"] = "Hộ nghèo, hộ cận nghèo cần ít nhất một nguyên nhân."
    elif sheet.causes and not sheet.main_cause:
        found["main_cause"] = "Chọn nguyên nhân chính trong các nguyên nhân đã đánh dấu."
    if "other" in sheet.causes and not sheet.cause_note:
        found["cause_note"] = "Nguyên nhân khác phải ghi rõ."
    return found


def add_scores(sheet: Sheet, outcome: Outcome) -> Score:
    """What the standards of its round make of the sheet and its `facts`, each as a row; gives the one that decides."""
    score = scored(sheet, outcome, decides=True)
    score.save(force_insert=True)
    advisory = assess_advisory(sheet, sheet.facts or {}, outcome)
    if advisory and advisory.result and not advisory.problems:
        scored(sheet, advisory, decides=False).save(force_insert=True)
    return score
