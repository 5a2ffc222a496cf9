"""Alkire–Foster: the worked example, the identities, and what is refused."""

# ruff: noqa: SIM300 - H, A and M0 are the names of the method, not constants

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import DEFAULT_K, Row, by_group, load, measure, nested_weights

CODES = "abcd"
EQUAL = dict.fromkeys(CODES, F(1, 4))


def row(bits, size=1, group=""):
    return Row({code: bit == "1" for code, bit in zip(CODES, bits, strict=True)}, size, group)


EXAMPLE = [row(bits) for bits in ("0000", "0101", "1111", "0100")]


def test_worked_example_two_of_four():
    found = measure(EXAMPLE, EQUAL, F(2, 4))
    assert (found.H, found.A, found.M0) == (F(1, 2), F(3, 4), F(3, 8))
    assert (found.population, found.poor) == (4, 2)
    assert list(found.uncensored.values()) == [F(1, 4), F(3, 4), F(1, 4), F(2, 4)]
    assert list(found.censored.values()) == [F(1, 4), F(1, 2), F(1, 4), F(1, 2)]
    assert found.contributions is not None
    assert list(found.contributions.values()) == [F(1, 6), F(1, 3), F(1, 6), F(1, 3)]


def test_worked_example_one_of_four():
    found = measure(EXAMPLE, EQUAL, F(1, 4))
    assert (found.H, found.A, found.M0) == (F(3, 4), F(7, 12), F(7, 16))


def test_nobody_poor():
    found = measure([row("0100")], EQUAL, F(1, 2))
    assert (found.H, found.A, found.M0, found.contributions) == (0, None, 0, None)


def test_size_weighs_people():
    assert measure([row("1111", 3), row("0000", 1)], EQUAL, 1).H == F(3, 4)


def test_default_cutoff_is_three_of_twelve():
    standard = load("2022-2026")
    rows = [Row({code: code in standard.codes[:count] for code in standard.codes}) for count in (2, 3)]
    assert DEFAULT_K == F(3, 12)
    assert measure(rows, nested_weights(standard)).H == F(1, 2)


def test_nested_weights():
    assert set(nested_weights(load("2022-2026")).values()) == {F(1, 12)}
    new = nested_weights(load("2027-2030"))
    assert (new["telecom"], new["waste"], new["employment"]) == (F(1, 6), F(1, 18), F(1, 12))
    assert sum(new.values()) == 1


@pytest.mark.parametrize(
    ("rows", "weights", "k", "words"),
    [
        ([], EQUAL, F(1, 2), "Không có hộ nào"),
        (EXAMPLE, dict.fromkeys(CODES, F(1, 5)), F(1, 2), "Tổng các trọng số phải bằng 1, đang là 4/5"),
        (EXAMPLE, {}, F(1, 2), "Tổng các trọng số"),
        (EXAMPLE, dict.fromkeys(CODES, 0.25), F(1, 2), "phải là phân số"),
        (EXAMPLE, EQUAL | {"a": True}, F(1, 2), "phải là phân số"),
        (EXAMPLE, EQUAL | {"a": F(-1, 4), "b": F(3, 4)}, F(1, 2), "không được âm"),
        (EXAMPLE, EQUAL, F(0), "Ngưỡng k phải lớn hơn 0"),
        (EXAMPLE, EQUAL, F(5, 4), "không quá 1"),
        (EXAMPLE, EQUAL, 0.5, "phải là phân số"),
        ([*EXAMPLE, Row({"a": True})], EQUAL, F(1, 2), "Hộ thứ 5: thiếu giá trị của chỉ số: b, c, d"),
        ([Row(dict.fromkeys(CODES, None))], EQUAL, F(1, 2), "thiếu giá trị"),
        ([Row({**dict.fromkeys(CODES, True), "z": True})], EQUAL, F(1, 2), "không có trọng số: z"),
        ([row("0000", 0)], EQUAL, F(1, 2), "quy mô"),
    ],
)
def test_refuses(rows, weights, k, words):
    with pytest.raises(ValueError, match=words):
        measure(rows, weights, k)


ROWS = st.lists(
    st.builds(
        row,
        st.text("01", min_size=4, max_size=4),
        st.integers(1, 9),
        st.sampled_from(["Tổ 1", "Tổ 2", "Tổ 3"]),
    ),
    min_size=1,
    max_size=12,
)
PARTS = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any)
WEIGHTS = PARTS.map(
    lambda parts: {code: F(part, sum(parts)) for code, part in zip(CODES, parts, strict=True)}
)
CUTOFFS = st.fractions(F(1, 20), 1, max_denominator=20)


@given(ROWS, WEIGHTS, CUTOFFS)
def test_identities(rows, weights, k):
    found = measure(rows, weights, k)
    assert found.M0 == found.H * (found.A or 0)
    assert found.A is None or k <= found.A <= 1
    assert found.M0 == sum(weights[code] * found.censored[code] for code in CODES)
    assert all(0 <= found.censored[code] <= found.uncensored[code] <= 1 for code in CODES)
    assert (found.contributions is None) == (found.M0 == 0)
    if found.contributions is not None:
        assert sum(found.contributions.values()) == 1


@given(ROWS, WEIGHTS, CUTOFFS)
def test_decomposes_by_group(rows, weights, k):
    groups, whole = by_group(rows, weights, k), measure(rows, weights, k)
    assert sum(each.share for each in groups) == 1
    assert sum(each.share * each.measures.M0 for each in groups) == whole.M0
    assert sum(each.share * each.measures.H for each in groups) == whole.H
    assert [each.group for each in groups] == sorted({each.group for each in rows})


@given(ROWS, WEIGHTS, CUTOFFS, st.randoms())
def test_order_never_matters_and_size_repeats(rows, weights, k, random):
    whole = measure(rows, weights, k)
    single = [Row(each.lacking) for each in rows for _ in range(each.size)]
    random.shuffle(single)
    assert measure(single, weights, k) == whole


@given(ROWS, WEIGHTS, CUTOFFS)
def test_whole_parts_say_what_the_definition_says(rows, weights, k):
    """H, A and M0 once more, as the method defines them: person by person, score by score, in fractions."""
    people = [each for each in rows for _ in range(each.size)]
    scores = [sum(weights[code] for code in CODES if each.lacking[code]) for each in people]
    poor = [score for score in scores if score >= k]
    found = measure(rows, weights, k)
    assert found.H == F(len(poor), len(people))
    assert found.A == (sum(poor, F(0)) / len(poor) if poor else None)
    assert found.M0 == sum(poor, F(0)) / len(people)


def test_a_household_at_fault_is_counted_over_all_groups():
    rows = [row("0000", group="x"), row("1111", group="y"), Row({"a": True}, group="x")]
    with pytest.raises(ValueError, match="Hộ thứ 3"):
        by_group(rows, EQUAL)
