"""The change of M0 between two years, by group."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import (
    Difference,
    Row,
    by_dimension,
    by_group,
    change,
    decompose,
    difference,
    measure,
)

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
    first, second = measure(before, WEIGHTS, K), measure(after, WEIGHTS, K)
    parts = decompose(by_group(before, WEIGHTS, K), by_group(after, WEIGHTS, K))
    assert sum(each.part for each in parts) == second.M0 - first.M0
    assert sum(each.of_h.part for each in parts) == second.H - first.H
    assert sum(each.share_after for each in parts) == sum(each.share_before for each in parts) == 1
    assert all(each.in_both or each.of_m0.within == each.of_h.within == 0 for each in parts)


@given(random_rows, random_rows)
def test_both_years_and_what_lies_between(before, after):
    found, back = change(before, after, WEIGHTS, K), change(after, before, WEIGHTS, K)
    assert (found.before, found.after) == (measure(before, WEIGHTS, K), measure(after, WEIGHTS, K))
    assert found.M0.absolute == sum(each.part for each in found.groups) == -back.M0.absolute
    assert found.H.absolute == sum(each.of_h.part for each in found.groups) == -back.H.absolute
    assert [each.of_m0.part for each in found.groups] == [-each.of_m0.part for each in back.groups]
    assert (found.M0.relative is None) == (found.before.M0 == 0)
    assert (found.A is None) == (not found.before.poor or not found.after.poor)


def test_a_difference_is_absolute_and_relative():
    assert difference(Fraction(1, 2), Fraction(1, 3)) == Difference(Fraction(-1, 6), Fraction(-1, 3))
    assert difference(Fraction(0), Fraction(1, 3)) == Difference(Fraction(1, 3), None)
    assert difference(Fraction(0), Fraction(0)) == Difference(Fraction(0), None)


def test_a_worked_case():
    """Two groups of one household each: x poor with 1/2 before and not after; y as it was."""
    before = by_group(rows(("x", {"a"}, 1), ("y", {"a", "b"}, 1)), WEIGHTS, K)
    after = by_group(rows(("x", set(), 1), ("y", {"a", "b"}, 1)), WEIGHTS, K)
    x, y = decompose(before, after)
    assert (x.within, x.share_effect, y.part) == (Fraction(-1, 4), 0, 0)
    assert (x.of_h.within, x.of_h.share, y.of_h.part) == (Fraction(-1, 2), 0, 0)
    assert x.own == Difference(Fraction(-1, 2), Fraction(-1))


def test_a_group_that_came_is_an_effect_of_its_share():
    before = by_group(rows(("x", {"a"}, 1)), WEIGHTS, K)
    after = by_group(rows(("x", {"a"}, 1), ("y", {"a", "b", "c"}, 1)), WEIGHTS, K)
    x, y = decompose(before, after)
    assert (y.within, y.share_effect, y.own) == (0, Fraction(1, 2), None)
    assert x.part + y.part == Fraction(3, 4) - Fraction(1, 2)


def test_nothing_to_compare():
    with pytest.raises(ValueError, match="không có hộ nào"):
        decompose((), by_group(rows(("x", set(), 1)), WEIGHTS, K))


def test_groups_that_are_not_the_whole():
    x, y = by_group(rows(("x", {"a"}, 1), ("y", {"a", "b"}, 1)), WEIGHTS, K)
    with pytest.raises(ValueError, match="tổng bằng 1, đang là 1/2"):
        decompose((x, y), (x,))
    with pytest.raises(ValueError, match="ghi hai lần"):
        decompose((x, x), (x, y))


def test_contributions_by_dimension():
    assert by_dimension({"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}, {"a": "D1", "b": "D2", "c": "D2"}) == {
        "D1": Fraction(1, 2), "D2": Fraction(1, 2),
    }  # fmt: skip
