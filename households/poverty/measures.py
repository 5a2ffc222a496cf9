"""Alkire–Foster measures of multidimensional poverty, in exact fractions.

H is the share of the poor, A the mean score of the poor (undefined, so None, when nobody is poor), M0 = H × A.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    exact, cutoff = _weights(weights), _cutoff(k)
    if not rows:
        raise ValueError("Không có hộ nào để tính.")
    for place, row in enumerate(rows, start=1):
        _check(row, place, exact)
    population = sum(row.size for row in rows)
    scores = [sum((exact[code] for code in exact if row.lacking[code]), Fraction(0)) for row in rows]
    poor_rows = [(row, score) for row, score in zip(rows, scores, strict=True) if score >= cutoff]
    poor = sum(row.size for row, _ in poor_rows)
    depth = sum((row.size * score for row, score in poor_rows), Fraction(0))
    m0 = depth / population
    uncensored = {code: Fraction(sum(r.size for r in rows if r.lacking[code]), population) for code in exact}
    censored = {
        code: Fraction(sum(r.size for r, _ in poor_rows if r.lacking[code]), population) for code in exact
    }
    return Measures(
        population=population,
        poor=poor,
        H=Fraction(poor, population),
        A=depth / poor if poor else None,
        M0=m0,
        uncensored=uncensored,
        censored=censored,
        contributions={code: exact[code] * censored[code] / m0 for code in exact} if m0 else None,
    )


def by_group(
    rows: Sequence[Row], weights: Mapping[str, Fraction | int], k: Fraction | int = DEFAULT_K
) -> tuple[GroupMeasures, ...]:
    """The measures of each group, in order of its name. Errors as in `measure`."""
    whole = measure(rows, weights, k)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    found = []
    for group in sorted(groups):
        part = measure(groups[group], weights, k)
        found.append(GroupMeasures(group, Fraction(part.population, whole.population), part))
    return tuple(found)


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
    unknown = sorted(set(row.lacking) - set(weights))
    if unknown:
        raise ValueError(f"Hộ thứ {place}: chỉ số không có trọng số: {', '.join(unknown)}.")
    missing = [code for code in weights if row.lacking.get(code) is None]
    if missing:
        raise ValueError(f"Hộ thứ {place}: thiếu giá trị của chỉ số: {', '.join(missing)}.")
