"""A points table stays as it was loaded; a sheet is scored with one that applies to it."""

from django.db import migrations

STAYS = """
CREATE FUNCTION points_table_stays_as_loaded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL
       OR to_jsonb(OLD) - '{activated_by_id,activated_at,active_from,withdrawn_by_id,withdrawn_at,withdrawn_reason}'::text[]
          <> to_jsonb(NEW) - '{activated_by_id,activated_at,active_from,withdrawn_by_id,withdrawn_at,withdrawn_reason}'::text[]
       OR OLD.activated_at IS NOT NULL AND (OLD.activated_by_id, OLD.activated_at, OLD.active_from)
          IS DISTINCT FROM (NEW.activated_by_id, NEW.activated_at, NEW.active_from) THEN
        RAISE EXCEPTION 'points table % stays as it was loaded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'points_table_stays_as_loaded', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER points_table_stays_as_loaded BEFORE UPDATE ON households_pointstable
    FOR EACH ROW EXECUTE FUNCTION points_table_stays_as_loaded();
CREATE TRIGGER pointstable_never_deleted BEFORE DELETE ON households_pointstable
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
"""

# Looked up when the table is written to the sheet, and held until that is done: one withdrawn afterwards stays
# with the sheets it scored.
FITS = """
CREATE FUNCTION sheet_points_table_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM households_pointstable t JOIN households_round r ON r.id = NEW.round_id
      WHERE t.id = NEW.points_table_id AND t.kind = 'income_points' AND t.standard_id = r.standard_id
        AND t.active_from <= NEW.surveyed_on
        AND (t.withdrawn_at IS NULL OR TG_OP = 'UPDATE' AND OLD.points_table_id = t.id)
        FOR SHARE OF t;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'points table % does not apply to sheet %', NEW.points_table_id, NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_points_table_fits', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sheet_points_table_fits BEFORE INSERT OR UPDATE OF points_table_id, surveyed_on ON households_sheet
    FOR EACH ROW WHEN (NEW.points_table_id IS NOT NULL) EXECUTE FUNCTION sheet_points_table_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0010_points")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (STAYS, FITS)]
