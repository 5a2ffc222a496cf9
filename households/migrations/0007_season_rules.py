"""The rules of the season: no step is skipped, and each stands on what it needs, whoever writes.

The pairs of `step_allowed` are those of households/steps.py; a test holds the two equal.
"""

import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

STEP_ALLOWED = """
CREATE FUNCTION step_allowed(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ($1, $2) IN (
        ('listed', 'checked'), ('listed', 'stopped'), ('stopped', 'checked'),
        ('listed', 'draft'), ('checked', 'draft'),
        ('draft', 'submitted'), ('returned', 'submitted'),
        ('submitted', 'approved'), ('submitted', 'returned'), ('approved', 'returned'),
        ('approved', 'agreed'), ('agreed', 'returned'), ('agreed', 'posted'),
        ('posted', 'contested'), ('posted', 'returned'), ('contested', 'agreed'), ('contested', 'returned'),
        ('posted', 'reported'), ('reported', 'returned'),
        ('posted', 'decided'), ('reported', 'decided'), ('decided', 'certified'))
$$;
"""

# "The sheet as it was handed in": everything but the steps it takes afterwards.
SHEET_STEPS = """
CREATE FUNCTION sheet_content(households_sheet) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT to_jsonb($1) - '{state,version,saved_at,saved_by_id,saved_from,approved_by_id,approved_at,vote_id,posting_id,opinion_id,decision_id}'::text[]
$$;
CREATE OR REPLACE FUNCTION sheet_takes_its_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.round_id, OLD.household_id, OLD.started_by_id) IS DISTINCT FROM (NEW.round_id, NEW.household_id, NEW.started_by_id)
       OR OLD.listing_id <> NEW.listing_id THEN
        RAISE EXCEPTION 'a sheet stays with its household and round'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_stays_put', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state <> NEW.state AND NOT step_allowed(OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a sheet cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_takes_its_steps', TABLE = TG_TABLE_NAME;
    END IF;
    -- A re-check may correct what it found wrong; whatever else changes has to be returned first.
    IF OLD.state NOT IN ('draft', 'returned') AND (OLD.state, NEW.state) <> ('contested', 'agreed')
       AND sheet_content(OLD) <> sheet_content(NEW) THEN
        RAISE EXCEPTION 'sheet % is locked: %', OLD.id, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_is_locked', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""

# What each step stands on, looked up when the step is taken.
SHEET_EVIDENCE = """
CREATE FUNCTION sheet_step_has_its_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lacks text;
    opinion_asked boolean; apart boolean;
    decided_on date; decider bigint; decided_in bigint;
