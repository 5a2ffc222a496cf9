"""A shock recorded by mistake is voided with a reason, and its day put right, as long as nothing of it came before."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RULES = """
CREATE FUNCTION shock_voided_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'shock % is voided', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'shock_voided_stays', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER shock_voided_stays BEFORE UPDATE ON households_shockevent
    FOR EACH ROW WHEN (OLD.voided_at IS NOT NULL) EXECUTE FUNCTION shock_voided_stays();

CREATE FUNCTION shock_voided_helps_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_shockimpact impact JOIN households_support support ON support.id = impact.support_id
                WHERE impact.shock_id = NEW.id AND support.voided_at IS NULL) THEN
        RAISE EXCEPTION 'supports stand for shock %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shock_voided_helps_nobody', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER shock_voided_helps_nobody BEFORE UPDATE OF voided_at ON households_shockevent
    FOR EACH ROW WHEN (NEW.voided_at IS NOT NULL) EXECUTE FUNCTION shock_voided_helps_nobody();

CREATE FUNCTION shock_before_what_followed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_shockimpact impact LEFT JOIN households_request request ON request.id = impact.review_id
                WHERE impact.shock_id = NEW.id
                  AND (impact.seen_on < NEW.happened_on
                       OR request.received_on < NEW.happened_on AND request.withdrawn_on IS NULL)) THEN
        RAISE EXCEPTION 'shock % was seen before', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shock_before_what_followed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER shock_before_what_followed BEFORE UPDATE OF happened_on ON households_shockevent
    FOR EACH ROW EXECUTE FUNCTION shock_before_what_followed();

CREATE OR REPLACE FUNCTION impact_of_open_shock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shock households_shockevent;
BEGIN
    FOR shock IN SELECT * FROM households_shockevent WHERE id IN (SELECT shock_id FROM changed) FOR SHARE LOOP
        IF shock.closed_on IS NOT NULL OR shock.voided_at IS NOT NULL THEN
            RAISE EXCEPTION 'shock % is closed or voided', shock.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'impact_of_open_shock', TABLE = TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0087_reasons_are_dated'),
        ('thanhsen', '0013_name_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='shockevent',
            name='shock_once',
        ),
        migrations.AddField(
            model_name='shockevent',
            name='void_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='lý do bỏ'),
        ),
        migrations.AddField(
            model_name='shockevent',
            name='voided_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='shockevent',
            name='voided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='score',
            name='shocks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('market', 'Thị trường, mất giá'), ('disaster', 'Thiên tai'), ('epidemic', 'Dịch bệnh'), ('climate', 'Biến đổi khí hậu'), ('illness', 'Ốm đau, tai nạn'), ('job_loss', 'Mất việc')], max_length=10), blank=True, default=list, size=None, verbose_name='biến cố'),
        ),
        migrations.AlterField(
            model_name='sheet',
            name='shocks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('market', 'Thị trường, mất giá'), ('disaster', 'Thiên tai'), ('epidemic', 'Dịch bệnh'), ('climate', 'Biến đổi khí hậu'), ('illness', 'Ốm đau, tai nạn'), ('job_loss', 'Mất việc')], max_length=10), blank=True, default=list, size=None, verbose_name='biến cố 12 tháng qua'),
        ),
        migrations.AlterField(
            model_name='status',
            name='shocks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('market', 'Thị trường, mất giá'), ('disaster', 'Thiên tai'), ('epidemic', 'Dịch bệnh'), ('climate', 'Biến đổi khí hậu'), ('illness', 'Ốm đau, tai nạn'), ('job_loss', 'Mất việc')], max_length=10), blank=True, default=list, size=None, verbose_name='biến cố'),
        ),
        migrations.AddConstraint(
            model_name='shockevent',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('ward', 'name', 'happened_on'), name='shock_once', violation_error_message='Phường đã ghi biến cố cùng tên ngày này.'),
        ),
        migrations.AddConstraint(
            model_name='shockevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='shock_voided_with_reason', violation_error_message='Bỏ một biến cố ghi nhầm phải có lý do.'),
        ),
        migrations.AlterConstraint(
            model_name='shockimpact',
            name='impact_once',
            constraint=models.UniqueConstraint(fields=('shock', 'household'), name='impact_once', violation_error_message='Hộ đã có trong danh sách của biến cố này.'),
        ),
        migrations.AlterConstraint(
            model_name='shockimpact',
            name='impact_pushes_down_where_seen',
            constraint=models.CheckConstraint(condition=models.Q(('pushed_down', False), ('severity__in', ['light', 'heavy', 'lost']), _connector='OR'), name='impact_pushes_down_where_seen', violation_error_message='Hộ không thiệt hại thì không đề nghị rà soát vì biến cố này.'),
        ),
        migrations.AlterConstraint(
            model_name='shockimpact',
            name='impact_helped_is_struck',
            constraint=models.CheckConstraint(condition=models.Q(('support', None), ('severity__in', ['light', 'heavy', 'lost']), _connector='OR'), name='impact_helped_is_struck', violation_error_message='Hộ đã được hỗ trợ khẩn cấp vì biến cố này; bỏ khoản hỗ trợ ghi nhầm trước rồi sửa mức độ.'),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
