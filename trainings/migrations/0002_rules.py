"""What spans rows: who fits where, what is full, and what stays as it was once people relied on it."""

from django.db import migrations

RULES = """
CREATE TRIGGER course_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON trainings_course
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');

-- A unit of a tổ dân phố belongs to the ward that the tổ dân phố lies in.
CREATE FUNCTION unit_area_of_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM thanhsen_area WHERE id = NEW.area_id AND kind = 'group' AND parent_id = NEW.ward_id) THEN
        RAISE EXCEPTION 'area % is no group of ward %', NEW.area_id, NEW.ward_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_area_of_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER unit_area_of_its_ward BEFORE INSERT OR UPDATE OF area_id, ward_id ON trainings_unit
    FOR EACH ROW WHEN (NEW.area_id IS NOT NULL) EXECUTE FUNCTION unit_area_of_its_ward();

CREATE FUNCTION course_topic_of_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT ward_id FROM trainings_course WHERE id = NEW.course_id)
       IS DISTINCT FROM (SELECT ward_id FROM trainings_topic WHERE id = NEW.topic_id) THEN
        RAISE EXCEPTION 'topic % is of another ward', NEW.topic_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'course_topic_of_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER course_topic_of_its_ward BEFORE INSERT OR UPDATE ON trainings_coursetopic
    FOR EACH ROW EXECUTE FUNCTION course_topic_of_its_ward();

CREATE FUNCTION session_of_one_ward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ward bigint := (SELECT course.ward_id FROM trainings_trainingclass held
                      JOIN trainings_course course ON course.id = held.course_id WHERE held.id = NEW.training_class_id);
BEGIN
    IF (NEW.topic_id IS NOT NULL AND ward IS DISTINCT FROM (SELECT ward_id FROM trainings_topic WHERE id = NEW.topic_id))
       OR (NEW.speaker_id IS NOT NULL AND ward IS DISTINCT FROM (SELECT ward_id FROM trainings_speaker WHERE id = NEW.speaker_id))
       OR (NEW.venue_id IS NOT NULL AND ward IS DISTINCT FROM (SELECT ward_id FROM trainings_venue WHERE id = NEW.venue_id)) THEN
        RAISE EXCEPTION 'session % reaches into another ward', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'session_of_one_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER session_of_one_ward BEFORE INSERT OR UPDATE OF training_class_id, topic_id, speaker_id, venue_id ON trainings_session
    FOR EACH ROW EXECUTE FUNCTION session_of_one_ward();

-- What was attended is not moved to another class or called off.
CREATE FUNCTION attended_session_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.training_class_id <> NEW.training_class_id OR NEW.state = 'cancelled')
       AND EXISTS (SELECT 1 FROM trainings_mark WHERE session_id = NEW.id) THEN
        RAISE EXCEPTION 'session % has marks', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attended_session_stays', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attended_session_stays BEFORE UPDATE OF training_class_id, state ON trainings_session
    FOR EACH ROW EXECUTE FUNCTION attended_session_stays();

CREATE FUNCTION trainee_fits_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.training_class_id IS NOT NULL
        AND NEW.course_id IS DISTINCT FROM (SELECT course_id FROM trainings_trainingclass WHERE id = NEW.training_class_id))
       OR (SELECT ward_id FROM trainings_course WHERE id = NEW.course_id)
          IS DISTINCT FROM (SELECT ward_id FROM trainings_unit WHERE id = NEW.unit_id) THEN
        RAISE EXCEPTION 'trainee % is of another course or ward', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'trainee_fits_course', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trainee_fits_course BEFORE INSERT OR UPDATE OF course_id, training_class_id, unit_id ON trainings_trainee
    FOR EACH ROW EXECUTE FUNCTION trainee_fits_course();

CREATE FUNCTION trainee_stays_who_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'trainee % keeps course and code', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'trainee_stays_who_it_is', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER trainee_stays_who_it_is BEFORE UPDATE OF course_id, code ON trainings_trainee
    FOR EACH ROW WHEN (OLD.course_id <> NEW.course_id OR OLD.code <> NEW.code) EXECUTE FUNCTION trainee_stays_who_it_is();

-- Counted once for all the rows of a statement. The class is locked: two clerks do not share its last seat.
CREATE FUNCTION class_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    full_class bigint;
BEGIN
    PERFORM 1 FROM trainings_trainingclass
      WHERE id IN (SELECT training_class_id FROM changed WHERE training_class_id IS NOT NULL) ORDER BY id FOR UPDATE;
    SELECT held.id INTO full_class FROM trainings_trainingclass held
      WHERE held.id IN (SELECT training_class_id FROM changed WHERE state = 'enrolled')
        AND held.capacity < (SELECT count(*) FROM trainings_trainee WHERE training_class_id = held.id AND state = 'enrolled')
      LIMIT 1;
    IF full_class IS NOT NULL THEN
        RAISE EXCEPTION 'class % is full', full_class
            USING ERRCODE = 'check_violation', CONSTRAINT = 'class_is_full', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER class_is_full_insert AFTER INSERT ON trainings_trainee
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION class_is_full();
CREATE TRIGGER class_is_full_update AFTER UPDATE ON trainings_trainee
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION class_is_full();

CREATE FUNCTION class_holds_its_trainees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.course_id <> NEW.course_id
       OR NEW.capacity < (SELECT count(*) FROM trainings_trainee WHERE training_class_id = NEW.id AND state = 'enrolled') THEN
        RAISE EXCEPTION 'class % holds more', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'class_holds_its_trainees', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER class_holds_its_trainees BEFORE UPDATE OF course_id, capacity ON trainings_trainingclass
    FOR EACH ROW EXECUTE FUNCTION class_holds_its_trainees();

CREATE FUNCTION roster_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster version % stays', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'roster_version_stays', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER roster_version_stays BEFORE UPDATE OR DELETE ON trainings_rosterversion
    FOR EACH ROW EXECUTE FUNCTION roster_version_stays();

CREATE FUNCTION mark_fits_session() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held trainings_session;
    person trainings_trainee;
BEGIN
    SELECT * INTO held FROM trainings_session WHERE id = NEW.session_id FOR SHARE;
    SELECT * INTO person FROM trainings_trainee WHERE id = NEW.trainee_id;
    IF held.state = 'cancelled' OR person.state <> 'enrolled'
       OR person.course_id IS DISTINCT FROM (SELECT course_id FROM trainings_trainingclass WHERE id = held.training_class_id)
       OR (person.training_class_id IS DISTINCT FROM held.training_class_id) <> NEW.is_guest THEN
        RAISE EXCEPTION 'trainee % is not of session %', NEW.trainee_id, NEW.session_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_fits_session', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mark_fits_session BEFORE INSERT ON trainings_mark FOR EACH ROW EXECUTE FUNCTION mark_fits_session();

CREATE FUNCTION mark_is_only_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.session_id <> NEW.session_id OR OLD.trainee_id <> NEW.trainee_id
       OR NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'mark % is only corrected', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_is_only_corrected', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mark_is_only_corrected BEFORE UPDATE OR DELETE ON trainings_mark
    FOR EACH ROW EXECUTE FUNCTION mark_is_only_corrected();

CREATE FUNCTION mark_after_closing_has_reason() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reason = '' AND (SELECT closed_at FROM trainings_session WHERE id = NEW.session_id) IS NOT NULL THEN
        RAISE EXCEPTION 'session % is closed', NEW.session_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_after_closing_has_reason', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mark_after_closing_has_reason BEFORE INSERT OR UPDATE ON trainings_mark
    FOR EACH ROW EXECUTE FUNCTION mark_after_closing_has_reason();

CREATE FUNCTION mark_leaves_a_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO trainings_markchange (mark_id, before, after, source, reason, by_id, at)
    VALUES (NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state, NEW.source, NEW.reason, NEW.marked_by_id, NEW.marked_at);
    RETURN NULL;
END $$;
CREATE TRIGGER mark_leaves_a_trail AFTER INSERT OR UPDATE ON trainings_mark
    FOR EACH ROW EXECUTE FUNCTION mark_leaves_a_trail();

CREATE FUNCTION mark_change_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail of mark % stays', OLD.mark_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_change_stays', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER mark_change_stays BEFORE UPDATE OR DELETE ON trainings_markchange
    FOR EACH ROW EXECUTE FUNCTION mark_change_stays();

CREATE FUNCTION test_was_begun(question bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM trainings_testquestion asked
                     JOIN trainings_attempt attempt ON attempt.test_id = asked.test_id WHERE asked.question_id = question);
$$;
CREATE FUNCTION asked_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{retired_on,version}';
    question bigint := CASE WHEN TG_TABLE_NAME = 'trainings_choice' THEN
        (CASE WHEN TG_OP = 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END ->> 'question_id')::bigint ELSE OLD.id END;
BEGIN
    IF test_was_begun(question)
       AND (TG_OP <> 'UPDATE' OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change) THEN
        RAISE EXCEPTION 'question % was asked', question
            USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_question_stays', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER asked_question_stays BEFORE UPDATE OR DELETE ON trainings_question
    FOR EACH ROW EXECUTE FUNCTION asked_question_stays();
CREATE TRIGGER asked_choices_stay BEFORE INSERT OR UPDATE OR DELETE ON trainings_choice
    FOR EACH ROW EXECUTE FUNCTION asked_question_stays();

CREATE FUNCTION test_questions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.test_id ELSE OLD.test_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM trainings_attempt WHERE test_id = changed)
       OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM trainings_attempt WHERE test_id = NEW.test_id)) THEN
        RAISE EXCEPTION 'test % was begun', changed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'test_questions_stay', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER test_questions_stay BEFORE INSERT OR UPDATE OR DELETE ON trainings_testquestion
    FOR EACH ROW EXECUTE FUNCTION test_questions_stay();

CREATE FUNCTION test_question_of_its_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT course.ward_id FROM trainings_test test JOIN trainings_course course ON course.id = test.course_id WHERE test.id = NEW.test_id)
       IS DISTINCT FROM (SELECT ward_id FROM trainings_question WHERE id = NEW.question_id) THEN
        RAISE EXCEPTION 'question % is of another ward', NEW.question_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'test_question_of_its_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER test_question_of_its_ward BEFORE INSERT OR UPDATE ON trainings_testquestion
    FOR EACH ROW EXECUTE FUNCTION test_question_of_its_ward();

CREATE FUNCTION attempt_of_its_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT course_id FROM trainings_test WHERE id = NEW.test_id)
       IS DISTINCT FROM (SELECT course_id FROM trainings_trainee WHERE id = NEW.trainee_id) THEN
        RAISE EXCEPTION 'trainee % is of another course', NEW.trainee_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_of_its_course', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempt_of_its_course BEFORE INSERT ON trainings_attempt
    FOR EACH ROW EXECUTE FUNCTION attempt_of_its_course();

CREATE FUNCTION attempt_handed_in_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.handed_in_at IS NOT NULL OR OLD.test_id <> NEW.test_id OR OLD.trainee_id <> NEW.trainee_id
       OR OLD.seed <> NEW.seed OR OLD.started_at <> NEW.started_at OR OLD.due_at <> NEW.due_at THEN
        RAISE EXCEPTION 'attempt % stays', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_handed_in_stays', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempt_handed_in_stays BEFORE UPDATE OR DELETE ON trainings_attempt
    FOR EACH ROW EXECUTE FUNCTION attempt_handed_in_stays();

CREATE FUNCTION evaluation_items_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.course_id ELSE OLD.course_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM trainings_evaluation WHERE course_id = changed) THEN
        RAISE EXCEPTION 'the form of course % was answered', changed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evaluation_items_stay', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER evaluation_items_stay BEFORE INSERT OR UPDATE OR DELETE ON trainings_evaluationitem
    FOR EACH ROW EXECUTE FUNCTION evaluation_items_stay();

CREATE FUNCTION evaluation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was answered stays'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'evaluation_stays', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER evaluation_stays BEFORE UPDATE OR DELETE ON trainings_evaluation
    FOR EACH ROW EXECUTE FUNCTION evaluation_stays();
CREATE TRIGGER evaluation_given_stays BEFORE UPDATE OR DELETE ON trainings_evaluationgiven
    FOR EACH ROW EXECUTE FUNCTION evaluation_stays();

CREATE FUNCTION contribution_of_one_ward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM trainings_course WHERE id = NEW.course_id AND ward_id <> NEW.ward_id)
       OR EXISTS (SELECT 1 FROM trainings_topic WHERE id = NEW.topic_id AND ward_id <> NEW.ward_id)
       OR EXISTS (SELECT 1 FROM trainings_session session JOIN trainings_trainingclass held ON held.id = session.training_class_id
                   WHERE session.id = NEW.session_id AND held.course_id IS DISTINCT FROM NEW.course_id)
       OR EXISTS (SELECT 1 FROM trainings_trainee WHERE id = NEW.trainee_id AND course_id IS DISTINCT FROM NEW.course_id) THEN
        RAISE EXCEPTION 'contribution % reaches into another course or ward', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_of_one_ward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contribution_of_one_ward BEFORE INSERT OR UPDATE ON trainings_contribution
    FOR EACH ROW EXECUTE FUNCTION contribution_of_one_ward();

CREATE FUNCTION training_certificate_of_its_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.course_id IS DISTINCT FROM (SELECT course_id FROM trainings_trainee WHERE id = NEW.trainee_id)
       OR NEW.ward_id IS DISTINCT FROM (SELECT ward_id FROM trainings_course WHERE id = NEW.course_id)
       OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM trainings_trainingcertificate
             WHERE id = NEW.replaces_id AND trainee_id = NEW.trainee_id AND revoked_on IS NOT NULL)) THEN
        RAISE EXCEPTION 'certificate % is of another course', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_certificate_of_its_course', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_certificate_of_its_course BEFORE INSERT ON trainings_trainingcertificate
    FOR EACH ROW EXECUTE FUNCTION training_certificate_of_its_course();

CREATE FUNCTION training_certificate_only_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{revoked_on,revoke_reason,revoked_by_id}';
BEGIN
    IF TG_OP = 'DELETE' OR OLD.revoked_on IS NOT NULL
       OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'certificate % is only revoked', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_certificate_only_revoked', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_certificate_only_revoked BEFORE UPDATE OR DELETE ON trainings_trainingcertificate
    FOR EACH ROW EXECUTE FUNCTION training_certificate_only_revoked();
"""


class Migration(migrations.Migration):

    dependencies = [("trainings", "0001_initial"), ("households", "0003_rules")]

    operations = [migrations.RunSQL(RULES, migrations.RunSQL.noop)]
