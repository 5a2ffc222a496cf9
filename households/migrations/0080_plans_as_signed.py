"""What the family signed stays: no step moved in, nothing done after the end, no review rewritten; days that can be."""

from django.db import migrations, models

# A draft that "reached its goal" was never signed, a plan that ended before it was signed ended on that day.
MENDED = """
ALTER TABLE households_plan DISABLE TRIGGER plan_agreed_is_kept;
UPDATE households_plan SET close_reason = 'stopped', close_note = left('Bản nháp chưa ký, trước ghi “đạt mục tiêu”. ' || close_note, 300)
 WHERE close_reason = 'achieved' AND agreed_on IS NULL;
UPDATE households_plan SET closed_on = agreed_on WHERE closed_on < agreed_on;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE households_plan ENABLE TRIGGER plan_agreed_is_kept;
"""
RULES = """
-- The family signed its steps: they are carried out or dropped, not rewritten, and none is moved in or out.
CREATE OR REPLACE FUNCTION step_of_agreed_plan_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{done_on,result,dropped_on,drop_reason,support_id}';
    plans bigint[] := ARRAY[CASE WHEN TG_OP <> 'DELETE' THEN NEW.plan_id END, CASE WHEN TG_OP <> 'INSERT' THEN OLD.plan_id END];
BEGIN
    IF EXISTS (SELECT 1 FROM households_plan WHERE id = ANY(plans) AND closed_on IS NOT NULL) THEN
        RAISE EXCEPTION 'a plan of % is closed', plans
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_of_closed_plan_is_kept', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT 1 FROM households_plan WHERE id = ANY(plans) AND agreed_on IS NOT NULL)
       AND (TG_OP <> 'UPDATE' OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change) THEN
        RAISE EXCEPTION 'a plan of % is agreed', plans
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_of_agreed_plan_is_kept', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- FOR SHARE: who signs or closes the plan meanwhile waits, or was before.
CREATE FUNCTION step_result_within_its_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held households_plan;
BEGIN
    SELECT * INTO held FROM households_plan WHERE id = NEW.plan_id FOR SHARE;
    IF held.agreed_on IS NULL OR LEAST(NEW.done_on, NEW.dropped_on) < held.made_on THEN
        RAISE EXCEPTION 'step % has its result outside plan %', NEW.id, NEW.plan_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_result_within_its_plan', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER step_result_within_its_plan BEFORE INSERT OR UPDATE OF done_on, dropped_on ON households_planstep
    FOR EACH ROW WHEN (NEW.done_on IS NOT NULL OR NEW.dropped_on IS NOT NULL) EXECUTE FUNCTION step_result_within_its_plan();

CREATE FUNCTION step_fits_its_household() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home bigint := (SELECT household_id FROM households_plan WHERE id = NEW.plan_id);
BEGIN
    IF EXISTS (SELECT 1 FROM households_need WHERE id = NEW.need_id AND household_id <> home)
       OR EXISTS (SELECT 1 FROM households_support WHERE id = NEW.support_id AND household_id <> home) THEN
        RAISE EXCEPTION 'step % is not of household %', NEW.id, home
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_fits_its_household', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER step_fits_its_household BEFORE INSERT OR UPDATE OF plan_id, need_id, support_id ON households_planstep
    FOR EACH ROW EXECUTE FUNCTION step_fits_its_household();

CREATE FUNCTION step_for_an_open_need() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended date;
BEGIN
    SELECT closed_on INTO ended FROM households_need WHERE id = NEW.need_id FOR SHARE;
    IF ended IS NOT NULL THEN
        RAISE EXCEPTION 'need % is closed', NEW.need_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_for_an_open_need', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER step_for_an_open_need BEFORE INSERT OR UPDATE OF need_id ON households_planstep
    FOR EACH ROW WHEN (NEW.need_id IS NOT NULL) EXECUTE FUNCTION step_for_an_open_need();

CREATE FUNCTION plan_review_stays_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'review % is recorded', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_review_stays_as_it_was', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER plan_review_stays_as_it_was BEFORE UPDATE ON households_planreview
    FOR EACH ROW EXECUTE FUNCTION plan_review_stays_as_it_was();

-- A plan ends after the last thing that is written about it.
CREATE FUNCTION plan_ends_after_its_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_planstep WHERE plan_id = NEW.id AND LEAST(done_on, dropped_on) > NEW.closed_on)
       OR EXISTS (SELECT 1 FROM households_planreview WHERE plan_id = NEW.id AND date > NEW.closed_on) THEN
        RAISE EXCEPTION 'plan % has results after its end', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_ends_after_its_results', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_ends_after_its_results BEFORE UPDATE OF closed_on ON households_plan
    FOR EACH ROW WHEN (NEW.closed_on IS NOT NULL) EXECUTE FUNCTION plan_ends_after_its_results();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0079_steps_sent_once")]
    operations = [
        migrations.RunSQL(MENDED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), ('agreed_on', None), ('closed_on__gte', models.F('agreed_on')), _connector='OR'), name='plan_ends_after_signing', violation_error_message='Kế hoạch không kết thúc trước ngày gia đình ký.'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('close_reason', 'achieved'), _negated=True), ('agreed_on__isnull', False), _connector='OR'), name='plan_achieved_was_signed', violation_error_message='Bản nháp chưa ký thì không ghi “đạt mục tiêu”. Chọn lý do khác, hoặc ghi gia đình đã ký trước.'),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