BEGIN
    IF NEW.state = 'agreed' AND OLD.state = 'approved' AND NOT EXISTS (
        SELECT 1 FROM households_vote v JOIN households_meeting m ON m.id = v.meeting_id
         WHERE v.id = NEW.vote_id AND v.sheet_id = NEW.id AND v.score_id = NEW.score_id AND v.passed
           AND m.round_id = NEW.round_id)
    THEN lacks := 'sheet_meeting_agreed'; END IF;
    IF OLD.state = 'contested' AND EXISTS (
        SELECT 1 FROM households_complaint WHERE sheet_id = NEW.id AND outcome = '')
    THEN lacks := 'sheet_complaints_are_settled'; END IF;
    IF NEW.state = 'posted' AND NOT EXISTS (
        SELECT 1 FROM households_postedsheet l JOIN households_posting p ON p.id = l.posting_id
         WHERE l.posting_id = NEW.posting_id AND l.sheet_id = NEW.id AND p.round_id = NEW.round_id)
    THEN lacks := 'sheet_is_on_the_posting'; END IF;
    IF NEW.state = 'contested' AND NOT EXISTS (
        SELECT 1 FROM households_complaint WHERE sheet_id = NEW.id AND posting_id = NEW.posting_id AND outcome = '')
    THEN lacks := 'sheet_has_a_complaint'; END IF;
    SELECT needs_opinion, separate_decision INTO opinion_asked, apart FROM households_round WHERE id = NEW.round_id;
    IF NEW.state = 'reported' THEN
        IF NOT opinion_asked THEN lacks := 'sheet_opinion_is_asked_for'; END IF;
        IF NOT EXISTS (
            SELECT 1 FROM households_opinion o JOIN households_posting p ON p.id = NEW.posting_id
             WHERE o.id = NEW.opinion_id AND o.round_id = NEW.round_id AND p.ends_on < o.sent_on)
        THEN lacks := 'sheet_posting_is_over'; END IF;
    END IF;
    IF NEW.state = 'decided' THEN
        SELECT date, made_by_id, round_id INTO decided_on, decider, decided_in FROM households_decision WHERE id = NEW.decision_id;
        IF decided_in IS DISTINCT FROM NEW.round_id THEN lacks := 'sheet_decided_in_its_round'; END IF;
        IF OLD.state = 'posted' AND opinion_asked THEN lacks := 'sheet_opinion_is_answered'; END IF;
        IF OLD.state = 'reported' AND NOT EXISTS (
            SELECT 1 FROM households_opinion WHERE id = NEW.opinion_id AND answer <> '' AND answered_on <= decided_on)
        THEN lacks := 'sheet_opinion_is_answered'; END IF;
        IF NOT EXISTS (SELECT 1 FROM households_posting WHERE id = NEW.posting_id AND ends_on < decided_on)
        THEN lacks := 'sheet_posting_is_over'; END IF;
        IF decider IS NULL OR decider = NEW.submitted_by_id OR (apart AND decider = NEW.approved_by_id)
        THEN lacks := 'sheet_decided_by_another'; END IF;
    END IF;
    IF NEW.state = 'certified' AND NOT EXISTS (
            -- Of its decision, or of one that corrected it.
            SELECT 1 FROM households_certificate c JOIN households_status s ON s.id = c.status_id
              JOIN households_decision d ON d.id = s.decision_id
             WHERE s.household_id = NEW.household_id
               AND d.date >= (SELECT date FROM households_decision WHERE id = NEW.decision_id))
       AND NOT EXISTS (SELECT 1 FROM households_notice WHERE listing_id = NEW.listing_id AND decision_id IS NOT NULL)
    THEN lacks := 'sheet_result_is_handed_out'; END IF;
    IF lacks IS NOT NULL THEN
        RAISE EXCEPTION 'sheet % cannot go from % to %', NEW.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = lacks, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
-- Triggers of a kind fire by name: the steps are looked at first (sheet_takes_its_steps).
CREATE TRIGGER sheet_then_has_its_evidence BEFORE UPDATE OF state ON households_sheet
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION sheet_step_has_its_evidence();
"""

LISTING_STEPS = """
CREATE FUNCTION listing_takes_its_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.round_id, OLD.household_id, OLD.source) <> (NEW.round_id, NEW.household_id, NEW.source)
       OR OLD.request_id IS DISTINCT FROM NEW.request_id
       OR (OLD.state <> NEW.state AND NOT step_allowed(OLD.state, NEW.state)) THEN
        RAISE EXCEPTION 'a listing cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_takes_its_steps', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER listing_takes_its_steps BEFORE UPDATE ON households_listing
    FOR EACH ROW EXECUTE FUNCTION listing_takes_its_steps();
CREATE FUNCTION sheet_household_is_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM households_listing l LEFT JOIN households_request r ON r.id = l.request_id
         WHERE l.id = NEW.listing_id AND l.round_id = NEW.round_id AND l.household_id = NEW.household_id
           AND (l.state = 'checked' OR l.state = 'listed' AND (r.id IS NULL OR r.form = '04')))
    THEN
        RAISE EXCEPTION 'household % is not on the list of round %', NEW.household_id, NEW.round_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_household_is_listed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sheet_household_is_listed BEFORE INSERT ON households_sheet
    FOR EACH ROW EXECUTE FUNCTION sheet_household_is_listed();
"""

COMPLAINTS = """
CREATE FUNCTION complaint_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.outcome <> '' THEN
        RAISE EXCEPTION 'complaint % is settled', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_is_settled_once', TABLE = TG_TABLE_NAME;
    END IF;
    IF NEW.outcome NOT IN ('', 'withdrawn')
       AND NEW.rechecked_by_id = (SELECT submitted_by_id FROM households_sheet WHERE id = NEW.sheet_id) THEN
        RAISE EXCEPTION 'who submitted the sheet cannot re-check it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_rechecked_by_another', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_is_settled_once BEFORE INSERT OR UPDATE ON households_complaint
    FOR EACH ROW EXECUTE FUNCTION complaint_is_settled_once();
