"""What was given and received stays as it was recorded: it may be stopped or voided, once. Programmes used stay."""

from django.db import migrations, models

RULES = """
CREATE OR REPLACE FUNCTION support_is_only_voided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{stopped_on,stopped_by_id,stop_reason,voided_at,voided_by_id,void_reason}';
BEGIN
    IF OLD.voided_at IS NOT NULL OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'support % is recorded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'support_is_only_voided', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_is_only_voided BEFORE UPDATE ON households_support
    FOR EACH ROW EXECUTE FUNCTION support_is_only_voided();
CREATE FUNCTION receipt_is_only_voided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{voided_at,voided_by_id,void_reason}';
BEGIN
    IF OLD.voided_at IS NOT NULL OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'receipt % is recorded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_is_only_voided', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER receipt_is_only_voided BEFORE UPDATE ON households_receipt
    FOR EACH ROW EXECUTE FUNCTION receipt_is_only_voided();

CREATE FUNCTION programme_used_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - '{valid_to,line_id}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{valid_to,line_id}'::text[]
       AND EXISTS (SELECT 1 FROM households_support WHERE programme_id = OLD.id) THEN
        RAISE EXCEPTION 'programme % is in use', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_used_only_ends', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_used_only_ends BEFORE UPDATE ON households_programme
    FOR EACH ROW EXECUTE FUNCTION programme_used_only_ends();

-- A support carries the line and the policy of its programme, a person of its household, and begins while it holds.
CREATE FUNCTION support_fits_programme() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rule households_programme;
BEGIN
    SELECT * INTO rule FROM households_programme WHERE id = NEW.programme_id;
    IF rule.line_id IS DISTINCT FROM NEW.line_id OR rule.policy <> NEW.policy
       OR NEW.valid_from < rule.valid_from OR NEW.valid_from >= rule.valid_to
       OR rule.per_person <> (NEW.member_id IS NOT NULL) THEN
        RAISE EXCEPTION 'support does not fit programme %', rule.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'support_fits_programme', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_fits_programme BEFORE INSERT ON households_support
    FOR EACH ROW WHEN (NEW.programme_id IS NOT NULL) EXECUTE FUNCTION support_fits_programme();

CREATE FUNCTION plan_agreed_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{responsible_id,next_review_on,closed_on,close_reason,close_note,version}';
BEGIN
    IF OLD.closed_on IS NOT NULL
       OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'plan % is agreed', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_agreed_is_kept', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_agreed_is_kept BEFORE UPDATE ON households_plan
    FOR EACH ROW WHEN (OLD.agreed_on IS NOT NULL OR OLD.closed_on IS NOT NULL) EXECUTE FUNCTION plan_agreed_is_kept();

-- The family signed its steps: they are carried out or dropped, not rewritten.
CREATE FUNCTION step_of_agreed_plan_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{done_on,result,dropped_on,drop_reason,support_id}';
    of_plan bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM households_plan WHERE id = of_plan AND (agreed_on IS NOT NULL OR closed_on IS NOT NULL))
       AND (TG_OP <> 'UPDATE' OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change) THEN
        RAISE EXCEPTION 'plan % is agreed', of_plan
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_of_agreed_plan_is_kept', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER step_of_agreed_plan_is_kept BEFORE INSERT OR UPDATE OR DELETE ON households_planstep
    FOR EACH ROW EXECUTE FUNCTION step_of_agreed_plan_is_kept();
"""
NEVER_DELETED = (
    "support", "receipt", "programme", "need", "plan", "planreview", "livelihoodproject", "participation", "followup",
    "vulnerability", "shockevent", "shockimpact", "campaign", "activity", "contact", "material",
)  # fmt: skip
KEPT = "".join(
    f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON households_{table} "
    "FOR EACH ROW EXECUTE FUNCTION never_deleted();\n"
    for table in NEVER_DELETED
)


class Migration(migrations.Migration):
    dependencies = [("households", "0068_receipts_of_supports")]
    operations = [
        migrations.RemoveField(model_name="support", name="received_on"),
        migrations.RemoveField(model_name="support", name="amount"),
        migrations.AlterField(
            model_name="support", name="valid_from", field=models.DateField(verbose_name="từ ngày")
        ),
        migrations.RunSQL(RULES + KEPT, migrations.RunSQL.noop),
    ]
