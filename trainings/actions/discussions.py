"""Writes of what was asked and shared: recorded, answered, put up for the ward and taken down."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.models import Contribution, Course, Trainee

FIELDS = ("kind", "text", "topic", "step", "answer", "answered_by", "answered_on", "legal_basis")
WAITING = 20  # of one trainee that nobody has put up yet: a link that got about does not fill the list


@once(Contribution)
def record_contributions(
    *, by: User, course: Course, texts: Sequence[str], request_id: UUID | None = None, **values: Any
) -> Contribution:
    """What was said in a sitting, one each (`values`: kind, topic, step, session, trainee); the first of them."""
    made = []
    for number, text in enumerate(texts):
        one = Contribution(ward_id=course.ward_id, course=course, text=text, made_by=by, **values)
        one.request_id = request_id if number == 0 else None
        one.save()
        made.append(one)
    told = [(each, events.snapshot(each), course.ward_id) for each in made]
    events.record_each(by=by, act="contribution.save", of=told)
    return made[0]


@once(Contribution)
def send_contribution(
    *, trainee: Trainee, kind: str, text: str, topic: Any = None, request_id: UUID | None = None
) -> Contribution:
    """What a trainee sends from their own page. Nobody signed in: the row says who sent it."""
    waiting = Contribution.objects.filter(trainee=trainee, published_at=None, answer="").count()
    if waiting >= WAITING:
        raise ValidationError(
            "Anh/chị đã gửi nhiều ý đang chờ trả lời. Chờ ban tổ chức trả lời rồi gửi tiếp."
        )
    return Contribution.objects.create(
        ward_id=trainee.course.ward_id, course=trainee.course, trainee=trainee, kind=kind, text=text, topic=topic,
        request_id=request_id,
    )  # fmt: skip


def edit_contribution(
    *,
    by: User,
    contribution: Contribution,
    version: int | None,
    values: dict[str, Any],
    publish_at: datetime | None = None,
) -> Contribution:
    """Its words, where it belongs and its answer (`values`: FIELDS); with `publish_at` it is put up too, or nothing is
    kept. Stale where somebody else saved first."""
    with kept():
        row = lock(contribution, version)
        before = events.snapshot(row)
        for name in FIELDS:
            if name in values:
                setattr(row, name, values[name])
        row.version += 1
        row.save()
        events.record(
            by=by,
            act="contribution.save",
            on=row,
            before=before,
            after=events.snapshot(row),
            area=row.ward_id,
        )
        if publish_at is not None:
            row = publish(by=by, contribution=row, version=row.version, at=publish_at)
    return row


def publish(
    *, by: User, contribution: Contribution, version: int | None, at: datetime | None
) -> Contribution:
    """Put it up for everybody of the ward, without the name of who asked; `at` None: take it down."""
    with kept():
        row = lock(contribution, version)
        row.published_at = at
        row.version += 1
        row.save()
        after = {"published_at": at.isoformat() if at else None}
        events.record(by=by, act="contribution.publish", on=row, after=after, area=row.ward_id)
    return row
