"""What a year made of one household that stood on the list on its first day, and whether help was there: the reference
that the SQL of `households.reports.support.outcomes` is held to.

It sets help and outcome side by side; that the one led to the other is not said.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from households.poverty.movement import MISTAKE, NEW_DECISION, OTHER, Spell, on_day
from households.poverty.standard import Classification

# Which indicators a policy is meant to mend, by their codes in the standards. This is the ward's reading of what each
# policy of section 2.3 of the domain pays for, not a rule of law: a loan, a model of livelihood, an allowance and the
# price of electricity raise income and mend no indicator by themselves.
SERVES: Mapping[str, tuple[str, ...]] = {
    "insurance": ("insurance",),
    "education": ("schooling", "adult_education"),
    "housing": ("housing_quality", "housing_area"),
    "work": ("employment",),
}


class Outcome(StrEnum):
    """Where a household stands on the last day. Every one on the list of the first day has exactly one of the first
    four; RETURNED are those that were not on it, are on it now and had been on it before (tái nghèo, tái cận nghèo)."""

    OUT = "out"
    STAYED = "stayed"
    FELL = "fell"  # from near poor to poor, or off the list in the year and on it again
    GONE = "gone"  # moved, died out, merged: no longer in the register's classes
    RETURNED = "returned"


class Mended(StrEnum):
    """What became of an indicator that was lacking on the first day."""

    STILL = "still"
    MENDED = "mended"
    GONE = "gone"  # nobody measured it: no class on the last day, or by a standard that does not ask


@dataclass(frozen=True)
class Help:
    """One support: by which policy, for which indicators besides those the policy serves (what its programme asks for,
    the needs of the plan it was tied to), from `start` until before `end` (None: still), and received when. `once`:
    a house, a loan, relief: given on its first day, it is no help of the years after."""

    policy: str
    start: date
    end: date | None = None
    received: Sequence[tuple[date, int | None]] = ()
    tied: Collection[str] = ()
    once: bool = False

    def falls_in(self, opening: date, closing: date) -> bool:
        """Whether it was in force on a day from `opening` to `closing`, or something of it was received then."""
        first = self.start if self.once else max(self.start, opening)
        in_force = opening <= first <= closing and (self.end is None or first < self.end)
        return in_force or any(opening <= day <= closing for day, _ in self.received)

    def money(self, opening: date, closing: date) -> int:
        """What was received in the year in đồng; 0 where nothing is known."""
        return sum(amount or 0 for day, amount in self.received if opening <= day <= closing)

    @property
    def serves(self) -> frozenset[str]:
        return frozenset(SERVES.get(self.policy, ())) | frozenset(self.tied)


def outcome(
    spells: Sequence[Spell], opening: date, closing: date, *, closed_on: date | None = None
) -> Outcome | None:
    """Of one household with all its statuses; None for one this year's table does not count. `closed_on`: the day it
    left the register. ValueError when two statuses hold on one day."""
    first, last = on_day(spells, opening), on_day(spells, closing)
    listed = last is not None and last.classification in OTHER
    if first is None or first.classification not in OTHER:
        return Outcome.RETURNED if listed and _was_listed(spells, opening) else None
    if last is None:
        return _without_class(spells, closing, closed_on)
    if not listed:
        return Outcome.OUT
    worse = first.classification is Classification.NEAR_POOR and last.classification is Classification.POOR
    return Outcome.FELL if worse or _left_between(spells, opening, closing) else Outcome.STAYED


def mended(
    lacked: Collection[str], lacks: Collection[str] | None, measured: Collection[str]
) -> dict[str, Mended]:
    """By indicator lacking on the first day; `lacks`: those lacking on the last, None where there is no class;
    `measured`: those the standard of the last day asks for."""
    if lacks is None:
        return dict.fromkeys(lacked, Mended.GONE)
    now = {True: Mended.MENDED, False: Mended.GONE}
    return {code: Mended.STILL if code in lacks else now[code in measured] for code in lacked}


def _without_class(spells: Sequence[Spell], closing: date, closed_on: date | None) -> Outcome:
    """A class ended by a new decision, with none after it, was left; by anything else, so was the register."""
    newest = max((each for each in spells if each.start <= closing), key=lambda each: each.start)
    closed = closed_on is not None and closed_on <= closing
    return Outcome.GONE if closed or newest.end_reason != NEW_DECISION else Outcome.OUT


def _was_listed(spells: Sequence[Spell], opening: date) -> bool:
    return any(
        each.classification in OTHER and each.start < opening and each.end_reason != MISTAKE
        for each in spells
    )


def _left_between(spells: Sequence[Spell], opening: date, closing: date) -> bool:
    """Whether a class above the list held on a day between; a status ended as a mistake never was."""
    return any(
        each.classification not in OTHER and opening < each.start <= closing and each.end_reason != MISTAKE
        for each in spells
    )
