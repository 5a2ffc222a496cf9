"""Alkire–Foster measures of multidimensional poverty, in exact fractions.

H is the share of the poor, A the mean score of the poor (undefined, so None, when nobody is poor), M0 = H × A.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm

from households.poverty.standard import Standard

DEFAULT_K = Fraction(3, 12)


@dataclass(frozen=True)
class Row:
    """One household: indicator code → lacking. `size` is its weight: its members, or 1 to count households."""

    lacking: Mapping[str, bool | None]
    size: int = 1
    group: str = ""


@dataclass(frozen=True)
class Measures:
    """`population` and `poor` are sums of sizes; the rest are fractions of 1, headcounts by indicator code."""

    population: int
    poor: int
    H: Fraction
    A: Fraction | None
    M0: Fraction
    uncensored: dict[str, Fraction]
    censored: dict[str, Fraction]
    contributions: dict[str, Fraction] | None


@dataclass(frozen=True)
class GroupMeasures:
    """`share` of the population; the sum of share × M0 over the groups is the M0 of all."""

    group: str
    share: Fraction
    measures: Measures


def nested_weights(standard: Standard) -> dict[str, Fraction]:
    """Dimensions weigh the same, and so do the indicators inside each."""
    inside = Counter(each.dimension for each in standard.indicators)
    return {
        each.code: Fraction(1, len(standard.dimensions) * inside[each.dimension])
        for each in standard.indicators
    }


def measure(
    rows: Sequence[Row], weights: Mapping[str, Fraction | int], k: Fraction | int = DEFAULT_K
) -> Measures:
    """The measures of all rows; a household is poor when its weighted score reaches `k`.

    ValueError (Vietnamese) for no rows, weights that are not exact or do not sum to 1, k outside (0, 1], a
    missing or unknown indicator, or a size below 1.
    """
    exact, cutoff = _checked(rows, weights, k)
    return _measured(rows, exact, cutoff)


def by_group(
    rows: Sequence[Row], weights: Mapping[str, Fraction | int], k: Fraction | int = DEFAULT_K
) -> tuple[GroupMeasures, ...]:
    """The measures of each group, in order of its name. Errors as in `measure`."""
    exact, cutoff = _checked(rows, weights, k)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    parts = {group: _measured(groups[group], exact, cutoff) for group in sorted(groups)}
    population = sum(part.population for part in parts.values())
    return tuple(
        GroupMeasures(group, Fraction(part.population, population), part) for group, part in parts.items()
    )


def _checked(
    rows: Sequence[Row], weights: Mapping[str, Fraction | int], k: Fraction | int
) -> tuple[dict[str, Fraction], Fraction]:
    exact, cutoff = _weights(weights), _cutoff(k)
    if not rows:
        raise ValueError("Không có hộ nào để tính.")
    for place, row in enumerate(rows, start=1):
        _check(row, place, exact)
    return exact, cutoff


def _measured(rows: Sequence[Row], exact: Mapping[str, Fraction], cutoff: Fraction) -> Measures:
    # Whole parts of a common denominator: as exact as fractions, and a province is measured in seconds.
    whole = lcm(*(weight.denominator for weight in exact.values()))
    parts = {code: int(weight * whole) for code, weight in exact.items()}
    enough = ceil(cutoff * whole)
    population = poor = depth = 0
    lacking, poor_lacking = dict.fromkeys(exact, 0), dict.fromkeys(exact, 0)
    for row in rows:
        codes = [code for code in exact if row.lacking[code]]
        score = sum([parts[code] for code in codes])
        population += row.size
        for code in codes:
            lacking[code] += row.size
        if score >= enough:
            poor += row.size
            depth += row.size * score
            for code in codes:
                poor_lacking[code] += row.size
    m0 = Fraction(depth, whole * population)
    uncensored = {code: Fraction(count, population) for code, count in lacking.items()}
    censored = {code: Fraction(count, population) for code, count in poor_lacking.items()}
    return Measures(
        population=population,
        poor=poor,
        H=Fraction(poor, population),
        A=Fraction(depth, whole * poor) if poor else None,
        M0=m0,
        uncensored=uncensored,
        censored=censored,
        contributions={code: exact[code] * censored[code] / m0 for code in exact} if m0 else None,
    )


def _weights(weights: Mapping[str, Fraction | int]) -> dict[str, Fraction]:
    exact: dict[str, Fraction] = {}
    for code, weight in weights.items():
        if isinstance(weight, bool) or not isinstance(weight, int | Fraction):
            raise ValueError(
                f"Trọng số của “{code}” phải là phân số hoặc số nguyên, không dùng số thập phân."
            )
        if weight < 0:
            raise ValueError(f"Trọng số của “{code}” không được âm.")
        exact[code] = Fraction(weight)
    total = sum(exact.values(), Fraction(0))
    if total != 1:
        raise ValueError(f"Tổng các trọng số phải bằng 1, đang là {total}.")
    return exact


def _cutoff(k: Fraction | int) -> Fraction:
    if isinstance(k, bool) or not isinstance(k, int | Fraction):
        raise ValueError("Ngưỡng k phải là phân số, không dùng số thập phân.")
    if not 0 < k <= 1:
        raise ValueError(f"Ngưỡng k phải lớn hơn 0 và không quá 1, đang là {k}.")
    return Fraction(k)


def _check(row: Row, place: int, weights: Mapping[str, Fraction]) -> None:
    if isinstance(row.size, bool) or not isinstance(row.size, int) or row.size < 1:
        raise ValueError(f"Hộ thứ {place}: quy mô phải là số nguyên từ 1.")
    if unknown := sorted(row.lacking.keys() - weights.keys()):
        raise ValueError(f"Hộ thứ {place}: chỉ số không có trọng số: {', '.join(unknown)}.")
    if missing := [code for code in weights if row.lacking.get(code) is None]:
        raise ValueError(f"Hộ thứ {place}: thiếu giá trị của chỉ số: {', '.join(missing)}.")
