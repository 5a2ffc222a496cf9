"""The sequence household codes are issued from; needed before the table that uses it."""

from django.db import migrations

HOUSEHOLD_CODE = (
    """
CREATE SEQUENCE household_code;
CREATE FUNCTION next_household_code() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'H' || lpad(number, greatest(7, length(number)), '0') FROM (SELECT nextval('household_code')::text) AS next(number)
$$;
""",
    "DROP FUNCTION next_household_code(); DROP SEQUENCE household_code",
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("thanhsen", "0003_rules")]
    operations = [migrations.RunSQL(*HOUSEHOLD_CODE)]
