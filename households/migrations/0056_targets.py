"""The targets of a ward: one a year, in percent, with the paper that sets them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0055_totals'),
        ('thanhsen', '0012_practice_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('poor_rate', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='tỷ lệ hộ nghèo không quá (%)')),
                ('near_poor_rate', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='tỷ lệ hộ cận nghèo không quá (%)')),
                ('source', models.CharField(max_length=200, verbose_name='văn bản giao chỉ tiêu')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='thanhsen.area', verbose_name='phường')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ward', 'year'), name='target_once_a_year', violation_error_message='Năm này đã có chỉ tiêu. Mở lại trang rồi sửa chỉ tiêu đã có.'), models.CheckConstraint(condition=models.Q(('poor_rate__gte', 0), ('poor_rate__lte', 100)), name='target_poor_rate_is_percent', violation_error_message='Tỷ lệ hộ nghèo phải từ 0 đến 100 phần trăm.'), models.CheckConstraint(condition=models.Q(('near_poor_rate__gte', 0), ('near_poor_rate__lte', 100)), name='target_near_poor_rate_is_percent', violation_error_message='Tỷ lệ hộ cận nghèo phải từ 0 đến 100 phần trăm.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='target_has_source', violation_error_message='Ghi văn bản giao chỉ tiêu, ví dụ số nghị quyết, ngày ban hành.')],
            },
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER target_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_target
                FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
            """,
            "DROP TRIGGER target_ward_is_ward ON households_target;",
        ),
    ]
