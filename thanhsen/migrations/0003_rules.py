"""Rules about people and places that only the database can keep."""

from django.db import migrations

EVENT_IS_APPEND_ONLY = """
CREATE TRIGGER event_never_changed BEFORE UPDATE OR DELETE ON thanhsen_event
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON thanhsen_event
    FOR EACH STATEMENT EXECUTE FUNCTION never_deleted();
"""

PARENT_IS_ONE_LEVEL_UP = """
CREATE FUNCTION area_parent_is_one_level_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above text := (SELECT kind FROM thanhsen_area WHERE id = NEW.parent_id);
BEGIN
    IF NEW.parent_id IS NOT NULL AND (NEW.kind, above) NOT IN (('ward', 'province'), ('group', 'ward')) THEN
        RAISE EXCEPTION 'a % cannot lie in a %', NEW.kind, above
            USING ERRCODE = 'check_violation', CONSTRAINT = 'area_parent_is_one_level_up', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'an area keeps its kind'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'area_parent_is_one_level_up', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER area_parent_is_one_level_up BEFORE INSERT OR UPDATE ON thanhsen_area
    FOR EACH ROW EXECUTE FUNCTION area_parent_is_one_level_up();
CREATE TRIGGER area_never_deleted BEFORE DELETE ON thanhsen_area
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
CREATE TRIGGER user_never_deleted BEFORE DELETE ON thanhsen_user
    FOR EACH ROW EXECUTE FUNCTION never_deleted();
"""


class Migration(migrations.Migration):
    dependencies = [("thanhsen", "0002_initial")]
    operations = [
        migrations.RunSQL(
            EVENT_IS_APPEND_ONLY,
            "DROP TRIGGER event_never_changed ON thanhsen_event; DROP TRIGGER event_never_emptied ON thanhsen_event",
        ),
        migrations.RunSQL(
            PARENT_IS_ONE_LEVEL_UP,
            "DROP TRIGGER user_never_deleted ON thanhsen_user; DROP TRIGGER area_never_deleted ON thanhsen_area; "
            "DROP TRIGGER area_parent_is_one_level_up ON thanhsen_area; DROP FUNCTION area_parent_is_one_level_up()",
        ),
    ]
