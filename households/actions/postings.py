"""The posted list of a tổ dân phố."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.moves import locked, move
from households.actions.rounds import must_be_open
from households.models import PostedSheet, Posting, Round, Sheet, Status
from households.models.status import LISTED
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.models import Area, User
from thanhsen.workdays import Calendar

LONGEST = timedelta(days=60)
AHEAD = timedelta(days=7)  # a list is written up at most this long before it is posted


@once(Posting)
def post_list(
    *,
    by: User,
    round_: Round,
    area: Area,
    starts_on: date,
    ends_on: date,
    place: str,
    calendar: Calendar,
    today: date,
    request_id: UUID | None = None,
) -> Posting:
    """Every household of the tổ dân phố on which the meeting agreed, or whose complaint is settled, is posted.

    The list stays for the working days of the round; it holds the head's name, the class and the result only.
    """
    must_be_open(round_)
    ready = Sheet.objects.of_present_households(round_).filter(state=Sheet.State.AGREED, household__area=area)
    sheets = locked(ready.select_related("vote__meeting"))
    if not sheets:
        raise ValidationError("Tổ dân phố này chưa có hộ nào đã họp và đồng ý để niêm yết.")
    _must_follow_the_meeting(starts_on, sheets, today)
    _must_last(starts_on, ends_on, round_, calendar)
    posting = Posting.objects.create(
        round=round_, area=area, starts_on=starts_on, ends_on=ends_on, place=place.strip(), made_by=by,
        after_recheck=all(sheet.posting_id for sheet in sheets), request_id=request_id,
    )  # fmt: skip
    PostedSheet.objects.bulk_create(_lines(posting, sheets))
    events.record(
        by=by, act="posting.make", on=posting, after={**events.snapshot(posting), "households": len(sheets)}, area=area
    )  # fmt: skip
    for sheet in sheets:
        sheet.posting = posting
    move(by=by, act="posting.make", sheets=sheets, fields=["posting"])
    return posting


def _lines(posting: Posting, sheets: list[Sheet]) -> list[PostedSheet]:
    present = Status.objects.filter(household__in=[each.household_id for each in sheets], valid_to=None)
    was = dict(present.values_list("household", "classification"))
    lines = []
    for sheet in sheets:
        assert sheet.score is not None  # the database holds sheet_submitted_is_complete
        assert sheet.facts is not None
        lines.append(
            PostedSheet(
                posting=posting, sheet=sheet, classification=sheet.score.classification,
                head_name=sheet.household.head_name,
                outcome=PostedSheet.Outcome.of(was.get(sheet.household_id) in LISTED, sheet.score.classification in LISTED),
            )
        )  # fmt: skip
    return lines


def _must_follow_the_meeting(starts_on: date, sheets: list[Sheet], today: date) -> None:
    held = max(sheet.vote.meeting.held_on for sheet in sheets if sheet.vote)
    if starts_on < held:
        raise ValidationError(
            {"starts_on": f"Tổ dân phố họp ngày {held:%d/%m/%Y}; niêm yết không thể trước ngày đó."}
        )
    if starts_on > today + AHEAD:
        raise ValidationError({"starts_on": "Chỉ lập danh sách niêm yết trước nhiều nhất 7 ngày."})


def _must_last(starts_on: date, ends_on: date, round_: Round, calendar: Calendar) -> None:
    last = calendar.last_of(starts_on, round_.posting_days)
    if ends_on > starts_on + LONGEST:
        raise ValidationError({"ends_on": f"Niêm yết nhiều nhất {LONGEST.days} ngày; xem lại ngày hết."})
    if ends_on < last:
        raise ValidationError(
            {
                "ends_on": f"Niêm yết đủ {round_.posting_days} ngày làm việc, tức đến hết ngày {last:%d/%m/%Y} (trừ thứ bảy, "
                "chủ nhật và ngày nghỉ lễ đã nhập)."
            }
        )
