"""The province's opinion before a periodic decision: asked with a letter, answered with another."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.moves import locked, move
from households.actions.rounds import must_be_open
from households.actions.survey import returned
from households.models import Opinion, Round, Sheet
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import User
from thanhsen.workdays import Calendar


@once(Opinion)
def ask_opinion(
    *,
    by: User,
    round_: Round,
    letter_number: str,
    sent_on: date,
    calendar: Calendar,
    today: date,
    request_id: UUID | None = None,
) -> Opinion:
    """The ward's report goes to the province with every household whose posting ended before it was sent."""
    if sent_on > today:
        raise ValidationError({"sent_on": "Ngày gửi ở tương lai; ghi sau khi gửi báo cáo."})
    must_be_open(round_)
    if not round_.needs_opinion:
        raise ValidationError("Đợt này không xin ý kiến tỉnh. Ban hành quyết định khi hết niêm yết.")
    posted = Sheet.objects.of_present_households(round_).filter(state=Sheet.State.POSTED)
    sheets = locked(posted.filter(posting__ends_on__lt=sent_on))
    if not sheets:
        raise ValidationError("Chưa có hộ nào đã niêm yết xong trước ngày gửi để đưa vào báo cáo.")
    opinion = Opinion.objects.create(
        round=round_, letter_number=letter_number.strip(), sent_on=sent_on, sent_by=by, request_id=request_id,
        due_on=calendar.add(sent_on, round_.opinion_days),
    )  # fmt: skip
    events.record(
        by=by, act="opinion.ask", on=opinion, after={**events.snapshot(opinion), "households": len(sheets)},
        area=round_.ward_id,
    )  # fmt: skip
    for sheet in sheets:
        sheet.opinion = opinion
    move(by=by, act="opinion.ask", sheets=sheets, fields=["opinion"])
    return opinion


def answer_opinion(
    *,
    by: User,
    opinion: Opinion,
    answer: str,
    answered_on: date,
    today: date,
    answer_number: str = "",
    note: str = "",
    review: Iterable[int] = (),
) -> Opinion:
    """What the province answered, or that it did not within the term. `review`: ids of the sheets it wants looked
    at again; they go back to survey and take all the steps once more.
    """
    chosen = set(review)
    if answered_on > today:
        raise ValidationError({"answered_on": "Ngày trả lời ở tương lai; xem lại giúp."})
    if (answer == Opinion.Answer.ASKS_REVIEW) != bool(chosen):
        raise ValidationError(
            "Chọn những hộ tỉnh đề nghị rà soát lại."
            if not chosen
            else "Chỉ chọn hộ khi tỉnh đề nghị rà soát lại một số hộ."
        )
    with kept():
        if chosen:
            must_be_open(opinion.round)
        stored = Opinion.objects.select_for_update(of=("self",)).select_related("round").get(pk=opinion.pk)
        if stored.answer:
            raise ValidationError(f"Đã ghi trả lời của tỉnh ngày {stored.answered_on:%d/%m/%Y}.")
        before = events.snapshot(stored)
        stored.answer, stored.answer_number, stored.answered_on = answer, answer_number.strip(), answered_on
        stored.answer_note, stored.recorded_by = note.strip(), by
        stored.save()
        events.record(
            by=by, act="opinion.answer", on=stored, before=before, after=events.snapshot(stored), area=stored.round.ward_id
        )  # fmt: skip
        sheets = locked(Sheet.objects.filter(opinion=stored, state=Sheet.State.REPORTED, pk__in=chosen))
        if len(sheets) < len(chosen):
            raise ValidationError("Có hộ được chọn không còn trong báo cáo này. Mở lại trang rồi chọn lại.")
        for sheet in sheets:
            said = f"Tỉnh đề nghị rà soát lại (văn bản {stored.answer_number}). {note.strip()}"
            returned(by=by, sheet=sheet, act="opinion.review", remarks={"": said})
    return stored
