"""The rate of a course is that of its sessions held: guests on neither side, the unmarked expected."""

import random

import pytest
from django.urls import reverse

from tests.trainings.factories import make_class, make_course, make_mark, make_session, make_trainee
from thanhsen import vietnamese
from trainings.models import Course, Mark, Session, Trainee
from trainings.reports.attendance import per_session, with_rate
from trainings.reports.comparison import side_by_side
from trainings.reports.courses.overview import attended_rate

pytestmark = pytest.mark.django_db


def figures(course):
    return with_rate(Course.objects.filter(pk=course.pk)).get()


def test_guests_stand_in_neither_side_and_the_unmarked_in_one(course, classes):
    session = make_session(classes[0], state="held")
    own = [make_trainee(training_class=classes[0], birth_year=1950 + each) for each in range(4)]
    guest = make_trainee(training_class=classes[1], full_name="Lê Thị Khách")
    make_mark(session, own[0])
    make_mark(session, own[1], state="late")
    make_mark(session, own[2], state="absent")
    make_mark(session, guest, is_guest=True)
    found = figures(course)
    assert (found.attended, found.expected, str(attended_rate(found))) == (2, 4, "50.00")


def test_sessions_to_come_and_called_off_do_not_count(course, classes):
    trainee = make_trainee(training_class=classes[0])
    make_mark(make_session(classes[0]), trainee, state="excused")
    make_session(classes[0], state="cancelled", cancel_reason="Bão")
    assert attended_rate(figures(course)) is None


def test_as_the_attendance_page_adds_up(ward):
    """Whatever was marked: guests, the withdrawn, people without a class, several courses at once."""
    chance = random.Random(8123)
    courses = [make_course(ward) for _ in range(2)]
    for course in courses:
        classes = [make_class(course) for _ in range(3)]
        people = [
            make_trainee(course, training_class=chance.choice([*classes, None]), birth_year=1940 + each)
            for each in range(24)
        ]
        for number in range(9):
            held = make_session(classes[number % 3], state=chance.choice(["held", "held", "planned"]))
            for each in people:
                if each.training_class_id and chance.random() < 0.7:
                    guest = each.training_class_id != held.training_class_id
                    make_mark(held, each, state=chance.choice(Mark.State.values), is_guest=guest)
        for each in people[:3]:
            Trainee.objects.filter(pk=each.pk).update(
                state="withdrawn", withdrawn_on="2026-12-09", withdraw_reason="Chuyển công tác"
            )
    for course in courses:
        lines = [each for each in per_session(course) if each.session.state == Session.State.HELD]
        attended, expected = sum(each.attended for each in lines), sum(each.expected for each in lines)
        found = figures(course)
        assert (found.attended, found.expected) == (attended, expected)
        assert attended_rate(found) == vietnamese.rate(attended, expected)
        (line,) = side_by_side(Course.objects.filter(pk=course.pk))
        assert (line.attended, line.expected) == (attended, expected)


def test_on_the_page_of_the_course(client, admin, course, classes):
    client.force_login(admin)
    session = make_session(classes[0], state="held")
    make_mark(session, make_trainee(training_class=classes[0]))
    make_trainee(training_class=classes[0], full_name="Trần Văn Chưa")
    page = client.get(reverse("course_detail", args=[course.pk])).content.decode()
    assert "50%" in page or "50,00%" in page
    assert "1 / 2 lượt phải dự" in page
