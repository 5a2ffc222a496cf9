"""A timetable made in bulk: what was chosen laid out over days, what it clashes with, and saved all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import count

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max

from thanhsen import events, workdays
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.clashes import Clash, clashes_of
from trainings.actions.courses.governing import course_to_change, one_timetable_at_a_time
from trainings.actions.courses.remarks import small_hall
from trainings.actions.courses.slots import Part, Slots, day_named, holidays_from
from trainings.models import Course, Session, Speaker, Topic, TrainingClass, Venue

MOST = 400  # sessions of one timetable


class Arrangement(models.TextChoices):
    TOGETHER = "together", "Cùng lúc, mọi lớp cùng một chuyên đề"
    ROTATED = "rotated", "Cùng lúc, các lớp đổi chuyên đề cho nhau"
    IN_TURN = "in_turn", "Luân phiên: buổi này một lớp, buổi sau lớp kế tiếp"
    ONE_BY_ONE = "one_by_one", "Lớp này học xong mới đến lớp sau"


@dataclass(frozen=True)
class Lesson:
    """A topic taught in so many sessions in a row."""

    topic: Topic
    sessions: int
    kind: str = Session.Kind.LECTURE
    speaker: Speaker | None = None


@dataclass(frozen=True)
class Choice:
    """What was chosen: each class with its venue, the lessons in order, the days and parts of days to use."""

    classes: Sequence[tuple[TrainingClass, Venue | None]]
    lessons: Sequence[Lesson]
    first: date
    weekdays: Sequence[int]
    parts: Sequence[Part]
    arrangement: str = Arrangement.TOGETHER

    @property
    def size(self) -> int:
        return len(self.classes) * sum(each.sessions for each in self.lessons)


@dataclass
class Plan:
    """What would be saved. `skipped`: holidays passed over; `warnings`: what may be right and is told."""

    sessions: list[Session] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    skipped: dict[date, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The same as long as the same would be saved."""
        return sha256(repr([(each.number, *_what(each)) for each in self.sessions]).encode()).hexdigest()[:32]


def plan_of(course: Course, choice: Choice) -> Plan:
    if not choice.size:
        raise ValidationError("Chọn ít nhất một lớp và một chuyên đề có số buổi.")
    if choice.size > MOST:
        raise ValidationError(f"Một lần xếp nhiều nhất {MOST} buổi; xếp làm nhiều lần.")
    slots = Slots(choice.first, choice.weekdays, choice.parts, holidays_from(choice.first))
    sessions = _laid_out(choice, slots)
    if len(sessions) < choice.size:
        raise ValidationError("Trong một năm không đủ ngày học theo lựa chọn này. Chọn thêm thứ, buổi.")
    _number(course, sessions)
    sessions.sort(key=lambda each: (each.starts_at, each.training_class.number))
    return Plan(sessions, clashes_of(sessions), slots.skipped, _warnings(course, choice, sessions))


def save_plan(*, by: User, course: Course, choice: Choice, seen: str) -> list[Session]:
    """Save what the preview showed (`seen`: its key), all or nothing. Sent twice it is saved once."""
    with kept():
        one_timetable_at_a_time(course.ward_id)
        row = course_to_change(by, course)
        plan = plan_of(row, choice)
        if made := _made_already(plan.sessions):
            return made
        if plan.key != seen:
            raise ValidationError(
                "Cách xếp không còn như bản xem trước. Xem lại bản mới dưới đây rồi bấm Lưu."
            )
        if plan.clashes:
            raise ValidationError("Chưa lưu buổi nào vì có buổi bị trùng. Sửa theo các dòng dưới đây.")
        made = Session.objects.bulk_create(plan.sessions)
        events.record_each(
            by=by, act="session.plan", of=[(each, events.snapshot(each), row.ward_id) for each in made]
        )
    return made


def _laid_out(choice: Choice, slots: Slots) -> list[Session]:
    """As many as the days allow; each class takes its lessons in order."""
    queues = [
        [(held, venue, lesson) for lesson in _lessons(choice, number) for _ in range(lesson.sessions)]
        for number, (held, venue) in enumerate(choice.classes)
    ]
    if choice.arrangement == Arrangement.ONE_BY_ONE:
        rows = [[each] for queue in queues for each in queue]
    elif choice.arrangement == Arrangement.IN_TURN:
        rows = [[each] for together in zip(*queues, strict=True) for each in together]
    else:
        rows = [list(together) for together in zip(*queues, strict=True)]
    return [
        Session(
            training_class=held, venue=venue, topic=lesson.topic, speaker=lesson.speaker, kind=lesson.kind,
            starts_at=slot.starts_at, ends_at=slot.ends_at,
        )
        for slot, row in zip(slots, rows, strict=False)
        for held, venue, lesson in row
    ]  # fmt: skip


def _lessons(choice: Choice, number: int) -> Sequence[Lesson]:
    """Of the `number`-th class: it begins with another topic than the class before, where they rotate."""
    if choice.arrangement != Arrangement.ROTATED:
        return choice.lessons
    turn = number % len(choice.lessons)
    return [*choice.lessons[turn:], *choice.lessons[:turn]]


def _number(course: Course, sessions: list[Session]) -> None:
    """Each class goes on from its highest number, cancelled sessions included."""
    last = dict(
        TrainingClass.objects.filter(course=course)
        .annotate(last=Max("sessions__number"))
        .values_list("pk", "last")
    )
    following = {pk: count((number or 0) + 1) for pk, number in last.items()}
    for each in sessions:
        if each.training_class_id not in following:
            raise ValidationError(f"{each.training_class} không còn trong khoá. Tải lại trang rồi xếp lại.")
        each.number = next(following[each.training_class_id])


def _warnings(course: Course, choice: Choice, sessions: list[Session]) -> list[str]:
    told = [told for held, venue in choice.classes if (told := small_hall(held, venue))]
    told += [f"{held} chưa có nơi học." for held, venue in choice.classes if not venue]
    told += [f"Chuyên đề “{each.topic}” chưa có báo cáo viên." for each in choice.lessons if not each.speaker]
    days = {_day(each.starts_at) for each in sessions}
    outside = sorted(day for day in days if not course.starts_on <= day <= course.ends_on)
    if outside:
        span = f"{course.starts_on:%d/%m/%Y} – {course.ends_on:%d/%m/%Y}"
        listed = ", ".join(day_named(day) for day in outside[:5]) + (" …" if len(outside) > 5 else "")
        told.append(f"{len(outside)} ngày nằm ngoài thời gian của khoá ({span}): {listed}.")
    missing = [str(year) for year in sorted({day.year for day in days}) if not workdays.entered(year)]
    if missing:
        told.append(
            f"Chưa nhập ngày nghỉ lễ năm {', '.join(missing)} nên lịch chưa tránh được ngày nghỉ của năm ấy."
        )
    return told


def _made_already(sessions: list[Session]) -> list[Session]:
    """What the same timetable made the first time it was sent, where all of it stands."""
    stored = Session.objects.taking_place().filter(
        training_class__in={each.training_class_id for each in sessions},
        starts_at__in={each.starts_at for each in sessions},
    )
    by_what = {_what(each): each for each in stored}
    made = [by_what[_what(each)] for each in sessions if _what(each) in by_what]
    return made if len(made) == len(sessions) else []


def _what(each: Session) -> tuple:
    starts, ends = each.starts_at.timestamp(), each.ends_at.timestamp()
    return each.training_class_id, each.topic_id, each.speaker_id, each.venue_id, each.kind, starts, ends


def _day(moment: datetime) -> date:
    return moment.date()
