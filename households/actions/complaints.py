"""A complaint about a posted result, its re-check (phúc tra), and what comes of it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households import facts, steps
from households.actions.moves import locked, move
from households.actions.rounds import must_be_open
from households.actions.survey import add_scores, returned
from households.assessment import assess, given_against
from households.income import field_name, settle
from households.models import Complaint, Sheet
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import User
from thanhsen.workdays import Calendar

CORRECTED = (
    "answers",
    "points",
    "income_score",
    "per_capita_income",
)  # what a re-check may put right on the sheet


@once(Complaint)
def file_complaint(
    *,
    by: User,
    sheet: Sheet,
    filed_on: date,
    complainant: str,
    text: str,
    calendar: Calendar,
    today: date,
    questions: list[str] | None = None,
    request_id: UUID | None = None,
) -> Complaint:
    """Somebody disputes the posted result of a household: it goes no further until the re-check is done."""
    if filed_on > today:
        raise ValidationError({"filed_on": "Ngày nhận khiếu nại ở tương lai; xem lại giúp."})
    must_be_open(sheet.round)
    (stored,) = locked(Sheet.objects.filter(pk=sheet.pk).select_related("posting"))
    if stored.state != Sheet.State.CONTESTED:
        steps.require(stored, "complaint.file")
    assert stored.posting is not None  # the database holds sheet_posted_has_posting
    if filed_on < stored.posting.starts_on:
        raise ValidationError(
            {
                "filed_on": f"Danh sách niêm yết từ {stored.posting.starts_on:%d/%m/%Y}; khiếu nại không thể trước ngày đó."
            }
        )
    complaint = Complaint.objects.create(
        sheet=stored, posting=stored.posting, filed_on=filed_on, complainant=complainant.strip(), text=text.strip(),
        questions=questions or [], due_on=calendar.add(filed_on, stored.round.recheck_days), made_by=by,
        request_id=request_id,
    )  # fmt: skip
    events.record(
        by=by,
        act="complaint.file",
        on=complaint,
        after=events.snapshot(complaint),
        area=stored.household.area_id,
    )
    if stored.state != Sheet.State.CONTESTED:
        move(by=by, act="complaint.file", sheets=[stored])
    return complaint


def settle_complaint(
    *,
    by: User,
    complaint: Complaint,
    outcome: str,
    rechecked_on: date,
    finding: str,
    today: date,
    corrections: dict[str, Any] | None = None,
) -> Complaint:
    """What the re-check found. `corrections`: sheet field → value as it is right, for outcome "corrected".

    The household is posted again with the result of the re-check, or surveyed again from the start.
    """
    if rechecked_on > today:
        raise ValidationError({"rechecked_on": "Ngày phúc tra ở tương lai; ghi sau khi phúc tra."})
    with kept():
        if outcome == Complaint.Outcome.RESURVEY:
            must_be_open(complaint.sheet.round)
        (sheet,) = locked(Sheet.objects.filter(pk=complaint.sheet_id))
        stored = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
        if stored.outcome:
            raise ValidationError(
                "Khiếu nại này đã có kết quả phúc tra; có ý kiến mới thì ghi khiếu nại mới."
            )
        others = sheet.complaints.waiting().exclude(pk=stored.pk).count()
        stored.outcome, stored.finding = outcome, finding.strip()
        stored.rechecked_on, stored.rechecked_by = rechecked_on, by
        stored.score_before = stored.score_after = sheet.score
        changes_sheet = outcome in {Complaint.Outcome.CORRECTED, Complaint.Outcome.RESURVEY}
        if others and changes_sheet:
            raise ValidationError(
                f"Hộ còn {others} khiếu nại khác chưa phúc tra. Ghi kết quả các khiếu nại đó trước, rồi ghi kết quả làm đổi phiếu."
            )
        if outcome == Complaint.Outcome.CORRECTED:
            _correct(sheet, stored, corrections or {})
        else:
            stored.before = stored.after = _disputed(sheet, stored.questions)
        stored.save()
        events.record(
            by=by, act="complaint.settle", on=stored, after=events.snapshot(stored), reason=stored.finding,
            area=sheet.household.area_id,
        )  # fmt: skip
        if others:
            return stored
        if outcome == Complaint.Outcome.RESURVEY:
            said = f"Phúc tra ngày {rechecked_on:%d/%m/%Y}: {stored.finding}"
            remarks = dict.fromkeys(stored.questions or [""], said)
            returned(by=by, sheet=sheet, act="complaint.resurvey", remarks=remarks)
        elif outcome == Complaint.Outcome.CORRECTED:
            move(by=by, act="complaint.settle", sheets=[sheet], fields=[*CORRECTED, "facts", "score"])
        else:
            move(by=by, act="complaint.settle", sheets=[sheet])
    return stored


def _correct(sheet: Sheet, complaint: Complaint, corrections: dict[str, Any]) -> None:
    """The sheet with the corrections, the household as the register has it now, and the class they give."""
    if (sheet.facts or {})["area_type"] != sheet.household.area.area_type:
        raise ValidationError(
            "Hộ nay thuộc địa bàn khác loại (thành thị, nông thôn) so với lúc rà soát, nên mức điểm và điểm B1 trên phiếu "
            f"không còn đúng để sửa. Chọn “{Complaint.Outcome.RESURVEY.label}”."
        )
    before = {name: getattr(sheet, name) for name in CORRECTED}
    for name, value in corrections.items():
        if name not in CORRECTED:
            raise TypeError(f"{name} is not corrected by a re-check")
        setattr(sheet, name, value)
    settle(sheet)
    members = sheet.household.members.present().head_first()
    stored_facts = facts.of_household(sheet.household, members, sheet.surveyed_on)
    sheet.answers = given_against(sheet, stored_facts, before["answers"], sheet.answers, set())
    outcome = assess(sheet, stored_facts)
    if outcome.problems or outcome.result is None:
        raise ValidationError({name: [sentence] for name, sentence in outcome.problems.items()})
    complaint.before, complaint.after = _differences(before, sheet)
    if not complaint.after and stored_facts == sheet.facts:
        raise ValidationError(
            "Chưa sửa câu nào so với phiếu. Sửa câu bị khiếu nại, hoặc chọn “Giữ nguyên kết quả”."
        )
    sheet.facts = stored_facts
    sheet.score = complaint.score_after = add_scores(sheet, outcome)


def _disputed(sheet: Sheet, questions: list[str]) -> dict[str, Any]:
    """Question → answer as the sheet has it, of what was disputed and stayed as it was."""
    found = {code: sheet.answers[code] for code in questions if code in sheet.answers}
    if "income_score" in questions:
        found |= {"income_score": sheet.income_score, **_by_field(sheet.points)}
    return found


def _differences(before: dict[str, Any], sheet: Sheet) -> tuple[dict[str, Any], dict[str, Any]]:
    """Question → answer where it changed, as it was and as it is."""
    old = {**before.pop("answers"), **_by_field(before.pop("points")), **before}
    new = {**sheet.answers, **_by_field(sheet.points), **{name: getattr(sheet, name) for name in before}}
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {name: old.get(name) for name in changed}, {name: new.get(name) for name in changed}


def _by_field(points: dict[str, Any]) -> dict[str, Any]:
    return {field_name(code): answer for code, answer in points.items()}
