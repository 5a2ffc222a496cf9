"""The timetable of a course as it is read: its classes with their counts, its sessions day by day."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localtime

from trainings.actions.courses.slots import day_named
from trainings.models import Course, Session, Trainee, TrainingClass


def classes_of(course: Course) -> Any:
    """Each class with `enrolled`, and of its sessions those that take place and those held. One query."""
    return (
        TrainingClass.objects.filter(course=course)
        .annotate(
            enrolled=Count("trainees", filter=Q(trainees__state=Trainee.State.ENROLLED), distinct=True),
            session_count=Count(
                "sessions", filter=~Q(sessions__state=Session.State.CANCELLED), distinct=True
            ),
            held=Count("sessions", filter=Q(sessions__state=Session.State.HELD), distinct=True),
        )
        .in_order()
    )


@dataclass
class Day:
    day: date
    sessions: list[Session] = field(default_factory=list)

    @property
    def named(self) -> str:
        return day_named(self.day)


def days_of(sessions: Any) -> list[Day]:
    """Sessions by the day they begin on, in the order of the timetable."""
    return [
        Day(day, list(each)) for day, each in groupby(sessions, lambda each: localtime(each.starts_at).date())
    ]


def sessions_of(course: Course, only: int | None = None) -> Any:
    """Of one class where `only` is its id; those called off are among them."""
    found = Session.objects.filter(training_class__course=course)
    if only:
        found = found.filter(training_class=only)
    return found.select_related("training_class", "topic", "speaker", "venue").in_order()
