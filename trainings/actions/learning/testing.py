"""Writes of the tests of a course: when, how long, which questions for how many points."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.models import Course, Test, TestQuestion

FIELDS = ("kind", "opens_at", "closes_at", "minutes")


def save_test(
    *, by: User, course: Course, values: dict[str, Any], test: Test | None = None, version: int | None = None
) -> Test:
    """A test of the course (`values`: FIELDS), new or changed. Once begun only its hours may move."""
    with kept():
        row = lock(test, version) if test is not None else Test(course=course, version=0)
        before = events.snapshot(row) if test is not None else None
        for name in FIELDS:
            if name in values:
                setattr(row, name, values[name])
        row.version += 1
        row.save()
        events.record(
            by=by, act="test.save", on=row, before=before, after=events.snapshot(row), area=course.ward_id
        )
    return row


def choose_questions(*, by: User, test: Test, version: int | None, chosen: Sequence[tuple[int, int]]) -> Test:
    """The questions of the test, (id, points) in order: these and no others.

    The row of the test is held meanwhile, so nobody begins it half chosen.
    """
    with kept():
        row = lock(test, version)
        if row.attempts.exists():
            raise ValidationError("Đã có người làm bài này nên không đổi câu hỏi nữa.")
        before = _told(row)
        row.asked.all().delete()
        TestQuestion.objects.bulk_create(
            TestQuestion(test=row, question_id=question, number=number, points=points)
            for number, (question, points) in enumerate(chosen, 1)
        )
        row.version += 1
        row.save(update_fields=["version"])
        events.record(
            by=by, act="test.save", on=row, before=before, after=_told(row), area=test.course.ward_id
        )
    return row


def remove_test(*, by: User, test: Test, version: int | None) -> None:
    """A test that nobody began."""
    with kept():
        row = lock(test, version)
        if row.attempts.exists():
            raise ValidationError("Đã có người làm bài này nên không bỏ được.")
        events.record(by=by, act="test.save", on=row, before=events.snapshot(row), area=test.course.ward_id)
        row.delete()


def _told(test: Test) -> dict[str, Any]:
    asked = test.asked.order_by("number").values_list("question__text", "points")
    return {"questions": [f"{text[:120]} ({points})" for text, points in asked]}
