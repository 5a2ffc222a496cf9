"""The matrix of two years: where the households of a place stood at the end of each. SQL of `poverty.between`.

Every number is counted over `pairs`, one row per household, and opens the same rows narrowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Composable, Literal

from households.poverty import Standard
from households.poverty.between import AFTER, BEFORE, LONGEST, Span, Stand
from households.poverty.movement import MISTAKE, OTHER
from households.reports.errors import ReportError
from households.reports.rows import Period, Unit, area_ids, units
from thanhsen.models import Area

# The statuses that count. NOT MATERIALIZED, so that its readers use the indexes.
HELD = SQL("held AS NOT MATERIALIZED (SELECT * FROM households_status WHERE voided_at IS NULL)")

# o: the status of the first day, c: of the second; o_here, c_here: whether it is of the place.
PAIRS = SQL("""
concerned AS (
    SELECT DISTINCT household_id FROM held
     WHERE area_id = ANY(%(areas)s)
       AND (valid_from <= %(first)s AND (valid_to IS NULL OR valid_to > %(first)s)
            OR valid_from <= %(second)s AND (valid_to IS NULL OR valid_to > %(second)s))
), stood AS (
    SELECT h.id AS household_id, h.opened_reason, h.opened_date, h.closed_date, h.closed_reason,
           o.id AS o_id, c.id AS c_id, o.score_id AS o_score, c.score_id AS c_score,
           COALESCE(o.area_id = ANY(%(areas)s), false) AS o_here,
           COALESCE(c.area_id = ANY(%(areas)s), false) AS c_here,
           o.classification AS o_class, c.classification AS c_class, o.size AS o_size, c.size AS c_size,
           o.lacking AS o_lacking, c.lacking AS c_lacking, o.standard_id <> c.standard_id AS apart
      FROM concerned
      JOIN households_household h ON h.id = concerned.household_id
      LEFT JOIN held o ON o.household_id = h.id
           AND o.valid_from <= %(first)s AND (o.valid_to IS NULL OR o.valid_to > %(first)s)
      LEFT JOIN held c ON c.household_id = h.id
           AND c.valid_from <= %(second)s AND (c.valid_to IS NULL OR c.valid_to > %(second)s)
), pairs AS (
    SELECT household_id, o_score, c_score, o_lacking, c_lacking,
           COALESCE(o_here AND c_here AND apart, false) AS two_standards,
           CASE WHEN o_here THEN o_size ELSE 0 END AS people_before,
           CASE WHEN c_here THEN c_size ELSE 0 END AS people_after,
           CASE WHEN o_here THEN o_class
                WHEN o_id IS NOT NULL THEN 'elsewhere'
                WHEN opened_date <= %(first)s OR opened_date > %(second)s THEN 'unclassed'
                WHEN opened_reason = 'moved_in' THEN 'elsewhere'
                WHEN opened_reason = 'split' THEN 'split'
                ELSE 'unclassed' END AS before,
           CASE WHEN c_here THEN c_class
                WHEN c_id IS NOT NULL THEN 'elsewhere'
                ELSE CASE CASE WHEN closed_date <= %(second)s THEN closed_reason ELSE (
                              SELECT s.end_reason FROM held s
                               WHERE s.household_id = stood.household_id AND s.valid_from <= %(second)s
                               ORDER BY s.valid_from DESC LIMIT 1) END
                     WHEN 'new_decision' THEN 'unclassed'
                     WHEN 'moved_out' THEN 'elsewhere'
                     WHEN 'died_out' THEN 'died'
                     WHEN 'merged' THEN 'merged'
                     ELSE 'other' END END AS after
      FROM stood
)""")
_MATRIX = SQL("""
WITH {held}, {pairs}
SELECT before, after, count(*) FILTER (WHERE two_standards), count(*), sum(people_before), sum(people_after)
  FROM pairs GROUP BY before, after
