"""The rules of life events and closed years: what was undone is seen to be, and a closed year never moves."""

from django.db import migrations

# A status may end once, and open again only where the event that ended it was undone; a row that a life event made
# may be voided. Nothing else of it changes, and a voided row not at all.
STATUS_ONLY_ENDS = """
CREATE OR REPLACE FUNCTION status_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.voided_at IS NOT NULL
       OR to_jsonb(OLD) - '{valid_to,end_reason,ending_event_id,voided_at}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{valid_to,end_reason,ending_event_id,voided_at}'::text[] THEN
        RAISE EXCEPTION 'status % is decided', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_only_ends', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.valid_to IS NOT NULL
       AND (OLD.valid_to, OLD.end_reason, OLD.ending_event_id) IS DISTINCT FROM (NEW.valid_to, NEW.end_reason, NEW.ending_event_id)
       AND NOT (NEW.valid_to IS NULL AND EXISTS (
           SELECT 1 FROM households_lifeevent WHERE id = OLD.ending_event_id AND reversed_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'status % has ended', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_ends_once', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""

# Looked at when everything is written: a row is voided where its event was undone, or where another stands for it.
STATUS_VOIDED = """
CREATE FUNCTION status_voided_has_a_cause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_lifeevent WHERE id = NEW.event_id AND reversed_at IS NOT NULL)
       OR EXISTS (SELECT 1 FROM households_household WHERE id = NEW.household_id AND closed_date <= NEW.valid_from)
       OR EXISTS (SELECT 1 FROM households_status s
                   WHERE s.household_id = NEW.household_id AND s.voided_at IS NULL AND s.valid_from <= NEW.valid_from
                     AND (s.valid_to IS NULL OR s.valid_to > NEW.valid_from))
    THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'status % is voided and nothing stands for it', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'status_voided_has_a_cause', TABLE = TG_TABLE_NAME;
END $$;
CREATE CONSTRAINT TRIGGER status_voided_has_a_cause AFTER UPDATE OF voided_at ON households_status
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.voided_at IS NOT NULL)
    EXECUTE FUNCTION status_voided_has_a_cause();
"""

LIFE_EVENTS = """
CREATE FUNCTION life_event_is_only_undone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reversed_at IS NOT NULL
       OR to_jsonb(OLD) - '{reversed_at,reversed_by_id,reversal_reason}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{reversed_at,reversed_by_id,reversal_reason}'::text[] THEN
        RAISE EXCEPTION 'life event % is recorded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_event_is_only_undone', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER life_event_is_only_undone BEFORE UPDATE ON households_lifeevent
    FOR EACH ROW EXECUTE FUNCTION life_event_is_only_undone();
