"""What the phone of a trainee shows of a test: where the attempt is, its questions, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists

from thanhsen.models import Area, Event
from trainings.actions.learning.asked import Asked, Kind, arranged, asked_in
from trainings.actions.learning.marking import is_right
from trainings.models import Attempt, Test, Topic, Trainee


class Stage(StrEnum):
    EARLY = "early"  # not open yet
    MISSED = "missed"  # closed without an attempt
    READY = "ready"
    RUNNING = "running"
    OVER = "over"  # time is up, not handed in yet
    DONE = "done"


@dataclass(frozen=True)
class Seat:
    """A trainee before a test."""

    trainee: Trainee
    test: Test
    attempt: Attempt | None
    at: datetime

    @property
    def stage(self) -> Stage:
        if self.attempt is not None:
            if self.attempt.handed_in_at is not None:
                return Stage.DONE
            return Stage.RUNNING if self.at < self.attempt.due_at else Stage.OVER
        if self.at < self.test.opens_at:
            return Stage.EARLY
        return Stage.READY if self.at < self.test.closes_at else Stage.MISSED

    @property
    def seconds_left(self) -> int:
        return max(0, int((self.attempt.due_at - self.at).total_seconds())) if self.attempt else 0

    @property
    def shows_key(self) -> bool:
        """The right answers are shown once nobody can take the test any more."""
        return self.stage == Stage.DONE and self.at >= self.test.closes_at


DEMO = Event.objects.filter(record_type=Area._meta.label_lower, act="demo.load")


def trainee_of(code: str) -> Trainee | None:
    """Who holds the personal code, while on the roster. `is_demo`: the data of the portal is invented."""
    found = Trainee.objects.enrolled().select_related("course__ward").annotate(is_demo=Exists(DEMO))
    return found.filter(code=code).order_by().first()


def seat(code: str, test: int, at: datetime) -> Seat | None:
    """None where the code, or the test for this code, does not exist. One query once the attempt is begun, else
    three."""
    begun = Attempt.objects.filter(test=test, trainee__code=code, trainee__state=Trainee.State.ENROLLED)
    begun = begun.select_related("trainee", "test__course__ward").annotate(is_demo=Exists(DEMO))
    if (attempt := begun.order_by().first()) is not None:
        attempt.trainee.course = attempt.test.course
        attempt.trainee.is_demo = attempt.is_demo  # type: ignore[attr-defined]
        return Seat(attempt.trainee, attempt.test, attempt, at)
    if (trainee := trainee_of(code)) is None:
        return None
    found = Test.objects.filter(pk=test, course=trainee.course_id).first()
    if found is None:
        return None
    found.course = trainee.course
    return Seat(trainee, found, None, at)


@dataclass(frozen=True)
class Line:
    """A question on the page with what was answered."""

    asked: Asked
    chosen: Sequence[int]

    @property
    def shown(self) -> str:
        """What the page was given, to tell later what the page changed."""
        return ",".join(map(str, self.chosen))

    @property
    def is_right(self) -> bool:
        return is_right(self.asked, self.chosen)

    @property
    def offers(self) -> list[tuple[str, str, int | None]]:
        """(id, text, place chosen; None where it is not) of each: what the page repeats eighty times."""
        place = {pk: number for number, pk in enumerate(self.chosen, 1)}
        return [(str(each.pk), each.text, place.get(each.pk)) for each in self.asked.offers]

    @property
    def box(self) -> str:
        return "checkbox" if self.asked.kind == Kind.CHOICES else "radio"

    @property
    def right_words(self) -> list[str]:
        by_pk = {offer.pk: offer.text for offer in self.asked.offers}
        return [by_pk[each] for each in self.asked.right]

    @property
    def chosen_words(self) -> list[str]:
        by_pk = {offer.pk: offer.text for offer in self.asked.offers}
        return [by_pk[each] for each in self.chosen if each in by_pk]


def lines(attempt: Attempt) -> list[Line]:
    """The questions in the attempt's own order: one query."""
    shuffled = attempt.source == Attempt.Source.PHONE
    asked = arranged(asked_in(attempt.test_id), attempt.seed, shuffled=shuffled)
    return [Line(each, attempt.answers.get(str(each.pk), [])) for each in asked]


def by_topic(attempt: Attempt) -> list[tuple[str, int, int]]:
    """(topic, points, of) of an attempt handed in."""
    if not attempt.by_topic:
        return []
    named = Topic.objects.filter(pk__in=attempt.by_topic).in_order().values_list("pk", "name")
    return [(name, *attempt.by_topic[str(pk)]) for pk, name in named]
