"""Where a household stood on one day and where on another, whatever lies between: the matrix of two years.

The reference that the reports' SQL is held to. Every household that had a class in the place on one of the two days
is in exactly one cell, so that the rows add up to the stock of the first day and the columns to that of the second.
Unlike forms 2 and 3, the place may be a whole ward: who moves from one tổ dân phố of it to another stays.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from households.poverty.movement import MISTAKE, NEW_DECISION, Spell, on_day, returns
from households.poverty.standard import Classification


class Stand(StrEnum):
    """Where a household stands on a day: its class in the place, or why it has none there."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    NOT_POOR = "not_poor"
    UNCLASSED = "unclassed"  # no decision gave it a class, or none does any more
    SPLIT = "split"
    ELSEWHERE = "elsewhere"
    DIED = "died"
    MERGED = "merged"
    OTHER = "other"  # entered twice or by mistake


CLASSES = (Stand.POOR, Stand.NEAR_POOR, Stand.AVERAGE, Stand.NOT_POOR)
LISTED = (Stand.POOR, Stand.NEAR_POOR)
BEFORE = (*CLASSES, Stand.UNCLASSED, Stand.ELSEWHERE, Stand.SPLIT)
AFTER = (*CLASSES, Stand.UNCLASSED, Stand.ELSEWHERE, Stand.DIED, Stand.MERGED, Stand.OTHER)
# How the reason a status ended, or a household left the register, is counted.
GONE = {
    NEW_DECISION: Stand.UNCLASSED,
    "moved_out": Stand.ELSEWHERE,
    "died_out": Stand.DIED,
    "merged": Stand.MERGED,
}
CAME = {"moved_in": Stand.ELSEWHERE, "split": Stand.SPLIT}
LONGEST = 3  # whole years away, and more


@dataclass(frozen=True)
class Span:
    """The two days compared, the first before the second; ValueError otherwise."""

    first: date
    second: date

    def __post_init__(self) -> None:
        if self.first >= self.second:
            raise ValueError("Ngày đầu phải trước ngày cuối.")


@dataclass(frozen=True)
class Register:
    """How the register knows a household: when and how it came in, when and why it left (`OpenedReason`,
    `ClosedReason`; None and "": it did not leave)."""

    opened_on: date
    opened_reason: str
    closed_on: date | None = None
    closed_reason: str = ""


@dataclass(frozen=True)
class Cell:
    """What one household adds to the matrix: where it stood and stands, people on the first and the second day (0
    where it has no class in the place)."""

    before: Stand
    after: Stand
    people_before: int
    people_after: int


def between(spells: Sequence[Spell], register: Register, places: Collection[int], span: Span) -> Cell | None:
    """The cell of one household, with all its statuses, in the matrix of `places` (areas); None when it had no
    class there on either day. ValueError when two statuses hold on one day."""
    first, second = on_day(spells, span.first), on_day(spells, span.second)
    here_first = first if first and first.area in places else None
    here_second = second if second and second.area in places else None
    if here_first is None and here_second is None:
        return None
    return Cell(
        before=Stand(here_first.classification.value) if here_first else _came_from(first, register, span),
        after=Stand(here_second.classification.value)
        if here_second
        else _gone_to(spells, second, register, span),
        people_before=here_first.size if here_first else 0,
        people_after=here_second.size if here_second else 0,
    )


def _came_from(first: Spell | None, register: Register, span: Span) -> Stand:
    if first:
        return Stand.ELSEWHERE
    if span.first < register.opened_on <= span.second:
        return CAME.get(register.opened_reason, Stand.UNCLASSED)
    return Stand.UNCLASSED


def _gone_to(spells: Iterable[Spell], second: Spell | None, register: Register, span: Span) -> Stand:
    """Leaving the register says more than how the last status ended."""
    if second:
        return Stand.ELSEWHERE
    if register.closed_on and register.closed_on <= span.second:
        return GONE.get(register.closed_reason, Stand.OTHER)
    newest = max((each for each in spells if each.start <= span.second), key=lambda each: each.start)
    return GONE.get(newest.end_reason, Stand.OTHER)


@dataclass(frozen=True)
class Return:
    """A household that came back to a class, and how many whole years after it last left it."""

    classification: Classification
    area: int
    years: int


def came_back(spells: Sequence[Spell], span: Span) -> tuple[Return, ...]:
    """The last return of one household to each class after the first day and up to the second, poor first."""
    found: dict[Classification, Return] = {}
    for spell in returns(spells):
        if span.first < spell.start <= span.second:
            years = _whole_years(_last_left(spells, spell), spell.start)
            found[spell.classification] = Return(spell.classification, spell.area, years)
    return tuple(found[each] for each in Classification if each in found)


def _last_left(spells: Iterable[Spell], back: Spell) -> date:
    return max(
        each.end
        for each in spells
        if each.classification is back.classification
        and each.start < back.start
        and each.end is not None
        and each.end_reason != MISTAKE
    )


def _whole_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
