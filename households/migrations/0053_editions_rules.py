"""A version of a closed year stays as it was; a correction opens the year, and those after it, until it is ended."""

from django.db import migrations

OPEN_YEAR = """
CREATE OR REPLACE FUNCTION require_open_year(place bigint, day date, rule text, relation text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE ward bigint;
BEGIN
    IF day IS NULL THEN RETURN; END IF;
    SELECT w.id INTO ward FROM thanhsen_area a JOIN thanhsen_area w ON w.id = CASE a.kind WHEN 'ward' THEN a.id ELSE a.parent_id END
     WHERE a.id = place FOR KEY SHARE OF w;
    IF EXISTS (SELECT 1 FROM households_closedyear WHERE ward_id = ward AND year >= extract(year FROM day))
       AND NOT EXISTS (SELECT 1 FROM households_correction
                        WHERE ward_id = ward AND outcome = '' AND year <= extract(year FROM day)) THEN
        RAISE EXCEPTION 'the year of % is closed', day USING ERRCODE = 'check_violation', CONSTRAINT = rule, TABLE = relation;
    END IF;
END $$;
"""

KEPT = """
CREATE FUNCTION snapshot_stays_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % is kept', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'snapshot_stays_as_it_was', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER snapshot_stays_as_it_was BEFORE UPDATE OR DELETE ON households_snapshot
    FOR EACH ROW EXECUTE FUNCTION snapshot_stays_as_it_was();
CREATE TRIGGER snapshot_file_stays_as_it_was BEFORE UPDATE OR DELETE ON households_snapshotfile
    FOR EACH ROW EXECUTE FUNCTION snapshot_stays_as_it_was();
CREATE FUNCTION correction_is_only_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.outcome <> ''
       OR to_jsonb(OLD) - '{outcome,ended_by_id,ended_at}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{outcome,ended_by_id,ended_at}'::text[] THEN
        RAISE EXCEPTION 'correction % is recorded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_is_only_ended', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER correction_is_only_ended BEFORE UPDATE OR DELETE ON households_correction
    FOR EACH ROW EXECUTE FUNCTION correction_is_only_ended();
CREATE FUNCTION correction_of_a_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM households_closedyear WHERE ward_id = NEW.ward_id AND year >= NEW.year) THEN
        RAISE EXCEPTION 'year % is open', NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_of_a_closed_year', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER correction_of_a_closed_year BEFORE INSERT ON households_correction
    FOR EACH ROW EXECUTE FUNCTION correction_of_a_closed_year();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0052_editions")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (OPEN_YEAR, KEPT)]
