"""Where a change of M0 between two years comes from: group by group, exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from households.poverty.measures import GroupMeasures

NOTHING = Fraction(0)


@dataclass(frozen=True)
class GroupChange:
    """One group in both years: its share of the population, its M0, and its part of the change of the whole M0.

    `within`: what the change of M0 inside the group adds; `share_effect`: what the group's growing or shrinking adds.
    """

    group: str
    share_before: Fraction
    share_after: Fraction
    m0_before: Fraction
    m0_after: Fraction

    @property
    def within(self) -> Fraction:
        return (self.share_before + self.share_after) / 2 * (self.m0_after - self.m0_before)

    @property
    def share_effect(self) -> Fraction:
        return (self.m0_before + self.m0_after) / 2 * (self.share_after - self.share_before)

    @property
    def part(self) -> Fraction:
        """What the group adds in all. The parts of all groups are the change of the whole M0 (Shapley: each effect
        is the average over the two orders in which share and M0 could have changed)."""
        return self.within + self.share_effect


def decompose(before: Sequence[GroupMeasures], after: Sequence[GroupMeasures]) -> tuple[GroupChange, ...]:
    """The change of M0 between two years by group, in order of the groups' names.

    A group that is there in one year only has share 0 in the other, and there the M0 of the year it is in: its whole
    part is an effect of its share. With no group in one of the years there is nothing to compare: ValueError.
    """
    if not before or not after:
        raise ValueError("Một trong hai năm không có hộ nào, nên không tách được thay đổi.")
    first, second = ({each.group: each for each in year} for year in (before, after))
    found = []
    for group in sorted(first.keys() | second.keys()):
        old, new = first.get(group), second.get(group)
        m0_before, m0_after = (each.measures.M0 if each else None for each in (old, new))
        found.append(
            GroupChange(
                group,
                old.share if old else NOTHING,
                new.share if new else NOTHING,
                m0_before if m0_before is not None else m0_after or NOTHING,
                m0_after if m0_after is not None else m0_before or NOTHING,
            )
        )
    return tuple(found)


def by_dimension(
    contributions: Mapping[str, Fraction], dimension_of: Mapping[str, str]
) -> dict[str, Fraction]:
    """The contributions of the indicators (code → fraction) added up by dimension, which `dimension_of` names."""
    found: dict[str, Fraction] = {}
    for code, part in contributions.items():
        found[dimension_of[code]] = found.get(dimension_of[code], NOTHING) + part
    return found
