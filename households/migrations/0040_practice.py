"""What would let practice touch the real register: a household changing worlds, an identity number typed in practice."""

from django.db import migrations

HOUSEHOLD = """
CREATE FUNCTION household_stays_in_its_world() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT is_practice FROM thanhsen_area WHERE id = NEW.area_id)
       <> (SELECT is_practice FROM thanhsen_area WHERE id = OLD.area_id) THEN
        RAISE EXCEPTION 'household % would change between practice and what is real', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'household_stays_in_its_world', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER household_stays_in_its_world BEFORE UPDATE OF area_id ON households_household
    FOR EACH ROW EXECUTE FUNCTION household_stays_in_its_world();
"""

# A number is somebody's once in the whole register (member_cccd_once): one typed in practice would keep its
# bearer out of the real register, and a refusal would tell that the number is there.
MEMBER = """
CREATE FUNCTION member_of_practice_has_no_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.cccd IS NOT NULL OR NEW.old_id <> '')
       AND (SELECT is_practice FROM thanhsen_area JOIN households_household ON area_id = thanhsen_area.id
            WHERE households_household.id = NEW.household_id) THEN
        RAISE EXCEPTION 'an invented person has no identity number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_of_practice_has_no_number', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER member_of_practice_has_no_number BEFORE INSERT OR UPDATE OF cccd, old_id, household_id ON households_member
    FOR EACH ROW EXECUTE FUNCTION member_of_practice_has_no_number();
"""


def rule(sql: str, name: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("households", "0031_life_rules"), ("thanhsen", "0012_practice_rules")]
    operations = [
        rule(HOUSEHOLD, "household_stays_in_its_world", "households_household"),
        rule(MEMBER, "member_of_practice_has_no_number", "households_member"),
    ]
