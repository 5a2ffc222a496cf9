"""Many invented households, made by SQL in seconds: a province, a nation.

Triggers do not run while they are made, so nothing has a trail; constraints are checked and every index stands at the
end. The numbers come from the row numbers, so that two runs make the same crowd.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from households.models import Cause, Shock
from households.poverty import load
from thanhsen.models import Area

FIRST_YEAR, YEARS = 2022, 5
LAST_YEAR = FIRST_YEAR + YEARS - 1
WARD, SMALL_WARD = "99001", "99002"


@dataclass(frozen=True)
class Crowd:
    """`groups` tổ dân phố in one ward, and `small` households of all of them in the single one of another ward.

    `sheets`: each household has one every year, with its listing and its score; else it has statuses alone.
    """

    name: str
    households: int
    groups: int
    sheets: bool
    small: int = 6_000

    @property
    def statuses(self) -> int:
        return self.households * YEARS


PROVINCE = Crowd("tỉnh", households=30_000, groups=200, sheets=True)
NATION = Crowd("cả nước", households=420_000, groups=3_321, sheets=False)

# Pseudo-random from the numbers of a row: 0 ≤ dice < 1000.
_DICE = """
CREATE FUNCTION dice(bigint, text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashint8extended($1, hashtext($2)) & 2147483647) % 1000
"""
_AREAS = """
WITH province AS (
    INSERT INTO thanhsen_area (kind, code, name, sort_key, parent_id, area_type, valid_from, is_practice)
    VALUES ('province', '99', 'Tỉnh Đo Đạc', 'do dac', NULL, 'urban', '2000-01-01', false) RETURNING id
), wards AS (
    INSERT INTO thanhsen_area (kind, code, name, sort_key, parent_id, area_type, valid_from, is_practice)
    SELECT 'ward', code, 'Phường ' || code, code, province.id, 'urban', '2000-01-01', false
      FROM province, unnest(ARRAY[%(ward)s, %(small_ward)s]) AS code RETURNING id, code
)
INSERT INTO thanhsen_area (kind, code, name, sort_key, parent_id, area_type, valid_from, is_practice)
SELECT 'group', wards.code || '-' || n, 'Tổ dân phố ' || n, lpad(n::text, 6, '0'), wards.id,
       CASE WHEN n %% 4 = 0 THEN 'rural' ELSE 'urban' END, '2000-01-01', false
  FROM wards, generate_series(1, CASE code WHEN %(ward)s THEN %(groups)s ELSE 1 END) AS n
"""
_TOTALS = """
INSERT INTO households_areatotal (area_id, year, households, people, minority_households, source)
SELECT area.id, year, 5000, 18000, 400, 'bịa ra để đo'
  FROM thanhsen_area area, generate_series(%(first)s, %(last)s) AS year
 WHERE area.kind = 'group' AND area.code LIKE '99%%'
"""
# Which household lies where; the first ones in the small ward.
_PLACES = """
CREATE TABLE bench_place AS
SELECT n, CASE WHEN n <= %(small)s THEN small.ids[1] ELSE wide.ids[1 + n %% %(groups)s] END AS area_id,
       2 + dice(n, 'size') / 200 AS size,
       CASE WHEN dice(n, 'kinh') < 850 THEN '01' ELSE lpad((2 + dice(n, 'group') %% 53)::text, 2, '0') END AS ethnicity,
       CASE WHEN dice(n, 'woman') < 300 THEN 'female' ELSE 'male' END AS head_sex,
       dice(n, 'labour') < 120 AS no_labour, dice(n, 'merit') < 60 AS merit, dice(n, 'social') < 150 AS social,
       dice(n, 'arrives') < 30 AS arrives,
       CASE WHEN dice(n, 'arrives') >= 30 AND dice(n, 'leaves') < 40 THEN date '2024-06-01' + dice(n, 'day') END AS closed_date
  FROM generate_series(1, %(households)s) AS n,
       LATERAL (SELECT array_agg(id ORDER BY sort_key) AS ids FROM thanhsen_area WHERE code LIKE %(ward)s || '-%%') AS wide,
       LATERAL (SELECT array_agg(id) AS ids FROM thanhsen_area WHERE code LIKE %(small_ward)s || '-%%') AS small
