"""The paper of a plan stays as it was signed; the first review of plans signed before is what the trail says it was."""

from django.db import migrations, models

FIRST_REVIEWS = """
ALTER TABLE households_plan DISABLE TRIGGER plan_agreed_is_kept;
UPDATE households_plan plan
   SET first_review_on = COALESCE(
       (SELECT (event.after ->> 'next_review_on')::date FROM thanhsen_event event
         WHERE event.record_type = 'households.plan' AND event.record_id = plan.id AND event.act = 'plan.agree'
         ORDER BY event.at DESC LIMIT 1),
       CASE WHEN NOT EXISTS (SELECT 1 FROM households_planreview review WHERE review.plan_id = plan.id)
            THEN plan.next_review_on END)
 WHERE plan.agreed_on IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE households_plan ENABLE TRIGGER plan_agreed_is_kept;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0082_needs_in_force'),
        ('thanhsen', '0013_name_words'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='documenttemplate',
            name='template_kind_known',
        ),
        migrations.AddField(
            model_name='plan',
            name='first_review_on',
            field=models.DateField(editable=False, null=True, verbose_name='xem lại lần đầu'),
        ),
        migrations.AddField(
            model_name='plan',
            name='signed_as',
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='documenttemplate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['minutes', 'posting', 'province_report', 'decision', 'certificate', 'refusal', 'yearly_report', 'plan'])), name='template_kind_known'),
        ),
        migrations.RunSQL(FIRST_REVIEWS, migrations.RunSQL.noop),
    ]