""")
_STOOD = SQL(
    "WITH {held}, {pairs} SELECT household_id, before, after FROM pairs WHERE household_id = ANY(%(ids)s)"
)
_BEHIND = SQL("WITH {held}, {pairs} SELECT household_id FROM pairs WHERE {where}")

# A household comes back with a status that does not continue a listed one, into a class it had been of before.
_RETURNS = SQL("""
WITH {held}, candidates AS (
    SELECT DISTINCT household_id FROM held
     WHERE area_id = ANY(%(areas)s) AND classification = ANY(%(listed)s)
       AND valid_from > %(first)s AND valid_from <= %(second)s
), history AS (
    SELECT held.*,
           lag(valid_to) OVER earlier = valid_from AND lag(classification) OVER earlier = ANY(%(listed)s) AS stays
      FROM held WHERE household_id IN (SELECT household_id FROM candidates)
    WINDOW earlier AS (PARTITION BY household_id ORDER BY valid_from)
), back AS (
    SELECT DISTINCT ON (household_id, classification)
           household_id, area_id, classification, extract(year FROM age(valid_from, left_on))::int AS years
      FROM (SELECT history.*,
                   (SELECT max(s.valid_to) FROM held s
                     WHERE s.household_id = history.household_id AND s.classification = history.classification
                       AND s.valid_from < history.valid_from AND s.end_reason <> %(mistake)s) AS left_on
              FROM history
             WHERE classification = ANY(%(listed)s) AND stays IS NOT TRUE
               AND valid_from > %(first)s AND valid_from <= %(second)s) AS coming
     WHERE left_on IS NOT NULL
     ORDER BY household_id, classification, valid_from DESC
)
SELECT {columns} FROM back WHERE area_id = ANY(%(areas)s) {grouping}
""")


@dataclass(frozen=True)
class Between:
    """A place and the two years compared, each by its last day."""

    area: Area
    first: Period
    second: Period
    units: tuple[Unit, ...]  # of both years

    @property
    def span(self) -> Span:
        return Span(self.first.closing, self.second.closing)

    @property
    def standards(self) -> tuple[Standard, Standard]:
        """In force on the two days; ReportError when one is not loaded."""
        return self.first.standard, self.second.standard

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "areas": area_ids(self.units),
            "first": self.span.first,
            "second": self.span.second,
        }


def between_years(area: Area, first: int, second: int) -> Between:
    """The comparison of the ends of two years. Two queries. ReportError (a Vietnamese sentence) for a province, a
    year without a standard, years that do not follow each other, and an area without tổ dân phố."""
    if first >= second:
        raise ReportError("Năm đầu phải trước năm cuối: chọn hai năm khác nhau, năm trước ở ô “Từ cuối năm”.")
    periods = Period(first), Period(second)
    for each in periods:
        assert each.standard
    found = {unit.id: unit for period in periods for unit in units(area, period)}
    if not found:
        raise ReportError(f"{area.name} không có tổ dân phố nào trong hai năm này. Chọn hai năm khác.")
    return Between(area, *periods, tuple(found.values()))


@dataclass(frozen=True)
class Count:
    """Households, and their people on the first and on the second day."""

    households: int = 0
    people_before: int = 0
    people_after: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.households + other.households,
            self.people_before + other.people_before,
            self.people_after + other.people_after,
        )


@dataclass(frozen=True)
class Matrix:
    """(where it stood, where it stands) → how many; a pair nobody is in is absent. `two_standards`: households whose
    classes of the two days were decided by different standards."""

    cells: Mapping[tuple[Stand, Stand], Count]
    two_standards: int = 0

    def cell(self, before: Stand, after: Stand) -> Count:
        return self.cells.get((before, after), Count())

    def row(self, before: Stand) -> Count:
        return sum((self.cell(before, after) for after in AFTER), Count())

    def column(self, after: Stand) -> Count:
        return sum((self.cell(before, after) for before in BEFORE), Count())

    @property
    def total(self) -> Count:
        return sum(self.cells.values(), Count())


def matrix(between: Between) -> Matrix:
    """The matrix of a place. One query. Row sums of a class are form 1 of the first year, column sums of the
    second's, in households and in people."""
    cells: dict[tuple[Stand, Stand], Count] = {}
    apart = 0
    for before, after, two_standards, *counts in run(between, _MATRIX):
        cells[Stand(before), Stand(after)] = Count(*map(int, counts))
        apart += two_standards
    return Matrix(cells, apart)


TWO_STANDARDS = SQL("two_standards")


def stood(before: Sequence[Stand], after: Sequence[Stand]) -> Composable:
    """The rows of `pairs` of some cells."""
    return SQL("before = ANY({}) AND after = ANY({})").format(
        Literal([each.value for each in before]), Literal([each.value for each in after])
    )


def households(between: Between, where: Composable) -> list[int]:
    """The ids of the households of `pairs` that a condition picks, in no order. One query."""
    return [pk for (pk,) in run(between, _BEHIND, where=where)]


def returned(between: Between) -> dict[tuple[str, int], int]:
    """(class, whole years since the household last left it; `LONGEST` and more together) → households that came
    back to it in the place between the two days. One query."""
    grouping = SQL("GROUP BY 1, 2")
    columns = SQL("classification, LEAST(years, {}), count(*)").format(Literal(LONGEST))
    rows = run(between, _RETURNS, _RETURNING, columns=columns, grouping=grouping)
    return {(kind, years): count for kind, years, count in rows}


def households_returned(between: Between, of: str, years: int | None) -> list[int]:
    """The ids of the households of one number of `returned`; `years` None: of the class, however long."""
    where = SQL("AND classification = {}").format(Literal(of))
    if years is not None:
        where = SQL("{} AND LEAST(years, {}) = {}").format(where, Literal(LONGEST), Literal(years))
    rows = run(between, _RETURNS, _RETURNING, columns=SQL("household_id"), grouping=where)
    return [pk for (pk,) in rows]


_RETURNING: dict[str, Any] = {"listed": [each.value for each in OTHER], "mistake": MISTAKE}


def run(
    between: Between, query: SQL, parameters: Mapping[str, Any] | None = None, **parts: Composable
) -> list:
    """The rows of a query in which {held} and {pairs} stand for the relations above."""
    wanted = {"held": HELD, "pairs": PAIRS, **parts}
    with connection.cursor() as cursor:
        cursor.execute(query.format(**wanted), {**between.parameters, **(parameters or {})})
        return cursor.fetchall()


def where_they_stood(between: Between, ids: Sequence[int]) -> dict[int, tuple[Stand, Stand]]:
    """Household id → its cell of the matrix; absent when it is in none. One query."""
    rows = run(between, _STOOD, {"ids": list(ids)})
    return {pk: (Stand(before), Stand(after)) for pk, before, after in rows}
