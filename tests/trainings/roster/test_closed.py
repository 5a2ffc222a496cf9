"""A closed course: its roster and figures stand as reported; who somebody is may still be put right."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_question,
    make_session,
    make_test,
    make_topic,
    make_trainee,
    make_unit,
)
from tests.trainings.roster.sheets import TODAY, line, sent, workbook
from tests.trainings.roster.test_people import person
from trainings.actions.attendance.marks import Wanted, save_marks
from trainings.actions.attendance.sessions import reopen_attendance
from trainings.actions.courses.courses import open_course
from trainings.actions.learning.assignments import Received, save_assignments
from trainings.actions.learning.papers import enter_papers
from trainings.actions.learning.taking import begin
from trainings.actions.roster import classes, files, people, seats, units
from trainings.actions.roster.undoing import undo
from trainings.actions.roster.writing import commit
from trainings.models import Assignment, Attempt, Course, CourseTopic, Mark, Quota, Session, Trainee

pytestmark = pytest.mark.django_db
CLOSED = "Khoá đã kết thúc"


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(course):
    return make_admin(course.ward)


def close(course):
    Course.objects.filter(pk=course.pk).update(state="closed")
    course.refresh_from_db()


def refused(act, **given):
    with pytest.raises(ValidationError, match=CLOSED) as error:
        act(**given)
    assert "mở lại khoá" in error.value.messages[0].lower()


def test_nobody_is_added_moved_or_taken_off_a_closed_roster(admin, course):
    unit = make_unit(course.ward)
    held = make_class(course)
    here, gone, waits = (
        make_trainee(course, unit=unit, full_name=name) for name in ("Lê An", "Lê Bê", "Lê Cam")
    )
    people.withdraw(by=admin, trainee=gone, version=1, reason="ốm", on=TODAY)
    Trainee.objects.filter(pk=waits.pk).update(state="waiting", waiting_since=now())
    close(course)
    leave = {"by": admin, "trainee": here, "version": 1, "reason": "ốm", "on": TODAY}
    refused(people.enrol, by=admin, course=course, values=person(unit), at=now())
    refused(people.enrol_many, by=admin, course=course, people=[person(unit)], at=now())
    refused(people.withdraw, **leave)
    refused(people.replace, **leave, values={"full_name": "Lê Dứa"}, at=now())
    refused(people.take_back, by=admin, trainee=gone, version=2, at=now())
    refused(classes.move, by=admin, course=course, seen={here.pk: 1}, to=held)
    refused(classes.split, by=admin, course=course, anew=False, seen=classes.split_of(course, anew=False).key)
    refused(seats.move_up, by=admin, course=course)
    refused(units.save_quotas, by=admin, course=course, seats={unit.pk: 5}, seen={unit.pk: None})
    assert [each.state for each in course.trainees.order_by("pk")] == ["enrolled", "withdrawn", "waiting"]
    CourseTopic.objects.create(course=course, topic=make_topic(course.ward), number=1)
    open_course(by=admin, course=course, version=course.version, reason="Bổ sung người học bù")
    assert people.enrol(by=admin, course=course, values=person(unit), at=now()).state == "enrolled"


def test_no_file_is_brought_in_or_taken_back(admin, course):
    make_unit(course.ward, name="Tổ dân phố 1")
    written = sent(admin, course, workbook(line(1, "Lê Thị An")))
    written = commit(by=admin, imported=written, version=written.version, at=now())
    checked = sent(admin, course, workbook(line(1, "Lê Thị Bê")))
    close(course)
    refused(files.upload, by=admin, course=course, file_name="a.xlsx", content=b"x", defaults={})
    refused(commit, by=admin, imported=checked, version=checked.version, at=now())
    refused(undo, by=admin, imported=written, reason="nạp nhầm", at=now())
    assert course.trainees.count() == 1


def test_who_somebody_is_may_be_put_right_for_the_certificate(admin, course):
    trainee = make_trainee(course)
    close(course)
    values = {
        "full_name": "Nguyễn Thị Đào Hoa",
        "birth_year": 1981,
        "phone": "0912345678",
        "position": trainee.position,
    }
    row = people.edit_trainee(by=admin, trainee=trainee, version=1, values=values)
    assert (row.full_name, row.birth_year, row.phone) == ("Nguyễn Thị Đào Hoa", 1981, "0912345678")
    code = row.code
    assert people.renew_code(by=admin, trainee=row, version=2, reason="mất thẻ").code != code
    for values in ({"unit": make_unit(course.ward)}, {"group": "communication"}, {"sex": "male"}):
        refused(people.edit_trainee, by=admin, trainee=trainee, version=3, values=values)


def test_marks_tests_and_assignments_of_a_closed_course_stand(admin, course):
    held = make_class(course)
    trainee = make_trainee(training_class=held)
    session = make_session(held, state="held", closed_at=now())
    make_mark(session, trainee, reason="gõ từ sổ")
    test = make_test(course, [make_question(make_topic(course.ward))])
    close(course)
    session.training_class.course.refresh_from_db()
    test.course.refresh_from_db()
    wanted = [Wanted(trainee.pk, "absent", 1)]
    refused(save_marks, by=admin, session=session, wanted=wanted, source="clerk", at=now(), reason="nhầm")
    refused(reopen_attendance, by=admin, session=session, version=session.version, reason="nhầm")
    refused(enter_papers, by=admin, test=test, typed={trainee.pk: ({}, "")}, at=now())
    received = {trainee.pk: Received(TODAY, True, "", 0)}
    refused(save_assignments, by=admin, course=course, lines=received)
    with pytest.raises(ValidationError, match=CLOSED):
        begin(trainee=trainee, test=test, at=test.opens_at)


def test_the_database_keeps_a_closed_roster(course, admin):
    unit = make_unit(course.ward)
    held = make_class(course)
    trainee = make_trainee(course, unit=unit)
    quota = Quota.objects.create(course=course, unit=unit, seats=2)
    close(course)
    row = Trainee.objects.filter(pk=trainee.pk)
    for act in (
        lambda: make_trainee(course, full_name="Lê Bê", unit=unit),
        lambda: row.update(training_class=held),
        lambda: row.update(state="withdrawn", withdrawn_on=TODAY, withdraw_reason="ốm"),
        lambda: row.update(unit=make_unit(course.ward)),
        row.delete,
        lambda: Quota.objects.create(course=course, unit=make_unit(course.ward), seats=1),
        lambda: Quota.objects.filter(pk=quota.pk).update(seats=9),
        quota.delete,
    ):
        _broken("closed_course_keeps_its_roster", act)
    assert row.update(full_name="Lê An", name_fold="le an", birth_year=1979, phone="0912345678", version=2)


def test_the_database_keeps_the_figures_of_a_closed_course(course):
    held = make_class(course)
    trainee, other = make_trainee(training_class=held), make_trainee(training_class=held, full_name="Lê Bê")
    session = make_session(held, state="held")
    mark = make_mark(session, trainee)
    test = make_test(course, [make_question(make_topic(course.ward))])
    paper = _attempt(test, trainee, entered_by=mark.marked_by)
    phone = {"source": "phone", "handed_in_at": None, "score": None, "out_of": None}
    under_way = _attempt(test, make_trainee(course, full_name="Lê Cam"), **phone)
    work = Assignment.objects.create(trainee=trainee, received_on=TODAY, marked_by=mark.marked_by)
    close(course)
    for act in (
        lambda: make_mark(session, other),
        lambda: Mark.objects.filter(pk=mark.pk).update(state="absent", version=2),
        lambda: Session.objects.filter(pk=session.pk).update(closed_at=now()),
        lambda: _attempt(test, other, **phone),
        lambda: Attempt.objects.filter(pk=paper.pk).update(score=0),
        lambda: Assignment.objects.create(trainee=other, received_on=TODAY, marked_by=mark.marked_by),
        work.delete,
    ):
        _broken("closed_course_keeps_its_figures", act)
    assert Attempt.objects.filter(pk=under_way.pk).update(handed_in_at=now(), score=1, out_of=1)


def _attempt(test, trainee, **fields):
    return Attempt.objects.create(
        **{"test": test, "trainee": trainee, "seed": 1, "started_at": now(), "due_at": now(), "handed_in_at": now(),
           "score": 1, "out_of": 1, "source": "paper"} | fields
    )  # fmt: skip


def _broken(name, act):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert error.value.__cause__.diag.constraint_name == name
