"""A need of an indicator that a new standard no longer measures closes as that, not as met."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0080_plans_as_signed'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='need',
            name='need_met_by_a_sheet',
        ),
        migrations.AlterField(
            model_name='need',
            name='close_reason',
            field=models.CharField(blank=True, choices=[('met', 'Phiếu sau không còn thiếu hụt'), ('standard', 'Chuẩn mới không còn chỉ số này'), ('solved', 'Đã được đáp ứng'), ('withdrawn', 'Gia đình không cần nữa'), ('left', 'Hộ ra khỏi sổ'), ('mistake', 'Ghi nhầm')], max_length=9, verbose_name='vì sao hết'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('close_reason__in', ['met', 'standard']), ('closing_sheet__isnull', False)), models.Q(models.Q(('close_reason__in', ['met', 'standard']), _negated=True), ('closing_sheet', None)), _connector='OR'), name='need_met_by_a_sheet'),
        ),
    ]
