"""Forms 2 and 3: how the list of one class came from its first day to its last. SQL of `poverty.movement`."""

from collections.abc import Sequence

from psycopg.sql import SQL

from households.poverty import Classification
from households.poverty.movement import NEW_DECISION, OTHER, Flow
from households.reports.held import Basis, Members, Scope, run
from households.reports.rows import Figures, Period, Unit

PEOPLE = "_people"

# Every household that is on the list in one of these tổ dân phố at the opening or at the closing gives at most five
# figures: its opening stock, how it left, its closing stock, how it came, its change of size. Who came from the other
# class and moved meanwhile gives four: into the class and away where it was, arrived and closing where it is.
_FLOWS = SQL("""
WITH {relation}, concerned AS (
    SELECT DISTINCT household_id FROM held
     WHERE area_id = ANY(%(areas)s) AND classification IN (%(class)s, %(other)s)
       AND (valid_from <= %(opening)s AND (valid_to IS NULL OR valid_to > %(opening)s)
            OR valid_from <= %(closing)s AND (valid_to IS NULL OR valid_to > %(closing)s))
), pairs AS (
    SELECT h.id AS household_id, o.area_id AS o_area, o.size AS o_size, o.classification AS o_class,
           c.area_id AS c_area, c.size AS c_size, c.classification AS c_class,
           COALESCE(h.closed_date <= %(closing)s, false)
               OR (SELECT s.end_reason <> %(new_decision)s FROM held s
                    WHERE s.household_id = h.id AND s.valid_from <= %(closing)s
                    ORDER BY s.valid_from DESC LIMIT 1) AS gone,
           h.opened_reason IN ('moved_in', 'split')
               AND h.opened_date BETWEEN %(opening)s AND %(closing)s AS arrived,
           EXISTS (SELECT 1 FROM held s
                    WHERE s.household_id = h.id AND s.classification = %(class)s
                      AND s.valid_from < %(opening)s AND s.end_reason <> 'mistake') AS before
      FROM concerned
      JOIN households_household h ON h.id = concerned.household_id
      LEFT JOIN held o ON o.household_id = h.id
           AND o.valid_from <= %(opening)s AND (o.valid_to IS NULL OR o.valid_to > %(opening)s)
      LEFT JOIN held c ON c.household_id = h.id
           AND c.valid_from <= %(closing)s AND (c.valid_to IS NULL OR c.valid_to > %(closing)s)
), flows AS (
    SELECT pairs.*,
           CASE WHEN o_class IS DISTINCT FROM %(class)s THEN NULL
                WHEN c_class IS NULL AND gone THEN 'departed'
                WHEN c_class IS NULL THEN 'above'
                WHEN c_class = %(class)s THEN CASE WHEN c_area <> o_area THEN 'departed' END
                WHEN c_class = %(other)s THEN 'to_other'
                ELSE 'above' END AS leaving,
           CASE WHEN c_class IS DISTINCT FROM %(class)s THEN NULL
                WHEN o_class IN (%(class)s, %(other)s) AND o_area <> c_area THEN 'arrived'
                WHEN o_class = %(class)s THEN NULL
                WHEN o_class = %(other)s THEN 'from_other'
                WHEN arrived THEN 'arrived'
                WHEN before THEN 'returned'
                ELSE 'new' END AS coming,
           c_class = %(class)s AND o_area = c_area AND o_class IN (%(class)s, %(other)s) AND o_size <> c_size
               AS resized,
           c_class = %(class)s AND o_area <> c_area AND o_class = %(other)s AS moved_on
      FROM pairs
)
SELECT area, flow, {columns}
  FROM flows CROSS JOIN LATERAL (VALUES
       (o_area, CASE WHEN o_class = %(class)s THEN 'opening' END, 1, o_size),
       (o_area, leaving, 1, o_size),
       (o_area, CASE WHEN moved_on THEN 'from_other' END, 1, o_size),
       (o_area, CASE WHEN moved_on THEN 'departed' END, 1, o_size),
       (c_area, CASE WHEN c_class = %(class)s THEN 'closing' END, 1, c_size),
       (c_area, coming, 1, CASE WHEN o_class = %(other)s AND o_area = c_area THEN o_size ELSE c_size END),
       (c_area, CASE WHEN resized THEN CASE WHEN c_size > o_size THEN 'arrived' ELSE 'departed' END END,
        0, abs(c_size - o_size))
  ) AS figures (area, flow, households, people)
 WHERE flow IS NOT NULL AND area = ANY(%(areas)s) AND {those}
 {grouping}
""")


def flows(
    units: Sequence[Unit], period: Period, of: Classification, basis: Basis = Basis.OFFICIAL
) -> Figures:
    """Per tổ dân phố (id) the nine columns of the form of class `of`. One query.

    Keys: the values of `Flow` count households, the same with "_people" people; absent where nothing is to
    be counted. The closing stock is counted on its own, not worked out from the others.
    """
    found: Figures = {}
    rows = run(
        Scope(tuple(units), period, basis), _FLOWS, _of(of),
        columns=SQL("sum(households), sum(people)"), those=SQL("true"), grouping=SQL("GROUP BY area, flow"),
    )  # fmt: skip
    for area, flow, households, people in rows:
        place = found.setdefault(area, {key: 0 for each in Flow for key in (each.value, each.value + PEOPLE)})
        place[flow], place[flow + PEOPLE] = int(households), int(people)
    return found


def members(scope: Scope, of: Classification) -> Members:
    """Per tổ dân phố (id) the households of each column; those of a column of people also where only their number
    changed. One query."""
    rows = run(
        scope, _FLOWS, _of(of), columns=SQL("household_id, households"), those=SQL("true"), grouping=SQL("ORDER BY 3")
    )  # fmt: skip
    found: Members = {}
    for area, flow, household, households in rows:
        place = found.setdefault(
            area, {key: [] for each in Flow for key in (each.value, each.value + PEOPLE)}
        )
        for key in (flow, flow + PEOPLE)[0 if households else 1 :]:
            if household not in place[key]:
                place[key].append(household)
    return found


def _of(of: Classification) -> dict[str, str]:
    return {"class": of.value, "other": OTHER[of].value, "new_decision": NEW_DECISION}
