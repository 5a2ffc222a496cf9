"""Admins at one roster at the same moment, each over a connection of their own."""

from itertools import count
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from tests.households.test_at_once import at_once
from tests.trainings.factories import make_admin, make_class, make_course, make_trainee, make_unit
from tests.trainings.roster.sheets import TODAY, line, sent, workbook
from tests.trainings.roster.test_people import person
from thanhsen.concurrency import Stale
from trainings.actions.roster import people
from trainings.actions.roster.classes import move, split, split_of
from trainings.actions.roster.versions import freeze
from trainings.actions.roster.writing import commit
from trainings.models import Trainee

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def course():
    return make_course(seats=2)


@pytest.fixture
def admin(course):
    found = make_admin(course.ward)
    assert found.area_ids  # read once, before the threads
    return found


def refusals(answers, kind=ValidationError):
    return [each for each in answers if isinstance(each, kind)]


def test_the_last_seats_go_to_as_many_as_there_are(admin, course):
    unit, turns = make_unit(course.ward), count()

    def act():
        values = person(unit, full_name=f"Người {next(turns)}")
        return people.enrol(by=admin, course=course, values=values, at=now())

    answers = at_once(act)
    assert all(isinstance(each, Trainee) for each in answers)
    assert (course.trainees.enrolled().count(), course.trainees.waiting().count()) == (2, 4)


def test_one_person_by_several_is_on_the_roster_once(admin, course):
    unit = make_unit(course.ward)
    answers = at_once(lambda: people.enrol(by=admin, course=course, values=person(unit), at=now()))
    assert len(refusals(answers)) == 5
    assert course.trainees.count() == 1


def test_one_form_sent_several_times(admin, course):
    unit, request_id = make_unit(course.ward), uuid4()
    answers = at_once(
        lambda: people.enrol(by=admin, course=course, values=person(unit), at=now(), request_id=request_id)
    )
    assert {each.pk for each in answers} == set(course.trainees.values_list("pk", flat=True))


def test_twins_written_at_once_get_numbers_of_their_own(admin, course):
    unit = make_unit(course.ward)
    people.enrol(by=admin, course=course, values=person(unit), at=now())
    at_once(
        lambda: people.enrol(by=admin, course=course, values=person(unit), at=now(), is_other=True), times=3
    )
    assert sorted(course.trainees.values_list("twin_of_name", flat=True)) == [0, 1, 2, 3]


def test_withdrawn_twice_at_once_calls_one(admin, course):
    unit = make_unit(course.ward)
    first, *_ = (
        people.enrol(by=admin, course=course, values=person(unit, full_name=name), at=now())
        for name in ("An", "Bê", "Cam", "Dứa")
    )
    answers = at_once(
        lambda: people.withdraw(by=admin, trainee=first, version=1, reason="ốm", on=TODAY), times=3
    )
    assert len(refusals(answers, Stale)) == 2
    assert (course.trainees.enrolled().count(), course.trainees.waiting().count()) == (2, 1)


def test_the_last_seat_of_a_class_by_moving(admin, course):
    held, turns = make_class(course, capacity=1), count()
    several = [make_trainee(course, full_name=f"Người {number}") for number in range(4)]
    answers = at_once(
        lambda: move(by=admin, course=course, seen={several[next(turns)].pk: 1}, to=held), times=4
    )
    assert len(refusals(answers)) == 3
    assert held.trainees.count() == 1


def test_split_and_frozen_and_written_once(admin, course):
    unit = make_unit(course.ward, name="Tổ dân phố 1")
    make_class(course, capacity=9)
    imported = sent(admin, course, workbook(line(1, "Lê Thị An"), line(2, "Lê Thị Bê")))
    answers = at_once(
        lambda: commit(by=admin, imported=imported, version=imported.version, at=now()), times=3
    )
    assert len(refusals(answers)) == 2
    assert course.trainees.filter(unit=unit).count() == 2
    seen = split_of(course, anew=False).key
    assert len(refusals(at_once(lambda: split(by=admin, course=course, anew=False, seen=seen), times=3))) == 2
    answers = at_once(
        lambda: freeze(by=admin, course=course, decision_number="1/QĐ", decision_date=TODAY, signer="A"),
        times=3,
    )
    assert len(refusals(answers)) == 2
    assert course.versions.count() == 1
