"""One household's answer is put right alone, with a reason and what stood before; a campaign says who "mới thoát" is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LONGEST = 120  # campaigns so far counted whoever had left, however long ago: the longest a term may be


def give_terms(apps, schema_editor):
    campaigns = apps.get_model("households", "Campaign").objects
    campaigns.filter(classes__overlap=["left_poor", "left_near_poor"]).update(term_months=LONGEST)


RULES = """
DROP TRIGGER contact_stays_as_it_was ON households_contact;
DROP FUNCTION contact_stays_as_it_was();

-- FOR SHARE: who voids the activity meanwhile waits.
CREATE FUNCTION contact_is_only_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{person,said,answer,refusal,refusal_note,next_visit_on,version,voided_at,corrected_by_id,corrected_at,correction}';
BEGIN
    PERFORM 1 FROM households_activity WHERE id = OLD.activity_id AND voided_at IS NULL FOR SHARE;
    IF NOT FOUND OR OLD.voided_at IS NOT NULL OR NEW.version <> OLD.version + 1
       OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'contact % is only corrected', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_is_only_corrected', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contact_is_only_corrected BEFORE UPDATE ON households_contact
    FOR EACH ROW EXECUTE FUNCTION contact_is_only_corrected();

CREATE FUNCTION contact_said(held households_contact) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object('person', held.person, 'said', held.said, 'answer', held.answer, 'refusal', held.refusal,
        'refusal_note', held.refusal_note, 'next_visit_on', held.next_visit_on, 'voided', held.voided_at IS NOT NULL)
$$;
CREATE FUNCTION contact_leaves_a_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO households_contactchange (contact_id, before, after, reason, by_id, at)
    VALUES (NEW.id, contact_said(OLD), contact_said(NEW), NEW.correction, NEW.corrected_by_id, NEW.corrected_at);
    RETURN NULL;
END $$;
CREATE TRIGGER contact_leaves_a_trail AFTER UPDATE ON households_contact
    FOR EACH ROW EXECUTE FUNCTION contact_leaves_a_trail();

CREATE FUNCTION contact_change_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail of contact % stays', OLD.contact_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_change_stays', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER contact_change_stays BEFORE UPDATE OR DELETE ON households_contactchange
    FOR EACH ROW EXECUTE FUNCTION contact_change_stays();

-- One visit is to one household. FOR NO KEY UPDATE: two that reach by the same visit at once come one after the other.
CREATE FUNCTION visit_is_to_one_household() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM households_activity WHERE id = NEW.activity_id AND kind = 'visit' FOR NO KEY UPDATE;
    IF FOUND AND EXISTS (SELECT 1 FROM households_contact
                          WHERE activity_id = NEW.activity_id AND id <> NEW.id AND voided_at IS NULL) THEN
        RAISE EXCEPTION 'visit % is to one household', NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_is_to_one_household', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER visit_is_to_one_household BEFORE INSERT ON households_contact
    FOR EACH ROW EXECUTE FUNCTION visit_is_to_one_household();
"""
USER = settings.AUTH_USER_MODEL


def user(**options):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=USER, **options)


class Migration(migrations.Migration):
    dependencies = [("households", "0083_plan_paper"), migrations.swappable_dependency(USER)]

    operations = [
        migrations.CreateModel(
            name="ContactChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by", user()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="households.contact",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(model_name="contact", name="contact_once"),
        migrations.AddField("contact", "corrected_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("contact", "corrected_by", user(null=True)),
        migrations.AddField(
            "contact",
            "correction",
            models.CharField(blank=True, max_length=300, verbose_name="lý do sửa, bỏ"),
        ),
        migrations.AddField("contact", "version", models.PositiveIntegerField(default=1, editable=False)),
        migrations.AddField("contact", "voided_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddConstraint(
            "contact",
            models.UniqueConstraint(
                condition=models.Q(("voided_at", None)),
                fields=("activity", "household"),
                name="contact_once",
                violation_error_message="Hộ đã có trong lần vận động này.",
            ),
        ),
        migrations.AddConstraint(
            "contact",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("corrected_at", None),
                        ("corrected_by", None),
                        ("correction", ""),
                        ("version", 1),
                        ("voided_at", None),
                    ),
                    models.Q(
                        ("corrected_at__isnull", False),
                        ("corrected_by__isnull", False),
                        ("version__gt", 1),
                        models.Q(("correction", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contact_corrected_with_reason",
                violation_error_message="Sửa hoặc bỏ câu trả lời của một hộ phải có lý do.",
            ),
        ),
        migrations.AddField(
            "campaign",
            "term_months",
            models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="hộ mới thoát: không quá (tháng)"
            ),
        ),
        migrations.RunPython(give_terms, migrations.RunPython.noop),
        migrations.AddConstraint(
            "campaign",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("classes__overlap", ["left_poor", "left_near_poor"]),
                        ("term_months__gte", 1),
                        ("term_months__isnull", False),
                        ("term_months__lte", 120),
                    ),
                    models.Q(
                        models.Q(("classes__overlap", ["left_poor", "left_near_poor"]), _negated=True),
                        ("term_months", None),
                    ),
                    _connector="OR",
                ),
                name="campaign_term_where_left",
                violation_error_message="Hộ mới thoát: ghi thoát không quá mấy tháng (1–120); diện khác thì để trống.",
            ),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
