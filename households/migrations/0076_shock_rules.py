"""A shock strikes tổ dân phố of its ward; what it did to a household names that household's own support and request."""

from django.db import migrations, models

RULES = """
CREATE TRIGGER shock_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_shockevent
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');

CREATE FUNCTION shock_area_of_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM households_shockevent shock JOIN thanhsen_area area ON area.parent_id = shock.ward_id
                    WHERE shock.id = NEW.shockevent_id AND area.id = NEW.area_id AND area.kind = 'group') THEN
        RAISE EXCEPTION 'area % is no group of the ward of shock %', NEW.area_id, NEW.shockevent_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shock_area_of_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER shock_area_of_its_ward BEFORE INSERT OR UPDATE ON households_shockevent_areas
    FOR EACH ROW EXECUTE FUNCTION shock_area_of_its_ward();

-- Once a statement, not once a row: a shock is recorded for thousands of households at once. FOR SHARE: who closes
-- the shock meanwhile waits, or was before.
CREATE FUNCTION impact_of_open_shock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shock households_shockevent;
BEGIN
    FOR shock IN SELECT * FROM households_shockevent WHERE id IN (SELECT shock_id FROM changed) FOR SHARE LOOP
        IF shock.closed_on IS NOT NULL THEN
            RAISE EXCEPTION 'shock % is closed', shock.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'impact_of_open_shock', TABLE = TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER impact_of_open_shock_new AFTER INSERT ON households_shockimpact
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION impact_of_open_shock();
CREATE TRIGGER impact_of_open_shock AFTER UPDATE ON households_shockimpact
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION impact_of_open_shock();

CREATE FUNCTION impact_fits_its_household() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.support_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM households_support WHERE id = NEW.support_id AND household_id = NEW.household_id)
       OR NEW.review_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM households_request WHERE id = NEW.review_id AND household_id = NEW.household_id) THEN
        RAISE EXCEPTION 'support or request of another household'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'impact_fits_its_household', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER impact_fits_its_household BEFORE INSERT OR UPDATE ON households_shockimpact
    FOR EACH ROW WHEN (NEW.support_id IS NOT NULL OR NEW.review_id IS NOT NULL)
    EXECUTE FUNCTION impact_fits_its_household();

CREATE FUNCTION impact_keeps_its_support() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_support WHERE id = OLD.support_id AND voided_at IS NULL) THEN
        RAISE EXCEPTION 'impact % has its support', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'impact_keeps_its_support', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER impact_keeps_its_support BEFORE UPDATE OF support_id ON households_shockimpact
    FOR EACH ROW WHEN (OLD.support_id IS NOT NULL AND OLD.support_id IS DISTINCT FROM NEW.support_id)
    EXECUTE FUNCTION impact_keeps_its_support();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0070_people_who_move")]
    operations = [
        migrations.AddConstraint(
            model_name="shockimpact",
            constraint=models.CheckConstraint(
                name="impact_helped_is_struck",
                condition=models.Q(support=None) | models.Q(severity__in=["light", "heavy", "lost"]),
                violation_error_message="Hộ đã được hỗ trợ khẩn cấp vì cú sốc này; bỏ khoản hỗ trợ ghi nhầm trước rồi sửa mức độ.",
            ),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