"""
_HOUSEHOLDS = """
INSERT INTO households_household
       (id, code, area_id, address, phone, livelihood, housing, no_labour, merit, social_protection, note, head_name,
        sort_key, opened_date, opened_reason, closed_date, closed_reason, version)
SELECT 1000000 + n, 'Z' || n, area_id, '', '', 'farming', 'permanent', no_labour, merit, social, '',
       'Người thứ ' || n, lpad(dice(n, 'name')::text, 3, '0') || n,
       CASE WHEN arrives THEN make_date(%(last)s, 3, 1) ELSE date '2020-01-01' END,
       CASE WHEN arrives THEN 'moved_in' ELSE 'registered' END,
       closed_date, CASE WHEN closed_date IS NULL THEN '' ELSE 'moved_out' END, 1
  FROM bench_place
"""
_MEMBERS = """
INSERT INTO households_member
       (household_id, full_name, sort_key, sex, birth_year, cccd_note, old_id, ethnicity, relationship, schooling,
        education, employer_trained, work, has_disability, has_monthly_allowance, left_reason, version)
SELECT 1000000 + n, 'Người thứ ' || n || CASE k WHEN 1 THEN '' ELSE ' ' || k END, n::text,
       CASE WHEN k = 1 THEN head_sex WHEN dice(n, 'sex' || k) < 500 THEN 'male' ELSE 'female' END,
       CASE WHEN k < 3 THEN 1950 + dice(n, 'age') %% 50 ELSE 2005 + dice(n, 'age' || k) %% 18 END, '', '', ethnicity,
       CASE k WHEN 1 THEN 'head' WHEN 2 THEN 'spouse' ELSE 'child' END, '', '', false, '', false, false, '', 1
  FROM bench_place, generate_series(1, size) AS k
"""
_ROUNDS = """
INSERT INTO households_round
       (ward_id, year, kind, name, standard_id, advisory_standard_id, starts_on, ends_on, needs_opinion, posting_days,
        recheck_days, opinion_days, separate_decision)
SELECT area.id, year, 'periodic', 'Rà soát ' || year, '2022-2026', '', make_date(year, 9, 1), make_date(year, 10, 31),
       true, 3, 3, 5, true
  FROM thanhsen_area area, generate_series(%(first)s, %(last)s) AS year
 WHERE area.kind = 'ward' AND area.code LIKE '99%%'
"""
_DECISIONS = """
INSERT INTO households_decision (ward_id, round_id, number, date, signer, standard_id, note, reason)
SELECT ward_id, id, 'Đo ' || year, make_date(year, 12, 10), 'Người ký', standard_id, '', ''
  FROM households_round WHERE name LIKE 'Rà soát %%'
"""
# What each household is found to be each year: a third or so poor, a half near-poor, some leave and some come back.
_FOUND = """
CREATE TABLE bench_found AS
SELECT place.*, year, round.id AS round_id, decision.id AS decision_id, year * 1000000::bigint + n AS sheet_id,
       CASE WHEN (dice(n, 'level') + dice(n, 'luck' || year) / 4) < 420 THEN 'poor'
            WHEN (dice(n, 'level') + dice(n, 'luck' || year) / 4) < 900 THEN 'near_poor'
            WHEN (dice(n, 'level') + dice(n, 'luck' || year) / 4) < 1000 THEN 'average' ELSE 'not_poor' END AS class,
       ARRAY(SELECT code FROM unnest(%(codes)s::varchar[]) AS code WHERE dice(n, code || year) < 250) AS lacking,
       GREATEST(size - 2, 0) AS children,
       LEAST(GREATEST(size - 2, 0), dice(n, 'ill' || year) / 500) AS unhealthy,
       LEAST(GREATEST(size - 2, 0), dice(n, 'school' || year) / 700) AS unschooled,
       ARRAY(SELECT code FROM unnest(%(causes)s::varchar[]) AS code WHERE dice(n, 'why' || code) < 200) AS causes,
       ARRAY(SELECT code FROM unnest(%(shocks)s::varchar[]) AS code WHERE dice(n, 'hit' || code || year) < 100) AS shocks
  FROM bench_place place
  JOIN thanhsen_area area ON area.id = place.area_id
  JOIN households_round round ON round.ward_id = area.parent_id
  JOIN households_decision decision ON decision.round_id = round.id
 WHERE (closed_date IS NULL OR closed_date > make_date(year, 12, 10)) AND (NOT arrives OR year = %(last)s)
