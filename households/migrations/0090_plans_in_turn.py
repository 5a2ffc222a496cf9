"""One signed plan of a household at a time: where two overlap, the older ends the day the newer was signed."""

import django.contrib.postgres.constraints
import thanhsen.models
from django.conf import settings
from django.db import migrations, models

MENDED = """
ALTER TABLE households_plan DISABLE TRIGGER USER;
UPDATE households_plan older SET closed_on = GREATEST(older.agreed_on, newer.agreed_on)
  FROM (SELECT one.id, min(later.agreed_on) AS agreed_on
          FROM households_plan one
          JOIN households_plan later ON later.household_id = one.household_id AND later.id > one.id
         WHERE later.agreed_on < one.closed_on AND later.close_reason <> 'mistake'
         GROUP BY one.id) newer
 WHERE newer.id = older.id AND older.agreed_on IS NOT NULL AND older.close_reason <> 'mistake';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE households_plan ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0088_shocks_voided'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(MENDED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='plan',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('agreed_on__isnull', False), models.Q(('close_reason', 'mistake'), _negated=True)), expressions=[('household', '='), (thanhsen.models.DateRange('agreed_on', 'closed_on'), '&&')], name='plan_one_signed_at_a_time', violation_error_message='Ngày này gia đình còn theo kế hoạch trước. Chọn ngày từ khi kế hoạch trước kết thúc.'),
        ),
    ]
