"""The change of M0 between two years, by group."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import Row, by_dimension, by_group, decompose, measure

WEIGHTS = {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}
K = Fraction(1, 2)


def rows(*households) -> list[Row]:
    """(group, lacking, size)."""
    return [
        Row({code: code in lacking for code in WEIGHTS}, size, group) for group, lacking, size in households
    ]


random_rows = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sets(st.sampled_from("abc")), st.integers(1, 5)),
    min_size=1,
    max_size=12,
).map(lambda found: rows(*found))


@given(random_rows, random_rows)
def test_the_parts_are_the_change(before, after):
    parts = decompose(by_group(before, WEIGHTS, K), by_group(after, WEIGHTS, K))
    assert sum(each.part for each in parts) == measure(after, WEIGHTS, K).M0 - measure(before, WEIGHTS, K).M0
    assert sum(each.share_after for each in parts) == sum(each.share_before for each in parts) == 1


def test_a_worked_case():
    """Two groups of one household each: x poor with 1/2 before and not after; y as it was."""
    before = by_group(rows(("x", {"a"}, 1), ("y", {"a", "b"}, 1)), WEIGHTS, K)
    after = by_group(rows(("x", set(), 1), ("y", {"a", "b"}, 1)), WEIGHTS, K)
    x, y = decompose(before, after)
    assert (x.within, x.share_effect, y.part) == (Fraction(-1, 4), 0, 0)


def test_a_group_that_came_is_an_effect_of_its_share():
    before = by_group(rows(("x", {"a"}, 1)), WEIGHTS, K)
    after = by_group(rows(("x", {"a"}, 1), ("y", {"a", "b", "c"}, 1)), WEIGHTS, K)
    x, y = decompose(before, after)
    assert (y.within, y.share_effect) == (0, Fraction(1, 2))
    assert x.part + y.part == Fraction(3, 4) - Fraction(1, 2)


def test_nothing_to_compare():
    with pytest.raises(ValueError, match="không có hộ nào"):
        decompose((), by_group(rows(("x", set(), 1)), WEIGHTS, K))


def test_contributions_by_dimension():
    assert by_dimension({"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}, {"a": "D1", "b": "D2", "c": "D2"}) == {
        "D1": Fraction(1, 2), "D2": Fraction(1, 2),
    }  # fmt: skip
