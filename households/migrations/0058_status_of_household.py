"""The statuses of a household by day: movement looks them up one household after another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0057_yearly_report")]

    operations = [
        migrations.AddIndex(
            model_name="status",
            index=models.Index(fields=["household", "valid_from"], name="status_of_household"),
        ),
        migrations.AlterField(
            model_name="status",
            name="household",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statuses",
                to="households.household",
            ),
        ),
    ]
