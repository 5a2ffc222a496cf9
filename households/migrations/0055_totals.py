"""Totals hold the minority households of a tổ dân phố too, never more than its households; unknown stays unknown."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("households", "0053_editions_rules")]

    operations = [
        migrations.AddField(
            model_name="areatotal",
            name="minority_households",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="số hộ dân tộc thiểu số"
            ),
        ),
        migrations.AddConstraint(
            model_name="areatotal",
            constraint=models.CheckConstraint(
                condition=models.Q(("minority_households__lte", models.F("households"))),
                name="total_minority_at_most_households",
                violation_error_message="Số hộ dân tộc thiểu số không thể nhiều hơn số hộ.",
            ),
        ),
    ]
