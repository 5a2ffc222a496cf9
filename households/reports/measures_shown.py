"""The measures of two years as they are shown: lines of figures, and nothing under five households to a viewer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from households.poverty import GroupMeasures, Measures, Standard, by_dimension, decompose
from households.reports.disclosure import LIMIT
from households.reports.held import Scope
from households.reports.measures import Found, Grouping
from thanhsen import vietnamese


@dataclass(frozen=True)
class Share:
    """A fraction of 1 as it is read: in percent. `hidden`: withheld from this reader."""

    value: Fraction | None
    hidden: bool = False

    @property
    def text(self) -> str:
        if self.hidden:
            return "ẩn"
        return "không xác định" if self.value is None else f"{vietnamese.number(self.percent, 2)}%"

    @property
    def percent(self) -> Decimal:
        return _hundredths(self.value or Fraction(0))

    @property
    def bar(self) -> str:
        """The width of its bar, of 100."""
        return "0" if self.hidden else f"{min(self.percent, Decimal(100)):.2f}"


@dataclass(frozen=True)
class IndicatorLine:
    code: str
    name: str
    weight: Fraction
    uncensored: Share
    censored: Share
    contribution: Share
    before: Share | None  # censored, the year compared with


@dataclass(frozen=True)
class GroupLine:
    key: str
    name: str
    share: Share
    H: Share
    A: Share
    M0: Share
    before: Share | None  # M0


@dataclass(frozen=True)
class Summary:
    """H, A and M0 as they are shown, of both years, and how M0 changed (in points of 100, and of itself)."""

    population: int | None
    poor: int | None
    H: Share
    A: Share
    M0: Share
    before: tuple[Share, Share, Share] | None
    change: str
    relative: str


def summary(now: Measures, before: Measures | None, guards: Sequence[Measures] = ()) -> Summary:
    """`guards` as in `indicator_lines`."""
    hide = any(0 < each.poor < LIMIT or 0 < each.population - each.poor < LIMIT for each in guards)
    old = (Share(before.H, hide), Share(before.A, hide), Share(before.M0, hide)) if before else None
    change = relative = ""
    if before and not hide:
        difference = now.M0 - before.M0
        change = f"{vietnamese.number(_hundredths(difference), 2)} điểm phần trăm"
        relative = (
            f"{vietnamese.number(_hundredths(difference / before.M0), 2)}%" if before.M0 else "không xác định"
        )
    return Summary(
        None if hide else now.population, None if hide else now.poor,
        Share(now.H, hide), Share(now.A, hide), Share(now.M0, hide), old, change, relative,
    )  # fmt: skip


def _hundredths(value: Fraction) -> Decimal:
    return vietnamese.half_up(Decimal(100 * value.numerator) / value.denominator, 2)


def indicator_lines(
    standard: Standard,
    weights: Mapping[str, Fraction],
    now: Measures,
    before: Measures | None,
    guards: Sequence[Measures] = (),
) -> list[IndicatorLine]:
    """One line an indicator. `guards`: the same measures in households, for a reader who may see no count under five;
    a figure that rests on 1–4 of them is withheld."""
    lines = []
    for each in standard.indicators:
        code = each.code
        hide = any(_small(guard, code) for guard in guards)

        def share(found: dict[str, Fraction] | None, code: str = code, hide: bool = hide) -> Share:
            return Share(None if found is None else found[code], hide)

        lines.append(
            IndicatorLine(
                code,
                f"{each.number}. {each.name}",
                weights[code],
                share(now.uncensored),
                share(now.censored),
                share(now.contributions),
                share(before.censored) if before else None,
            )
        )
    return lines


def _small(of: Measures, code: str) -> bool:
    """Whether a headcount of the indicator, or what lies between its two, is of fewer than five."""
    uncensored, censored = of.uncensored[code] * of.population, of.censored[code] * of.population
    return any(0 < each < LIMIT for each in (uncensored, censored, uncensored - censored, of.poor - censored))


def dimension_lines(
    standard: Standard, now: Measures, guards: Sequence[Measures] = ()
) -> list[tuple[str, Share]]:
    """The part of each dimension in M0; withheld where that of one of its indicators is."""
    if now.contributions is None:
        return [(each.name, Share(None)) for each in standard.dimensions]
    sums = by_dimension(now.contributions, {each.code: each.dimension for each in standard.indicators})
    hidden = {
        each.dimension for each in standard.indicators if any(_small(guard, each.code) for guard in guards)
    }
    return [(each.name, Share(sums[each.code], each.code in hidden)) for each in standard.dimensions]


def group_lines(
    scope: Scope, grouping: Grouping, found: Found, before: Found | None, guards: Sequence[Found] = ()
) -> list[GroupLine]:
    """One line a group, the largest M0 first. With `guards` (see `indicator_lines`): where fewer than five households
    are poor, or not poor, the group's measures are withheld, and so are those of the next smallest where one alone
    could be worked out."""
    hidden = {key for guard in guards for key in _hidden(guard.groups)}
    earlier = {each.group: each.measures for each in before.groups} if before else {}
    lines = []
    for each in found.groups:
        withheld, old = each.group in hidden, earlier.get(each.group)
        lines.append(
            GroupLine(
                each.group,
                grouping.name_of(scope, each.group),
                Share(each.share, withheld),
                Share(each.measures.H, withheld),
                Share(each.measures.A, withheld),
                Share(each.measures.M0, withheld),
                Share(old.M0 if old else Fraction(0), withheld) if before else None,
            )
        )
    return sorted(lines, key=lambda line: (line.M0.hidden, -(line.M0.value or 0), line.name))


@dataclass(frozen=True)
class ChangeLine:
    """What a group adds to the change of M0, in points of 100; `share` by its size, `within` by its own M0."""

    name: str
    within: str
    share: str
    total: str


def change_lines(
    scope: Scope, grouping: Grouping, found: Found, before: Found | None, guards: Sequence[Found] = ()
) -> list[ChangeLine]:
    """The change between two years by group, the largest part first, then the sum of all. None for a reader with
    `guards`: the parts of few households could be worked out."""
    if guards or before is None or not before.groups or not found.groups:
        return []
    parts = sorted(decompose(before.groups, found.groups), key=lambda each: (-abs(each.part), each.group))
    lines = [
        ChangeLine(
            grouping.name_of(scope, each.group), *map(_points, (each.within, each.share_effect, each.part))
        )
        for each in parts
    ]
    sums = [
        sum((getattr(each, name) for each in parts), Fraction(0))
        for name in ("within", "share_effect", "part")
    ]
    return [*lines, ChangeLine("Cộng", *map(_points, sums))]


def _points(value: Fraction) -> str:
    return vietnamese.number(_hundredths(value), 2)


def _hidden(groups: Sequence[GroupMeasures]) -> set[str]:
    found = {
        each.group
        for each in groups
        if 0 < each.measures.poor < LIMIT or 0 < each.measures.population - each.measures.poor < LIMIT
    }
    if len(found) == 1 and (rest := [each for each in groups if each.group not in found]):
        found.add(min(rest, key=lambda each: (each.measures.population, each.group)).group)
    return found
