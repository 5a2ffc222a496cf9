"""Answers that were given on paper, typed by a clerk."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.governing import must_not_be_closed
from trainings.actions.learning.asked import Asked, arranged, asked_in
from trainings.actions.learning.marking import marked
from trainings.models import Attempt, Test, Trainee

Typed = Mapping[
    int, tuple[dict[str, list[int]], str]
]  # trainee id → (answers, moment its page had been saved, "" new)


def paper(test: Test) -> list[Asked]:
    """The test as it is printed: questions by number, answers in an order of the test's own."""
    return arranged(asked_in(test.pk), test.pk, shuffled=False)


def enter_papers(*, by: User, test: Test, typed: Typed, at: datetime) -> int:
    """Keep and mark the papers of these trainees; how many. All of them or none: who took the test on a phone has no
    paper, and what somebody else typed since the page was opened is not overwritten."""
    must_not_be_closed(test.course)
    asked = asked_in(test.pk)
    if not asked:
        raise ValidationError("Bài kiểm tra chưa có câu hỏi.")
    with kept():
        stored = {
            each.trainee_id: each
            for each in Attempt.objects.select_for_update(of=("self",))
            .filter(test=test, trainee__in=typed)
            .select_related("trainee")
            .order_by("pk")
        }
        if wrong := [each for each in stored.values() if not _may_be_typed(each, typed[each.trainee_id][1])]:
            raise ValidationError(_why_not(wrong))
        people = Trainee.objects.enrolled().filter(pk__in=typed, course=test.course_id).order_by("pk")
        made, before = [], {}
        for person in people:
            row = stored.get(person.pk)
            if row is not None:
                before[person.pk] = row.answers
            else:
                row = Attempt(
                    test=test, trainee=person, seed=test.pk, started_at=at, due_at=at, handed_in_at=at,
                    source=Attempt.Source.PAPER,
                )  # fmt: skip
            found = marked(asked, typed[person.pk][0])
            row.answers, row.saved_at, row.entered_by = typed[person.pk][0], at, by
            row.score, row.out_of, row.by_topic = found.score, found.out_of, found.by_topic
            made.append(row)
        Attempt.objects.bulk_create([each for each in made if each.pk is None])
        again = [each for each in made if each.trainee_id in before]
        Attempt.objects.bulk_update(
            again, ["answers", "saved_at", "entered_by", "score", "out_of", "by_topic"]
        )
        events.record_each(
            by=by, act="attempt.enter",
            of=[(each, _told(each, before.get(each.trainee_id)), test.course.ward_id) for each in made],
        )  # fmt: skip
    return len(made)


def _may_be_typed(attempt: Attempt, seen: str) -> bool:
    saved_at = attempt.saved_at.isoformat() if attempt.saved_at else ""
    return attempt.source == Attempt.Source.PAPER and saved_at == seen


def _why_not(attempts: Sequence[Attempt]) -> str:
    names = ", ".join(each.trainee.full_name for each in attempts)
    return f"Chưa ghi gì: {names} đã làm trên điện thoại hoặc vừa được người khác nhập. Xem lại trang rồi nhập tiếp."


def _told(attempt: Attempt, before: dict | None) -> dict:
    return {"answers": attempt.answers, "score": attempt.score} | (
        {"before": before} if before is not None else {}
    )
