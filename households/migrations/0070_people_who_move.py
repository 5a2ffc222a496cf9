"""A person carried from one household to another stays one person: what was given follows."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import thanhsen.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0069_support_rules'),
        ('thanhsen', '0013_name_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='support',
            name='support_once_a_period_each',
        ),
        migrations.AddField(
            model_name='member',
            name='origin',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.member'),
        ),
        migrations.AddField(
            model_name='support',
            name='person',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.member'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('line', '='), (thanhsen.models.DateRange('valid_from', 'valid_to'), '&&')], name='programme_one_rule_at_a_time', violation_error_message='Hai bản nối tiếp của một chương trình không được cùng áp dụng một ngày.'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('line__isnull', False), ('person__isnull', False), ('voided_at', None)), expressions=[('line', '='), ('person', '='), (thanhsen.models.DateRange('valid_from', django.db.models.functions.comparison.Coalesce('stopped_on', 'valid_to')), '&&')], name='support_once_a_period_each', violation_error_message='Người này đã được giao chương trình này trong kỳ; mỗi kỳ chỉ hưởng một lần.'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('member', None), ('person', None)), models.Q(('member__isnull', False), ('person__isnull', False)), _connector='OR'), name='support_of_a_person'),
        ),
    ]
