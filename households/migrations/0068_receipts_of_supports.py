"""What was recorded as received on a day becomes a support of that day, and its receipt."""

from django.db import migrations

MOVE = """
DROP TRIGGER support_is_only_voided ON households_support;
UPDATE households_support SET valid_from = received_on, valid_to = received_on + 1;
INSERT INTO households_receipt (support_id, received_on, amount, note, made_by_id, made_at, void_reason)
    SELECT id, received_on, amount, '', made_by_id, made_at, '' FROM households_support ORDER BY id;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0067_support_programmes")]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
