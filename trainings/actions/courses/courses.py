"""A course planned, copied from an earlier one, edited, opened and closed; the topics it teaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import Area, User
from trainings.actions.courses.closing import missing_to_close, missing_to_open
from trainings.actions.courses.governing import course_to_change, must_govern
from trainings.actions.roster.seats import move_up
from trainings.models import CostLine, Course, CourseTopic, EvaluationItem, Session, Topic

FIELDS = (
    "code", "name", "purpose", "starts_on", "ends_on", "seats", "plan_number", "plan_date", "signer_title", "signer",
    "min_attendance", "pass_percent", "needs_assignment", "number_pattern",
)  # fmt: skip
COPIED = ("topics", "costs", "evaluation")


@once(Course)
def create_course(
    *,
    by: User,
    ward: Area,
    values: dict[str, Any],
    like: Course | None = None,
    copied: Sequence[str] = COPIED,
    request_id: UUID | None = None,
) -> Course:
    """A course in preparation (`values`: FIELDS). `like`: an earlier one of the same ward whose topics, cost lines and
    items of evaluation (`copied`, of COPIED) are taken over; never its people, classes or what was spent."""
    must_govern(by, ward.pk)
    if like is not None and like.ward_id != ward.pk:
        raise ValidationError("Chỉ lập theo một khoá trước của cùng phường.")
    made = Course.objects.create(ward=ward, made_by=by, request_id=request_id, **values)
    taken = _copy(like, made, copied) if like else {}
    events.record(by=by, act="course.create", on=made, after=events.snapshot(made) | taken, area=ward)
    return made


def edit_course(*, by: User, course: Course, version: int | None, values: dict[str, Any]) -> Course:
    """Everything but its ward; Stale where somebody else saved first."""
    with kept():
        row = course_to_change(by, course, version)
        before = events.snapshot(row)
        for name in FIELDS:
            setattr(row, name, values[name])
        row.version += 1
        row.save()
        events.record(
            by=by, act="course.edit", on=row, before=before, after=events.snapshot(row), area=row.ward_id
        )
        move_up(by=by, course=row)  # there may be more seats now
    return row


def open_course(*, by: User, course: Course, version: int | None, reason: str = "") -> Course:
    """Trainees may be summoned and marked. A closed course is opened again with a reason."""
    must_govern(by, course.ward_id)
    with kept():
        row = lock(course, version)
        if row.state == Course.State.OPEN:
            raise ValidationError("Khoá đang mở rồi.")
        if row.state == Course.State.CLOSED and not reason.strip():
            raise ValidationError({"reason": "Ghi vì sao mở lại khoá."})
        _nothing_missing(missing_to_open(row))
        return _to(by, row, Course.State.OPEN, reason)


def close_course(*, by: User, course: Course, version: int | None) -> Course:
    """Refused with what is missing; what it only warns of is told on the page (`closing.worth_knowing`)."""
    must_govern(by, course.ward_id)
    with kept():
        row = lock(course, version)
        if row.state != Course.State.OPEN:
            raise ValidationError("Chỉ khoá đang mở mới kết thúc được.")
        _nothing_missing(missing_to_close(row))
        return _to(by, row, Course.State.CLOSED)


@dataclass(frozen=True)
class Taught:
    """A topic of a course: its place and its hours, where they are known."""

    topic: Topic
    number: int
    hours: Decimal | None = None


def set_topics(*, by: User, course: Course, version: int | None, topics: Sequence[Taught]) -> Course:
    """What the course teaches, in this order. A topic that stands in its timetable is not left out."""
    with kept():
        row = course_to_change(by, course, version)
        chosen = [each.topic.pk for each in topics]
        planned = Session.objects.taking_place().filter(training_class__course=row, topic__isnull=False)
        left = row.course_topics.exclude(topic__in=chosen).filter(topic__in=planned.values("topic"))
        if first := left.select_related("topic").order_by("number", "pk").first():
            raise ValidationError(
                f"Chuyên đề “{first.topic}” đang có buổi trong lịch học. Đổi chuyên đề hoặc bỏ các buổi đó trước."
            )
        before = {"topics": _topics(row)}
        row.course_topics.all().delete()
        CourseTopic.objects.bulk_create(
            CourseTopic(course=row, topic=each.topic, number=each.number, hours=each.hours) for each in topics
        )
        row.version += 1
        row.save(update_fields=["version"])
        after = {"topics": _topics(row)}
        events.record(by=by, act="course.edit", on=row, before=before, after=after, area=row.ward_id)
    return row


def _copy(like: Course, made: Course, copied: Sequence[str]) -> dict[str, Any]:
    """What was taken over, for the trail. Topics no longer used stay behind."""
    counts = {}
    if "topics" in copied:
        topics = like.course_topics.filter(topic__retired_on=None).order_by("number", "pk")
        counts["topics"] = len(
            CourseTopic.objects.bulk_create(
                CourseTopic(course=made, topic_id=each.topic_id, number=each.number, hours=each.hours)
                for each in topics
            )
        )
    if "costs" in copied:
        counts["costs"] = len(
            CostLine.objects.bulk_create(_fresh(each, made) for each in like.costs.order_by("number"))
        )
    if "evaluation" in copied:
        items = like.evaluation_items.order_by("pk")
        counts["evaluation"] = len(EvaluationItem.objects.bulk_create(_again(each, made) for each in items))
    return {"copied_from": like.code, "copied": counts}


def _fresh(line: CostLine, course: Course) -> CostLine:
    """The line of another course, with nothing spent of it yet."""
    made = _again(line, course)
    made.used, made.used_note, made.version = None, "", 1
    return made


def _again(row: Any, course: Course) -> Any:
    names = [each.attname for each in row._meta.concrete_fields if each.name not in ("id", "course")]
    return type(row)(course=course, **{name: getattr(row, name) for name in names})


def _to(by: User, row: Course, state: str, reason: str = "") -> Course:
    before = {"state": row.state}
    row.state, row.version = state, row.version + 1
    row.save(update_fields=["state", "version"])
    events.record(
        by=by, act="course.state", on=row, before=before, after={"state": state}, area=row.ward_id,
        reason=reason.strip(),
    )  # fmt: skip
    return row


def _nothing_missing(sentences: list[str]) -> None:
    if sentences:
        raise ValidationError([ValidationError(each) for each in sentences])


def _topics(course: Course) -> list[str]:
    found = course.course_topics.select_related("topic").order_by("number", "pk")
    return [
        f"{each.number}. {each.topic}" + (f" ({each.hours} tiết)" if each.hours else "") for each in found
    ]
