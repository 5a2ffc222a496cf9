"""The profile of what was surveyed and decided before it was kept: from the sheet's facts, else from the register."""

from django.db import migrations

# As households.poverty.children counts by the standard 2022-2026, the only one that decided anything so far.
CHILD = """
CREATE FUNCTION pg_temp.unhealthy(age int, insured boolean, undernourished boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT age BETWEEN 0 AND 15 AND (COALESCE(undernourished, false) OR (insured IS FALSE AND age >= 6))
$$;
CREATE FUNCTION pg_temp.unschooled(age int, attends text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT age BETWEEN 3 AND 15 AND attends <> '' AND
        array_position(ARRAY['none','preschool','primary','lower_secondary','upper_secondary','vocational','higher'], attends)
        < CASE WHEN age >= 12 THEN 4 WHEN age >= 6 THEN 3 ELSE 2 END
$$;
"""

SCORES = """
ALTER TABLE households_score DISABLE TRIGGER USER;
WITH people AS (
    SELECT s.id, p.value AS p,
           extract(year FROM age(s.surveyed_on, COALESCE((p.value->>'birth_date')::date,
                                                         make_date((p.value->>'birth_year')::int, 1, 1))))::int AS years
      FROM households_sheet s CROSS JOIN LATERAL jsonb_array_elements(s.facts->'people') p
     WHERE s.facts IS NOT NULL
), counted AS (
    SELECT id, max(p->>'ethnicity') FILTER (WHERE (p->>'is_head')::boolean) AS ethnicity,
           max(p->>'sex') FILTER (WHERE (p->>'is_head')::boolean) AS sex,
           count(*) FILTER (WHERE years BETWEEN 0 AND 15) AS children,
           count(*) FILTER (WHERE pg_temp.unhealthy(years, (p->>'has_insurance')::boolean, (p->>'undernourished')::boolean)) AS unhealthy,
           count(*) FILTER (WHERE pg_temp.unschooled(years, p->>'schooling')) AS unschooled
      FROM people GROUP BY id
)
UPDATE households_score SET
       ethnicity = COALESCE(counted.ethnicity, ''), head_sex = COALESCE(counted.sex, ''),
       no_labour = (sheet.facts->>'no_labour')::boolean, merit = (sheet.facts->>'merit')::boolean,
       social_protection = (sheet.facts->>'social_protection')::boolean, livelihood = sheet.facts->>'livelihood',
       children = counted.children, children_unhealthy = counted.unhealthy, children_unschooled = counted.unschooled,
       causes = sheet.causes, main_cause = sheet.main_cause
  FROM households_sheet sheet JOIN counted USING (id)
 WHERE households_score.sheet_id = sheet.id;
ALTER TABLE households_score ENABLE TRIGGER USER;
"""

STATUSES = """
ALTER TABLE households_status DISABLE TRIGGER USER;
UPDATE households_status SET
       ethnicity = score.ethnicity, head_sex = score.head_sex, no_labour = score.no_labour, merit = score.merit,
       social_protection = score.social_protection, livelihood = score.livelihood, children = score.children,
       children_unhealthy = score.children_unhealthy, children_unschooled = score.children_unschooled,
       causes = score.causes, main_cause = score.main_cause
  FROM households_score score WHERE score.id = households_status.score_id;
WITH people AS (
    SELECT s.id, m.relationship, m.ethnicity, m.sex, m.has_insurance, m.undernourished, m.schooling,
           extract(year FROM age(s.valid_from, COALESCE(m.birth_date, make_date(m.birth_year, 1, 1))))::int AS years
      FROM households_status s JOIN households_member m USING (household_id)
     WHERE s.score_id IS NULL AND (m.joined_date IS NULL OR m.joined_date <= s.valid_from)
       AND (m.left_date IS NULL OR m.left_date > s.valid_from)
), counted AS (
    SELECT id, max(ethnicity) FILTER (WHERE relationship = 'head') AS ethnicity,
           max(sex) FILTER (WHERE relationship = 'head') AS sex,
           count(*) FILTER (WHERE years BETWEEN 0 AND 15) AS children,
           count(*) FILTER (WHERE pg_temp.unhealthy(years, has_insurance, undernourished)) AS unhealthy,
           count(*) FILTER (WHERE pg_temp.unschooled(years, schooling)) AS unschooled
      FROM people GROUP BY id
)
UPDATE households_status SET
       ethnicity = COALESCE(counted.ethnicity, ''), head_sex = COALESCE(counted.sex, ''), no_labour = home.no_labour,
       merit = home.merit, social_protection = home.social_protection, livelihood = home.livelihood,
       children = COALESCE(counted.children, 0), children_unhealthy = COALESCE(counted.unhealthy, 0),
       children_unschooled = COALESCE(counted.unschooled, 0)
  FROM households_household home, households_status old LEFT JOIN counted USING (id)
 WHERE old.id = households_status.id AND home.id = old.household_id AND old.score_id IS NULL;
ALTER TABLE households_status ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0050_profile")]

    operations = [migrations.RunSQL([CHILD, SCORES, STATUSES], migrations.RunSQL.noop)]
