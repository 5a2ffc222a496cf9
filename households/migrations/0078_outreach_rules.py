"""Outreach stays as it was recorded: voided, withdrawn, never rewritten; each row within its ward and its campaign."""

from django.db import migrations, models

RULES = """
CREATE TRIGGER material_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_material
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
CREATE TRIGGER campaign_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_campaign
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
CREATE TRIGGER activity_area_is_group BEFORE INSERT OR UPDATE OF area_id ON households_activity
    FOR EACH ROW EXECUTE FUNCTION area_must_be('area_id', 'group');

CREATE FUNCTION material_is_only_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL OR to_jsonb(OLD) - 'withdrawn_on' IS DISTINCT FROM to_jsonb(NEW) - 'withdrawn_on' THEN
        RAISE EXCEPTION 'material % stays', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'material_is_only_withdrawn', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER material_is_only_withdrawn BEFORE UPDATE ON households_material
    FOR EACH ROW EXECUTE FUNCTION material_is_only_withdrawn();

CREATE FUNCTION material_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the file of material % stays', OLD.of_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'material_file_stays', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER material_file_stays BEFORE UPDATE OR DELETE ON households_materialfile
    FOR EACH ROW EXECUTE FUNCTION material_file_stays();

CREATE FUNCTION campaign_area_of_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM households_campaign campaign JOIN thanhsen_area area ON area.parent_id = campaign.ward_id
                    WHERE campaign.id = NEW.campaign_id AND area.id = NEW.area_id AND area.kind = 'group') THEN
        RAISE EXCEPTION 'area % is no group of the ward of campaign %', NEW.area_id, NEW.campaign_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaign_area_of_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaign_area_of_its_ward BEFORE INSERT OR UPDATE ON households_campaign_areas
    FOR EACH ROW EXECUTE FUNCTION campaign_area_of_its_ward();

CREATE FUNCTION campaign_invites_within_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_programme WHERE id = NEW.programme_id AND ward_id <> NEW.ward_id)
       OR EXISTS (SELECT 1 FROM households_livelihoodproject WHERE id = NEW.project_id AND ward_id <> NEW.ward_id) THEN
        RAISE EXCEPTION 'campaign % invites into another ward', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaign_invites_within_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaign_invites_within_its_ward BEFORE INSERT OR UPDATE ON households_campaign
    FOR EACH ROW EXECUTE FUNCTION campaign_invites_within_its_ward();

CREATE FUNCTION campaign_keeps_its_activities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ward_id <> NEW.ward_id
       OR EXISTS (SELECT 1 FROM households_activity WHERE campaign_id = NEW.id AND voided_at IS NULL
                     AND date NOT BETWEEN NEW.starts_on AND NEW.ends_on) THEN
        RAISE EXCEPTION 'campaign % has activities on other days', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaign_keeps_its_activities', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaign_keeps_its_activities BEFORE UPDATE OF ward_id, starts_on, ends_on ON households_campaign
    FOR EACH ROW EXECUTE FUNCTION campaign_keeps_its_activities();

-- FOR SHARE: who moves the days of the campaign meanwhile waits, or was before.
CREATE FUNCTION activity_fits_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held households_campaign;
BEGIN
    SELECT * INTO held FROM households_campaign WHERE id = NEW.campaign_id FOR SHARE;
    IF NEW.date NOT BETWEEN held.starts_on AND held.ends_on
       OR held.ward_id IS DISTINCT FROM (SELECT parent_id FROM thanhsen_area WHERE id = NEW.area_id) THEN
        RAISE EXCEPTION 'activity is not of campaign %', NEW.campaign_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_fits_campaign', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activity_fits_campaign BEFORE INSERT ON households_activity
    FOR EACH ROW WHEN (NEW.campaign_id IS NOT NULL) EXECUTE FUNCTION activity_fits_campaign();

CREATE FUNCTION activity_is_only_voided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{voided_at,voided_by_id,void_reason}';
BEGIN
    IF OLD.voided_at IS NOT NULL OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'activity % is recorded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_is_only_voided', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activity_is_only_voided BEFORE UPDATE ON households_activity
    FOR EACH ROW EXECUTE FUNCTION activity_is_only_voided();

-- A household of the same ward, in the register on that day. FOR SHARE: who voids the activity meanwhile waits.
CREATE FUNCTION contact_fits_activity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held households_activity;
BEGIN
    SELECT * INTO held FROM households_activity WHERE id = NEW.activity_id FOR SHARE;
    IF held.voided_at IS NOT NULL OR held.kind = 'broadcast' OR NOT EXISTS (
        SELECT 1 FROM households_household home
          JOIN thanhsen_area place ON place.id = home.area_id
          JOIN thanhsen_area there ON there.id = held.area_id AND there.parent_id = place.parent_id
         WHERE home.id = NEW.household_id AND home.opened_date <= held.date
           AND (home.closed_date IS NULL OR home.closed_date >= held.date)) THEN
        RAISE EXCEPTION 'household % is not of activity %', NEW.household_id, NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_fits_activity', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contact_fits_activity BEFORE INSERT ON households_contact
    FOR EACH ROW EXECUTE FUNCTION contact_fits_activity();

CREATE FUNCTION contact_stays_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'contact % is recorded', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_stays_as_it_was', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER contact_stays_as_it_was BEFORE UPDATE ON households_contact
    FOR EACH ROW EXECUTE FUNCTION contact_stays_as_it_was();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0076_shock_rules'),
        ('thanhsen', '0013_name_words'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['visit', 'meeting', 'call', 'broadcast'])), name='activity_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('classes__contained_by', ['poor', 'near_poor', 'average', 'left_poor', 'left_near_poor', 'any']), ('groups__contained_by', ['minority', 'no_labour', 'merit', 'social_protection', 'female_head'])), name='campaign_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['agreed', 'considering', 'refused', 'absent', 'informed'])), name='contact_answer_known'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('refusal__in', ['', 'no_labour', 'no_capital', 'no_land', 'no_skill', 'risk', 'health', 'loses_benefit', 'no_trust', 'other'])), name='contact_refusal_known'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['families', 'officers', 'both'])), name='material_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', 'https://'), _connector='OR'), name='material_link_is_https', violation_error_message='Địa chỉ trên mạng phải bắt đầu bằng https://.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('size', None), models.Q(('size__gt', 0), ('size__lte', 20000000)), _connector='OR'), name='material_size_sensible', violation_error_message='Tệp trống, hoặc quá 20 MB.'),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
