"""The family puts one need at a rank: where two stood at one, the later goes on to the next that is free, or loses it."""

import django.contrib.postgres.constraints
import django.db.models.constraints
from django.db import migrations, models

MENDED = """
ALTER TABLE households_need DISABLE TRIGGER USER;
DO $$
DECLARE doubled record;
BEGIN
  FOR doubled IN
    SELECT later.id, later.household_id, later.priority FROM households_need later
     WHERE later.closed_on IS NULL AND later.priority IS NOT NULL
       AND EXISTS (SELECT 1 FROM households_need n WHERE n.household_id = later.household_id AND n.closed_on IS NULL
                      AND n.priority = later.priority AND n.id < later.id)
     ORDER BY later.household_id, later.priority, later.id
  LOOP
    UPDATE households_need SET priority = (
      SELECT min(rank) FROM generate_series(doubled.priority + 1, 9) rank
       WHERE NOT EXISTS (SELECT 1 FROM households_need n WHERE n.household_id = doubled.household_id
                            AND n.closed_on IS NULL AND n.priority = rank))
     WHERE id = doubled.id;
  END LOOP;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE households_need ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0093_a_death_is_a_level_of_its_own'),
    ]

    operations = [
        migrations.RunSQL(MENDED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='need',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('closed_on', None), ('priority__isnull', False)), deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], expressions=[('household', '='), ('priority', '=')], name='need_one_of_a_rank', violation_error_message='Gia đình đã xếp một nhu cầu khác ở thứ này; tải lại trang rồi xếp lại.'),
        ),
    ]
