"""Files of the roster know what was found in them; a personal code that was lost is replaced by another."""

from django.db import migrations, models

CODE = """
DROP TRIGGER trainee_stays_who_it_is ON trainings_trainee;
CREATE TRIGGER trainee_stays_who_it_is BEFORE UPDATE OF course_id ON trainings_trainee
    FOR EACH ROW WHEN (OLD.course_id <> NEW.course_id) EXECUTE FUNCTION trainee_stays_who_it_is();
"""


class Migration(migrations.Migration):

    dependencies = [("trainings", "0010_retired_lists")]

    operations = [
        migrations.RunSQL(CODE, migrations.RunSQL.noop),
        migrations.AddField("rosterimport", "found", models.JSONField(default=dict)),
        migrations.AddField("rosterimport", "defaults", models.JSONField(default=dict)),
        migrations.AddField("rosterimport", "counts", models.JSONField(default=dict)),
    ]
