"""Seats of a course: how many there are, who gets one, who waits, who moves up when one frees."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum

from thanhsen import events
from thanhsen.bulk import rewrite
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.governing import must_not_be_closed
from trainings.actions.roster.splitting import Room, planned
from trainings.models import Course, Trainee, TrainingClass

State = Trainee.State
PERSON = (
    "full_name", "birth_date", "birth_year", "sex", "ethnicity", "position", "position_note", "group", "is_salaried",
    "phone", "note",
)  # fmt: skip
TOLD = (*PERSON, "state", "waiting_since", "withdrawn_on", "withdraw_reason")


def locked(course: Course) -> Course:
    """The course, its roster kept to this transaction: seats and names are given out one admin at a time."""
    return Course._base_manager.select_for_update(no_key=True).get(pk=course.pk)


def open_roster(course: Course) -> Course:
    """As `locked`; refused once the course is closed."""
    held = locked(course)
    must_not_be_closed(held)
    return held


def told(trainee: Trainee) -> dict[str, Any]:
    """A trainee as the trail keeps it: unit and class by name, without the personal code, which is a key."""
    found = events.snapshot(trainee)
    names = {"unit": trainee.unit.name, "training_class": str(trainee.training_class or "")}
    return {name: found[name] for name in TOLD} | names


def seats(course: Course, classes: Sequence[TrainingClass] | None = None) -> int:
    """As many as are planned, and as the classes hold once there are classes. `classes`: where the caller has them."""
    if classes is None:
        held = course.classes.aggregate(total=Sum("capacity"))["total"]
    else:
        held = sum(each.capacity for each in classes) if classes else None
    return course.seats if held is None else min(course.seats, held)


def free_seats(course: Course) -> int:
    """May be negative: fewer seats were planned after people were on the roster."""
    return seats(course) - course.trainees.enrolled().count()


def rooms(course: Course, without: Iterable[int] = ()) -> list[Room]:
    """The classes with their free seats and which units sit in them; `without`: trainees taken for absent."""
    sitting: dict[int, Counter[int]] = {}
    taken = course.trainees.enrolled().exclude(training_class=None).exclude(pk__in=list(without))
    for row in taken.values("training_class", "unit").annotate(count=Count("pk")).order_by():
        sitting.setdefault(row["training_class"], Counter())[row["unit"]] = row["count"]
    return [
        Room(each, each.capacity - sum(sitting.get(each.pk, Counter()).values()), sitting.get(each.pk, Counter()))
        for each in course.classes.in_order()
    ]  # fmt: skip


def seat(new: Sequence[Trainee], course: Course, at: datetime, *, strict: bool = True) -> None:
    """Give each of `new`, who are not stored yet, a seat, or a place at the end of the line. A class that is full is
    refused by the database; where not `strict`, who was to go there is enrolled without a class."""
    free = free_seats(course)
    full: dict[int, int] = {}
    if not strict and any(each.training_class_id for each in new):
        full = {each.training_class.pk: each.free for each in rooms(course)}
    for each in new:
        if free <= 0:
            each.state, each.training_class, each.waiting_since = State.WAITING, None, at
            continue
        free -= 1
        if not strict and each.training_class_id:
            full[each.training_class_id] -= 1
            if full[each.training_class_id] < 0:
                each.training_class = None


def move_up(*, by: User, course: Course) -> list[Trainee]:
    """Whoever waited longest gets the seats that are free now, in a class beside their unit where the course is split
    already. For whoever withdraws somebody or adds seats, inside that transaction."""
    with kept():
        held = open_roster(course)
        if (free := free_seats(held)) <= 0:
            return []
        up = list(held.trainees.waiting().select_related("unit", "training_class")[:free])
        if not up:
            return []
        before = {each.pk: told(each) for each in up}
        places = _classes_of(held, up)
        for each in up:
            each.state, each.waiting_since = State.ENROLLED, None
            each.training_class = places.get(each.pk)
            each.version += 1
        rewrite(up, Trainee, ["state", "waiting_since", "training_class", "version"])
        events.record_each(
            by=by, act="trainee.promote", of=[(each, told(each), held.ward_id) for each in up], before=before
        )
    return up


def places_in_line(course: Course) -> dict[int, int]:
    """Trainee id → place in the line, from 1."""
    return {pk: place for place, pk in enumerate(course.trainees.waiting().values_list("pk", flat=True), 1)}


def _classes_of(course: Course, up: Sequence[Trainee]) -> dict[int, TrainingClass]:
    """Classes for those who move up: none before the course is split."""
    if not course.trainees.filter(Q(state=State.ENROLLED) & ~Q(training_class=None)).exists():
        return {}
    plan, _ = planned(rooms(course), up)
    return {each.pk: room.training_class for room, people in plan for each in people}
