"""One household's year beside its help: worked cases."""

from datetime import date

import pytest

from households.poverty import Classification, load, standard_ids
from households.poverty.movement import Spell
from households.poverty.outcome import SERVES, Help, Mended, Outcome, mended, outcome

OPENING, CLOSING = date(2025, 1, 1), date(2025, 12, 31)
POOR, NEAR, NOT = Classification.POOR, Classification.NEAR_POOR, Classification.NOT_POOR
BEFORE, MAY, OCTOBER = date(2024, 12, 1), date(2025, 5, 1), date(2025, 10, 1)


def spells(*steps, reason="new_decision"):
    """(class, from) one after the other; a class None ends the one before it."""
    ends = [start for _, start in steps[1:]] + [None]
    return [
        Spell(kind, 1, 3, start, end, reason if end else "")
        for (kind, start), end in zip(steps, ends, strict=True)
        if kind
    ]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(POOR, BEFORE), (NOT, OCTOBER)], Outcome.OUT),
        ([(POOR, BEFORE), (Classification.AVERAGE, OCTOBER)], Outcome.OUT),
        ([(POOR, BEFORE)], Outcome.STAYED),
        ([(POOR, BEFORE), (NEAR, OCTOBER)], Outcome.STAYED),
        ([(NEAR, BEFORE), (POOR, OCTOBER)], Outcome.FELL),
        ([(POOR, BEFORE), (NOT, MAY), (NEAR, OCTOBER)], Outcome.FELL),
        # ended by a decision, none after it: form 2 counts it so
        ([(POOR, BEFORE), (None, OCTOBER)], Outcome.OUT),
        ([(POOR, date(2023, 1, 1)), (NOT, BEFORE), (POOR, OCTOBER)], Outcome.RETURNED),
        ([(NOT, BEFORE), (POOR, OCTOBER)], None),  # new, never on the list before
        ([(NOT, BEFORE)], None),
    ],
)
def test_how_a_year_ends(steps, expected):
    assert outcome(spells(*steps), OPENING, CLOSING) == expected


def test_who_left_the_register_is_gone():
    moved = spells((POOR, BEFORE), (None, MAY), reason="moved_out")
    assert outcome(moved, OPENING, CLOSING) is Outcome.GONE
    decided = spells((POOR, BEFORE), (None, MAY))
    assert outcome(decided, OPENING, CLOSING, closed_on=MAY) is Outcome.GONE
    assert outcome([], OPENING, CLOSING) is None


@pytest.mark.parametrize(
    ("given", "falls"),
    [
        (Help("loan", MAY, OCTOBER), True),
        (Help("insurance", BEFORE), True),  # still in force
        (Help("loan", BEFORE, once=True), False),  # lent in a year before
        (Help("loan", MAY, once=True), True),
        (Help("loan", MAY, MAY, once=True), False),
        (Help("loan", BEFORE, None, [(MAY, 5)], once=True), True),  # a part of it came this year
        (Help("loan", BEFORE, OPENING), False),
        (Help("loan", CLOSING), True),
        (Help("loan", date(2026, 1, 1)), False),
        (Help("loan", BEFORE, OPENING, [(MAY, None)]), True),  # received late
        (Help("loan", MAY, MAY), False),  # stopped on its first day: it never held
    ],
)
def test_when_a_help_is_of_the_year(given, falls):
    assert given.falls_in(OPENING, CLOSING) is falls


def test_money_is_what_was_received_in_the_year():
    given = Help("loan", BEFORE, None, [(BEFORE, 9), (MAY, 5), (OCTOBER, None), (CLOSING, 2)])
    assert given.money(OPENING, CLOSING) == 7


def test_what_a_help_is_for():
    assert Help("education", MAY).serves == {"schooling", "adult_education"}
    assert Help("livelihood", MAY).serves == frozenset()
    assert Help("province", MAY, tied=["water"]).serves == {"water"}


def test_indicators_a_year_later():
    assert mended(["water", "toilet", "info_means"], ["toilet"], ["water", "toilet"]) == {
        "water": Mended.MENDED,
        "toilet": Mended.STILL,
        "info_means": Mended.GONE,  # the new standard does not ask
    }
    assert mended(["water"], None, ()) == {"water": Mended.GONE}


def test_every_indicator_served_is_one_of_every_standard():
    codes = set.intersection(*(set(load(each).codes) for each in standard_ids()))
    assert {code for served in SERVES.values() for code in served} <= codes
