"""A death is a level of its own above a lost house; what was recorded before stays a lost house: nobody is made dead."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0090_plans_in_turn'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='shockimpact',
            name='impact_pushes_down_where_seen',
        ),
        migrations.RemoveConstraint(
            model_name='shockimpact',
            name='impact_helped_is_struck',
        ),
        migrations.AlterField(
            model_name='shockimpact',
            name='severity',
            field=models.CharField(choices=[('not_seen', 'Chưa xem'), ('none', 'Không thiệt hại'), ('light', 'Nhẹ'), ('heavy', 'Nặng'), ('lost', 'Mất trắng, sập nhà'), ('death', 'Có người chết, mất tích')], default='not_seen', max_length=8, verbose_name='mức độ'),
        ),
        migrations.AddConstraint(
            model_name='shockimpact',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', ['not_seen', 'none', 'light', 'heavy', 'lost', 'death'])), name='impact_severity_known'),
        ),
        migrations.AddConstraint(
            model_name='shockimpact',
            constraint=models.CheckConstraint(condition=models.Q(('pushed_down', False), ('severity__in', ('light', 'heavy', 'lost', 'death')), _connector='OR'), name='impact_pushes_down_where_seen', violation_error_message='Hộ không thiệt hại thì không đề nghị rà soát vì biến cố này.'),
        ),
        migrations.AddConstraint(
            model_name='shockimpact',
            constraint=models.CheckConstraint(condition=models.Q(('support', None), ('severity__in', ('light', 'heavy', 'lost', 'death')), _connector='OR'), name='impact_helped_is_struck', violation_error_message='Hộ đã được hỗ trợ khẩn cấp vì biến cố này; bỏ khoản hỗ trợ ghi nhầm trước rồi sửa mức độ.'),
        ),
    ]
