"""A household is answered once at Phiếu A and once a decision; who left the register gets no class any more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PRESENT = """
CREATE FUNCTION status_household_is_present() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM households_household h JOIN households_status s ON s.household_id = h.id
         WHERE s.id = NEW.id AND s.valid_to IS NULL AND s.voided_at IS NULL AND h.closed_date IS NOT NULL)
    THEN
        RAISE EXCEPTION 'household % has left the register', NEW.household_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'status_household_is_present', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
-- Looked at when the act is done: a life event writes the household and its statuses one after the other.
CREATE CONSTRAINT TRIGGER status_household_is_present AFTER INSERT ON households_status
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.valid_to IS NULL) EXECUTE FUNCTION status_household_is_present();
"""


CERTIFICATES = """
CREATE FUNCTION certificate_year_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_open_year(NEW.ward_id, NEW.issued_on, TG_NAME, TG_TABLE_NAME);
    RETURN NEW;
END $$;
CREATE TRIGGER certificate_year_is_open BEFORE INSERT ON households_certificate
    FOR EACH ROW EXECUTE FUNCTION certificate_year_is_open();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0040_practice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='households.decision'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='listing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='households.listing'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', None)), fields=('listing',), name='notice_once_at_phieu_a', violation_error_message='Hộ đã được trả lời về kết quả Phiếu A.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('listing', 'decision'), name='notice_once_a_decision', violation_error_message='Hộ đã được trả lời theo quyết định này.'),
        ),
        migrations.RunSQL(PRESENT, migrations.RunSQL.noop),
        migrations.RunSQL(CERTIFICATES, migrations.RunSQL.noop),
    ]
