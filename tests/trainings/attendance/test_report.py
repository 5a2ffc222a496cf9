"""Attendance in figures: guests, people who moved or left, sessions called off, and nobody at all."""

from decimal import Decimal

import pytest

from tests.factories import make_user
from tests.trainings.factories import MORNING, make_class, make_course, make_mark, make_session, make_trainee
from trainings.models import Mark, Session, Trainee
from trainings.reports import attendance as report

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


def held(training_class, **fields):
    return make_session(training_class, state="held", **fields)


def test_a_session_counts_its_class_and_its_guests_apart(course):
    one, two = make_class(course), make_class(course)
    session = make_session(one)
    for state in ("present", "present", "late", "excused", "absent"):
        make_mark(session, make_trainee(training_class=one), state=state)
    make_trainee(training_class=one)
    make_mark(session, make_trainee(training_class=two), is_guest=True)
    make_mark(session, make_trainee(training_class=two), is_guest=True, state="absent")
    line = report.per_session(course)[0]
    assert (line.present, line.late, line.excused, line.absent, line.unmarked, line.guests) == (
        2,
        1,
        1,
        1,
        1,
        1,
    )
    assert (line.attended, line.expected, line.rate) == (3, 6, Decimal("50.00"))


def test_who_left_after_being_marked_stays_counted_once(course):
    one = make_class(course)
    session, gone = make_session(one), make_trainee(training_class=one)
    make_mark(session, gone)
    Trainee.objects.filter(pk=gone.pk).update(
        state="withdrawn", withdrawn_on=MORNING.date(), withdraw_reason="Ốm"
    )
    line = report.per_session(course)[0]
    assert (line.attended, line.unmarked, line.expected, line.rate) == (1, 0, 1, Decimal("100.00"))


def test_an_empty_class_has_no_rate(course):
    session = make_session(make_class(course))
    make_session(session.training_class, state="cancelled", cancel_reason="Bão")
    lines = report.per_session(course)
    assert [(each.session.pk, each.expected, each.rate) for each in lines] == [(session.pk, 0, None)]
    assert report.per_session(make_course()) == []


def test_a_trainee_makes_up_a_session_as_a_guest(course):
    one, two = make_class(course), make_class(course)
    trainee, other = (
        make_trainee(training_class=one, full_name="Lê An"),
        make_trainee(training_class=two, full_name="Lê Bình"),
    )
    first, second = held(one), held(one)
    make_session(one)  # not held yet
    again = held(two, number=2)
    make_mark(first, trainee)
    make_mark(second, trainee, state="absent")
    make_mark(again, trainee, is_guest=True, state="late")
    line, beside = report.per_trainee(course)
    assert (line.trainee, line.held, line.attended, line.missed, line.rate) == (
        trainee,
        2,
        2,
        0,
        Decimal("100.00"),
    )
    assert line.states == {1: "present", 2: "late"}
    assert (beside.trainee, beside.held, beside.attended, beside.rate) == (other, 1, 0, Decimal("0.00"))


def test_a_trainee_who_moved_brings_what_was_attended(course):
    one, two = make_class(course), make_class(course)
    trainee = make_trainee(training_class=one)
    make_mark(held(one), trainee)
    held(two)
    Trainee.objects.filter(pk=trainee.pk).update(training_class=two)
    assert [(each.held, each.attended) for each in report.per_trainee(course)] == [(1, 1)]


def test_without_a_class_or_a_session_there_is_no_rate(course):
    make_trainee(course)
    (line,) = report.per_trainee(course)
    assert (line.held, line.attended, line.rate) == (0, 0, None)


def test_figures_take_the_same_queries_for_many(course, django_assert_num_queries):
    one = make_class(course, capacity=100)
    for _ in range(3):
        session = held(one)
    for number in range(20):
        make_mark(session, make_trainee(training_class=one, full_name=f"Người {number}"))
    with django_assert_num_queries(1):
        report.per_session(course)
    with django_assert_num_queries(2):
        report.per_trainee(course)
    with django_assert_num_queries(2):
        report.places(session)


def test_places_are_numbered_as_on_the_sheet_and_others_stand_without_a_number(course):
    one, two = make_class(course), make_class(course)
    session = make_session(one)
    for name in ("Lê Văn Bình", "Lê Văn An", "Lê Văn Ân"):
        make_trainee(training_class=one, full_name=name)
    make_mark(session, make_trainee(training_class=two, full_name="Lê Văn Ánh"), is_guest=True)
    found = report.places(session)
    assert [(each.number, each.trainee.full_name) for each in found] == [
        (1, "Lê Văn An"), (None, "Lê Văn Ánh"), (2, "Lê Văn Ân"), (3, "Lê Văn Bình"),
    ]  # fmt: skip


def test_the_code_of_a_sheet_changes_with_the_list_only(course):
    one = make_class(course)
    session, trainee = make_session(one), make_trainee(training_class=one)
    before = report.sheet_code(report.places(session))
    make_mark(session, trainee)
    make_mark(session, make_trainee(course), is_guest=True)
    assert report.sheet_code(report.places(session)) == before
    make_trainee(training_class=one)
    assert report.sheet_code(report.places(session)) != before
    assert len(before) == 4


def test_what_others_changed_meanwhile(course):
    one = make_class(course)
    session, me = make_session(one), make_user("admin")
    assert report.newest_change(session) == 0
    mine = make_mark(session, make_trainee(training_class=one), marked_by=me)
    seen = report.newest_change(session)
    theirs = make_mark(session, make_trainee(training_class=one))
    assert report.changed_since(session, 0, me) == [theirs]
    assert report.changed_since(session, seen, me) == [theirs]
    assert report.changed_since(session, report.newest_change(session), me) == []
    Mark.objects.filter(pk=mine.pk).update(state="late", version=2)
    assert [(each.before, each.after) for each in report.changes(session, corrections_only=True)] == [
        ("present", "late")
    ]
    assert report.changes(session, corrections_only=False).count() == 3


def test_guests_are_found_by_any_part_of_their_name_or_their_code(course):
    one, two = make_class(course), make_class(course)
    session = make_session(one)
    make_trainee(training_class=one, full_name="Trần Thị Đào")
    guest = make_trainee(training_class=two, full_name="Nguyễn Thị Đào")
    make_trainee(full_name="Nguyễn Thị Đào")  # of another course
    assert list(report.others_of_course(session, "dao nguyen")) == [guest]
    assert list(report.others_of_course(session, guest.code.upper())) == [guest]
    assert list(report.others_of_course(session, "ngu d")) == [guest]
    assert not report.others_of_course(session, "guyen")  # not from the middle of a word
    assert not report.others_of_course(session, "%")
    make_mark(session, guest, is_guest=True)
    assert not report.others_of_course(session, "dao")


def test_doors_of_a_day(course):
    one = make_class(course)
    session = make_session(one)
    make_session(one, state="cancelled", cancel_reason="Bão", starts_at=MORNING.replace(hour=14))
    Session.objects.filter(pk=make_session(one, state="held", starts_at=MORNING.replace(hour=19)).pk).update(
        closed_at=MORNING
    )
    make_session()  # of another ward
    clerk = make_user("supervisor", course.ward)
    assert list(report.door_sessions(clerk, MORNING.date())) == [session]
