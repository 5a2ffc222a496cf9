"""Practice and what is real never touch: kept by the database, whoever writes (docs/decisions/0040)."""

from django.db import migrations

AREAS = """
CREATE FUNCTION area_practice_stays_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.is_practice <> OLD.is_practice
       OR EXISTS (SELECT FROM thanhsen_area WHERE id = NEW.parent_id AND is_practice <> NEW.is_practice) THEN
        RAISE EXCEPTION 'area % would mix practice with what is real', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'area_practice_stays_apart', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER area_practice_stays_apart BEFORE INSERT OR UPDATE ON thanhsen_area
    FOR EACH ROW EXECUTE FUNCTION area_practice_stays_apart();
"""

USERS = """
CREATE FUNCTION user_practice_stays_with_its_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.practice_of_id IS DISTINCT FROM OLD.practice_of_id
       OR EXISTS (SELECT FROM thanhsen_user WHERE id = NEW.practice_of_id AND practice_of_id IS NOT NULL) THEN
        RAISE EXCEPTION 'user % keeps its owner, a real person', NEW.username
            USING ERRCODE = 'check_violation', CONSTRAINT = 'user_practice_stays_with_its_owner', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER user_practice_stays_with_its_owner BEFORE INSERT OR UPDATE ON thanhsen_user
    FOR EACH ROW EXECUTE FUNCTION user_practice_stays_with_its_owner();
"""

USER_AREAS = """
CREATE FUNCTION user_areas_of_practice_stay_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT practice_of_id IS NOT NULL FROM thanhsen_user WHERE id = NEW.user_id)
       <> (SELECT is_practice FROM thanhsen_area WHERE id = NEW.area_id) THEN
        RAISE EXCEPTION 'user % and area % are not of one world', NEW.user_id, NEW.area_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'user_areas_of_practice_stay_apart', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER user_areas_of_practice_stay_apart BEFORE INSERT OR UPDATE ON thanhsen_user_areas
    FOR EACH ROW EXECUTE FUNCTION user_areas_of_practice_stay_apart();
"""


def rule(sql: str, name: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("thanhsen", "0011_practice")]
    operations = [
        rule(AREAS, "area_practice_stays_apart", "thanhsen_area"),
        rule(USERS, "user_practice_stays_with_its_owner", "thanhsen_user"),
        rule(USER_AREAS, "user_areas_of_practice_stay_apart", "thanhsen_user_areas"),
    ]
