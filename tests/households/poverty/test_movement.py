"""The movement of one household between two days: every column, then the balance over random histories."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import Classification
from households.poverty.movement import Flow, Move, Spell, Year, moves, returns

POOR, NEAR, AVERAGE, NOT = Classification
YEAR = Year(date(2025, 1, 1), date(2025, 12, 31))
BEFORE, DECIDED = date(2024, 12, 10), date(2025, 12, 10)
HOME, THERE = 1, 2


def spells(*steps) -> list[Spell]:
    """(class, day, size[, area]) one after the other; a class of None ends the last one, its size says why."""
    found: list[Spell] = []
    for classification, day, size, *area in steps:
        if found and found[-1].end is None:
            last = found[-1]
            reason = size if classification is None else "new_decision"
            found[-1] = Spell(last.classification, last.area, last.size, last.start, day, reason)
        if classification is not None:
            found.append(Spell(classification, area[0] if area else HOME, size, day))
    return found


def counted(history, of=POOR, **known) -> dict[tuple[int, str], tuple[int, int]]:
    return {(m.area, m.flow.value): (m.households, m.people) for m in moves(history, of, YEAR, **known)}


CASES = {
    "stays": (spells((POOR, BEFORE, 4)), {}, {"opening": (1, 4), "closing": (1, 4)}),
    "stays and grows": (
        spells((POOR, BEFORE, 4), (POOR, DECIDED, 5)), {},
        {"opening": (1, 4), "arrived": (0, 1), "closing": (1, 5)},
    ),
    "stays and shrinks": (
        spells((POOR, BEFORE, 4), (POOR, DECIDED, 2)), {},
        {"opening": (1, 4), "departed": (0, 2), "closing": (1, 2)},
    ),
    "to near poor": (spells((POOR, BEFORE, 4), (NEAR, DECIDED, 5)), {}, {"opening": (1, 4), "to_other": (1, 4)}),
    "above": (spells((POOR, BEFORE, 4), (NOT, DECIDED, 4)), {}, {"opening": (1, 4), "above": (1, 4)}),
    "average is above": (spells((POOR, BEFORE, 4), (AVERAGE, DECIDED, 4)), {}, {"opening": (1, 4), "above": (1, 4)}),
    "moved out": (spells((POOR, BEFORE, 4), (None, date(2025, 6, 1), "moved_out")), {}, {"opening": (1, 4), "departed": (1, 4)}),
    "died out": (spells((POOR, BEFORE, 1), (None, date(2025, 6, 1), "died_out")), {}, {"opening": (1, 1), "departed": (1, 1)}),
    "struck off by a decision": (
        spells((POOR, BEFORE, 4), (None, DECIDED, "new_decision")), {}, {"opening": (1, 4), "above": (1, 4)},
    ),
    "rose, then moved out": (
        spells((POOR, BEFORE, 4), (NOT, date(2025, 3, 1), 4), (None, date(2025, 6, 1), "moved_out")), {},
        {"opening": (1, 4), "departed": (1, 4)},
    ),
    "struck off and closed": (
        spells((POOR, BEFORE, 4), (None, DECIDED, "new_decision")), {"closed_on": DECIDED},
        {"opening": (1, 4), "departed": (1, 4)},
    ),
    "from near poor, grown": (
        spells((NEAR, BEFORE, 3), (POOR, DECIDED, 5)), {},
        {"from_other": (1, 3), "arrived": (0, 2), "closing": (1, 5)},
    ),
    "from near poor, shrunk": (
        spells((NEAR, BEFORE, 3), (POOR, DECIDED, 2)), {},
        {"from_other": (1, 3), "departed": (0, 1), "closing": (1, 2)},
    ),
    "again": (
        spells((POOR, date(2022, 12, 1), 3), (NOT, date(2023, 12, 1), 3), (POOR, DECIDED, 4)), {},
        {"returned": (1, 4), "closing": (1, 4)},
    ),
    "again, after years outside": (
        spells((POOR, date(2022, 12, 1), 3), (None, date(2023, 12, 1), "new_decision"), (POOR, DECIDED, 4)), {},
        {"returned": (1, 4), "closing": (1, 4)},
    ),
    "poor by mistake before": (
        spells((POOR, date(2022, 12, 1), 3), (None, date(2023, 12, 1), "mistake"), (POOR, DECIDED, 4)), {},
        {"new": (1, 4), "closing": (1, 4)},
    ),
    "near poor before, now poor": (
        spells((NEAR, date(2022, 12, 1), 3), (NOT, date(2023, 12, 1), 3), (POOR, DECIDED, 4)), {},
        {"new": (1, 4), "closing": (1, 4)},
    ),
    "new": (spells((POOR, DECIDED, 4)), {}, {"new": (1, 4), "closing": (1, 4)}),
    "new in the year, decided twice": (
        spells((POOR, date(2025, 4, 1), 4), (POOR, DECIDED, 4)), {}, {"new": (1, 4), "closing": (1, 4)},
    ),
    "moved in": (
        spells((POOR, DECIDED, 4)), {"arrived_on": date(2025, 5, 1)}, {"arrived": (1, 4), "closing": (1, 4)},
    ),
    "moved in, years ago": (
        spells((POOR, DECIDED, 4)), {"arrived_on": date(2023, 5, 1)}, {"new": (1, 4), "closing": (1, 4)},
    ),
    "came and went inside the year": (
        spells((POOR, date(2025, 4, 1), 4), (NOT, date(2025, 9, 1), 4)), {}, {},
    ),
    "decided on 1 January counts in the opening": (spells((POOR, YEAR.opening, 2)), {}, {"opening": (1, 2), "closing": (1, 2)}),
    "ended on 31 December is not in the closing": (
        spells((POOR, BEFORE, 2), (NOT, YEAR.closing, 2)), {}, {"opening": (1, 2), "above": (1, 2)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("history", "known", "expected"), CASES.values(), ids=CASES.keys())
def test_one_household(history, known, expected):
    assert counted(history, **known) == {(HOME, flow): figures for flow, figures in expected.items()}


def test_a_household_that_changes_place_leaves_the_one_and_arrives_in_the_other():
    history = spells((POOR, BEFORE, 4, HOME), (POOR, DECIDED, 5, THERE))
    assert counted(history) == {
        (HOME, "opening"): (1, 4), (HOME, "departed"): (1, 4),
        (THERE, "closing"): (1, 5), (THERE, "arrived"): (1, 5),
    }  # fmt: skip


def test_to_the_other_class_in_another_place_changes_its_class_where_it_was():
    history = spells((POOR, BEFORE, 4, HOME), (NEAR, DECIDED, 5, THERE))
    assert counted(history, POOR) == {(HOME, "opening"): (1, 4), (HOME, "to_other"): (1, 4)}
    assert counted(history, NEAR) == {
        (HOME, "from_other"): (1, 4), (HOME, "departed"): (1, 4), (THERE, "closing"): (1, 5), (THERE, "arrived"): (1, 5),
    }  # fmt: skip


def test_out_of_poverty_after_a_move_is_out_of_poverty_where_it_was_poor():
    history = spells((POOR, BEFORE, 4, HOME), (NOT, DECIDED, 5, THERE))
    assert counted(history, POOR) == {(HOME, "opening"): (1, 4), (HOME, "above"): (1, 4)}
    assert counted(history, NEAR) == {}


def test_into_poverty_after_a_move_is_new_where_it_is_poor():
    history = spells((NOT, BEFORE, 4, HOME), (POOR, DECIDED, 5, THERE))
    assert counted(history, POOR) == {(THERE, "closing"): (1, 5), (THERE, "new"): (1, 5)}


def test_who_moves_and_keeps_its_class_leaves_one_place_and_comes_to_the_other():
    history = spells((POOR, BEFORE, 4, HOME), (POOR, DECIDED, 5, THERE))
    assert counted(history, POOR) == {
        (HOME, "opening"): (1, 4), (HOME, "departed"): (1, 4), (THERE, "closing"): (1, 5), (THERE, "arrived"): (1, 5),
    }  # fmt: skip


def test_only_listed_classes_have_a_movement():
    with pytest.raises(ValueError, match="hộ nghèo và hộ cận nghèo"):
        moves([], NOT, YEAR)


def test_two_statuses_on_one_day_are_refused():
    with pytest.raises(ValueError, match="hai phân loại"):
        moves([Spell(POOR, 1, 1, BEFORE), Spell(NOT, 1, 1, BEFORE)], POOR, YEAR)


@st.composite
def histories(draw) -> list[Spell]:
    """Statuses of one household: any classes, places, sizes, gaps and reasons."""
    found, day = [], date(2023, 1, 1) + timedelta(days=draw(st.integers(0, 800)))
    for _ in range(draw(st.integers(0, 5))):
        end = day + timedelta(days=draw(st.integers(1, 500)))
        reason = draw(
            st.sampled_from(["new_decision", "new_decision", "moved_out", "died_out", "merged", "mistake"])
        )
        classification, area, size = (
            draw(st.sampled_from(list(Classification))),
            draw(st.sampled_from([1, 2])),
            draw(st.integers(1, 9)),
        )
        found.append(Spell(classification, area, size, day, end, reason))
        day = end + timedelta(days=draw(st.sampled_from([0, 0, 0, 200])))
    if found and draw(st.booleans()):
        last = found[-1]
        found[-1] = Spell(last.classification, last.area, last.size, last.start)
    return found


@given(
    histories(),
    st.sampled_from([None, date(2025, 5, 1), date(2023, 1, 1)]),
    st.sampled_from([None, date(2025, 8, 1)]),
)
def test_the_balance_holds_for_households_and_people_and_the_forms_agree(history, arrived_on, closed_on):
    found = {of: moves(history, of, YEAR, arrived_on=arrived_on, closed_on=closed_on) for of in (POOR, NEAR)}
    for each in found.values():
        for area in (1, 2):
            for what in ("households", "people"):
                sums = {flow: total(each, area, flow, what) for flow in Flow}
                assert sums[Flow.CLOSING] == sum(flow.sign * value for flow, value in sums.items())
    for area in (1, 2):
        for what in ("households", "people"):
            for one, other in ((POOR, NEAR), (NEAR, POOR)):
                assert total(found[one], area, Flow.TO_OTHER, what) == total(
                    found[other], area, Flow.FROM_OTHER, what
                )


def total(found: tuple[Move, ...], area: int, flow: Flow, what: str) -> int:
    return sum(getattr(move, what) for move in found if move.area == area and move.flow is flow)


LEFT, AGAIN, LATER = date(2023, 12, 10), date(2024, 12, 10), date(2025, 6, 1)
RETURNS = {
    "never before": (spells((NOT, LEFT, 4), (POOR, AGAIN, 4)), []),
    "poor again": (spells((POOR, date(2022, 12, 10), 4), (NOT, LEFT, 4), (POOR, AGAIN, 4)), [AGAIN]),
    "near poor again": (spells((NEAR, date(2022, 12, 10), 4), (AVERAGE, LEFT, 4), (NEAR, AGAIN, 4)), [AGAIN]),
    "another class than before": (spells((NEAR, date(2022, 12, 10), 4), (NOT, LEFT, 4), (POOR, AGAIN, 4)), []),
    "from near poor is no return": (
        spells((POOR, date(2022, 12, 10), 4), (NEAR, LEFT, 4), (POOR, AGAIN, 4)), []
    ),
    "a continued status is one stay": (
        spells((POOR, date(2022, 12, 10), 4), (NOT, LEFT, 4), (POOR, AGAIN, 4), (POOR, LATER, 5)), [AGAIN]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RETURNS)
def test_where_a_household_came_back(name):
    history, days = RETURNS[name]
    assert [each.start for each in returns(reversed(history))] == days


def test_a_mistake_never_was_and_a_gap_is_off_the_list():
    first = Spell(POOR, HOME, 4, date(2022, 12, 10), LEFT, "mistake")
    again = Spell(POOR, HOME, 4, AGAIN)
    assert returns([first, again]) == ()
    moved_out = Spell(POOR, HOME, 4, date(2022, 12, 10), LEFT, "moved_out")
    assert returns([moved_out, again]) == (again,)