CREATE TRIGGER lifeevent_never_deleted BEFORE DELETE ON households_lifeevent
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
CREATE TRIGGER closedyear_never_changed BEFORE UPDATE OR DELETE ON households_closedyear
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
CREATE TRIGGER year_ward_is_ward BEFORE INSERT ON households_closedyear
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
"""

# The ward's row is held while somebody writes and taken whole by who closes the year (households/actions/years.py),
# so that nothing slips into a year while it is being closed.
OPEN_YEAR = """
CREATE FUNCTION require_open_year(place bigint, day date, rule text, relation text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE ward bigint;
BEGIN
    IF day IS NULL THEN RETURN; END IF;
    SELECT w.id INTO ward FROM thanhsen_area a JOIN thanhsen_area w ON w.id = CASE a.kind WHEN 'ward' THEN a.id ELSE a.parent_id END
     WHERE a.id = place FOR KEY SHARE OF w;
    IF EXISTS (SELECT 1 FROM households_closedyear WHERE ward_id = ward AND year >= extract(year FROM day)) THEN
        RAISE EXCEPTION 'the year of % is closed', day USING ERRCODE = 'check_violation', CONSTRAINT = rule, TABLE = relation;
    END IF;
END $$;

CREATE FUNCTION status_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.voided_at IS DISTINCT FROM OLD.voided_at THEN
        PERFORM require_open_year(NEW.area_id, NEW.valid_from, TG_NAME, TG_TABLE_NAME);
    END IF;
    -- Held until before 1 January: still there on 31 December, so that nothing of the closed year moves.
    IF TG_OP = 'INSERT' OR NEW.valid_to IS DISTINCT FROM OLD.valid_to THEN
        PERFORM require_open_year(NEW.area_id, NEW.valid_to, TG_NAME, TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.valid_to IS DISTINCT FROM OLD.valid_to THEN
        PERFORM require_open_year(NEW.area_id, OLD.valid_to, TG_NAME, TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER status_year_is_open BEFORE INSERT OR UPDATE OF valid_to, voided_at ON households_status
    FOR EACH ROW EXECUTE FUNCTION status_year_is_open();

CREATE FUNCTION household_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.opened_date <> OLD.opened_date THEN
        PERFORM require_open_year(NEW.area_id, NEW.opened_date, TG_NAME, TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' OR (NEW.closed_date, NEW.closed_reason) IS DISTINCT FROM (OLD.closed_date, OLD.closed_reason) THEN
        PERFORM require_open_year(NEW.area_id, NEW.closed_date, TG_NAME, TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.opened_date <> OLD.opened_date THEN
            PERFORM require_open_year(NEW.area_id, OLD.opened_date, TG_NAME, TG_TABLE_NAME);
        END IF;
        IF (NEW.closed_date, NEW.closed_reason) IS DISTINCT FROM (OLD.closed_date, OLD.closed_reason) THEN
            PERFORM require_open_year(NEW.area_id, OLD.closed_date, TG_NAME, TG_TABLE_NAME);
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER household_year_is_open BEFORE INSERT OR UPDATE OF opened_date, closed_date, closed_reason ON households_household
    FOR EACH ROW EXECUTE FUNCTION household_year_is_open();

CREATE FUNCTION member_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE place bigint := (SELECT area_id FROM households_household WHERE id = NEW.household_id);
BEGIN
    IF TG_OP = 'INSERT' OR NEW.joined_date IS DISTINCT FROM OLD.joined_date THEN
        PERFORM require_open_year(place, NEW.joined_date, TG_NAME, TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' OR NEW.left_date IS DISTINCT FROM OLD.left_date THEN
        PERFORM require_open_year(place, NEW.left_date, TG_NAME, TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.joined_date IS DISTINCT FROM OLD.joined_date THEN
            PERFORM require_open_year(place, OLD.joined_date, TG_NAME, TG_TABLE_NAME);
        END IF;
        IF NEW.left_date IS DISTINCT FROM OLD.left_date THEN
            PERFORM require_open_year(place, OLD.left_date, TG_NAME, TG_TABLE_NAME);
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER member_year_is_open BEFORE INSERT OR UPDATE OF joined_date, left_date ON households_member
    FOR EACH ROW EXECUTE FUNCTION member_year_is_open();

CREATE FUNCTION life_event_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_open_year(
        (SELECT area_id FROM households_household WHERE id = NEW.household_id), NEW.date, TG_NAME, TG_TABLE_NAME);
    RETURN NEW;
END $$;
CREATE TRIGGER life_event_year_is_open BEFORE INSERT OR UPDATE ON households_lifeevent
    FOR EACH ROW EXECUTE FUNCTION life_event_year_is_open();

CREATE FUNCTION decision_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_open_year(NEW.ward_id, NEW.date, TG_NAME, TG_TABLE_NAME);
    IF TG_OP = 'UPDATE' THEN
        PERFORM require_open_year(OLD.ward_id, OLD.date, TG_NAME, TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_year_is_open BEFORE INSERT OR UPDATE OF date, ward_id ON households_decision
    FOR EACH ROW EXECUTE FUNCTION decision_year_is_open();

CREATE FUNCTION total_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM require_open_year(OLD.area_id, make_date(OLD.year, 12, 31), TG_NAME, TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM require_open_year(NEW.area_id, make_date(NEW.year, 12, 31), TG_NAME, TG_TABLE_NAME);
    RETURN NEW;
END $$;
CREATE TRIGGER total_year_is_open BEFORE INSERT OR UPDATE OR DELETE ON households_areatotal
    FOR EACH ROW EXECUTE FUNCTION total_year_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0030_life")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (STATUS_ONLY_ENDS, STATUS_VOIDED, LIFE_EVENTS, OPEN_YEAR)
    ]
