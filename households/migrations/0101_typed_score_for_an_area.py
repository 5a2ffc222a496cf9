"""A typed B1 keeps the area type of its paper. Of a draft nobody knows it: it is asked for once."""

from django.conf import settings
from django.db import migrations, models

# A sheet handed in is locked; the paper it was handed in with is in its facts.
HANDED_IN = """
ALTER TABLE households_sheet DISABLE TRIGGER USER;
UPDATE households_sheet SET income_score_for = facts->>'area_type'
 WHERE facts IS NOT NULL AND income_score IS NOT NULL AND income_score_source = 'typed';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE households_sheet ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0100_corrected_by_another"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="sheet",
            name="income_score_for",
            field=models.CharField(
                blank=True, choices=[("urban", "Thành thị"), ("rural", "Nông thôn")], default="", max_length=5
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(income_score_for__in=["", "urban", "rural"]),
                name="sheet_income_score_for_known",
            ),
        ),
        migrations.RunSQL(HANDED_IN, migrations.RunSQL.noop),
    ]
