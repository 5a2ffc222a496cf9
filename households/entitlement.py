"""Entitlement in SQL, for every household or person of some tổ dân phố and every programme at once.

The rule is that of `households.poverty.entitlement`; a test holds the two equal on random registers. The register is
read as it is (groups, schooling, who lives where); classes and what is lacking are those in force on the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Composed, Identifier

from households.models import Household, Programme

_JUDGED = SQL("""
WITH rules AS MATERIALIZED (
    SELECT * FROM households_programme WHERE id = ANY(%(programmes)s)
), supports AS MATERIALIZED (  -- of these lines, not over
    SELECT id, household_id, member_id, programme_id, line_id, valid_from, valid_to, stopped_on FROM households_support
     WHERE line_id = ANY(%(lines)s) AND voided_at IS NULL AND (valid_to IS NULL OR valid_to > %(on)s)
), homes AS MATERIALIZED (
    SELECT h.id, h.area_id, h.sort_key, h.code, area.parent_id AS ward_id,
           h.opened_date <= %(on)s AND (h.closed_date IS NULL OR h.closed_date > %(on)s) AS present,
           COALESCE(s.classification, '') AS classification, COALESCE(s.lacking, '{{}}') AS lacking, s.valid_from AS since,
           CASE l.classification WHEN 'poor' THEN 'left_poor' WHEN 'near_poor' THEN 'left_near_poor' ELSE '' END AS after,
           l.valid_to AS left_on,
           array_remove(ARRAY[
               CASE WHEN h.no_labour THEN 'no_labour' END, CASE WHEN h.merit THEN 'merit' END,
               CASE WHEN h.social_protection THEN 'social_protection' END,
               CASE WHEN head.sex = 'female' THEN 'female_head' END,
               CASE WHEN head.ethnicity NOT IN ('01', '55', '99') THEN 'minority' END
           ], NULL) AS groups
      FROM households_household h
      JOIN thanhsen_area area ON area.id = h.area_id
      LEFT JOIN households_member head ON head.household_id = h.id AND head.relationship = 'head' AND head.left_date IS NULL
      LEFT JOIN households_status s ON s.household_id = h.id AND s.voided_at IS NULL  -- one at a time: status_one_at_a_time
           AND s.valid_from <= %(on)s AND (s.valid_to IS NULL OR s.valid_to > %(on)s)
      LEFT JOIN LATERAL (
           SELECT classification, valid_to FROM households_status
            WHERE household_id = h.id AND s.classification IN ('not_poor', 'average')
              AND voided_at IS NULL AND classification IN ('poor', 'near_poor') AND valid_from <= %(on)s
            ORDER BY valid_from DESC LIMIT 1) l ON true
     WHERE h.area_id = ANY(%(areas)s)
), people AS MATERIALIZED (
    SELECT m.id, m.household_id, m.sort_key, COALESCE(m.origin_id, m.id) AS person_id,
           (m.left_date IS NULL OR m.left_date > %(on)s) AND (m.joined_date IS NULL OR m.joined_date <= %(on)s)
           AND COALESCE(m.birth_date, make_date(m.birth_year, 1, 1)) <= %(on)s AS present,
           COALESCE(m.birth_date, make_date(m.birth_year, 1, 1)) AS born,
           m.schooling NOT IN ('', 'none') AS studying
      FROM households_member m JOIN homes ON homes.id = m.household_id
     WHERE EXISTS (SELECT 1 FROM rules WHERE per_person)
), judged AS (
    SELECT p.id AS programme_id, p.line_id, p.selective, p.policy, p.per_person, h.id AS household_id, m.id AS member_id,
           COALESCE(m.person_id, h.id) AS whom, h.area_id,
           h.since, h.sort_key, h.code, m.sort_key AS person_key,
           CASE WHEN NOT h.present THEN 'left_register'
                WHEN p.per_person AND NOT m.present THEN 'person_gone'
                WHEN 'any' = ANY(p.classes) OR h.classification = ANY(p.classes) THEN
                     CASE {further} END
                WHEN h.after = '' OR NOT h.after = ANY(p.classes) OR p.term_months IS NULL THEN 'class'
                WHEN %(on)s >= h.left_on + make_interval(months => p.term_months) THEN 'term'
                ELSE CASE {further} END
           END AS refusal
      FROM rules p
      JOIN homes h ON h.ward_id = p.ward_id
      LEFT JOIN people m ON p.per_person AND m.household_id = h.id
     WHERE (NOT p.per_person OR m.id IS NOT NULL)
       -- For counting, who is neither of the class nor holds anything need not be judged.
       AND (NOT %(counting)s OR 'any' = ANY(p.classes) OR h.classification = ANY(p.classes) OR h.after = ANY(p.classes)
            OR (p.line_id, h.id) IN (SELECT line_id, household_id FROM supports))
)
""").format(
    further=SQL("""
                     WHEN cardinality(p.groups) > 0 AND NOT p.groups::text[] && h.groups THEN 'group'
                     WHEN cardinality(p.lacking) > 0 AND NOT p.lacking && h.lacking THEN 'lacking'
                     WHEN (p.min_age IS NOT NULL OR p.max_age IS NOT NULL)
                          AND extract(year FROM age(%(on)s, m.born)) NOT BETWEEN COALESCE(p.min_age, 0) AND COALESCE(p.max_age, 999) THEN 'age'
                     WHEN p.studying AND NOT m.studying THEN 'studying'
                     ELSE ''""")
)

# What is held of each line in the period of the day, by a person in whichever household, or by a household. What holds
# without end ("once") holds from before it began: given ahead, it is not proposed today.
_HELD = SQL("""
, held AS (
    SELECT s.line_id, s.member_id IS NOT NULL AS per_person, COALESCE(m.origin_id, s.member_id, s.household_id) AS whom,
           bool_or(s.stopped_on IS NULL) AS runs, max(s.stopped_on) AS stopped_on
      FROM supports s LEFT JOIN households_member m ON m.id = s.member_id
     WHERE s.valid_from <= %(on)s OR s.valid_to IS NULL
     GROUP BY 1, 2, 3
), candidate AS (
    SELECT judged.* FROM judged LEFT JOIN held USING (line_id, per_person, whom)
     WHERE judged.refusal = '' AND judged.policy <> 'emergency'
       -- What was stopped counts as dealt with until a decision came since: who was refused today is not proposed again
       -- tomorrow.
       AND (held.whom IS NULL OR (NOT held.runs AND judged.since > held.stopped_on))
)
""")

# Supports in force, under the rule that runs today: the programme's own, or what replaced it.
_IN_FORCE = SQL("""
, running AS (
    SELECT s.id, s.household_id, s.member_id, s.programme_id, s.line_id, homes.area_id, now_rule.id AS rule_id
      FROM supports s
      JOIN homes ON homes.id = s.household_id
      JOIN households_programme given ON given.id = s.programme_id AND given.per <> 'once'
      LEFT JOIN rules now_rule ON now_rule.line_id = s.line_id
     WHERE s.valid_from <= %(on)s AND (s.stopped_on IS NULL OR s.stopped_on > %(on)s)
), lapsed AS (
    SELECT running.id, running.line_id, running.household_id, running.member_id, running.area_id,
           CASE WHEN running.rule_id IS NULL THEN 'programme_ended' ELSE COALESCE(judged.refusal, 'person_gone') END AS refusal
      FROM running
      LEFT JOIN judged ON judged.programme_id = running.rule_id AND judged.household_id = running.household_id
           AND judged.member_id IS NOT DISTINCT FROM running.member_id
)
""")


@dataclass(frozen=True)
class Counts:
    """Of one line: who is entitled on the day, who receives, who should and does not, who does and should not."""

    entitled: int = 0
    receiving: int = 0
    proposed: int = 0
    lapsed: int = 0


@dataclass(frozen=True)
class Judged:
    """A household, or a person of it, under one programme; `refusal` is "" where entitled."""

    household_id: int
    member_id: int | None
    refusal: str


@dataclass(frozen=True)
class Lapsed:
    """A support in force whose household or person is no longer entitled. `refusal`: a code of the core, or
    "programme_ended"."""

    support_id: int
    household_id: int
    member_id: int | None
    refusal: str


def counts(programmes: Sequence[Programme], areas: Sequence[int], on: date) -> dict[int, Counts]:
    """Line id → its counts, for the programmes that run on `on` and the tổ dân phố `areas` (ids). One query."""
    rows = _run(programmes, areas, on, _counted_by("line_id"), counting=True)
    return {line: Counts(*numbers) for line, *numbers in rows}


def counts_by_area(programme: Programme, areas: Sequence[int], on: date) -> dict[int, Counts]:
    """Tổ dân phố id → the counts of one line in it; those where all are 0 are left out. One query."""
    rows = _run([programme], areas, on, _counted_by("area_id"), counting=True)
    return {area: Counts(*numbers) for area, *numbers in rows if any(numbers)}


def judged(programme: Programme, areas: Sequence[int], on: date) -> list[Judged]:
    """Everybody of the tổ dân phố under one programme, entitled or not, in the order of the register."""
    rows = _run(
        [programme], areas, on, SQL("SELECT household_id, member_id, refusal FROM judged {}").format(_ORDER)
    )
    return [Judged(*row) for row in rows]


def of_household(
    programmes: Sequence[Programme], household: Household, on: date
) -> list[tuple[Programme, Judged]]:
    """One household, or each of its people, under every programme, in the order given. One query."""
    rows = _run(
        programmes,
        [household.area_id],
        on,
        SQL(
            "SELECT programme_id, household_id, member_id, refusal FROM judged WHERE household_id = %(household)s {}"
        ).format(_ORDER),
        household=household.pk,
    )
    return [
        (programme, Judged(*rest)) for programme in programmes for key, *rest in rows if key == programme.pk
    ]


def proposed(programme: Programme, areas: Sequence[int], on: date) -> list[tuple[int, int | None]]:
    """(household, person or None) entitled and not receiving, in the order of the register; of a selective programme
    those who may be chosen, whom `counts` leaves out."""
    return _run(
        [programme],
        areas,
        on,
        SQL("SELECT household_id, member_id FROM candidate {}").format(_ORDER),
    )


def lapsed(programme: Programme, areas: Sequence[int], on: date) -> list[Lapsed]:
    """Supports of the programme's line in force on `on` that should end, in the order of the register."""
    rows = _run(
        [programme],
        areas,
        on,
        SQL("""
SELECT lapsed.id, lapsed.household_id, lapsed.member_id, lapsed.refusal
  FROM lapsed JOIN homes ON homes.id = lapsed.household_id
 WHERE lapsed.refusal <> '' ORDER BY homes.sort_key, homes.code, lapsed.id"""),
    )
    return [Lapsed(*row) for row in rows]


