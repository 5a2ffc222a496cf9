"""Where a change of M0 and of H between two years comes from: group by group, exactly.

The parts of all groups add up to the change of the whole. Each effect is the average over the two orders in which share
and level could have changed (Shapley), so that nothing is left over and neither year is favoured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from households.poverty.measures import DEFAULT_K, GroupMeasures, Measures, Row, by_group, measure

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Difference:
    """`absolute` in the unit of the figure; `relative` as a fraction of the first year, None where that is 0."""

    absolute: Fraction
    relative: Fraction | None


def difference(before: Fraction, after: Fraction) -> Difference:
    """From the first figure to the second."""
    return Difference(after - before, (after - before) / before if before else None)


@dataclass(frozen=True)
class Effects:
    """What one group adds to the change of the whole: `within` by its own change, `share` by growing or shrinking."""

    within: Fraction
    share: Fraction

    @property
    def part(self) -> Fraction:
        return self.within + self.share


@dataclass(frozen=True)
class GroupChange:
    """One group in both years: its share of the population, its M0 and H, and its part of the change of the whole.

    In a year it is not there its share is 0, and its M0 and H are those of the other year.
    """

    group: str
    share_before: Fraction
    share_after: Fraction
    m0_before: Fraction
    m0_after: Fraction
    h_before: Fraction
    h_after: Fraction

    @property
    def of_m0(self) -> Effects:
        return self._effects(self.m0_before, self.m0_after)

    @property
    def of_h(self) -> Effects:
        return self._effects(self.h_before, self.h_after)

    @property
    def within(self) -> Fraction:
        return self.of_m0.within

    @property
    def share_effect(self) -> Fraction:
        return self.of_m0.share

    @property
    def part(self) -> Fraction:
        """What the group adds to the change of M0 in all."""
        return self.of_m0.part

    @property
    def in_both(self) -> bool:
        return bool(self.share_before and self.share_after)

    @property
    def own(self) -> Difference | None:
        """How the M0 of the group itself changed; None for a group that is there in one year only."""
        return difference(self.m0_before, self.m0_after) if self.in_both else None

    def _effects(self, before: Fraction, after: Fraction) -> Effects:
        return Effects(
            within=(self.share_before + self.share_after) / 2 * (after - before),
            share=(before + after) / 2 * (self.share_after - self.share_before),
        )


@dataclass(frozen=True)
class MeasuresChange:
    """The measures of both years, and the parts of the groups in the change between them."""

    before: Measures
    after: Measures
    groups: tuple[GroupChange, ...]

    @property
    def H(self) -> Difference:
        return difference(self.before.H, self.after.H)

    @property
    def A(self) -> Difference | None:
        """None where nobody is poor in one of the years: A is undefined there."""
        if self.before.A is None or self.after.A is None:
            return None
        return difference(self.before.A, self.after.A)

    @property
    def M0(self) -> Difference:
        return difference(self.before.M0, self.after.M0)


def change(
    before: Sequence[Row],
    after: Sequence[Row],
    weights: Mapping[str, Fraction | int],
    k: Fraction | int = DEFAULT_K,
) -> MeasuresChange:
    """The change between two years by one set of weights and one k: other indicators would be another measure.

    Errors as in `measure`.
    """
    groups = decompose(by_group(before, weights, k), by_group(after, weights, k))
    return MeasuresChange(measure(before, weights, k), measure(after, weights, k), groups)


def decompose(before: Sequence[GroupMeasures], after: Sequence[GroupMeasures]) -> tuple[GroupChange, ...]:
    """The change of M0 and H between two years by group, in order of the groups' names.

    A group that is there in one year only has share 0 in the other, and there the M0 and H of the year it is in: its
    whole part is an effect of its share. ValueError (Vietnamese) where a year has no group, a group twice, or groups
    that are not the whole: the parts would not add up to the change.
    """
    first, second = _year(before), _year(after)
    return tuple(
        _group(group, first.get(group), second.get(group)) for group in sorted(first.keys() | second.keys())
    )


def _year(groups: Sequence[GroupMeasures]) -> dict[str, GroupMeasures]:
    if not groups:
        raise ValueError("Một trong hai năm không có hộ nào, nên không tách được thay đổi.")
    found = {each.group: each for each in groups}
    if len(found) != len(groups):
        raise ValueError("Có nhóm ghi hai lần trong một năm, nên không tách được thay đổi.")
    total = sum((each.share for each in groups), NOTHING)
    if total != 1:
        raise ValueError(f"Tỷ trọng các nhóm của một năm phải có tổng bằng 1, đang là {total}.")
    return found


def _group(name: str, old: GroupMeasures | None, new: GroupMeasures | None) -> GroupChange:
    there = [each.measures for each in (old, new) if each]
    return GroupChange(
        name,
        old.share if old else NOTHING,
        new.share if new else NOTHING,
        m0_before=there[0].M0,
        m0_after=there[-1].M0,
        h_before=there[0].H,
        h_after=there[-1].H,
    )


def by_dimension(
    contributions: Mapping[str, Fraction], dimension_of: Mapping[str, str]
) -> dict[str, Fraction]:
    """The contributions of the indicators (code → fraction) added up by dimension, which `dimension_of` names."""
    found: dict[str, Fraction] = {}
    for code, part in contributions.items():
        found[dimension_of[code]] = found.get(dimension_of[code], NOTHING) + part
    return found
