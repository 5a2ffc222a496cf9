"""The rules of files sent in: what was sent and written stays known, and an undone import takes its statuses back."""

from django.db import migrations

IMPORTS = """
CREATE TRIGGER import_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_import
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
CREATE TRIGGER import_never_deleted BEFORE DELETE ON households_import
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
CREATE TRIGGER importfile_never_changed BEFORE UPDATE OR DELETE ON households_importfile
    FOR EACH ROW EXECUTE FUNCTION never_deleted();

-- Reading again replaces the units; once written they are the record of what was written.
CREATE FUNCTION import_unit_is_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_import WHERE id = OLD.of_id AND committed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'import % is committed', OLD.of_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'import_unit_is_the_record', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER import_unit_is_the_record BEFORE DELETE ON households_importunit
    FOR EACH ROW EXECUTE FUNCTION import_unit_is_the_record();

CREATE FUNCTION import_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('uploaded', 'checking'), ('checked', 'checking'), ('refused', 'checking'), ('checking', 'checked'), ('checking', 'uploaded'),
        ('checking', 'refused'), ('uploaded', 'refused'), ('uploaded', 'dropped'), ('checked', 'dropped'), ('refused', 'dropped'),
        ('checked', 'committing'), ('committing', 'checked'), ('committing', 'checking'), ('committing', 'committed'),
        ('committed', 'undoing'), ('undoing', 'committed'), ('undoing', 'undone'))
    THEN
        RAISE EXCEPTION 'import % cannot go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'import_goes_forward', TABLE = TG_TABLE_NAME;
    END IF;
    IF (OLD.ward_id, OLD.kind, OLD.sha256, OLD.uploaded_by_id) IS DISTINCT FROM (NEW.ward_id, NEW.kind, NEW.sha256, NEW.uploaded_by_id) THEN
        RAISE EXCEPTION 'import % is of one file, for one ward', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'import_stays_of_its_file', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER import_goes_forward BEFORE UPDATE ON households_import
    FOR EACH ROW EXECUTE FUNCTION import_goes_forward();
"""

# As in 0031, and: what an import ended opens again where the import was undone.
STATUS_ONLY_ENDS = """
CREATE OR REPLACE FUNCTION status_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.voided_at IS NOT NULL
       OR to_jsonb(OLD) - '{valid_to,end_reason,ending_event_id,ended_by_import_id,voided_at}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{valid_to,end_reason,ending_event_id,ended_by_import_id,voided_at}'::text[] THEN
        RAISE EXCEPTION 'status % is decided', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_only_ends', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.valid_to IS NOT NULL
       AND (OLD.valid_to, OLD.end_reason, OLD.ending_event_id, OLD.ended_by_import_id)
           IS DISTINCT FROM (NEW.valid_to, NEW.end_reason, NEW.ending_event_id, NEW.ended_by_import_id)
       AND NOT (NEW.valid_to IS NULL AND (
           EXISTS (SELECT 1 FROM households_lifeevent WHERE id = OLD.ending_event_id AND reversed_at IS NOT NULL)
           OR EXISTS (SELECT 1 FROM households_import WHERE id = OLD.ended_by_import_id AND state = 'undoing')))
    THEN
        RAISE EXCEPTION 'status % has ended', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_ends_once', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""

STATUS_VOIDED = """
CREATE OR REPLACE FUNCTION status_voided_has_a_cause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_lifeevent WHERE id = NEW.event_id AND reversed_at IS NOT NULL)
       OR EXISTS (SELECT 1 FROM households_import WHERE id = NEW.imported_id AND undone_at IS NOT NULL)
       OR EXISTS (SELECT 1 FROM households_household WHERE id = NEW.household_id AND closed_date <= NEW.valid_from)
       OR EXISTS (SELECT 1 FROM households_status s
                   WHERE s.household_id = NEW.household_id AND s.voided_at IS NULL AND s.valid_from <= NEW.valid_from
                     AND (s.valid_to IS NULL OR s.valid_to > NEW.valid_from))
    THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'status % is voided and nothing stands for it', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'status_voided_has_a_cause', TABLE = TG_TABLE_NAME;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0061_imports")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (IMPORTS, STATUS_ONLY_ENDS, STATUS_VOIDED)
    ]
