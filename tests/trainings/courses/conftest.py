"""A ward with its admin and a course of two classes and four topics; what a timetable of it chooses."""

from datetime import date, time

import pytest
from django.test import Client

from tests.factories import make_ward
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_session,
    make_speaker,
    make_topic,
    make_venue,
)
from trainings.actions.courses.planning import Choice, Lesson
from trainings.actions.courses.slots import Part
from trainings.models import CourseTopic

MONDAY = date(2026, 12, 7)
MORNING, AFTERNOON = Part(time(7, 30), time(11, 30)), Part(time(13, 30), time(17))


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def admin(ward):
    return make_admin(ward)


@pytest.fixture
def course(ward):
    made = make_course(ward, starts_on=MONDAY, ends_on=date(2026, 12, 31))
    for number in (1, 2):
        make_class(made, number=number, name=f"Lớp {number}")
    for number in range(1, 5):
        CourseTopic.objects.create(course=made, topic=make_topic(ward), number=number)
    return made


@pytest.fixture
def classes(course):
    return list(course.classes.in_order())


@pytest.fixture
def halls(ward):
    return [make_venue(ward, name="Hội trường A"), make_venue(ward, name="Hội trường B")]


@pytest.fixture
def choice(course, classes, halls):
    """Both classes at once, each in its hall, a session a topic, mornings of working days from Monday."""

    def chosen(**other):
        taught = course.course_topics.select_related("topic").order_by("number")
        values = {
            "classes": list(zip(classes, halls, strict=True)),
            "lessons": [Lesson(each.topic, 1, speaker=make_speaker(course.ward)) for each in taught],
            "first": MONDAY,
            "weekdays": [0, 1, 2, 3, 4],
            "parts": [MORNING],
            "arrangement": "rotated",
            **other,
        }
        return Choice(**values)

    return chosen


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(admin):
    return browser(admin)


@pytest.fixture
def session(classes, ward):
    return make_session(classes[0], speaker=make_speaker(ward), venue=make_venue(ward))
