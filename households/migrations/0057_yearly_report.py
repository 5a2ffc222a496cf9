from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0055_totals'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='documenttemplate',
            name='template_kind_known',
        ),
        migrations.AddConstraint(
            model_name='documenttemplate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['minutes', 'posting', 'province_report', 'decision', 'certificate', 'refusal', 'yearly_report'])), name='template_kind_known'),
        ),
    ]
