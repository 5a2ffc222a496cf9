"""The grid in which the letters of papers are typed: a line a trainee, a cell a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from trainings.actions.learning.asked import Asked
from trainings.actions.learning.marking import letters, read_letters
from trainings.models import Attempt, Trainee

CELLS = 1500  # of a page: below DATA_UPLOAD_MAX_NUMBER_FIELDS with what else is sent


def people_on_a_page(questions: int) -> int:
    return max(1, min(25, CELLS // max(1, questions)))


@dataclass
class Line:
    """`cells`: (name of the field, question, letters). `seen`: when what is shown was saved, "" where nothing was."""

    trainee: Trainee
    attempt: Attempt | None
    cells: list[tuple[str, Asked, str]]
    faults: list[str]
    seen: str
    was_sent: bool = True

    @property
    def is_locked(self) -> bool:
        """Taken on a phone, done or under way."""
        return self.attempt is not None and self.attempt.source == Attempt.Source.PHONE


def lines(
    people: Sequence[tuple[Trainee, Attempt | None]], asked: Sequence[Asked], sent: QueryDict | None
) -> list[Line]:
    """What is stored, or what was sent."""
    found = []
    for person, attempt in people:
        cells = []
        for each in asked:
            name = f"h{person.pk}-{each.pk}"
            stored = letters(each, attempt.answers.get(str(each.pk), [])) if attempt else ""
            cells.append((name, each, stored if sent is None else sent.get(name, "").strip()[:20]))
        saved = attempt.saved_at.isoformat() if attempt and attempt.saved_at else ""
        seen = saved if sent is None else sent.get(f"luc{person.pk}", "")
        was_sent = (
            sent is None or f"luc{person.pk}" in sent
        )  # else put on the roster since the page was opened
        found.append(Line(person, attempt, cells, [], seen, was_sent))
    return found


def read(lines: Sequence[Line]) -> dict[int, tuple[dict[str, list[int]], str]]:
    """Trainee id → (answers, seen) of the lines that say something new; what cannot be read stands in their faults."""
    found = {}
    for line in lines:
        says_something = any(typed for *_, typed in line.cells) or line.attempt
        if line.is_locked or not line.was_sent or not says_something:
            continue
        answers = {}
        for _, asked, typed in line.cells:
            try:
                if chosen := read_letters(asked, typed):
                    answers[str(asked.pk)] = chosen
            except ValueError as error:
                line.faults.append(str(error))
        if line.attempt is None or answers != line.attempt.answers:
            found[line.trainee.pk] = (answers, line.seen)
    return found
