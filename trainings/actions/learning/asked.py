"""A test as it is asked: its questions with their answers, in one query, in the order of a seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from typing import Any

from trainings.models import Question, TestQuestion

Kind = Question.Kind
LETTERS = "ABCDEFGH"  # a question has eight answers at most (`question_has_its_answers`)
TRUE, FALSE = "Đ", "S"  # how true and false are written on paper


@dataclass(frozen=True)
class Offer:
    """One answer on offer. Of a question of order `number` is its right place."""

    pk: int
    number: int
    text: str
    is_right: bool


@dataclass(frozen=True)
class Asked:
    """A question in a test. `pk` is the question's; `offers` stand in the order in which they are shown."""

    pk: int
    number: int
    points: int
    kind: str
    text: str
    explanation: str
    topic_id: int
    topic: str
    offers: tuple[Offer, ...]

    @property
    def right(self) -> list[int]:
        """Ids of the right answers; of a question of order all of them in the right order."""
        return [each.pk for each in sorted(self.offers, key=lambda each: each.number) if each.is_right]

    @property
    def lettered(self) -> list[tuple[str, Offer]]:
        """The offers with the letter each has on paper."""
        letters = TRUE + FALSE if self.kind == Kind.TRUE_FALSE else LETTERS
        return list(zip(letters, self.offers, strict=False))

    @property
    def key(self) -> str:
        """The letters of the right answers, in order where the order is the answer."""
        by_pk = {offer.pk: letter for letter, offer in self.lettered}
        found = [by_pk[each] for each in self.right]
        return "".join(found if self.kind == Kind.ORDER else sorted(found))


COLUMNS = (
    "question", "number", "points", "question__kind", "question__text", "question__explanation",
    "question__topic", "question__topic__name",
    "question__choices__id", "question__choices__number", "question__choices__text", "question__choices__is_right",
)  # fmt: skip


def asked_in(test: int) -> list[Asked]:
    """The questions of the test with this id, as numbered, answers as numbered: one query."""
    found = TestQuestion.objects.filter(test=test).order_by("number", "pk", "question__choices__number")
    rows: Iterable[tuple[Any, ...]] = found.values_list(*COLUMNS)
    return [
        Asked(*[*given, tuple(Offer(*row[8:]) for row in of_it)])
        for given, of_it in groupby(rows, key=lambda row: row[:8])
    ]


def arranged(asked: Sequence[Asked], seed: int, *, shuffled: bool = True) -> list[Asked]:
    """In the order of `seed`: the same for ever, on any machine. On paper (`shuffled` false) the questions keep their
    numbers. True and false keep their places; what is to be put in order is never offered in the right one."""
    order = sorted(asked, key=lambda each: _dice(seed, each.pk)) if shuffled else list(asked)
    return [replace(each, offers=_offered(each, seed)) for each in order]


def _offered(asked: Asked, seed: int) -> tuple[Offer, ...]:
    if asked.kind == Kind.TRUE_FALSE:
        return asked.offers
    order = sorted(asked.offers, key=lambda each: _dice(seed, asked.pk, each.pk))
    if asked.kind == Kind.ORDER and [each.pk for each in order] == asked.right:
        order = [*order[1:], order[0]]
    return tuple(order)


def _dice(*numbers: int) -> bytes:
    return sha256(" ".join(map(str, numbers)).encode()).digest()
