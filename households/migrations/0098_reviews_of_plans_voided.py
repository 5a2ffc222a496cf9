"""A review of a plan written down by mistake is taken back with a reason; nothing else of it ever changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RULES = """
CREATE OR REPLACE FUNCTION plan_review_stays_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{voided_at,voided_by_id,void_reason}';
BEGIN
    IF OLD.voided_at IS NOT NULL OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'review % is recorded', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_review_stays_as_it_was', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION plan_ends_after_its_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM households_planstep WHERE plan_id = NEW.id AND LEAST(done_on, dropped_on) > NEW.closed_on)
       OR EXISTS (SELECT 1 FROM households_planreview
                   WHERE plan_id = NEW.id AND date > NEW.closed_on AND voided_at IS NULL) THEN
        RAISE EXCEPTION 'plan % has results after its end', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_ends_after_its_results', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0097_programmes_have_a_version"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("planreview", "voided_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField(
            "planreview",
            "voided_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "planreview",
            "void_reason",
            models.CharField(blank=True, max_length=300, verbose_name="lý do bỏ"),
        ),
        migrations.AddConstraint(
            "planreview",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_reason", ""), ("voided_at", None), ("voided_by", None)),
                    models.Q(
                        ("voided_at__isnull", False),
                        ("voided_by__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="plan_review_voided_with_reason",
                violation_error_message="Ghi lý do bỏ lần xem lại ghi nhầm.",
            ),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
