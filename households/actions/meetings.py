"""The residents' meeting of a tổ dân phố: its minutes and its vote on each household."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households import steps
from households.actions.moves import locked, move
from households.actions.rounds import must_be_open
from households.actions.survey import returned
from households.models import Meeting, Round, Sheet, Vote
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.models import Area, User


@dataclass(frozen=True)
class Ballot:
    """How the meeting voted on one sheet, as `version` of it was read out."""

    sheet_id: int
    version: int
    agreed: int
    opinion: str = ""


@once(Meeting)
def record_meeting(
    *,
    by: User,
    round_: Round,
    area: Area,
    minutes: dict[str, Any],
    ballots: Sequence[Ballot],
    today: date,
    request_id: UUID | None = None,
) -> Meeting:
    """The minutes (`held_on`, `place`, `chair`, `secretary`, `present`, `attendees`, `opinions`) and the votes.

    With at least half of those present a household goes on; with fewer its sheet goes back to survey with the
    reason the meeting gave (QĐ 24/2021/QĐ-TTg).
    """
    given = {each.sheet_id: each for each in ballots}
    must_be_open(round_)
    sheets = locked(Sheet.objects.of_present_households(round_).filter(pk__in=given, household__area=area))
    _must_be_as_read_out(sheets, given)
    _must_be_held_in_time(minutes["held_on"], round_, sheets, today)
    _must_be_votes(minutes["present"], sheets, given)
    meeting = Meeting.objects.create(round=round_, area=area, made_by=by, request_id=request_id, **minutes)
    events.record(
        by=by, act="meeting.record", on=meeting, after={**events.snapshot(meeting), "households": len(sheets)}, area=area
    )  # fmt: skip
    agreed = []
    for sheet in sheets:
        ballot = given[sheet.pk]
        assert sheet.score is not None  # the database holds sheet_submitted_is_complete
        sheet.vote = Vote.objects.create(
            meeting=meeting, sheet=sheet, score=sheet.score, present=meeting.present, agreed=ballot.agreed,
            opinion=ballot.opinion.strip(),
        )  # fmt: skip
        if 2 * ballot.agreed >= meeting.present:
            agreed.append(sheet)
        else:
            said = f"Họp tổ dân phố ngày {meeting.held_on:%d/%m/%Y}: {ballot.agreed}/{meeting.present} người đồng ý, chưa đạt 50 %."
            returned(
                by=by,
                sheet=sheet,
                act="meeting.refuse",
                remarks={"": f"{said} Lý do: {ballot.opinion.strip()}"},
            )
    move(by=by, act="meeting.agree", sheets=agreed, fields=["vote"])
    return meeting


def _must_be_as_read_out(sheets: list[Sheet], given: dict[int, Ballot]) -> None:
    if not given:
        raise ValidationError("Ghi số người đồng ý của ít nhất một hộ.")
    if len(sheets) < len(given):
        raise ValidationError(
            "Có hộ vừa chuyển khỏi tổ dân phố hoặc ra khỏi sổ. Mở lại trang để xem danh sách hiện nay."
        )
    for sheet in sheets:
        steps.require(sheet, "meeting.agree")
        if sheet.version != given[sheet.pk].version:
            raise ValidationError(
                f"Phiếu của hộ {sheet.household} vừa thay đổi sau khi anh/chị mở trang. Xem lại kết quả hiện nay rồi ghi."
            )


def _must_be_votes(present: int, sheets: list[Sheet], given: dict[int, Ballot]) -> None:
    """The rules of a vote, with the household they are broken for; the database holds them too."""
    for sheet in sheets:
        ballot = given[sheet.pk]
        if not 0 <= ballot.agreed <= present:
            raise ValidationError(
                f"Hộ {sheet.household}: {ballot.agreed} người đồng ý, nhiều hơn {present} người dự họp. Xem lại hai số này."
            )
        if 2 * ballot.agreed < present and not ballot.opinion.strip():
            raise ValidationError(
                f"Hộ {sheet.household} có {ballot.agreed}/{present} người đồng ý, không đạt 50 %: ghi lý do để rà soát lại."
            )


def _must_be_held_in_time(held_on: date, round_: Round, sheets: list[Sheet], today: date) -> None:
    first = max([round_.starts_on, *(sheet.surveyed_on for sheet in sheets)])
    if held_on > today:
        raise ValidationError({"held_on": "Ngày họp ở tương lai; ghi biên bản sau khi họp."})
    if held_on < first:
        raise ValidationError(
            {"held_on": f"Có hộ rà soát ngày {first:%d/%m/%Y}; cuộc họp không thể trước ngày đó."}
        )
