"""Sheets from before rounds had a list: each gets its place on one, said to be from before; decided ones know their decision."""

from django.db import migrations

LISTINGS = """
INSERT INTO households_listing (round_id, household_id, source, state, check_answers, check_reason)
SELECT round_id, household_id, 'earlier', 'listed', '{}', '' FROM households_sheet WHERE listing_id IS NULL;
UPDATE households_sheet SET listing_id = households_listing.id FROM households_listing
 WHERE households_listing.round_id = households_sheet.round_id
   AND households_listing.household_id = households_sheet.household_id AND listing_id IS NULL;
"""
DECISIONS = """
UPDATE households_sheet SET decision_id = households_status.decision_id
  FROM households_status JOIN households_score ON households_score.id = households_status.score_id
 WHERE households_score.sheet_id = households_sheet.id AND households_sheet.state = 'decided';
"""
# What a regular round always was: decided within 15 days, without an opinion from above.
REGULAR = "UPDATE households_round SET needs_opinion = false, decide_by = starts_on + 15 WHERE kind = 'regular'"


class Migration(migrations.Migration):
    dependencies = [("households", "0005_season")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (LISTINGS, DECISIONS, REGULAR)]
