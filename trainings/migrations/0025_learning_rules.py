"""What a question must offer, what stays of a test once begun, papers typed wrong, forms nobody can trace."""

from django.db import migrations, models
from django.db.models import Q

RULES = """
-- At the end of the transaction: a question and its answers are written row by row.
CREATE FUNCTION question_has_its_answers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint := (CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END
                       ->> CASE TG_TABLE_NAME WHEN 'trainings_choice' THEN 'question_id' ELSE 'id' END)::bigint;
    of_kind text := (SELECT question.kind FROM trainings_question question WHERE question.id = checked);
    offered integer;
    right_ones integer;
BEGIN
    SELECT count(*), count(*) FILTER (WHERE is_right) INTO offered, right_ones
      FROM trainings_choice WHERE question_id = checked;
    IF of_kind IS NOT NULL AND (offered NOT BETWEEN 2 AND 8
       OR NOT CASE of_kind WHEN 'choice' THEN right_ones = 1
                           WHEN 'choices' THEN right_ones >= 1
                           WHEN 'true_false' THEN offered = 2 AND right_ones = 1
                           ELSE right_ones = offered END) THEN
        RAISE EXCEPTION 'question % lacks its answers', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'question_has_its_answers', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER question_has_its_answers AFTER INSERT OR UPDATE ON trainings_question
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION question_has_its_answers();
CREATE CONSTRAINT TRIGGER choices_answer_their_question AFTER INSERT OR UPDATE OR DELETE ON trainings_choice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION question_has_its_answers();

-- Its hours may still be moved; the time each one has may not.
CREATE FUNCTION begun_test_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.course_id, OLD.kind, OLD.minutes) IS DISTINCT FROM (NEW.course_id, NEW.kind, NEW.minutes)
       AND EXISTS (SELECT 1 FROM trainings_attempt WHERE test_id = OLD.id) THEN
        RAISE EXCEPTION 'test % was begun', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'begun_test_stays', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begun_test_stays BEFORE UPDATE OF course_id, kind, minutes ON trainings_test
    FOR EACH ROW EXECUTE FUNCTION begun_test_stays();

-- What was typed from paper may have been mistyped: the paper is there to be read again. It stays marked.
CREATE OR REPLACE FUNCTION attempt_handed_in_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_paper text[] := '{answers,score,out_of,by_topic,entered_by_id,saved_at}';
BEGIN
    IF TG_OP = 'DELETE' OR OLD.test_id <> NEW.test_id OR OLD.trainee_id <> NEW.trainee_id
       OR OLD.seed <> NEW.seed OR OLD.started_at <> NEW.started_at OR OLD.due_at <> NEW.due_at
       OR (OLD.handed_in_at IS NOT NULL
           AND (OLD.source <> 'paper' OR to_jsonb(OLD) - of_paper IS DISTINCT FROM to_jsonb(NEW) - of_paper)) THEN
        RAISE EXCEPTION 'attempt % stays', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_handed_in_stays', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

-- The rows of who has given a form and of the forms would tell by their place in the table, or by the transaction
-- that wrote them, whose form is whose. So each new form rewrites all forms of its course in the order of their
-- random keys: all are then of one transaction and none stands last. Rewriting changes nothing of them.
CREATE OR REPLACE FUNCTION evaluation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'trainings_evaluation' THEN
        IF to_jsonb(OLD) = to_jsonb(NEW) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was answered stays'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'evaluation_stays', TABLE = TG_TABLE_NAME;
END $$;
CREATE FUNCTION evaluations_are_mixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    each_one uuid;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('evaluations_are_mixed'), NEW.course_id::integer);
    FOR each_one IN SELECT id FROM trainings_evaluation WHERE course_id = NEW.course_id ORDER BY id LOOP
        UPDATE trainings_evaluation SET answers = answers WHERE id = each_one;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER evaluations_are_mixed AFTER INSERT ON trainings_evaluation
    FOR EACH ROW EXECUTE FUNCTION evaluations_are_mixed();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0015_roster")]

    operations = [
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                fields=["due_at"], name="attempt_under_way", condition=Q(handed_in_at=None)
            ),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
