"""Alkire–Foster measures of a ward's households, by group, in one query. SQL of `households.poverty.measures`.

Weights are scaled to whole numbers, added up as whole numbers in the database, and made fractions of here: nothing is
rounded on the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from psycopg.sql import SQL, Composable, Identifier, Literal

from households.models.people import Ethnicity, Livelihood, Sex
from households.poverty import GroupMeasures, Measures, Standard
from households.reports.held import Scope, run

NOTHING = Fraction(0)


class Grouping(StrEnum):
    """What households are grouped by. The value is the column of `held`."""

    AREA = "area_id"
    ETHNICITY = "ethnicity"
    HEAD_SEX = "head_sex"
    LIVELIHOOD = "livelihood"

    @property
    def label(self) -> str:
        return {
            Grouping.AREA: "Tổ dân phố",
            Grouping.ETHNICITY: "Dân tộc của chủ hộ",
            Grouping.HEAD_SEX: "Giới tính chủ hộ",
            Grouping.LIVELIHOOD: "Sinh kế chính",
        }[self]

    def name_of(self, scope: Scope, key: str) -> str:
        """How a group is called."""
        if self is Grouping.AREA:
            return next((unit.name for unit in scope.units if str(unit.id) == key), key)
        labels = {
            Grouping.ETHNICITY: dict(Ethnicity.choices),
            Grouping.HEAD_SEX: dict(Sex.choices),
            Grouping.LIVELIHOOD: dict(Livelihood.choices),
        }[self]
        return str(labels.get(key, "Không rõ"))


@dataclass(frozen=True)
class Choice:
    """What the reader chose: exact weights by indicator code, summing to 1; k in (0, 1]; whether people are counted,
    and over whom: the households surveyed, or everybody (`whole`: the entered total of each tổ dân phố)."""

    weights: Mapping[str, Fraction]
    k: Fraction
    people: bool = False
    everybody: bool = False


@dataclass(frozen=True)
class Found:
    """The measures of all and of each group (key → measures). `surveyed`: households that were counted."""

    whole: Measures | None
    groups: tuple[GroupMeasures, ...]
    surveyed: int


_QUERY = SQL("""
WITH {relation}, rows AS (
    SELECT {group}::text AS grouping, {size} AS size, {score} AS score, {lacking}
      FROM held WHERE {day} AND held.standard_id = %(standard)s
)
SELECT grouping, count(*), sum(size), COALESCE(sum(size) FILTER (WHERE score >= %(cutoff)s), 0),
       COALESCE(sum(size * score) FILTER (WHERE score >= %(cutoff)s), 0), {sums}
  FROM rows GROUP BY grouping
