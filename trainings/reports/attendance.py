"""Attendance in figures: a session, a trainee; who stands on a session's page; what was changed and by whom."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from thanhsen import vietnamese
from thanhsen.models import User
from trainings.completion import count_of_outer, with_attendance
from trainings.models import Course, Mark, MarkChange, Session, Trainee, TrainingClass

State = Mark.State


def with_counts(sessions: Any) -> Any:
    """Each session with how many of its own class were `present`, `late`, `excused`, `absent`, how many are
    `unmarked`, and how many `guests` sat in. The first five add up to `expected` (see `expected_of`)."""
    marked = Mark.objects.filter(session=OuterRef(OuterRef("pk")), trainee=OuterRef("pk"))
    unmarked = (
        Trainee.objects.enrolled().filter(training_class=OuterRef("training_class")).exclude(Exists(marked))
    )
    marks = Mark.objects.filter(session=OuterRef("pk"))
    own, guests = marks.filter(is_guest=False), marks.attended().filter(is_guest=True)
    return sessions.annotate(
        **{state.value: count_of_outer(own.filter(state=state), "session") for state in State},
        guests=count_of_outer(guests, "session"),
        unmarked=count_of_outer(unmarked, "training_class"),
    )


@dataclass(frozen=True)
class SessionLine:
    """`expected`: the enrolled of the class and whoever was marked and has left since. `rate`: percent of them who
    were present or late, two decimals, half up; None where nobody is expected, or before anybody was marked in a session
    still to be held. Guests stand beside, in neither."""

    session: Session
    present: int
    late: int
    excused: int
    absent: int
    unmarked: int
    guests: int

    @property
    def attended(self) -> int:
        return self.present + self.late

    @property
    def expected(self) -> int:
        return self.attended + self.excused + self.absent + self.unmarked

    @property
    def rate(self) -> Decimal | None:
        marked = self.expected - self.unmarked
        is_over = self.session.state == Session.State.HELD
        return vietnamese.rate(self.attended, self.expected) if marked or is_over else None


def line(session: Any) -> SessionLine:
    """Of a session that went through `with_counts`."""
    names = ("present", "late", "excused", "absent", "unmarked", "guests")
    return SessionLine(session, *(getattr(session, name) for name in names))


def per_session(course: Course) -> list[SessionLine]:
    """Every session of the course that takes place, in the order of the timetable. One query."""
    sessions = Session.objects.filter(training_class__course=course).taking_place()
    return [
        line(each)
        for each in with_counts(sessions).select_related("training_class", "topic", "venue").in_order()
    ]


def with_rate(courses: Any) -> Any:
    """Each course with `attended` and `expected` of all its sessions held, as `SessionLine` says of one: present or
    late, of the enrolled of the class and whoever was marked; the unmarked are expected, guests stand in neither. The
    rate of a course is the same wherever it stands."""
    held = Q(session__state=Session.State.HELD, session__training_class__course=OuterRef("pk"))
    marks = Mark.objects.filter(held, is_guest=False)
    of_course = "session__training_class__course"
    # Once for each session held of their class in which they have no mark.
    people = Trainee.objects.enrolled().filter(
        training_class__sessions__state=Session.State.HELD, training_class__course=OuterRef("pk")
    )
    unmarked = people.annotate(missed=F("training_class__sessions")).exclude(
        Exists(Mark.objects.filter(session=OuterRef("missed"), trainee=OuterRef("pk")))
    )
    return courses.annotate(
        attended=count_of_outer(marks.attended(), of_course),
        expected=count_of_outer(marks, of_course) + count_of_outer(unmarked, "training_class__course"),
    )


@dataclass(frozen=True)
class TraineeLine:
    """`states`: state by number of session, as marked (of two classes, where attended). `rate`: percent, or None."""

    trainee: Trainee
    held: int
    attended: int
    states: dict[int, str]

    @property
    def missed(self) -> int:
        return self.held - self.attended

    @property
    def rate(self) -> Decimal | None:
        return vietnamese.rate(self.attended, self.held)


def per_trainee(course: Course, only: TrainingClass | None = None) -> list[TraineeLine]:
    """The enrolled of a course, or of one class, in the order of their names. Two queries."""
    trainees = Trainee.objects.enrolled().filter(course=course)
    trainees = trainees.filter(training_class=only) if only else trainees
    found = list(with_attendance(trainees).select_related("unit", "training_class").in_order())
    marks = Mark.objects.filter(trainee__in=trainees).order_by("pk")
    states: dict[int, dict[int, str]] = {}
    for trainee, number, state in marks.values_list("trainee", "session__number", "state"):
        seen = states.setdefault(trainee, {})
        if seen.get(number) not in Mark.ATTENDED:
            seen[number] = state
    return [_trainee_line(each, states.get(each.pk, {})) for each in found]


def _trainee_line(trainee: Any, states: dict[int, str]) -> TraineeLine:
    return TraineeLine(trainee, trainee.held, trainee.attended, states)


@dataclass(frozen=True)
class Place:
    """A line of a session's page. `number`: the STT of the printed sheet, None for who is not of the class."""

    number: int | None
    trainee: Trainee
    mark: Mark | None


