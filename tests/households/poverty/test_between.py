"""The matrix of two days, one household at a time; and how long those who came back had been away."""

from datetime import date

import pytest

from households.poverty import Classification
from households.poverty.between import Register, Span, between, came_back
from households.poverty.movement import Spell

POOR, NEAR, AVERAGE, NOT = Classification
SPAN = Span(date(2023, 12, 31), date(2025, 12, 31))
BEFORE, MIDDLE, DECIDED = date(2022, 12, 10), date(2024, 12, 10), date(2025, 12, 10)
HOME, NEXT, AWAY = 1, 2, 9
OLD = Register(date(2020, 1, 1), "registered")


def spell(kind, start, end=None, reason="", *, size=4, area=HOME) -> Spell:
    return Spell(kind, area, size, start, end, reason or ("new_decision" if end else ""))


def closed(reason: str, day: date = MIDDLE) -> Register:
    return Register(OLD.opened_on, "registered", day, reason)


CASES = {
    "stays": ([spell(POOR, BEFORE)], OLD, ("poor", "poor", 4, 4)),
    "rises, with more people": (
        [spell(POOR, BEFORE, MIDDLE), spell(AVERAGE, MIDDLE, size=5)], OLD, ("poor", "average", 4, 5),
    ),
    "to another tổ dân phố of the place": (
        [spell(POOR, BEFORE, MIDDLE, "changed"), spell(POOR, MIDDLE, area=NEXT)], OLD, ("poor", "poor", 4, 4),
    ),
    "out of the place": (
        [spell(POOR, BEFORE, MIDDLE, "changed"), spell(POOR, MIDDLE, area=AWAY)], OLD, ("poor", "elsewhere", 4, 0),
    ),
    "into the place": (
        [spell(POOR, BEFORE, MIDDLE, "changed", area=AWAY), spell(NEAR, MIDDLE)], OLD, ("elsewhere", "near_poor", 0, 4),
    ),
    "had no class": ([spell(POOR, MIDDLE)], OLD, ("unclassed", "poor", 0, 4)),
    "moved in": ([spell(POOR, MIDDLE)], Register(MIDDLE, "moved_in"), ("elsewhere", "poor", 0, 4)),
    "moved in on the first day, listed later": (
        [spell(POOR, MIDDLE)], Register(SPAN.first, "moved_in"), ("unclassed", "poor", 0, 4),
    ),
    "split off": ([spell(POOR, MIDDLE)], Register(MIDDLE, "split"), ("split", "poor", 0, 4)),
    "class ended by a decision": ([spell(POOR, BEFORE, MIDDLE)], OLD, ("poor", "unclassed", 4, 0)),
    "moved out": ([spell(POOR, BEFORE, MIDDLE, "moved_out")], closed("moved_out"), ("poor", "elsewhere", 4, 0)),
    "died": ([spell(NEAR, BEFORE, MIDDLE, "died_out", size=1)], closed("died_out"), ("near_poor", "died", 1, 0)),
    "merged": ([spell(NOT, BEFORE, MIDDLE, "merged")], closed("merged"), ("not_poor", "merged", 4, 0)),
    "entered twice": ([spell(POOR, BEFORE, MIDDLE, "duplicate")], closed("duplicate"), ("poor", "other", 4, 0)),
    "struck off, then moved out": ([spell(POOR, BEFORE, MIDDLE)], closed("moved_out", DECIDED), ("poor", "elsewhere", 4, 0)),
    "leaves after the second day": (
        [spell(POOR, BEFORE, date(2026, 1, 1), "moved_out")], closed("moved_out", date(2026, 1, 1)), ("poor", "poor", 4, 4),
    ),
    "decided on the second day itself": (
        [spell(POOR, BEFORE, SPAN.second), spell(NEAR, SPAN.second)], OLD, ("poor", "near_poor", 4, 4),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("history", "register", "expected"), CASES.values(), ids=CASES)
def test_one_household(history, register, expected):
    cell = between(history, register, {HOME, NEXT}, SPAN)
    assert (cell.before, cell.after, cell.people_before, cell.people_after) == expected


@pytest.mark.parametrize(
    "history",
    [[], [spell(POOR, BEFORE, area=AWAY)], [spell(POOR, MIDDLE, DECIDED)]],
    ids=["never", "elsewhere", "between the days only"],
)
def test_no_cell_for_who_had_no_class_here_on_either_day(history):
    assert between(history, OLD, {HOME}, SPAN) is None


@pytest.mark.parametrize("days", [(DECIDED, DECIDED), (DECIDED, BEFORE)])
def test_the_first_day_is_before_the_second(days):
    with pytest.raises(ValueError, match="Ngày đầu phải trước ngày cuối"):
        Span(*days)


@pytest.mark.parametrize(
    ("left", "back", "years"),
    [
        (date(2024, 3, 10), date(2024, 12, 10), 0),
        (date(2023, 12, 11), date(2024, 12, 10), 0),
        (date(2023, 12, 10), date(2024, 12, 10), 1),
        (date(2022, 12, 10), date(2024, 12, 10), 2),
        (date(2020, 12, 10), date(2025, 12, 10), 5),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
    ],
)
def test_whole_years_away(left, back, years):
    history = [spell(POOR, date(2019, 1, 1), left), spell(NOT, left, back), spell(POOR, back)]
    (found,) = came_back(history, SPAN)
    assert (found.classification, found.area, found.years) == (POOR, HOME, years)


def test_a_mistake_and_what_lies_outside_the_days_are_no_return():
    wrong = [spell(POOR, BEFORE, MIDDLE, "mistake"), spell(POOR, DECIDED)]
    early = [spell(POOR, date(2020, 1, 1), date(2021, 1, 1)), spell(POOR, SPAN.first)]
    assert came_back(wrong, SPAN) == () == came_back(early, SPAN)


def test_who_came_back_twice_counts_once_by_the_last_time():
    days = [date(2020, 1, 1), date(2021, 1, 1), date(2024, 2, 1), date(2024, 6, 1), date(2025, 7, 1)]
    history = [spell(POOR, days[0], days[1]), spell(POOR, days[2], days[3]), spell(POOR, days[4])]
    assert [each.years for each in came_back(history, SPAN)] == [1]
