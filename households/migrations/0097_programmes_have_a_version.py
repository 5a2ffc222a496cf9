"""Who saves a programme that somebody else saved meanwhile is told; the version of one that gave may count on."""

from django.db import migrations, models

RULE = """
CREATE OR REPLACE FUNCTION programme_used_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{valid_to,line_id%s}';
BEGIN
    IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change
       AND EXISTS (SELECT 1 FROM households_support WHERE programme_id = OLD.id) THEN
        RAISE EXCEPTION 'programme %% is in use', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_used_only_ends', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0096_what_only_actions_kept")]

    operations = [
        migrations.AddField("programme", "version", models.PositiveIntegerField(default=1, editable=False)),
        migrations.RunSQL(RULE % ",version", RULE % ""),
    ]