"""
_LISTINGS = """
INSERT INTO households_listing
       (id, round_id, household_id, source, state, check_answers, check_reason)
SELECT sheet_id, round_id, 1000000 + n, 'present_list', 'listed', '{}', '' FROM bench_found
"""
_SHEETS = """
INSERT INTO households_sheet
       (id, round_id, household_id, listing_id, state, surveyed_on, income_score, income_score_source, asks_average,
        answers, points, causes, main_cause, cause_note, shocks, note, carried, facts, score_id, version, started_by_id,
        submitted_by_id, submitted_at, approved_by_id, approved_at, decision_id)
SELECT sheet_id, round_id, 1000000 + n, sheet_id, 'certified', make_date(year, 9, 20), 120, 'typed', false,
       (SELECT jsonb_object_agg(code, jsonb_build_object('value', 1, 'lacking', code = ANY(lacking))) FROM unnest(%(codes)s::varchar[]) AS code),
       '{}', causes, COALESCE(causes[1], ''), 'ghi rõ', shocks, '', '{}',
       jsonb_build_object('people', (SELECT jsonb_agg(jsonb_build_object('id', k, 'name', 'Người thứ ' || k)) FROM generate_series(1, size) AS k)),
       sheet_id, 1, 1, 1, now(), 2, now(), decision_id
  FROM bench_found
"""
_SCORES = """
INSERT INTO households_score
       (id, sheet_id, standard_id, decides, area_type, deprivation_score, lacking, classification, ethnicity, head_sex,
        no_labour, merit, social_protection, livelihood, children, children_unhealthy, children_unschooled, causes,
        main_cause, shocks)
SELECT sheet_id, sheet_id, '2022-2026', true, 'urban', cardinality(lacking) * 10, lacking, class, ethnicity, head_sex,
       no_labour, merit, social, 'farming', children, unhealthy, unschooled, causes, COALESCE(causes[1], ''), shocks
  FROM bench_found
"""
_STATUSES = """
INSERT INTO households_status
       (household_id, decision_id, score_id, classification, proposed, departure_reason, standard_id, area_id, size,
        lacking, valid_from, valid_to, end_reason, ethnicity, head_sex, no_labour, merit, social_protection, livelihood,
        children, children_unhealthy, children_unschooled, causes, main_cause, shocks)
SELECT 1000000 + n, decision_id, %(score)s::bigint * sheet_id, class, '', '', '2022-2026', area_id, size, lacking,
       make_date(year, 12, 10),
       CASE WHEN closed_date < make_date(year + 1, 12, 10) THEN closed_date
            WHEN year < %(last)s THEN make_date(year + 1, 12, 10) END,
       CASE WHEN closed_date < make_date(year + 1, 12, 10) THEN 'moved_out' WHEN year < %(last)s THEN 'new_decision' ELSE '' END,
       ethnicity, head_sex, no_labour, merit, social, 'farming', children, unhealthy, unschooled, causes,
       COALESCE(causes[1], ''), shocks
  FROM bench_found ORDER BY year, area_id, n
"""


def people(crowd: Crowd) -> Area:
    """Make the crowd in the database of the connection; its ward. The role must be a superuser."""
    steps = [_AREAS, _TOTALS, _PLACES, _HOUSEHOLDS, _MEMBERS, _ROUNDS, _DECISIONS, _FOUND]
    steps += [_LISTINGS, _SHEETS, _SCORES] if crowd.sheets else []
    named = {
        "ward": WARD,
        "small_ward": SMALL_WARD,
        "groups": crowd.groups,
        "households": crowd.households,
        "small": crowd.small,
        "first": FIRST_YEAR,
        "last": LAST_YEAR,
        "codes": list(load("2022-2026").codes),
        "causes": Cause.values,
        "shocks": Shock.values,
        "score": 1 if crowd.sheets else None,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_DICE)
        for step in [*steps, _STATUSES]:
            cursor.execute(step, named)
        cursor.execute("DROP TABLE bench_place, bench_found")
        cursor.execute("DROP FUNCTION dice")
    return Area.objects.wards().get(code=WARD)


def propose(year: int) -> None:
    """Take the sheets of a year back to where they are approved and not decided, as a preliminary report finds them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE households_sheet SET state = 'approved' WHERE round_id IN (SELECT id FROM households_round WHERE year = %s)",
            [year],
        )