""")


def measured(scope: Scope, standard: Standard, choice: Choice, grouping: Grouping) -> Found:
    """The measures on the closing day of the households decided by `standard`. One query.

    Equal to `households.poverty.measure` and `by_group` over the same households. `choice.everybody` takes who was
    not surveyed as lacking nothing; then only tổ dân phố can be the groups, whose totals are known.
    ValueError when a total is missing.
    """
    scale, score = _score(standard, choice)
    rows = run(
        scope,
        _QUERY,
        {"standard": standard.id, "cutoff": int(choice.k * scale)},
        group=SQL("held.{}").format(Identifier(grouping.value)),
        size=SQL("held.size") if choice.people else SQL("1"),
        score=score,
        lacking=SQL(", ").join(
            SQL("({} = ANY(held.lacking)) AS {}").format(Literal(code), Identifier(code)) for code in standard.codes
        ),
        sums=SQL(", ").join(
            SQL("COALESCE(sum(size) FILTER (WHERE {0}), 0), COALESCE(sum(size) FILTER (WHERE {0} AND score >= %(cutoff)s), 0)").format(
                Identifier(code)
            )
            for code in standard.codes
        ),
    )  # fmt: skip
    counts = {str(key): _Counts.of(values, standard) for key, *values in rows}
    bases = (
        _everybody(scope, choice) if choice.everybody else {key: each.size for key, each in counts.items()}
    )
    return _found(counts, bases, choice, scale, standard)


def _score(standard: Standard, choice: Choice) -> tuple[int, Composable]:
    """What the weights are multiplied with to be whole numbers, and the score of a row of `held` in such points."""
    scale = lcm(*(weight.denominator for weight in choice.weights.values()), choice.k.denominator)
    return scale, SQL(" + ").join(
        SQL("({} = ANY(held.lacking))::int * {}").format(
            Literal(code), Literal(int(choice.weights.get(code, NOTHING) * scale))
        )
        for code in standard.codes
    )


@dataclass(frozen=True)
class _Counts:
    """Sums over one group: `depth` is in points of the scaled weights."""

    households: int
    size: int
    poor: int
    depth: int
    uncensored: dict[str, int]
    censored: dict[str, int]

    @classmethod
    def of(cls, values: list, standard: Standard) -> "_Counts":
        households, size, poor, depth, *sums = map(int, values)
        pairs = dict(zip(standard.codes, zip(sums[::2], sums[1::2], strict=True), strict=True))
        return cls(
            households, size, poor, depth,
            {code: pair[0] for code, pair in pairs.items()}, {code: pair[1] for code, pair in pairs.items()},
        )  # fmt: skip

    def __add__(self, other: "_Counts") -> "_Counts":
        return _Counts(
            self.households + other.households,
            self.size + other.size,
            self.poor + other.poor,
            self.depth + other.depth,
            {code: value + other.uncensored[code] for code, value in self.uncensored.items()},
            {code: value + other.censored[code] for code, value in self.censored.items()},
        )


def _everybody(scope: Scope, choice: Choice) -> dict[str, int]:
    """The entered total of each tổ dân phố."""
    found = {str(unit.id): unit.people if choice.people else unit.households for unit in scope.units}
    missing = [unit.name for unit in scope.units if unit.lacks_total]
    if missing:
        raise ValueError(
            f"Còn {len(missing)} tổ dân phố chưa nhập tổng số hộ năm {scope.period.year}, nên chưa tính được trên toàn bộ hộ dân cư."
        )
    return {key: total for key, total in found.items() if total}


def _found(
    counts: dict[str, _Counts], bases: dict[str, int], choice: Choice, scale: int, standard: Standard
) -> Found:
    empty = _Counts(0, 0, 0, 0, dict.fromkeys(standard.codes, 0), dict.fromkeys(standard.codes, 0))
    population = sum(bases.values())
    if not population:
        return Found(None, (), 0)
    whole = sum((counts.get(key, empty) for key in bases), start=empty)
    groups = tuple(
        GroupMeasures(key, Fraction(base, population), _measures(counts.get(key, empty), base, choice, scale))
        for key, base in sorted(bases.items())
        if base
    )
    return Found(_measures(whole, population, choice, scale), groups, whole.households)


def _measures(counts: _Counts, population: int, choice: Choice, scale: int) -> Measures:
    depth = Fraction(counts.depth, scale)
    m0 = depth / population
    censored = {code: Fraction(value, population) for code, value in counts.censored.items()}
    return Measures(
        population=population,
        poor=counts.poor,
        H=Fraction(counts.poor, population),
        A=depth / counts.poor if counts.poor else None,
        M0=m0,
        uncensored={code: Fraction(value, population) for code, value in counts.uncensored.items()},
        censored=censored,
        contributions={code: choice.weights[code] * censored[code] / m0 for code in censored} if m0 else None,
    )


def behind(scope: Scope, standard: Standard, choice: Choice, code: str, *, censored: bool) -> list[int]:
    """The ids of the households that lack an indicator (code "" : that are poor); `censored`: of the poor only."""
    scale, score = _score(standard, choice)
    poor = SQL("({}) >= %(cutoff)s").format(score)
    lacks = SQL("{} = ANY(held.lacking)").format(Literal(code)) if code else SQL("true")
    rows = run(
        scope,
        SQL("WITH {relation} SELECT held.household_id FROM held WHERE {day} AND held.standard_id = %(standard)s AND {lacks} AND {poor}"),
        {"standard": standard.id, "cutoff": int(choice.k * scale)},
        lacks=lacks,
        poor=poor if censored or not code else SQL("true"),
    )  # fmt: skip
    return [pk for (pk,) in rows]


def profile(scope: Scope, standard: Standard) -> list[tuple]:
    """One row a household for checking elsewhere, without anything that names it: tổ dân phố (id), size, class,
    ethnicity, sex of head, livelihood, then 1 or 0 by indicator. One query; in no order that tells who is who."""
    lacking = SQL(", ").join(
        SQL("({} = ANY(held.lacking))::int").format(Literal(code)) for code in standard.codes
    )
    return run(
        scope,
        SQL(
            "WITH {relation} SELECT held.area_id, held.size, held.classification, held.ethnicity, held.head_sex, held.livelihood, "
            "{lacking} FROM held WHERE {day} AND held.standard_id = %(standard)s "
            "ORDER BY array_position(%(areas)s, held.area_id), held.size, held.classification, {lacking}"
        ),
        {"standard": standard.id},
        lacking=lacking,
    )
