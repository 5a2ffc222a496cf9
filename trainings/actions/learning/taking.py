"""A test taken by its trainee, on a phone, without an account. The attempt is its own trail: when it was begun, saved
and handed in stands in it, and once handed in the database keeps it; so these writes leave no Event beside it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Func, JSONField, Value

from thanhsen.constraints import kept
from trainings.actions.learning.asked import Asked, asked_in
from trainings.actions.learning.marking import marked, sensible
from trainings.models import Attempt, Test, Trainee

GRACE = timedelta(seconds=10)  # for what was sent in time over a slow network
AT_A_TIME = 500


def begin(*, trainee: Trainee, test: Test, at: datetime) -> Attempt:
    """The one attempt of the trainee at the test, begun now or before: from two phones at once too.

    It lasts the minutes of the test, and no longer than the test is open.
    """
    if not test.opens_at <= at < test.closes_at:
        raise ValidationError("Bài kiểm tra chưa mở hoặc đã đóng.")
    if test.course.is_closed:
        raise ValidationError("Khoá đã kết thúc nên không bắt đầu làm bài được nữa.")
    if not test.asked.exists():
        raise ValidationError("Bài kiểm tra chưa có câu hỏi.")
    due_at = min(at + timedelta(minutes=test.minutes), test.closes_at)
    new = Attempt(
        test=test, trainee=trainee, seed=secrets.randbelow(2**31), started_at=at, due_at=due_at,
        source=Attempt.Source.PHONE,
    )  # fmt: skip
    with kept():
        Attempt.objects.bulk_create([new], ignore_conflicts=True)
    return Attempt.objects.get(test=test, trainee=trainee)


def save_answers(*, code: str, test: int, changes: Mapping[str, Any], at: datetime) -> bool:
    """Keep what a page changed, over what other pages saved; False where the attempt is over. One query: 250 people
    send this every few seconds. Questions that are not of the test are left out here, answers at the marking."""
    under_way = Attempt.objects.filter(test=test, handed_in_at=None, due_at__gte=at - GRACE)
    with_these = AnswersWith(F("answers"), Value(dict(changes), output_field=JSONField()), Value(test))
    # Conditions on the row itself: one handed in while this waits for it is then left alone.
    mine = under_way.filter(trainee__in=Trainee.objects.enrolled().filter(code=code))
    return bool(mine.update(answers=with_these, saved_at=at))


def hand_in(*, attempt: Attempt, changes: Mapping[str, Any], at: datetime) -> Attempt:
    """Mark the attempt with what was saved and what the page changed since; what came too late does not count.
    One already handed in stays as it is."""
    asked = asked_in(attempt.test_id)
    with kept():
        row = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if row.handed_in_at is None:
            if at <= row.due_at + GRACE:
                row.answers = {**row.answers, **changes}
            _mark(row, asked, at)
            row.save(update_fields=["answers", "handed_in_at", "score", "out_of", "by_topic"])
    return row


def hand_in_overdue(*, at: datetime) -> int:
    """Hand in, as saved, the attempts whose time is over; how many. Nobody has to come back for theirs."""
    count = 0
    while found := _some_overdue(at):
        count += found
    return count


class AnswersWith(Func):
    """The stored answers with what is new of the questions of the test in their place."""

    function = "answers_with"
    output_field = JSONField()


@transaction.atomic
def _some_overdue(at: datetime) -> int:
    overdue = Attempt.objects.filter(handed_in_at=None, due_at__lt=at - GRACE).order_by("pk")
    rows = list(overdue.select_for_update(skip_locked=True)[:AT_A_TIME])
    asked = {test: asked_in(test) for test in {each.test_id for each in rows}}
    for each in rows:
        _mark(each, asked[each.test_id], at)
    Attempt.objects.bulk_update(rows, ["answers", "handed_in_at", "score", "out_of", "by_topic"])
    return len(rows)


def _mark(attempt: Attempt, asked: Sequence[Asked], at: datetime) -> None:
    attempt.answers = sensible(asked, attempt.answers)
    found = marked(asked, attempt.answers)
    attempt.handed_in_at, attempt.score, attempt.out_of = at, found.score, found.out_of
    attempt.by_topic = found.by_topic