"""

CERTIFICATES = """
CREATE FUNCTION certificate_is_only_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_on IS NOT NULL OR to_jsonb(OLD) - '{revoked_on,revoked_by_id,revoked_reason}'::text[]
       <> to_jsonb(NEW) - '{revoked_on,revoked_by_id,revoked_reason}'::text[] THEN
        RAISE EXCEPTION 'certificate % is in the register', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_is_only_revoked', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificate_is_only_revoked BEFORE UPDATE ON households_certificate
    FOR EACH ROW EXECUTE FUNCTION certificate_is_only_revoked();
"""

AREAS = """
CREATE TRIGGER meeting_area_is_group BEFORE INSERT OR UPDATE OF area_id ON households_meeting
    FOR EACH ROW EXECUTE FUNCTION area_must_be('area_id', 'group');
CREATE TRIGGER posting_area_is_group BEFORE INSERT OR UPDATE OF area_id ON households_posting
    FOR EACH ROW EXECUTE FUNCTION area_must_be('area_id', 'group');
CREATE TRIGGER certificate_ward_is_ward BEFORE INSERT OR UPDATE OF ward_id ON households_certificate
    FOR EACH ROW EXECUTE FUNCTION area_must_be('ward_id', 'ward');
"""

KEPT_FOR_EVER = (
    "request", "listing", "meeting", "vote", "posting", "postedsheet", "complaint", "opinion", "certificate", "notice",
)  # fmt: skip
AS_RECORDED = ("vote", "posting", "postedsheet", "notice")
KEPT = "".join(
    f"CREATE TRIGGER {name}_never_deleted BEFORE DELETE ON households_{name} "
    "FOR EACH ROW EXECUTE FUNCTION never_deleted();\n"
    for name in KEPT_FOR_EVER
) + "".join(
    f"CREATE TRIGGER {name}_never_changed BEFORE UPDATE ON households_{name} "
    "FOR EACH ROW EXECUTE FUNCTION never_deleted();\n"
    for name in AS_RECORDED
)


class Migration(migrations.Migration):
    dependencies = [("households", "0006_listings_of_old_sheets")]
    operations = [
        migrations.AlterField(
            "sheet",
            "listing",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="sheet", to="households.listing"
            ),
        ),
        # Not valid for rows of before: they were decided when the portal kept neither meeting nor posting.
        AddConstraintNotValid(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'approved', 'certified']), ('vote__isnull', False), _connector='OR'), name='sheet_agreed_has_vote'),
        ),
        AddConstraintNotValid(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'approved', 'agreed', 'certified']), ('posting__isnull', False), _connector='OR'), name='sheet_posted_has_posting'),
        ),
        AddConstraintNotValid(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'reported'), _negated=True), ('opinion__isnull', False), _connector='OR'), name='sheet_reported_has_opinion'),
        ),
        AddConstraintNotValid(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'certified')), _negated=True), ('decision__isnull', False), _connector='OR'), name='sheet_decided_has_decision'),
        ),
        AddConstraintNotValid(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'regular'), _negated=True), ('starts_on__day__gte', 15), _connector='OR'), name='round_regular_from_the_15th', violation_error_message='Rà soát thường xuyên bắt đầu từ ngày 15 hằng tháng (QĐ 24/2021/QĐ-TTg).'),
        ),
        AddConstraintNotValid(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'regular'), _negated=True), models.Q(('decide_by__isnull', False), ('decide_by__lte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '+', models.Value(datetime.timedelta(days=15)))), ('needs_opinion', False)), _connector='OR'), name='round_regular_within_15_days', violation_error_message='Rà soát thường xuyên: quyết định trong 15 ngày kể từ ngày bắt đầu, không xin ý kiến cấp trên.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(models.F('ward'), models.F('year'), django.db.models.functions.datetime.ExtractMonth('starts_on'), condition=models.Q(('kind', 'regular')), name='round_one_regular_a_month', violation_error_message='Tháng này đã có đợt rà soát thường xuyên.'),
        ),
        *(
            migrations.RunSQL(sql, migrations.RunSQL.noop)
            for sql in (
                STEP_ALLOWED, SHEET_STEPS, SHEET_EVIDENCE, LISTING_STEPS, COMPLAINTS, CERTIFICATES, AREAS, KEPT,
            )
        ),
    ]  # fmt: skip
