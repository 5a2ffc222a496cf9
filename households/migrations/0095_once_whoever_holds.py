"""Nobody holds the same twice for one period, by whichever row of a person or double of a household.

Two exclusion constraints keep it of one row; here, what was found since to be the same.
"""

from django.db import migrations

RULE = """
CREATE FUNCTION support_once_whoever_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    holds daterange := daterange(NEW.valid_from, COALESCE(NEW.stopped_on, NEW.valid_to));
BEGIN
    IF NEW.member_id IS NOT NULL THEN
        PERFORM 1 FROM households_member mine
           JOIN households_member other ON other.id = COALESCE(mine.origin_id, mine.id)
                OR other.origin_id = COALESCE(mine.origin_id, mine.id)
           JOIN households_support s ON s.member_id = other.id
          WHERE mine.id = NEW.member_id AND s.id <> NEW.id AND s.line_id = NEW.line_id AND s.voided_at IS NULL
            AND daterange(s.valid_from, COALESCE(s.stopped_on, s.valid_to)) && holds;
    ELSE
        PERFORM 1 FROM (
            WITH RECURSIVE doubles AS (
                SELECT household_id AS id FROM households_lifeevent
                 WHERE other_household_id = NEW.household_id AND kind = 'duplicate' AND reversed_at IS NULL
                 UNION
                SELECT e.household_id FROM doubles d JOIN households_lifeevent e ON e.other_household_id = d.id
                 WHERE e.kind = 'duplicate' AND e.reversed_at IS NULL
            ) SELECT id FROM doubles) d
           JOIN households_support s ON s.household_id = d.id
          WHERE s.line_id = NEW.line_id AND s.member_id IS NULL AND s.voided_at IS NULL
            AND daterange(s.valid_from, COALESCE(s.stopped_on, s.valid_to)) && holds;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'support % is held already', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'support_once_whoever_holds', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER support_once_whoever_holds AFTER INSERT ON households_support
    FOR EACH ROW WHEN (NEW.line_id IS NOT NULL AND NEW.voided_at IS NULL) EXECUTE FUNCTION support_once_whoever_holds();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0094_one_need_of_a_rank")]
    operations = [
        migrations.RunSQL(
            RULE,
            "DROP TRIGGER support_once_whoever_holds ON households_support; DROP FUNCTION support_once_whoever_holds();",
        ),
    ]
