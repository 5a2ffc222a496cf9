"""What somebody found out about two people stays in the book; it may be taken back, once."""

from django.db import migrations

RULES = """
CREATE FUNCTION not_same_is_only_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_back_at IS NOT NULL
       OR to_jsonb(OLD) - '{taken_back_at,taken_back_by_id}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{taken_back_at,taken_back_by_id}'::text[] THEN
        RAISE EXCEPTION 'what was found out of % and % is recorded', OLD.one_id, OLD.other_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'not_same_is_only_taken_back', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER not_same_is_only_taken_back BEFORE UPDATE ON households_notsame
    FOR EACH ROW EXECUTE FUNCTION not_same_is_only_taken_back();
CREATE TRIGGER notsame_never_deleted BEFORE DELETE ON households_notsame
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0065_alike")]
    operations = [migrations.RunSQL(RULES, migrations.RunSQL.noop)]
