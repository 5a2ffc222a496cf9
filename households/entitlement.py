"""Entitlement in SQL, for every household or person of some tổ dân phố and every programme at once.

The rule is that of `households.poverty.entitlement`; a test holds the two equal on random registers. The register is
read as it is (groups, schooling, who lives where); classes and what is lacking are those in force on the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from households.models import Entitled, Group, Household, Programme


def _bits(conditions: Mapping[str, int]) -> Composable:
    """The sum of the bits whose condition holds."""
    one = SQL("CASE WHEN {} THEN {} ELSE 0 END")
    return SQL(" | ").join(one.format(SQL(each), Literal(bit)) for each, bit in conditions.items())


# Classes and groups are compared as bits: for each household and programme two numbers instead of two lists.
_CLASS = {each: 1 << place for place, each in enumerate(Entitled)}
_GROUP = {each: 1 << place for place, each in enumerate(Group)}
_MASKS = {
    "classes": _bits({f"'{each}' = ANY(classes)": bit for each, bit in _CLASS.items()}),
    "groups": _bits({f"'{each}' = ANY(groups)": bit for each, bit in _GROUP.items()}),
    "now": _bits(
        {
            "true": _CLASS[Entitled.ANY],
            "s.classification = 'poor'": _CLASS[Entitled.POOR],
            "s.classification = 'near_poor'": _CLASS[Entitled.NEAR_POOR],
            "s.classification = 'average'": _CLASS[Entitled.AVERAGE],
        }
    ),
    "after": _bits(
        {
            "l.classification = 'poor'": _CLASS[Entitled.LEFT_POOR],
            "l.classification = 'near_poor'": _CLASS[Entitled.LEFT_NEAR_POOR],
        }
    ),
    "belongs": _bits(
        {
            "head.ethnicity NOT IN ('01', '55', '99')": _GROUP[Group.MINORITY],
            "h.no_labour": _GROUP[Group.NO_LABOUR],
            "h.merit": _GROUP[Group.MERIT],
            "h.social_protection": _GROUP[Group.SOCIAL_PROTECTION],
            "head.sex = 'female'": _GROUP[Group.FEMALE_HEAD],
        }
    ),
}

_JUDGED = SQL("""
WITH RECURSIVE rules AS MATERIALIZED (
    SELECT id, ward_id, line_id, selective, policy <> 'emergency' AS proposable, per_person, studying, lacking, term_months,
           {classes} AS classes, {groups} AS groups,
           COALESCE(%(on)s - make_interval(years => min_age), 'infinity')::date AS born_by,
           COALESCE(%(on)s - make_interval(years => max_age + 1), '-infinity')::date AS born_after
      FROM households_programme  -- of each line the rule of the day: programme_one_rule_at_a_time
     WHERE line_id = ANY(%(lines)s) AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
), supports AS MATERIALIZED (  -- of these lines, not over
    SELECT id, household_id, member_id, programme_id, line_id, valid_from, valid_to, stopped_on FROM households_support
     WHERE line_id = ANY(%(lines)s) AND voided_at IS NULL AND (valid_to IS NULL OR valid_to > %(on)s)
), homes AS MATERIALIZED (
    SELECT h.id, h.area_id, h.sort_key, h.code, area.parent_id AS ward_id,
           h.opened_date <= %(on)s AND (h.closed_date IS NULL OR h.closed_date > %(on)s) AS present,
           {now} AS class, {after} AS after, {belongs} AS groups,
           COALESCE(s.lacking, '{{}}') AS lacking, COALESCE(d.date, s.valid_from) AS since, l.valid_to AS left_on
      FROM households_household h
      JOIN thanhsen_area area ON area.id = h.area_id
      LEFT JOIN households_member head ON head.household_id = h.id AND head.relationship = 'head' AND head.left_date IS NULL
      LEFT JOIN households_status s ON s.household_id = h.id AND s.voided_at IS NULL  -- one at a time: status_one_at_a_time
           AND s.valid_from <= %(on)s AND (s.valid_to IS NULL OR s.valid_to > %(on)s)
      -- A birth or a move carries the decision on in a new row; it is no new one.
      LEFT JOIN households_decision d ON d.id = s.decision_id
      LEFT JOIN LATERAL (
           SELECT classification, valid_to FROM households_status
            WHERE household_id = h.id AND s.classification IN ('not_poor', 'average')
              AND voided_at IS NULL AND classification IN ('poor', 'near_poor') AND valid_from <= %(on)s
            ORDER BY valid_from DESC LIMIT 1) l ON true
     WHERE h.area_id = ANY(%(areas)s)
), ruled AS MATERIALIZED (  -- each household under each programme, whoever of it is meant
    SELECT p.id AS programme_id, p.line_id, p.selective, p.proposable, p.per_person, p.studying, p.born_by, p.born_after,
           h.id AS household_id, h.area_id, h.since, h.sort_key, h.code,
           CASE WHEN NOT h.present THEN 'left_register'
                WHEN p.classes & h.class = 0 AND (p.classes & h.after = 0 OR p.term_months IS NULL) THEN 'class'
                WHEN p.classes & h.class = 0 AND %(on)s >= h.left_on + make_interval(months => p.term_months) THEN 'term'
                WHEN p.groups <> 0 AND p.groups & h.groups = 0 THEN 'group'
                WHEN cardinality(p.lacking) > 0 AND NOT p.lacking && h.lacking THEN 'lacking'
                ELSE '' END AS refusal
      FROM rules p JOIN homes h ON h.ward_id = p.ward_id
       -- For counting, who is refused for this need not be judged: there it is enough that nobody says he is entitled.
     WHERE NOT %(counting)s
        OR (h.present AND p.classes & (h.class | h.after) <> 0 AND (p.groups = 0 OR p.groups & h.groups <> 0)
            AND (cardinality(p.lacking) = 0 OR p.lacking && h.lacking))
), judged AS MATERIALIZED (
    SELECT programme_id, line_id, selective, proposable, per_person, household_id, NULL::bigint AS member_id, household_id AS whom,
           area_id, since, sort_key, code, '' AS person_key, refusal
      FROM ruled WHERE NOT per_person
     UNION ALL
    SELECT r.programme_id, r.line_id, r.selective, r.proposable, r.per_person, r.household_id, m.id, COALESCE(m.origin_id, m.id),
           r.area_id, r.since, r.sort_key, r.code, m.sort_key,
           CASE WHEN r.refusal = 'left_register' THEN r.refusal
                WHEN m.left_date <= %(on)s OR m.joined_date > %(on)s OR born.day > %(on)s THEN 'person_gone'
                WHEN r.refusal <> '' THEN r.refusal
                WHEN born.day > r.born_by OR born.day <= r.born_after THEN 'age'
                WHEN r.studying AND m.schooling IN ('', 'none') THEN 'studying'
                ELSE '' END
      FROM ruled r
      JOIN households_member m ON m.household_id = r.household_id
     CROSS JOIN LATERAL (SELECT COALESCE(m.birth_date, make_date(m.birth_year, 1, 1)) AS day) born
     WHERE r.per_person
       AND (NOT %(counting)s OR r.refusal = '' AND born.day <= r.born_by AND born.day > r.born_after)
)
""").format(**_MASKS)

# What is held of each line in the period of the day, by a person in whichever household, or by a household, also where
# it was entered twice. What holds without end ("once") holds from before it began: given ahead, it is not proposed today.
_HELD = SQL("""
, doubles AS (  -- a household entered twice, and each that it is the same as
    SELECT household_id AS id, other_household_id AS kept FROM households_lifeevent
     WHERE kind = 'duplicate' AND reversed_at IS NULL
     UNION
    SELECT d.id, e.other_household_id FROM doubles d JOIN households_lifeevent e ON e.household_id = d.kept
     WHERE e.kind = 'duplicate' AND e.reversed_at IS NULL
), held AS (
    SELECT s.line_id, s.member_id IS NOT NULL AS per_person, COALESCE(m.origin_id, s.member_id, d.kept, s.household_id) AS whom,
           s.household_id, bool_or(s.stopped_on IS NULL) AS runs, max(s.stopped_on) AS stopped_on
      FROM supports s LEFT JOIN households_member m ON m.id = s.member_id
      LEFT JOIN doubles d ON d.id = s.household_id
     WHERE s.valid_from <= %(on)s OR s.valid_to IS NULL
     GROUP BY 1, 2, 3, 4
), candidate AS (
    SELECT judged.* FROM judged
     WHERE judged.refusal = '' AND judged.proposable AND NOT EXISTS (
           SELECT 1 FROM held
            WHERE held.line_id = judged.line_id AND held.per_person = judged.per_person AND held.whom = judged.whom
              -- What was stopped in this household counts as dealt with until a decision came since: who was refused
              -- today is not proposed again tomorrow.
              AND (held.runs OR held.household_id = judged.household_id AND (judged.since > held.stopped_on) IS NOT TRUE))
)
""")

# Supports in force, under the rule that runs today: the programme's own, or what replaced it. What was given once and
# for all is not taken back.
_IN_FORCE = SQL("""
, running AS (
    SELECT s.id, s.household_id, s.member_id, s.programme_id, s.line_id, homes.area_id, now_rule.id AS rule_id,
           given.per = 'once' AS is_kept
      FROM supports s
      JOIN homes ON homes.id = s.household_id
      JOIN households_programme given ON given.id = s.programme_id
      LEFT JOIN rules now_rule ON now_rule.line_id = s.line_id
     WHERE s.valid_from <= %(on)s AND (s.stopped_on IS NULL OR s.stopped_on > %(on)s)
), lapsed AS (
    SELECT running.id, running.line_id, running.household_id, running.member_id, running.area_id,
           CASE WHEN running.is_kept THEN ''
                WHEN running.rule_id IS NULL THEN 'programme_ended' ELSE COALESCE(judged.refusal, 'person_gone') END AS refusal
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
class Holding:
    """A household, or a person of it, entitled on the day. `standing`, for the period of the day, in whichever household
    it was given: "given", "stopped", or "" where nothing was."""

    household_id: int
    member_id: int | None
    standing: str


@dataclass(frozen=True)
class Lapsed:
    """A support in force whose household or person is no longer entitled. `refusal`: a code of the core, or
    "programme_ended"."""

    support_id: int
    household_id: int
    member_id: int | None
    refusal: str


def counts(programmes: Sequence[Programme], areas: Sequence[int], on: date) -> dict[int, Counts]:
    """Line id → its counts by the rule that runs on `on`, in the tổ dân phố `areas` (ids). One query."""
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


def entitled(programme: Programme, areas: Sequence[int], on: date) -> list[Holding]:
    """Everybody of the tổ dân phố entitled by the rule of the day, in the order of the register: whom `counts` counts."""
    question = SQL("""
SELECT judged.household_id, judged.member_id, COALESCE(given.standing, '')
  FROM judged LEFT JOIN (
       SELECT line_id, per_person, whom,
              CASE WHEN bool_or(runs OR stopped_on > %(on)s) THEN 'given' ELSE 'stopped' END AS standing
         FROM held GROUP BY 1, 2, 3) given USING (line_id, per_person, whom)
 WHERE judged.refusal = '' {}""").format(_ORDER)
    return [Holding(*row) for row in _run([programme], areas, on, question)]


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
    named: dict[str, Any] = {
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