def places(session: Session) -> list[Place]:
    """The enrolled of the class, numbered as on the sheet, and whoever has a mark besides; by name. Two queries."""
    marks = {
        each.trainee_id: each for each in Mark.objects.filter(session=session).select_related("marked_by")
    }
    of_class = Q(training_class=session.training_class_id, state=Trainee.State.ENROLLED)
    people = Trainee.objects.filter(of_class | Q(pk__in=marks.keys())).select_related(
        "unit", "training_class"
    )
    found, number = [], 0
    for each in people.in_order():
        is_own = each.training_class_id == session.training_class_id and each.state == Trainee.State.ENROLLED
        number += is_own
        found.append(Place(number if is_own else None, each, marks.get(each.pk)))
    return found


def own(people: Iterable[Place]) -> list[Place]:
    """Those of the class: the lines of the printed sheet."""
    return [each for each in people if each.number]


def sheet_code(people: Iterable[Place]) -> str:
    """Four letters that change with whom a sheet lists and in which order: an STT of another list is not typed in."""
    listed = ",".join(str(each.trainee.pk) for each in people if each.number)
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    number = int.from_bytes(hashlib.sha256(listed.encode()).digest()[:8])
    return "".join(letters[number // len(letters) ** place % len(letters)] for place in range(4))


def newest_change(session: Session) -> int:
    """The key of the latest change of a mark of the session; 0 before the first."""
    newest = MarkChange.objects.filter(mark__session=session).aggregate(newest=Max("pk"))
    return newest["newest"] or 0


def changed_since(session: Session, change: int, but: User) -> list[Mark]:
    """Marks of the session as they are now that others than `but` touched after `change`."""
    later = MarkChange.objects.filter(mark=OuterRef("pk"), pk__gt=change).exclude(by=but)
    found = Mark.objects.filter(Exists(later), session=session)
    return list(found.select_related("marked_by", "trainee").order_by("trainee__sort_key", "trainee"))


def changes(session: Session, *, corrections_only: bool) -> QuerySet[MarkChange]:
    """What marks of the session became, the latest first."""
    found = MarkChange.objects.filter(mark__session=session).select_related("mark__trainee__unit", "by")
    found = found.exclude(before="") if corrections_only else found
    return found.order_by("-pk")


def count_of(session: Session) -> SessionLine:
    return line(with_counts(Session.objects.filter(pk=session.pk)).get())


def others_of_course(session: Session, text: str) -> Any:
    """Enrolled in another class of the course, or in none yet, without a mark in the session, found by `text`
    (see `named`)."""
    found = Trainee.objects.enrolled().filter(course=session.training_class.course_id)
    found = found.exclude(training_class=session.training_class_id).exclude(marks__session=session)
    return named(found, text)


def named(trainees: Any, text: str) -> Any:
    """Those whose name has words that begin as every word of `text` does, marks and case aside; or whose code it is."""
    words = vietnamese.fold(text).split()
    wanted = Q()
    for word in words:
        wanted &= Q(name_fold__startswith=word) | Q(name_fold__contains=f" {word}")
    wanted |= Q(code=text.strip().lower())
    return trainees.filter(wanted).select_related("unit", "training_class").in_order()


def door_sessions(user: User, on) -> QuerySet[Session]:
    """Sessions that a clerk can stand at the door of on a day."""
    found = Session.objects.governed_by(user).taking_place().filter(closed_at=None, starts_at__date=on)
    return found.select_related("training_class__course", "venue").in_order()


def arrived(session: Session, count: int) -> list[Mark]:
    """The latest that came through the door."""
    found = Mark.objects.attended().filter(session=session, source=Mark.Source.DOOR)
    return list(found.select_related("trainee__unit").order_by(F("marked_at").desc(), "-pk")[:count])
