"""A household is in a model within the model's days, and is followed while it was in it; what it left stays."""

from django.db import migrations

RULES = """
-- Of another ward it is another ward's policy.
CREATE FUNCTION project_programme_of_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_programme WHERE id = NEW.programme_id AND ward_id <> NEW.ward_id) THEN
        RAISE EXCEPTION 'programme % is of another ward', NEW.programme_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'project_programme_of_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER project_programme_of_its_ward BEFORE INSERT OR UPDATE OF programme_id, ward_id ON households_livelihoodproject
    FOR EACH ROW WHEN (NEW.programme_id IS NOT NULL) EXECUTE FUNCTION project_programme_of_its_ward();

CREATE FUNCTION participation_in_its_project(part households_participation) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT part.left_reason = 'mistake' OR EXISTS (
        SELECT 1 FROM households_livelihoodproject project
         WHERE project.id = part.project_id AND part.joined_on >= project.started_on
           AND (project.ended_on IS NULL OR part.left_on <= project.ended_on))
$$;

-- FOR SHARE: who moves the days of the model meanwhile waits, or was before.
CREATE FUNCTION participation_fits_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM households_livelihoodproject WHERE id = NEW.project_id FOR SHARE;
    IF NOT COALESCE(participation_in_its_project(NEW), false)
       OR TG_OP = 'INSERT' AND NOT EXISTS (
            SELECT 1 FROM households_livelihoodproject project
              JOIN thanhsen_area area ON area.parent_id = project.ward_id
              JOIN households_household home ON home.area_id = area.id
             WHERE project.id = NEW.project_id AND home.id = NEW.household_id) THEN
        RAISE EXCEPTION 'household % is not in model % then', NEW.household_id, NEW.project_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'participation_fits_project', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER participation_fits_project BEFORE INSERT OR UPDATE OF project_id, household_id, joined_on, left_on, left_reason
    ON households_participation FOR EACH ROW EXECUTE FUNCTION participation_fits_project();

-- At the end of the transaction: a model ends together with the households still in it.
CREATE FUNCTION project_keeps_its_households() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ward_id <> NEW.ward_id OR EXISTS (
        SELECT 1 FROM households_participation part
         WHERE part.project_id = NEW.id AND NOT COALESCE(participation_in_its_project(part), false)) THEN
        RAISE EXCEPTION 'households are in model % on other days', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'project_keeps_its_households', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER project_keeps_its_households AFTER UPDATE OF ward_id, started_on, ended_on ON households_livelihoodproject
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION project_keeps_its_households();

-- Once it left, only what it earns afterwards is still learned; of a mistake nothing.
CREATE FUNCTION participation_left_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := CASE OLD.left_reason WHEN 'mistake' THEN '{}'::text[] ELSE '{income_after,version}'::text[] END;
BEGIN
    IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'participation % is over', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'participation_left_stays', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER participation_left_stays BEFORE UPDATE ON households_participation
    FOR EACH ROW WHEN (OLD.left_on IS NOT NULL) EXECUTE FUNCTION participation_left_stays();

CREATE FUNCTION follow_up_in_its_part(month date, visited_on date, part households_participation) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT part.left_reason <> 'mistake' AND visited_on >= month AND visited_on >= part.joined_on
       AND month + interval '1 month' > part.joined_on
       AND (part.left_on IS NULL OR (month <= part.left_on AND visited_on <= part.left_on))
$$;

CREATE FUNCTION follow_up_within_participation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held households_participation;
BEGIN
    SELECT * INTO held FROM households_participation WHERE id = NEW.participation_id FOR SHARE;
    IF NOT follow_up_in_its_part(NEW.month, NEW.visited_on, held) THEN
        RAISE EXCEPTION 'participation % was not there then', NEW.participation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'follow_up_within_participation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER follow_up_within_participation BEFORE INSERT OR UPDATE ON households_followup
    FOR EACH ROW EXECUTE FUNCTION follow_up_within_participation();

CREATE FUNCTION participation_keeps_its_follow_ups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_followup one
                WHERE one.participation_id = NEW.id AND NOT follow_up_in_its_part(one.month, one.visited_on, NEW)) THEN
        RAISE EXCEPTION 'participation % was followed later', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'participation_keeps_its_follow_ups', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER participation_keeps_its_follow_ups BEFORE UPDATE OF joined_on, left_on ON households_participation
    FOR EACH ROW WHEN (NEW.left_reason <> 'mistake') EXECUTE FUNCTION participation_keeps_its_follow_ups();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0085_contacts_corrected")]
    operations = [migrations.RunSQL(RULES, migrations.RunSQL.noop)]
