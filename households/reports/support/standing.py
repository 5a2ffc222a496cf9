"""`stood`: the households of a year's table of outcomes, one a row, as a relation of SQL; and `gave`, their help.

The rule is that of `households.poverty.outcome`; a test holds the two equal on random registers.
"""

import json
from typing import Any

from psycopg.sql import SQL, Composable

from households.poverty import load, standard_ids
from households.poverty.outcome import SERVES
from households.reports.held import ON_THE_LAST_DAY, Scope, run

# `gave`: a support that fell in the year (without an end: given once, it falls in the year of its first day); one without
# a receipt is help without money. `meant`: the indicators a
# household had help for: of the policy, of what the programme asks for, of the need a step of its plan ties it to.
# `stood.groups`: as the household was when its class of the first day (or, returned, of the last) was decided. `opened`,
# `gave` and `stood` are read by every part of the one question, so they are kept.
_STOOD = SQL("""
opened AS MATERIALIZED (
    SELECT household_id, area_id, classification, lacking, ethnicity, head_sex, no_labour, merit, social_protection, children, true AS listed
      FROM held
     WHERE valid_from <= %(opening)s AND (valid_to IS NULL OR valid_to > %(opening)s)
       AND area_id = ANY(%(areas)s) AND classification IN ('poor', 'near_poor')
     UNION ALL
    SELECT household_id, area_id, classification, '{{}}', ethnicity, head_sex, no_labour, merit, social_protection, children, false
      FROM held
     WHERE {day} AND classification IN ('poor', 'near_poor') AND valid_from > %(opening)s
       AND NOT EXISTS (SELECT 1 FROM held b WHERE b.household_id = held.household_id AND b.classification IN ('poor', 'near_poor')
                          AND b.valid_from <= %(opening)s AND (b.valid_to IS NULL OR b.valid_to > %(opening)s))
       AND EXISTS (SELECT 1 FROM held b WHERE b.household_id = held.household_id AND b.classification IN ('poor', 'near_poor')
                      AND b.valid_from < %(opening)s AND b.end_reason <> 'mistake')
), money AS (
    SELECT r.support_id, sum(r.amount) AS amount
      FROM opened
      JOIN households_support s ON s.household_id = opened.household_id
      JOIN households_receipt r ON r.support_id = s.id
     WHERE r.voided_at IS NULL AND r.received_on BETWEEN %(opening)s AND %(closing)s
     GROUP BY 1
), gave AS MATERIALIZED (
    SELECT s.id, s.household_id, s.policy, s.programme_id, s.line_id, COALESCE(money.amount, 0) AS amount
      FROM opened
      JOIN households_support s ON s.household_id = opened.household_id
      LEFT JOIN money ON money.support_id = s.id
     CROSS JOIN LATERAL (SELECT CASE WHEN s.valid_to IS NULL THEN s.valid_from ELSE GREATEST(s.valid_from, %(opening)s) END AS day) first
     WHERE s.voided_at IS NULL
       AND (money.support_id IS NOT NULL
            OR (first.day BETWEEN %(opening)s AND %(closing)s
                AND (COALESCE(s.stopped_on, s.valid_to) IS NULL OR COALESCE(s.stopped_on, s.valid_to) > first.day)))
), stood AS MATERIALIZED (
    SELECT o.household_id, o.area_id, o.listed, o.classification AS was, c.classification AS became,
           o.lacking::text[] AS lacked, c.lacking::text[] AS lacks, c.standard_id,
           CASE WHEN NOT o.listed THEN 'returned'
                WHEN c.household_id IS NULL THEN
                     CASE WHEN h.closed_date <= %(closing)s OR n.end_reason <> 'new_decision' THEN 'gone' ELSE 'out' END
                WHEN c.classification NOT IN ('poor', 'near_poor') THEN 'out'
                WHEN o.classification = 'near_poor' AND c.classification = 'poor' THEN 'fell'
                WHEN EXISTS (SELECT 1 FROM held b WHERE b.household_id = o.household_id AND b.classification NOT IN ('poor', 'near_poor')
                                AND b.valid_from > %(opening)s AND b.valid_from <= %(closing)s AND b.end_reason <> 'mistake') THEN 'fell'
                ELSE 'stayed' END AS outcome,
           g.amount IS NOT NULL AS helped, COALESCE(g.amount, 0) AS amount,
           array_remove(ARRAY[
               CASE WHEN o.ethnicity NOT IN ('', '01', '55', '99') THEN 'minority' END,
               CASE WHEN o.no_labour THEN 'no_labour' END,
               CASE WHEN o.merit THEN 'merit' END,
               CASE WHEN o.social_protection THEN 'social_protection' END,
               CASE WHEN o.head_sex = 'female' THEN 'female_head' END,
               CASE WHEN o.children > 0 THEN 'children' END
           ], NULL) AS groups
      FROM opened o
      JOIN households_household h ON h.id = o.household_id
      LEFT JOIN held c ON c.household_id = o.household_id
           AND c.valid_from <= %(closing)s AND (c.valid_to IS NULL OR c.valid_to > %(closing)s)
      LEFT JOIN LATERAL (
           SELECT end_reason FROM held b WHERE b.household_id = o.household_id AND b.valid_from <= %(closing)s
            ORDER BY b.valid_from DESC LIMIT 1) n ON c.household_id IS NULL
      LEFT JOIN (SELECT household_id, sum(amount) AS amount FROM gave GROUP BY household_id) g ON g.household_id = o.household_id
), meant AS NOT MATERIALIZED (
    SELECT household_id, code FROM gave
      JOIN (SELECT policy, jsonb_array_elements_text(codes) AS code FROM jsonb_each(%(serves)s::jsonb) each(policy, codes)) served USING (policy)
     UNION
    SELECT household_id, unnest(p.lacking) FROM gave JOIN households_programme p ON p.id = gave.programme_id
     UNION
    SELECT gave.household_id, need.code FROM gave
      JOIN households_planstep step ON step.support_id = gave.id
      JOIN households_need need ON need.id = step.need_id AND need.kind = 'indicator'
), mended AS NOT MATERIALIZED (
    SELECT stood.household_id, stood.area_id, code, meant.code IS NOT NULL AS helped,
           CASE WHEN became IS NULL THEN 'gone'
                WHEN code = ANY(lacks) THEN 'still'
                WHEN %(measured)s::jsonb -> standard_id ? code THEN 'mended'
                ELSE 'gone' END AS state
      FROM stood CROSS JOIN LATERAL unnest(lacked) AS code
      LEFT JOIN meant USING (household_id, code)
)""").format(day=ON_THE_LAST_DAY)

GROUPS = {
    "minority": "Chủ hộ là người dân tộc thiểu số",
    "no_labour": "Không có khả năng lao động",
    "merit": "Có người có công với cách mạng",
    "social_protection": "Hộ bảo trợ xã hội",
    "female_head": "Chủ hộ là nữ",
    "children": "Có trẻ em",
}


_SERVES = json.dumps(SERVES)
_MEASURED = json.dumps({each: load(each).codes for each in standard_ids()})


_OVER = SQL("WITH {relation}, {stood} {asked}")


def run_over(scope: Scope, asked: Composable) -> list[tuple[Any, ...]]:
    """The rows of a question over `stood`, `gave` and `mended`."""
    return run(scope, _OVER, {"serves": _SERVES, "measured": _MEASURED}, stood=_STOOD, asked=asked)
