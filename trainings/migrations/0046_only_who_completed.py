"""A first certificate is only of who has completed the course. The rule in SQL, equal to `trainings.completion`."""

from django.db import migrations

RULES = """
-- One that replaces another stands on the one it replaces: a paper that is lost is given again whatever was corrected since.
CREATE FUNCTION training_certificate_of_who_completed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM issued
          JOIN trainings_trainee learner ON learner.id = issued.trainee_id
          JOIN trainings_course course ON course.id = learner.course_id
          CROSS JOIN LATERAL (
            SELECT count(*) AS total, count(*) FILTER (WHERE session.state = 'held' AND EXISTS (
                SELECT 1 FROM trainings_mark mark
                  JOIN trainings_session there ON there.id = mark.session_id
                  JOIN trainings_trainingclass held ON held.id = there.training_class_id
                 WHERE mark.trainee_id = learner.id AND mark.state IN ('present', 'late')
                   AND (there.id = session.id
                        OR held.course_id = course.id AND there.topic_id = session.topic_id
                           AND (there.number = session.number OR NOT EXISTS (
                                SELECT 1 FROM trainings_session twice
                                 WHERE twice.training_class_id = session.training_class_id AND twice.id <> session.id
                                   AND twice.topic_id = session.topic_id AND twice.state <> 'cancelled'))
                        OR held.course_id = course.id AND there.topic_id IS NULL AND session.topic_id IS NULL
                           AND there.number = session.number))) AS attended
              FROM trainings_session session
             WHERE session.training_class_id = learner.training_class_id AND session.state <> 'cancelled') came
          LEFT JOIN LATERAL (
            SELECT attempt.score, attempt.out_of FROM trainings_attempt attempt
              JOIN trainings_test test ON test.id = attempt.test_id
             WHERE attempt.trainee_id = learner.id AND test.kind = 'post' AND attempt.handed_in_at IS NOT NULL
             LIMIT 1) did ON true
         WHERE issued.replaces_id IS NULL
           AND NOT coalesce(
               learner.state = 'enrolled'
               AND came.total > 0 AND came.attended * 100 >= came.total * course.min_attendance
               AND (course.pass_percent IS NULL OR did.out_of > 0 AND did.score * 100 >= did.out_of * course.pass_percent)
               AND (NOT course.needs_assignment OR EXISTS (
                    SELECT 1 FROM trainings_assignment assignment WHERE assignment.trainee_id = learner.id AND assignment.passed)),
               false)) THEN
        RAISE EXCEPTION 'a certificate of who has not completed the course'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_certificate_of_who_completed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER training_certificate_of_who_completed AFTER INSERT ON trainings_trainingcertificate
    REFERENCING NEW TABLE AS issued FOR EACH STATEMENT EXECUTE FUNCTION training_certificate_of_who_completed();
"""
UNDONE = """
DROP TRIGGER training_certificate_of_who_completed ON trainings_trainingcertificate;
DROP FUNCTION training_certificate_of_who_completed;
"""


class Migration(migrations.Migration):

    dependencies = [("trainings", "0045_signers")]

    operations = [migrations.RunSQL(RULES, UNDONE)]
