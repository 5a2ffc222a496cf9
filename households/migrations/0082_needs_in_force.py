"""Households decided before needs were kept get those of their status in force; of those gone, open needs close."""

from django.db import migrations

# As `actions.support.needs` opens them: from the day the sheet was first decided, and none that was closed since.
NEEDS = """
WITH held AS (
    SELECT s.household_id, sc.sheet_id, s.lacking::text[] AS lacking, s.causes::text[] AS causes,
           (SELECT min(each.valid_from) FROM households_status each JOIN households_score of ON of.id = each.score_id
             WHERE of.sheet_id = sc.sheet_id) AS day
      FROM households_status s
      JOIN households_score sc ON sc.id = s.score_id
      JOIN households_household home ON home.id = s.household_id AND home.closed_date IS NULL
     WHERE s.valid_to IS NULL AND s.voided_at IS NULL
), shown AS (
    SELECT household_id, sheet_id, day, 'indicator' AS kind, unnest(lacking) AS code FROM held
    UNION ALL SELECT household_id, sheet_id, day, 'cause', unnest(causes) FROM held
)
INSERT INTO households_need (household_id, kind, code, text, family_words, is_wish, sheet_id, opened_on, close_reason, close_note, version)
SELECT shown.household_id, shown.kind, shown.code, '', '', false, shown.sheet_id, shown.day, '', '', 1 FROM shown
 WHERE NOT EXISTS (SELECT 1 FROM households_need n WHERE n.household_id = shown.household_id
                      AND n.kind = shown.kind AND n.code = shown.code
                      AND (n.closed_on IS NULL OR n.closed_on >= shown.day))
 ORDER BY shown.household_id, shown.kind, shown.code
"""
LEFT = """
UPDATE households_need n
   SET closed_on = GREATEST(home.closed_date, n.opened_on), close_reason = 'left', version = n.version + 1
  FROM households_household home
 WHERE home.id = n.household_id AND home.closed_date IS NOT NULL AND n.closed_on IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0081_needs_of_standards")]
    operations = [
        migrations.RunSQL(NEEDS, migrations.RunSQL.noop),
        migrations.RunSQL(LEFT, migrations.RunSQL.noop),
    ]
