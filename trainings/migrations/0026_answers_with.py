"""Answers of a test kept in one statement: what is of the test's questions goes over what was there."""

from django.db import migrations

ANSWERS_WITH = """
CREATE FUNCTION answers_with(stored jsonb, changes jsonb, test bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT stored || COALESCE(jsonb_object_agg(key, value), '{}')
      FROM jsonb_each(changes)
     WHERE key IN (SELECT question_id::text FROM trainings_testquestion WHERE test_id = test);
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0025_learning_rules")]

    operations = [migrations.RunSQL(ANSWERS_WITH, "DROP FUNCTION answers_with(jsonb, jsonb, bigint)")]
