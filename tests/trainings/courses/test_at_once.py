"""Two people at the same timetable, hall, cost line or course at the same moment, each over a connection of its own."""

from itertools import count
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from tests.households.test_at_once import at_once
from tests.trainings.courses.test_costs import line
from tests.trainings.courses.test_courses import values as facts
from tests.trainings.courses.test_sessions import values
from tests.trainings.factories import make_class, make_course, make_session, make_trainee
from thanhsen.models import Event
from trainings.actions.courses import catalogue, classes, courses, sessions
from trainings.actions.courses.costs import save_costs
from trainings.actions.courses.planning import plan_of, save_plan
from trainings.models import Course, CourseTopic, Session, Topic

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_timetable_sent_by_an_impatient_thumb(admin, course, choice):
    chosen = choice()
    seen = plan_of(course, chosen).key
    answers = at_once(lambda: save_plan(by=admin, course=course, choice=chosen, seen=seen), times=4)
    assert [len(each) for each in answers] == [8] * 4
    assert Session.objects.count() == Event.objects.filter(act="session.plan").count() == 8


def test_two_courses_that_want_the_same_hall(admin, ward, course, choice, halls):
    other = make_course(ward, code="K2", starts_on=course.starts_on, ends_on=course.ends_on)
    held = make_class(other, name="Lớp khác")
    for each in course.course_topics.all():
        CourseTopic.objects.create(course=other, topic=each.topic, number=each.number)
    wanted = [
        (course, choice(first=course.starts_on)),
        (other, choice(classes=[(held, halls[0])], arrangement="one_by_one")),
    ]
    seen = [plan_of(*each).key for each in wanted]
    turns = count()

    def act():
        turn = next(turns)
        return save_plan(by=admin, course=wanted[turn][0], choice=wanted[turn][1], seen=seen[turn])

    answers = at_once(act, times=2)
    assert sorted(type(each).__name__ for each in answers) == ["ValidationError", "list"]
    assert Session.objects.count() in (4, 8)  # one whole timetable, nothing of the other


def test_one_hour_of_a_hall_taken_by_two(admin, classes, halls):
    turns = count()

    def act():
        return sessions.add_session(by=admin, held=classes[next(turns)], values=values(venue=halls[0]))

    answers = at_once(act, times=2)
    refused = [each for each in answers if isinstance(each, ValidationError)]
    assert len(refused) == 1
    assert "Hội trường A đã có buổi của" in refused[0].messages[0]
    assert Session.objects.count() == 1


def test_a_session_moved_by_two(admin, classes):
    session = make_session(classes[0])
    answers = at_once(
        lambda: sessions.edit_session(by=admin, session=session, version=1, values=values()), times=3
    )
    assert sorted(type(each).__name__ for each in answers) == ["Session", "Stale", "Stale"]


def test_new_cost_lines_of_two_get_their_own_numbers(admin, course):
    assert at_once(lambda: save_costs(by=admin, course=course, lines=[line()]), times=4) == [1] * 4
    assert sorted(course.costs.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_one_cost_line_changed_by_two(admin, course):
    save_costs(by=admin, course=course, lines=[line()])
    row, rates = course.costs.get(), count(1)
    answers = at_once(
        lambda: save_costs(by=admin, course=course, lines=[line(row.pk, 1, rate=next(rates))]), times=3
    )
    assert sorted(str(each) if each == 1 else type(each).__name__ for each in answers) == [
        "1",
        "Stale",
        "Stale",
    ]


def test_one_course_made_and_four_topics_made_once(admin, ward):
    request_id = uuid4()
    made = at_once(
        lambda: courses.create_course(by=admin, ward=ward, values=facts(), request_id=request_id), times=4
    )
    assert {each.pk for each in made} == {Course.objects.get().pk}
    at_once(lambda: catalogue.begin_with_offered_topics(by=admin, ward=ward), times=4)
    assert Topic.objects.filter(ward=ward).count() == 4


def test_a_class_taken_away_while_somebody_is_put_in_it(admin, course, classes):
    turns = count()

    def act():
        if next(turns):
            return make_trainee(training_class=classes[0])
        return classes_taken_away(admin, classes[0])

    at_once(act, times=2)
    left = course.classes.filter(pk=classes[0].pk).exists()
    assert left == course.trainees.filter(training_class=classes[0]).exists()


def classes_taken_away(admin, held):
    return classes.remove_class(by=admin, held=held, version=1)
