"""Writes of the ward's bank of questions."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from thanhsen import events, vietnamese
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import Area, User
from trainings.models import Choice, Question, Test, Topic

Kind = Question.Kind
Offers = Sequence[tuple[str, bool]]  # (text, is right), in order


@once(Question)
def save_question(
    *,
    by: User,
    topic: Topic,
    kind: str,
    text: str,
    explanation: str,
    offers: Offers,
    question: Question | None = None,
    version: int | None = None,
    request_id: UUID | None = None,
) -> Question:
    """A new question of the topic's ward, or another wording of one that nobody was asked yet.

    `offers` of a question of order stand in the right order. Stale where somebody else saved first.
    """
    values = {"topic": topic, "kind": kind, "text": text, "explanation": explanation}
    if question is not None:
        return _changed(by, question, version, values, offers)
    made = Question.objects.create(ward_id=topic.ward_id, made_by=by, request_id=request_id, **values)
    _offer(made, offers)
    events.record(by=by, act="question.save", on=made, after=_told(made), area=made.ward_id)
    return made


def _changed(
    by: User, question: Question, version: int | None, values: dict[str, Any], offers: Offers
) -> Question:
    if values["topic"].ward_id != question.ward_id:
        raise ValidationError({"topic": "Chuyên đề này của phường khác."})
    with kept():
        row = lock(question, version)
        # A test that has it is not begun meanwhile.
        list(Test.objects.select_for_update().filter(asked__question=row).order_by("pk").values_list("pk"))
        before = _told(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        row.choices.all().delete()
        _offer(row, offers)
        events.record(by=by, act="question.save", on=row, before=before, after=_told(row), area=row.ward_id)
    return row


def retire_question(*, by: User, question: Question, version: int | None, on: date) -> Question:
    """No longer offered to new tests. Those that have it keep it."""
    with kept():
        row = lock(question, version)
        if row.retired_on:
            raise ValidationError(f"Câu hỏi đã thôi dùng từ ngày {vietnamese.day(row.retired_on)}.")
        row.retired_on = on
        row.version += 1
        row.save(update_fields=["retired_on", "version"])
        events.record(by=by, act="question.retire", on=row, area=row.ward_id)
    return row


def return_question(*, by: User, question: Question, version: int | None) -> Question:
    """Offered again."""
    with kept():
        row = lock(question, version)
        row.retired_on = None
        row.version += 1
        row.save(update_fields=["retired_on", "version"])
        events.record(by=by, act="question.retire", on=row, after={"retired_on": None}, area=row.ward_id)
    return row


def load_bank(*, by: User, ward: Area, topics: dict[str, Topic | None], bank: Any) -> int:
    """The questions of `bank` (trainings.actions.learning.bank) that the ward lacks; how many.

    `topics`: key of a topic of the bank → the ward's topic for it, None: made with the bank's name for it.
    """
    with kept():
        Area.objects.select_for_update().get(pk=ward.pk)  # two who press the button load it once
        here = {
            vietnamese.fold(each)
            for each in Question.objects.filter(ward=ward).values_list("text", flat=True)
        }
        count = 0
        for part in bank:
            missing = [each for each in part.questions if vietnamese.fold(each.text) not in here]
            topic = topics.get(part.key) or (_topic(by, ward, part.name) if missing else None)
            for each in missing:
                assert topic is not None
                save_question(
                    by=by, topic=topic, kind=each.kind, text=each.text, explanation=each.explanation,
                    offers=each.offers,
                )  # fmt: skip
                count += 1
    return count


def _topic(by: User, ward: Area, name: str) -> Topic:
    of_ward = Topic.objects.filter(ward=ward)
    if found := of_ward.in_use().filter(name=name).first():
        return found
    made = Topic.objects.create(ward=ward, number=of_ward.count() + 1, name=name)
    events.record(by=by, act="topic.save", on=made, after=events.snapshot(made), area=ward)
    return made


def _offer(question: Question, offers: Offers) -> None:
    is_order = question.kind == Kind.ORDER
    Choice.objects.bulk_create(
        Choice(question=question, number=number, text=text, is_right=is_right or is_order)
        for number, (text, is_right) in enumerate(offers, 1)
    )


def _told(question: Question) -> dict[str, Any]:
    choices = question.choices.order_by("number").values_list("text", "is_right")
    return events.snapshot(question) | {
        "choices": [f"{'✓ ' if right else ''}{text}" for text, right in choices]
    }
