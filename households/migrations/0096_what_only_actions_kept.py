"""What so far only the actions kept: receipts of what stands, budgets of a line, programmes that outlast what they gave."""

from django.db import migrations

RULES = """
CREATE FUNCTION participation_fits_its_support() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM households_support WHERE id = NEW.support_id AND household_id = NEW.household_id) THEN
        RAISE EXCEPTION 'support % is of another household', NEW.support_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'participation_fits_its_support', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER participation_fits_its_support BEFORE INSERT OR UPDATE OF support_id, household_id ON households_participation
    FOR EACH ROW WHEN (NEW.support_id IS NOT NULL) EXECUTE FUNCTION participation_fits_its_support();

-- FOR SHARE: who voids the support meanwhile waits, or was before.
CREATE FUNCTION receipt_fits_support() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM households_support
      WHERE id = NEW.support_id AND voided_at IS NULL AND valid_from <= NEW.received_on FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'support % was voided or begins later', NEW.support_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_fits_support', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER receipt_fits_support BEFORE INSERT ON households_receipt
    FOR EACH ROW EXECUTE FUNCTION receipt_fits_support();

CREATE FUNCTION impact_of_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM made
                 JOIN households_shockevent shock ON shock.id = made.shock_id
                 JOIN households_household home ON home.id = made.household_id
                 JOIN thanhsen_area area ON area.id = home.area_id
                WHERE area.parent_id <> shock.ward_id) THEN
        RAISE EXCEPTION 'a household of another ward'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'impact_of_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER impact_of_its_ward AFTER INSERT ON households_shockimpact
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION impact_of_its_ward();

CREATE FUNCTION budget_of_a_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_programme WHERE id = NEW.programme_id AND line_id <> id) THEN
        RAISE EXCEPTION 'programme % is not the first of its line', NEW.programme_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_of_a_line', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budget_of_a_line BEFORE INSERT OR UPDATE OF programme_id ON households_budget
    FOR EACH ROW EXECUTE FUNCTION budget_of_a_line();

CREATE FUNCTION programme_ends_after_what_it_gave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_support
                WHERE programme_id = NEW.id AND voided_at IS NULL AND valid_from >= NEW.valid_to) THEN
        RAISE EXCEPTION 'programme % gave something later', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_ends_after_what_it_gave', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_ends_after_what_it_gave BEFORE UPDATE OF valid_to ON households_programme
    FOR EACH ROW WHEN (NEW.valid_to IS NOT NULL AND NEW.valid_to IS DISTINCT FROM OLD.valid_to)
    EXECUTE FUNCTION programme_ends_after_what_it_gave();
"""
TABLES = {
    "participation_fits_its_support": "participation",
    "receipt_fits_support": "receipt",
    "impact_of_its_ward": "shockimpact",
    "budget_of_a_line": "budget",
    "programme_ends_after_what_it_gave": "programme",
}
UNDONE = "".join(
    f"DROP TRIGGER {name} ON households_{table}; DROP FUNCTION {name}();" for name, table in TABLES.items()
)


class Migration(migrations.Migration):
    dependencies = [("households", "0095_once_whoever_holds")]
    operations = [migrations.RunSQL(RULES, UNDONE)]
