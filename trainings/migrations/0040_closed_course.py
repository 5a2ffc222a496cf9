"""A closed course keeps its roster and what its report counts."""

from django.db import migrations

RULES = """
-- Who a trainee is may still be put right, for the certificate: name, birth, phone, personal code.
CREATE FUNCTION closed_course_keeps_its_roster() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.course_id ELSE NEW.course_id END;
    of_course text;
BEGIN
    SELECT state INTO of_course FROM trainings_course WHERE id = concerned FOR SHARE;
    IF of_course = 'closed' THEN
        RAISE EXCEPTION 'course % is closed', concerned
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_course_keeps_its_roster', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER closed_course_keeps_its_roster BEFORE INSERT OR DELETE ON trainings_trainee
    FOR EACH ROW EXECUTE FUNCTION closed_course_keeps_its_roster();
CREATE TRIGGER closed_course_keeps_its_roster_update BEFORE UPDATE ON trainings_trainee FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{full_name,sort_key,name_fold,birth_year,birth_date,phone,code,twin_of_name,version}'::text[]
          IS DISTINCT FROM
          to_jsonb(NEW) - '{full_name,sort_key,name_fold,birth_year,birth_date,phone,code,twin_of_name,version}'::text[])
    EXECUTE FUNCTION closed_course_keeps_its_roster();
CREATE TRIGGER closed_course_keeps_its_quotas BEFORE INSERT OR UPDATE OR DELETE ON trainings_quota
    FOR EACH ROW EXECUTE FUNCTION closed_course_keeps_its_roster();

-- The course is read, not locked: who marks holds the session, and who edits a session holds its course first.
CREATE FUNCTION closed_course_keeps_its_figures() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    concerned bigint;
BEGIN
    SELECT course.id INTO concerned FROM trainings_course course
     WHERE course.state = 'closed' AND course.id = CASE TG_TABLE_NAME
        WHEN 'trainings_session' THEN (SELECT course_id FROM trainings_trainingclass WHERE id = (told ->> 'training_class_id')::bigint)
        ELSE (SELECT course_id FROM trainings_trainee WHERE id = (told ->> 'trainee_id')::bigint) END;
    IF concerned IS NOT NULL THEN
        RAISE EXCEPTION 'course % is closed', concerned
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_course_keeps_its_figures', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER closed_course_keeps_its_marks BEFORE INSERT OR UPDATE ON trainings_mark
    FOR EACH ROW EXECUTE FUNCTION closed_course_keeps_its_figures();
CREATE TRIGGER closed_course_keeps_its_sessions BEFORE UPDATE OF state, closed_at ON trainings_session FOR EACH ROW
    WHEN ((OLD.state, OLD.closed_at) IS DISTINCT FROM (NEW.state, NEW.closed_at))
    EXECUTE FUNCTION closed_course_keeps_its_figures();
CREATE TRIGGER closed_course_keeps_its_assignments BEFORE INSERT OR UPDATE OR DELETE ON trainings_assignment
    FOR EACH ROW EXECUTE FUNCTION closed_course_keeps_its_figures();
-- Who is in the middle of a test hands it in; nobody begins one, and no paper is typed.
CREATE TRIGGER closed_course_keeps_its_attempts BEFORE INSERT ON trainings_attempt
    FOR EACH ROW EXECUTE FUNCTION closed_course_keeps_its_figures();
CREATE TRIGGER closed_course_keeps_its_papers BEFORE UPDATE ON trainings_attempt FOR EACH ROW
    WHEN (OLD.source = 'paper') EXECUTE FUNCTION closed_course_keeps_its_figures();
"""
UNDONE = """
DROP FUNCTION closed_course_keeps_its_roster CASCADE;
DROP FUNCTION closed_course_keeps_its_figures CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [("trainings", "0030_register_of_certificates")]

    operations = [migrations.RunSQL(RULES, UNDONE)]