def _counted_by(column: str) -> Composed:
    return SQL("""
SELECT {by}, sum(entitled)::int, sum(receiving)::int, sum(proposed)::int, sum(lapsed)::int FROM (
    SELECT {by}, count(*) FILTER (WHERE refusal = '') AS entitled, 0 AS receiving,
           0 AS proposed, 0 AS lapsed
      FROM judged GROUP BY {by}
    UNION ALL
    SELECT {by}, 0, 0, count(*), 0 FROM candidate WHERE NOT selective GROUP BY {by}
    UNION ALL
    SELECT {by}, 0, count(*), 0, count(*) FILTER (WHERE refusal <> '') FROM lapsed GROUP BY {by}
) AS parts GROUP BY {by}""").format(by=Identifier(column))


_ORDER = SQL("ORDER BY sort_key, code, person_key, member_id")


def _run(
    programmes: Sequence[Programme],
    areas: Sequence[int],
    on: date,
    question: Any,
    household: int | None = None,
    counting: bool = False,
) -> list:
    running = [
        each for each in programmes if each.valid_from <= on and (each.valid_to is None or each.valid_to > on)
    ]
    named: dict[str, Any] = {
        "programmes": [each.pk for each in running],
        "lines": sorted({each.root for each in programmes}),
        "areas": list(areas),
        "on": on,
        "household": household,
        "counting": counting,
    }
    query: Composed = SQL("").join([_JUDGED, _HELD, _IN_FORCE, question])
    with connection.cursor() as cursor:
        cursor.execute(query, named)
        return cursor.fetchall()
