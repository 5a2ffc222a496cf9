"""Who surveyed a household, or approved its sheet where the round keeps that apart, gives it no class by a correction either.

As sheet_decided_by_another. A life event goes on with a row of the same decision (`event_id`), and a class brought in from
paper has no sheet: neither is looked at.
"""

from django.db import migrations

RULES = """
CREATE FUNCTION status_corrected_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM made
                 JOIN households_decision decision ON decision.id = made.decision_id
                 JOIN households_score score ON score.id = made.score_id
                 JOIN households_sheet sheet ON sheet.id = score.sheet_id
                 JOIN households_round round ON round.id = sheet.round_id
                WHERE made.event_id IS NULL AND decision.corrects_id IS NOT NULL
                  AND (decision.made_by_id IS NULL OR decision.made_by_id = sheet.submitted_by_id
                       OR round.separate_decision AND decision.made_by_id = sheet.approved_by_id)) THEN
        RAISE EXCEPTION 'corrected by who surveyed or approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_corrected_by_another', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER status_corrected_by_another AFTER INSERT ON households_status
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION status_corrected_by_another();
"""
UNDONE = (
    "DROP TRIGGER status_corrected_by_another ON households_status; DROP FUNCTION status_corrected_by_another();"
)


class Migration(migrations.Migration):
    dependencies = [("households", "0099_campaigns_by_need")]
    operations = [migrations.RunSQL(RULES, UNDONE)]
