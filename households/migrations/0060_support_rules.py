"""A help that was recorded stays as it was; it may be taken out once, as a mistake."""

from django.db import migrations

RULES = """
CREATE FUNCTION support_is_only_voided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL
       OR to_jsonb(OLD) - '{voided_at,voided_by_id,void_reason}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{voided_at,voided_by_id,void_reason}'::text[] THEN
        RAISE EXCEPTION 'support % is recorded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'support_is_only_voided', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_is_only_voided BEFORE UPDATE OR DELETE ON households_support
    FOR EACH ROW EXECUTE FUNCTION support_is_only_voided();
CREATE TRIGGER support_area_is_group BEFORE INSERT ON households_support
    FOR EACH ROW EXECUTE FUNCTION area_must_be('area_id', 'group');
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0059_support")]
    operations = [migrations.RunSQL(RULES, migrations.RunSQL.noop)]
