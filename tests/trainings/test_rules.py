"""What the database refuses of courses, by name."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import make_group, make_user, make_ward
from tests.refusals import refused
from tests.trainings.factories import (
    HOURS,
    MORNING,
    insert_certificate,
    make_certificate,
    make_class,
    make_course,
    make_mark,
    make_question,
    make_session,
    make_speaker,
    make_test,
    make_topic,
    make_trainee,
    make_unit,
    make_venue,
)
from trainings.models import (
    Attempt,
    CertificateBatch,
    Choice,
    Contribution,
    CostLine,
    CourseTopic,
    Evaluation,
    EvaluationGiven,
    EvaluationItem,
    MarkChange,
    Quota,
    RosterImport,
    RosterVersion,
    SignerTitle,
    TestQuestion,
    Trainee,
)

pytestmark = pytest.mark.django_db


def row(record):
    return type(record).objects.filter(pk=record.pk)


def test_courses():
    course = make_course()
    change = row(course).update
    refused("course_code_once", make_course, course.ward, code=course.code)
    refused("course_named", change, name="")
    refused("course_dates_in_order", change, ends_on=date(2026, 12, 7))
    refused("course_has_seats", change, seats=0)
    refused("course_completion_is_percent", change, min_attendance=101)
    refused("course_completion_is_percent", change, pass_percent=0)
    refused("course_pattern_has_number", change, number_pattern="GCN")
    refused("course_state_known", change, state="?")
    refused("course_signer_title_known", change, signer_title="")
    refused("course_ward_is_ward", change, ward=make_group())


def test_topics_speakers_and_venues():
    ward = make_ward()
    topic = make_topic(ward)
    refused("topic_once", make_topic, ward, name=topic.name)
    refused("topic_named", row(topic).update, name="")
    speaker = make_speaker(ward)
    refused("speaker_once", make_speaker, ward, full_name=speaker.full_name)
    refused("speaker_named", row(speaker).update, full_name="")
    refused("speaker_phone_ten_digits", row(speaker).update, phone="123")
    venue = make_venue(ward)
    refused("venue_once", make_venue, ward, name=venue.name)
    refused("venue_named", row(venue).update, capacity=0)


def test_topics_of_a_course():
    course = make_course()
    topic = make_topic(course.ward)
    held = CourseTopic.objects.create(course=course, topic=topic, number=1)
    refused("course_topic_once", CourseTopic.objects.create, course=course, topic=topic, number=2)
    refused("course_topic_hours_sensible", row(held).update, hours=0)
    refused(
        "course_topic_of_its_ward",
        CourseTopic.objects.create,
        course=course,
        topic=make_topic(make_ward()),
        number=3,
    )


def test_costs():
    line = {"name": "Tiền ăn", "basis": "trainee_session", "quantity": Decimal(250), "rate": Decimal(50_000)}
    made = CostLine.objects.create(course=make_course(), number=1, **line)
    assert made.planned == Decimal(12_500_000)
    refused("cost_numbered", CostLine.objects.create, course=made.course, number=1, **line)
    refused("cost_named", row(made).update, name="")
    refused("cost_not_negative", row(made).update, used=-1)
    refused("cost_basis_known", row(made).update, basis="?")
    refused("cost_unsalaried_are_trainees", row(made).update, basis="other", unsalaried_only=True)


def test_classes_and_their_seats():
    held = make_class(capacity=1)
    refused("class_numbered", make_class, held.course, number=held.number)
    refused("class_named", row(held).update, name="")
    first = make_trainee(training_class=held)
    refused("class_is_full", make_trainee, training_class=held)
    second = make_trainee(held.course)
    refused("class_is_full", row(second).update, training_class=held)
    refused("class_holds_its_trainees", row(held).update, course=make_course())
    other = make_class(held.course, capacity=2)
    Trainee.objects.filter(pk__in=[first.pk, second.pk]).update(training_class=other)
    refused("class_holds_its_trainees", row(other).update, capacity=1)


def test_sessions_do_not_clash():
    held = make_class()
    ward = held.course.ward
    venue, speaker = make_venue(ward), make_speaker(ward)
    first = make_session(held, venue=venue, speaker=speaker)
    other = make_class(held.course)
    refused("session_numbered", make_session, held, number=1)
    refused("session_class_free", make_session, held, starts_at=MORNING + timedelta(hours=1))
    refused("session_venue_free", make_session, other, venue=venue)
    refused("session_speaker_free", make_session, other, speaker=speaker)
    make_session(
        other, venue=venue, speaker=speaker, starts_at=first.ends_at
    )  # one after the other is no clash
    row(first).update(state="cancelled", cancel_reason="Bão")
    make_session(make_class(held.course), venue=venue, speaker=speaker)


def test_sessions():
    session = make_session()
    change = row(session).update
    refused("session_times_in_order", change, ends_at=session.starts_at)
    refused("session_cancelled_with_reason", change, state="cancelled")
    refused("session_closed_was_held", change, closed_at=MORNING)
    refused("session_state_known", change, state="?")
    refused("session_kind_known", change, kind="?")
    refused("session_of_one_ward", change, topic=make_topic(make_ward()))
    refused("session_of_one_ward", change, speaker=make_speaker(make_ward()))
    refused("session_of_one_ward", change, venue=make_venue(make_ward()))


def test_units_and_quotas():
    ward = make_ward()
    group = make_group(ward)
    unit = make_unit(ward, name="Tổ dân phố 1", area=group)
    refused("unit_once", make_unit, ward, name="tổ dân  phố 1")
    refused("unit_of_area_once", make_unit, ward, area=group)
    refused("unit_named", row(unit).update, name="")
    refused("unit_area_of_its_ward", make_unit, ward, area=make_group())
    course = make_course(ward)
    Quota.objects.create(course=course, unit=unit, seats=2)
    refused("quota_once", Quota.objects.create, course=course, unit=unit, seats=3)


def test_a_person_is_on_a_course_once():
    course = make_course()
    user = make_user()
    first = make_trainee(course, user=user, phone="0912345678")
    refused("trainee_user_once", make_trainee, course, user=user)
    refused("trainee_phone_once", make_trainee, course, phone="0912345678", full_name="Lê Văn Út")
    refused("trainee_person_once", make_trainee, course, unit=first.unit, full_name="nguyen  thi dao")
    unknown = make_trainee(course, unit=first.unit, birth_year=None)
    refused("trainee_person_once", make_trainee, course, unit=first.unit, birth_year=None)
    make_trainee(course, unit=unknown.unit, birth_year=None, twin_of_name=1)
    row(first).update(state="withdrawn", withdrawn_on=date(2026, 12, 1), withdraw_reason="Chuyển công tác")
    make_trainee(course, unit=first.unit, user=user, phone="0912345678")


def test_trainees():
    trainee = make_trainee(training_class=make_class())
    change = row(trainee).update
    refused("trainee_named", change, full_name="")
    refused("trainee_phone_ten_digits", change, phone="12")
    refused("trainee_birth_agrees", change, birth_date=date(1981, 1, 1))
    refused("trainee_birth_sensible", change, birth_year=1900)
    refused("trainee_state_is_whole", change, state="waiting", waiting_since=MORNING)
    refused("trainee_state_is_whole", change, state="withdrawn", withdrawn_on=date(2026, 12, 1))
    refused("trainee_sex_known", change, sex="?")
    refused("trainee_group_known", change, group="?")
    refused("trainee_position_known", change, position="?")
    refused("trainee_fits_course", change, training_class=make_class())
    refused("trainee_fits_course", change, unit=make_unit(make_ward()))
    free = make_trainee(trainee.course, full_name="Út")
    refused("trainee_stays_who_it_is", row(free).update, course=make_course(trainee.course.ward))
    assert len(trainee.code) == 16


def test_roster_versions():
    course = make_course()
    fields = {"course": course, "decision_number": "1/QĐ", "decision_date": date(2026, 12, 1), "signer": "A"}
    made = RosterVersion.objects.create(number=1, made_by=make_user(), **fields)
    refused(
        "roster_version_numbered",
        RosterVersion.objects.create,
        number=1,
        made_by=make_user(),
        **fields | {"decision_number": "2/QĐ"},
    )
    refused("roster_decision_once", RosterVersion.objects.create, number=2, made_by=make_user(), **fields)
    refused(
        "roster_decision_signed",
        RosterVersion.objects.create,
        number=2,
        made_by=make_user(),
        **fields | {"signer": "", "decision_number": "3"},
    )
    refused(
        "roster_decision_signer_title_known",
        RosterVersion.objects.create,
        number=2,
        made_by=make_user(),
        **fields | {"signer_title": "?", "decision_number": "3"},
    )
    refused("roster_version_stays", row(made).update, lines=[1])
    refused("roster_version_stays", row(made).delete)


def test_roster_imports():
    made = RosterImport.objects.create(
        course=make_course(), file_name="a.xlsx", sha256="0", content=b"", made_by=make_user()
    )
    change = row(made).update
    refused("roster_import_committed_is_whole", change, state="committed")
    refused(
        "roster_import_undone_with_reason", change, state="undone", committed_at=MORNING, undone_at=MORNING
    )
    refused("roster_import_refused_with_reason", change, state="refused")
    refused("roster_import_state_known", change, state="?")


def test_marks_fit_their_session():
    held = make_class()
    session, trainee = make_session(held), make_trainee(training_class=held)
    make_mark(session, trainee)
    refused("mark_once", make_mark, session, trainee)
    refused("mark_fits_session", make_mark, session, make_trainee(held.course))
    make_mark(session, make_trainee(held.course), is_guest=True)
    refused("mark_fits_session", make_mark, session, make_trainee(), is_guest=True)
    called_off = make_session(held, state="cancelled", cancel_reason="Bão")
    refused("mark_fits_session", make_mark, called_off, trainee)
    refused("attended_session_stays", row(session).update, state="cancelled", cancel_reason="Bão")


def test_marks_are_corrected_and_leave_a_trail():
    held = make_class()
    session = make_session(held)
    mark = make_mark(session, make_trainee(training_class=held))
    change = row(mark).update
    refused("mark_state_known", change, state="?", version=2)
    refused("mark_source_known", change, source="?", version=2)
    refused("mark_is_only_corrected", change, state="late")
    refused(
        "mark_is_only_corrected", row(mark)._raw_delete, "default"
    )  # as SQL would, past what Django protects
    change(state="late", version=2)
    assert list(mark.changes.order_by("pk").values_list("before", "after")) == [
        ("", "present"),
        ("present", "late"),
    ]
    refused("mark_change_stays", MarkChange.objects.update, after="absent")
    row(session).update(state="held", closed_at=MORNING)
    refused("mark_after_closing_has_reason", change, state="absent", version=3)
    change(state="absent", version=3, reason="Giấy xin phép nộp sau")


def test_questions():
    topic = make_topic(make_ward())
    question = make_question(topic)
    refused("question_worded", row(question).update, text="")
    refused("question_kind_known", row(question).update, kind="?")
    refused("choice_numbered", Choice.objects.create, question=question, number=1, text="x")
    refused("choice_worded", Choice.objects.create, question=question, number=9, text="")


def test_tests():
    course = make_course()
    question = make_question(make_topic(course.ward))
    test = make_test(course, [question])
    change = row(test).update
    refused("test_once", make_test, course)
    refused("test_times_in_order", change, closes_at=test.opens_at)
    refused("test_minutes_sensible", change, minutes=0)
    refused("test_kind_known", change, kind="?")
    refused("test_question_once", TestQuestion.objects.create, test=test, question=question, number=2)
    refused("test_points_sensible", TestQuestion.objects.filter(test=test).update, points=0)
    refused(
        "test_question_of_its_ward",
        TestQuestion.objects.create,
        test=test,
        number=2,
        question=make_question(make_topic(make_ward())),
    )


def attempt(test, trainee, **fields) -> Attempt:
    times = {"started_at": MORNING, "due_at": MORNING + HOURS}
    return Attempt.objects.create(
        **{"test": test, "trainee": trainee, "seed": 1, "source": "phone"} | times | fields
    )


def test_attempts():
    course = make_course()
    question = make_question(make_topic(course.ward))
    test = make_test(course, [question])
    made = attempt(test, make_trainee(course))
    refused("attempt_once", attempt, test, made.trainee)
    refused("attempt_of_its_course", attempt, test, make_trainee())
    refused("attempt_handed_in_is_marked", row(made).update, handed_in_at=MORNING)
    refused("attempt_paper_has_a_clerk", row(made).update, source="paper")
    refused("attempt_times_in_order", attempt, test, make_trainee(course), due_at=MORNING - HOURS)
    refused("attempt_handed_in_stays", row(made).update, due_at=MORNING + HOURS * 2)
    row(made).update(handed_in_at=MORNING, score=1, out_of=1)
    refused("attempt_handed_in_stays", row(made).update, score=0)
    refused("attempt_handed_in_stays", row(made).delete)
    refused("asked_question_stays", row(question).update, text="Khác?")
    refused("asked_question_stays", question.choices.update, is_right=True)
    refused("begun_test_stays", row(test).update, minutes=45)
    refused("begun_test_stays", row(test).update, kind="pre")
    row(test).update(closes_at=MORNING + HOURS)
    refused("test_questions_stay", TestQuestion.objects.filter(test=test).update, points=2)
    refused("test_questions_stay", TestQuestion.objects.filter(test=test).delete)
    row(question).update(retired_on=date(2026, 12, 20))


def test_what_was_typed_from_paper_may_be_typed_again():
    course = make_course()
    test = make_test(course, [make_question(make_topic(course.ward))])
    fields = {
        "source": "paper",
        "entered_by": make_user("admin"),
        "handed_in_at": MORNING,
        "score": 0,
        "out_of": 1,
    }
    made = attempt(test, make_trainee(course), **fields)
    row(made).update(answers={"1": [1]}, score=1, saved_at=MORNING)
    refused("attempt_handed_in_stays", row(made).update, handed_in_at=None, score=None, out_of=None)
    refused("attempt_handed_in_stays", row(made).update, source="phone", entered_by=None)
    refused("attempt_handed_in_stays", row(made).delete)


def test_evaluations():
    course = make_course()
    item = EvaluationItem.objects.create(course=course, number=1, kind="scale", text="Nội dung")
    refused(
        "evaluation_item_numbered",
        EvaluationItem.objects.create,
        course=course,
        number=1,
        kind="text",
        text="Khác",
    )
    refused("evaluation_item_worded", row(item).update, text="")
    made = Evaluation.objects.create(course=course, answers={str(item.pk): 5})
    refused("evaluation_items_stay", row(item).update, text="Khác")
    refused("evaluation_stays", row(made).update, answers={})
    given = EvaluationGiven.objects.create(trainee=make_trainee(course))
    refused("evaluation_stays", row(given).delete)


def test_contributions():
    course = make_course()
    made = Contribution.objects.create(ward=course.ward, course=course, kind="question", text="Hỏi?")
    change = row(made).update
    refused("contribution_worded", change, text="")
    refused("contribution_answer_is_whole", change, answer="Đáp")
    refused("contribution_published_is_answered", change, published_at=MORNING)
    refused("contribution_kind_known", change, kind="?")
    refused("contribution_of_one_ward", change, topic=make_topic(make_ward()))
    refused("contribution_of_one_ward", change, session=make_session())
    refused("contribution_of_one_ward", change, trainee=make_trainee())


def test_only_who_completed_is_certified():
    missed = make_trainee()
    refused("training_certificate_of_who_completed", insert_certificate, missed)
    held = make_class(missed.course)
    session = make_session(held, state="held")
    absent, came = (make_trainee(missed.course, training_class=held) for _ in range(2))
    make_mark(session, absent, state="absent")
    make_mark(session, came)
    refused("training_certificate_of_who_completed", insert_certificate, absent)
    row(came.course).update(needs_assignment=True)
    refused("training_certificate_of_who_completed", insert_certificate, came)
    row(came.course).update(needs_assignment=False)
    row(came).update(state="withdrawn", withdrawn_on=date(2026, 12, 9), withdraw_reason="Ốm")
    refused("training_certificate_of_who_completed", insert_certificate, came)
    row(came).update(state="enrolled", withdrawn_on=None, withdraw_reason="")
    old = insert_certificate(came)
    row(old).update(revoked_on=date(2026, 12, 20), revoke_reason="Mất", revoked_by=make_user())
    row(session.marks.get(trainee=came)).update(state="absent", version=2, marked_by=make_user())
    assert insert_certificate(came, replaces=old).pk  # a paper that was lost is given again


def test_certificates():
    trainee = make_trainee()
    made = make_certificate(trainee)
    change = row(made).update
    refused(
        "training_certificate_number_once", make_certificate, make_trainee(trainee.course), number=made.number
    )
    refused("training_certificate_without_gap", make_certificate, make_trainee(trainee.course), number=9)
    refused(
        "training_certificate_of_its_year",
        make_certificate,
        make_trainee(trainee.course),
        issued_on=date(2027, 1, 4),
    )
    refused("training_certificate_one_valid", make_certificate, trainee)
    refused("training_certificate_numbered", make_certificate, make_trainee(trainee.course), signer="")
    refused(
        "training_certificate_signer_title_known",
        make_certificate,
        make_trainee(trainee.course),
        signer_title="GIÁM ĐỐC",
    )
    refused("training_certificate_only_revoked", change, signer_title=SignerTitle.DEPUTY)
    refused("training_certificate_only_revoked", change, full_name="Khác")
    refused("training_certificate_only_revoked", row(made).delete)
    refused("training_certificate_revoked_is_whole", change, revoked_on=date(2026, 12, 20))
    clerk = make_user()
    refused(
        "training_certificate_revoked_after_issue",
        change,
        revoked_on=date(2026, 1, 1),
        revoke_reason="Sai",
        revoked_by=clerk,
    )
    refused(
        "training_certificate_of_its_course", make_certificate, make_trainee(trainee.course), replaces=made
    )
    change(revoked_on=date(2026, 12, 20), revoke_reason="Sai tên", revoked_by=clerk)
    refused("training_certificate_only_revoked", change, revoke_reason="Khác")
    assert make_certificate(trainee, replaces=made).replaces == made
    batch = CertificateBatch.objects.create(course=trainee.course, made_by=clerk)
    refused("certificate_batch_done_has_file", row(batch).update, state="done")
    refused("certificate_batch_state_known", row(batch).update, state="?")
