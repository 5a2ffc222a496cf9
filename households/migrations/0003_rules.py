"""Rules about households, sheets and statuses that only the database can keep.

Each raises with a constraint name, so that the portal can say the rule in Vietnamese
(`thanhsen.constraints`), whoever wrote: a screen, an import or a hand at the SQL prompt.
"""

from django.db import migrations

# A household in the register has exactly one head. Checked at commit, so that a change of head
# may pass through none; the unique constraint member_one_head already refuses two.
ONE_HEAD = """
CREATE FUNCTION household_has_a_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint;
BEGIN
    IF TG_TABLE_NAME = 'households_household' THEN wanted := NEW.id; ELSE wanted := OLD.household_id; END IF;
    IF EXISTS (SELECT 1 FROM households_household WHERE id = wanted AND closed_date IS NULL)
       AND NOT EXISTS (SELECT 1 FROM households_member WHERE household_id = wanted AND relationship = 'head' AND left_date IS NULL)
    THEN
        RAISE EXCEPTION 'household % has no head', wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'household_has_a_head', TABLE = 'households_household';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER household_has_a_head AFTER INSERT OR UPDATE OF closed_date ON households_household
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION household_has_a_head();
CREATE CONSTRAINT TRIGGER household_keeps_its_head AFTER UPDATE OF relationship, left_date, household_id ON households_member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION household_has_a_head();
"""

# The head's name is shown, searched and sorted with the household, so it is kept beside it.
HEAD_NAME = """
CREATE FUNCTION household_named_after_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE households_household SET head_name = NEW.full_name, sort_key = NEW.sort_key
     WHERE id = NEW.household_id AND (head_name, sort_key) IS DISTINCT FROM (NEW.full_name, NEW.sort_key);
    RETURN NULL;
END $$;
CREATE TRIGGER household_named_after_head
    AFTER INSERT OR UPDATE OF full_name, sort_key, relationship, left_date, household_id ON households_member
    FOR EACH ROW WHEN (NEW.relationship = 'head' AND NEW.left_date IS NULL)
    EXECUTE FUNCTION household_named_after_head();
"""

RIGHT_KIND_OF_AREA = """
CREATE TRIGGER household_area_is_group BEFORE INSERT OR UPDATE OF area_id ON households_household
    FOR EACH ROW EXECUTE FUNCTION area_must_be('area_id', 'group');
CREATE TRIGGER total_area_is_group BEFORE INSERT OR UPDATE OF area_id ON households_areatotal
    FOR EACH ROW EXECUTE FUNCTION area_must_be('area_id', 'group');
CREATE TRIGGER status_area_is_group BEFORE INSERT OR UPDATE OF area_id ON households_status
    FOR EACH ROW EXECUTE FUNCTION area_must_be('area_id', 'group');
CREATE TRIGGER round_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_round
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
CREATE TRIGGER decision_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_decision
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
"""

# No step can be skipped, and what was submitted is not rewritten behind the back of who checks it.
SHEET_STEPS = """
CREATE FUNCTION sheet_takes_its_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.round_id, OLD.household_id, OLD.started_by_id) IS DISTINCT FROM (NEW.round_id, NEW.household_id, NEW.started_by_id) THEN
        RAISE EXCEPTION 'a sheet stays with its household and round'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_stays_put', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'returned'),
        ('submitted', 'approved'), ('approved', 'returned'), ('approved', 'decided'))
    THEN
        RAISE EXCEPTION 'a sheet cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_takes_its_steps', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state IN ('submitted', 'approved', 'decided') AND NEW.state <> 'returned'
       AND (OLD.answers, OLD.facts, OLD.income_score, OLD.per_capita_income, OLD.asks_average, OLD.surveyed_on, OLD.causes,
            OLD.main_cause, OLD.cause_note, OLD.note, OLD.score_id, OLD.submitted_by_id)
           IS DISTINCT FROM
           (NEW.answers, NEW.facts, NEW.income_score, NEW.per_capita_income, NEW.asks_average, NEW.surveyed_on, NEW.causes,
            NEW.main_cause, NEW.cause_note, NEW.note, NEW.score_id, NEW.submitted_by_id)
    THEN
        RAISE EXCEPTION 'sheet % is locked: %', OLD.id, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_is_locked', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sheet_takes_its_steps BEFORE UPDATE ON households_sheet
    FOR EACH ROW EXECUTE FUNCTION sheet_takes_its_steps();
"""

# A status may end; nothing else of it changes. A score never changes.
STATUS_ONLY_ENDS = """
CREATE FUNCTION status_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - '{valid_to,end_reason}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{valid_to,end_reason}'::text[] THEN
        RAISE EXCEPTION 'status % is decided', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_only_ends', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER status_only_ends BEFORE UPDATE ON households_status
    FOR EACH ROW EXECUTE FUNCTION status_only_ends();
CREATE TRIGGER score_never_changed BEFORE UPDATE ON households_score
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
CREATE FUNCTION household_keeps_its_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.code <> NEW.code THEN
        RAISE EXCEPTION 'household % keeps its code', OLD.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'household_keeps_its_code', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER household_keeps_its_code BEFORE UPDATE OF code ON households_household
    FOR EACH ROW EXECUTE FUNCTION household_keeps_its_code();
"""

KEPT_FOR_EVER = ("household", "member", "round", "sheet", "score", "remark", "decision", "status")
NEVER_DELETED = "".join(
    f"CREATE TRIGGER {name}_never_deleted BEFORE DELETE ON households_{name} "
    "FOR EACH ROW EXECUTE FUNCTION never_deleted();\n"
    for name in KEPT_FOR_EVER
)


class Migration(migrations.Migration):
    dependencies = [("households", "0002_initial")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (ONE_HEAD, HEAD_NAME, RIGHT_KIND_OF_AREA, SHEET_STEPS, STATUS_ONLY_ENDS, NEVER_DELETED)
    ]
