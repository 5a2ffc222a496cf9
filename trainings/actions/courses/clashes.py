"""Whom and what a session would need twice at once, each in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from trainings.actions.courses.slots import day_named
from trainings.models import Session

# Field → how the sentence says that it is taken: by a session that is stored, by another of the same timetable.
TAKEN = {
    "training_class": ("{0} đã có buổi", "{0} cũng được xếp"),
    "venue": ("{0} đã có buổi của {1}", "{0} cũng được xếp cho {1}"),
    "speaker": ("Báo cáo viên {0} đã nhận dạy {1}", "Báo cáo viên {0} cũng được xếp dạy {1}"),
}


@dataclass(frozen=True)
class Clash:
    """`session` cannot have its `field` then, since `other` has it."""

    session: Session
    field: str
    other: Session

    @property
    def sentence(self) -> str:
        other, course = self.other, self.other.training_class.course
        taken = TAKEN[self.field][other.pk is None].format(
            getattr(self.session, self.field), other.training_class
        )
        if other.pk and course.pk != self.session.training_class.course_id:
            taken += f" của khoá {course.code}"
        about = f" ({other.topic})" if other.topic_id else ""
        return f"{when(self.session)}, {self.session.training_class}: {taken} lúc {hours(other)}{about}."


def clashes_of(sessions: Sequence[Session]) -> list[Clash]:
    """Of sessions not stored yet (or one that is being changed), with what is stored and with each other."""
    if not sessions:
        return []
    wanted = Q(training_class__in=_ids(sessions, "training_class"))
    wanted |= Q(venue__in=_ids(sessions, "venue")) | Q(speaker__in=_ids(sessions, "speaker"))
    stored = list(
        Session.objects.taking_place()
        .filter(wanted, starts_at__lt=max(each.ends_at for each in sessions))
        .filter(ends_at__gt=min(each.starts_at for each in sessions))
        .exclude(pk__in=[each.pk for each in sessions if each.pk])
        .select_related("training_class__course", "topic")
        .in_order()
    )
    found = []
    for number, each in enumerate(sessions):
        for other in [*stored, *sessions[:number]]:
            if other.starts_at < each.ends_at and each.starts_at < other.ends_at:
                found += [Clash(each, name, other) for name in TAKEN if _same(each, other, name)]
    return found


def when(session: Session) -> str:
    """Thứ ba 08/12/2026 07:30–11:30"""
    named = day_named(localtime(session.starts_at).date())
    return f"{named[0].upper()}{named[1:]} {hours(session)}"


def hours(session: Session) -> str:
    return f"{localtime(session.starts_at):%H:%M}–{localtime(session.ends_at):%H:%M}"


def _same(one: Session, other: Session, name: str) -> bool:
    held = getattr(one, f"{name}_id")
    return held is not None and held == getattr(other, f"{name}_id")


def _ids(sessions: Sequence[Session], name: str) -> set[Any]:
    return {held for each in sessions if (held := getattr(each, f"{name}_id"))}
