"""A step of a plan sent twice is one step."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0078_outreach_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='planstep',
            name='request_id',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
