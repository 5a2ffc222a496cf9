"""How a household moved between the first and the last day of a year: forms 2 and 3, one household at a time.

The reference that the reports' SQL is held to. For a class K (poor or near poor) and every tổ dân phố,

    closing = opening − to_other − above − departed + from_other + returned + new + arrived

holds for households and for people. The movement is net: what happened and was undone inside the year is not seen.
Who moved within the ward and changed class as well changed it where it was, so that the ward's own line says who got
out of poverty; what moved on is the new class, where it is on the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from households.poverty.standard import Classification

OTHER = {
    Classification.POOR: Classification.NEAR_POOR,
    Classification.NEAR_POOR: Classification.POOR,
}
NEW_DECISION = "new_decision"
MISTAKE = "mistake"


class Flow(StrEnum):
    """The columns of forms 2 and 3, in their order (1–9 on paper)."""

    OPENING = "opening"
    TO_OTHER = "to_other"
    ABOVE = "above"
    DEPARTED = "departed"
    FROM_OTHER = "from_other"
    RETURNED = "returned"
    NEW = "new"
    ARRIVED = "arrived"
    CLOSING = "closing"

    @property
    def sign(self) -> int:
        """How the column enters the balance of the closing stock; 0 for the closing stock itself."""
        return {
            Flow.OPENING: 1,
            Flow.TO_OTHER: -1,
            Flow.ABOVE: -1,
            Flow.DEPARTED: -1,
            Flow.FROM_OTHER: 1,
            Flow.RETURNED: 1,
            Flow.NEW: 1,
            Flow.ARRIVED: 1,
            Flow.CLOSING: 0,
        }[self]


@dataclass(frozen=True)
class Spell:
    """One status: a class in a tổ dân phố from a day until before another (None: still). `size` in people."""

    classification: Classification
    area: int
    size: int
    start: date
    end: date | None = None
    end_reason: str = ""

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Year:
    """The two days a report compares, both counted."""

    opening: date
    closing: date


@dataclass(frozen=True)
class Move:
    """What one household adds to one column of one tổ dân phố."""

    area: int
    flow: Flow
    households: int
    people: int


def moves(
    spells: Sequence[Spell],
    of: Classification,
    year: Year,
    *,
    arrived_on: date | None = None,
    closed_on: date | None = None,
) -> tuple[Move, ...]:
    """What one household, with all its statuses, adds to the form of class `of`.

    `arrived_on`: the day it moved in or was split off (None: it did not). `closed_on`: the day it left the
    register. ValueError when `of` is neither poor nor near poor, or two statuses hold on one day.
    """
    if of not in OTHER:
        raise ValueError("Diễn biến chỉ tính cho hộ nghèo và hộ cận nghèo.")
    first, last = on_day(spells, year.opening), on_day(spells, year.closing)
    found: list[Move] = []
    if first and first.classification is of:
        found.append(Move(first.area, Flow.OPENING, 1, first.size))
        leaving = _leaving(spells, first, last, of, year, closed_on)
        if leaving:
            found.append(Move(first.area, leaving, 1, first.size))
    if (
        last
        and last.classification is of
        and first
        and first.classification is OTHER[of]
        and first.area != last.area
    ):
        found.append(Move(first.area, Flow.FROM_OTHER, 1, first.size))  # so that 2.b = 3.e in each place
        found.append(Move(first.area, Flow.DEPARTED, 1, first.size))
    if last and last.classification is of:
        found.append(Move(last.area, Flow.CLOSING, 1, last.size))
        found.extend(_arriving(spells, first, last, of, year, arrived_on))
    return tuple(found)


def was_before(spells: Iterable[Spell], of: Classification, day: date) -> bool:
    """Whether the household was of class `of` at some time before `day`: the one test of tái nghèo (tái cận nghèo).
    A status ended as a mistake never was."""
    return any(
        spell.classification is of and spell.start < day and spell.end_reason != MISTAKE for spell in spells
    )


def returns(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Those of one household's statuses, in time, with which it came back to the list into a class it had been of:
    tái nghèo, tái cận nghèo. From poor to near poor or the other way round is no return."""
    found: list[Spell] = []
    history = sorted(spells, key=lambda spell: spell.start)
    for place, spell in enumerate(history):
        before = history[place - 1] if place else None
        stays = before is not None and before.end == spell.start and before.classification in OTHER
        comes = spell.classification in OTHER and not stays
        if comes and was_before(history, spell.classification, spell.start):
            found.append(spell)
    return tuple(found)


def on_day(spells: Iterable[Spell], day: date) -> Spell | None:
    """The status in force on a day; ValueError when there are two."""
    there = [spell for spell in spells if spell.covers(day)]
    if len(there) > 1:
        raise ValueError(f"Hộ có hai phân loại cùng ngày {day:%d/%m/%Y}.")
    return there[0] if there else None


def _leaving(
    spells: Sequence[Spell],
    first: Spell,
    last: Spell | None,
    of: Classification,
    year: Year,
    closed_on: date | None,
) -> Flow | None:
    """Why the household is no longer in its opening class, or in that class elsewhere; None when it stays."""
    if last is None:
        newest = max(
            (spell for spell in spells if spell.start <= year.closing), key=lambda spell: spell.start
        )
        closed = closed_on is not None and closed_on <= year.closing
        return Flow.DEPARTED if closed or newest.end_reason != NEW_DECISION else Flow.ABOVE
    if last.classification is of:
        return Flow.DEPARTED if last.area != first.area else None
    return Flow.TO_OTHER if last.classification is OTHER[of] else Flow.ABOVE


def _arriving(
    spells: Sequence[Spell],
    first: Spell | None,
    last: Spell,
    of: Classification,
    year: Year,
    arrived_on: date | None,
) -> list[Move]:
    if first and first.classification in OTHER and first.area != last.area:
        return [Move(last.area, Flow.ARRIVED, 1, last.size)]
    if first and first.classification in OTHER:
        moves = (
            [] if first.classification is of else [Move(last.area, Flow.FROM_OTHER, 1, first.size)]
        )  # in both forms with the people it had, so that 2.b = 3.e
        return moves + _change_of_size(first, last)
    if arrived_on and year.opening <= arrived_on <= year.closing:
        flow = Flow.ARRIVED
    elif was_before(spells, of, year.opening):
        flow = Flow.RETURNED
    else:
        flow = Flow.NEW
    return [Move(last.area, flow, 1, last.size)]


def _change_of_size(first: Spell, last: Spell) -> list[Move]:
    change = last.size - first.size
    if change == 0:
        return []
    return [Move(last.area, Flow.ARRIVED if change > 0 else Flow.DEPARTED, 0, abs(change))]
