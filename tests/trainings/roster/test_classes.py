"""The roster split over classes, and people moved by hand."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_trainee,
    make_unit,
)
from thanhsen.models import Event
from trainings.actions.roster.classes import move, split, split_of
from trainings.models import Trainee

pytestmark = pytest.mark.django_db


def people(course, *sizes):
    """Units of so many trainees each."""
    for size in sizes:
        unit = make_unit(course.ward)
        for number in range(size):
            make_trainee(course, unit=unit, full_name=f"Lê Văn Bê {number}", birth_year=1980)


def sizes(found):
    return [len(people) for _, people in found.plan]


def units_of(training_class):
    return set(training_class.trainees.values_list("unit", flat=True))


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(course):
    return make_admin(course.ward)


def test_units_stay_together_and_classes_are_even(admin, course):
    first, second = make_class(course, capacity=10), make_class(course, capacity=10)
    people(course, 5, 4, 4, 3, 2, 2)
    found = split_of(course, anew=False)
    assert sizes(found) == [10, 10]
    assert not found.left
    split(by=admin, course=course, anew=False, seen=found.key)
    assert not units_of(first) & units_of(second)
    assert Event.objects.filter(act="trainee.move").count() == 20
    assert Event.objects.about(course).get(act="roster.split").after == {
        first.name: 10,
        second.name: 10,
        "anew": False,
    }


def test_a_unit_is_parted_only_where_no_class_holds_it(course):
    _, _ = make_class(course, capacity=6), make_class(course, capacity=4)
    people(course, 7, 3)
    found = split_of(course, anew=False)
    assert sizes(found) == [6, 4]
    assert not found.left
    assert len({each.unit_id for each in found.plan[0][1]}) == 1


def test_who_finds_no_seat_is_named(course):
    make_class(course, capacity=3)
    people(course, 3, 2)
    found = split_of(course, anew=False)
    assert sizes(found) == [3]
    assert len(found.left) == 2


def test_latecomers_join_their_unit(course):
    first, _ = make_class(course, capacity=10), make_class(course, capacity=20)
    unit = make_unit(course.ward)
    make_trainee(course, unit=unit, training_class=first)
    late = make_trainee(course, unit=unit, full_name="Lê Văn Út")
    assert [[each.pk for each in people] for _, people in split_of(course, anew=False).plan] == [
        [late.pk],
        [],
    ]


def test_anew_leaves_who_was_marked(course):
    first, _ = make_class(course, capacity=3), make_class(course, capacity=3)
    people(course, 2, 2)
    for each in course.trainees.in_order()[:3]:
        Trainee.objects.filter(pk=each.pk).update(training_class=first)
    marked = first.trainees.in_order().first()
    make_mark(make_session(first), marked)
    found = split_of(course, anew=True)
    assert marked.pk not in {each.pk for _, people in found.plan for each in people}
    assert sum(sizes(found)) == 3


def test_a_plan_seen_before_a_change_is_not_carried_out(admin, course):
    make_class(course, capacity=10)
    people(course, 2)
    seen = split_of(course, anew=False).key
    people(course, 1)
    with pytest.raises(ValidationError, match="vừa thay đổi"):
        split(by=admin, course=course, anew=False, seen=seen)
    assert not course.trainees.exclude(training_class=None).exists()


def test_splitting_250_takes_few_queries(admin, course):
    make_class(course, capacity=125), make_class(course, capacity=125)
    people(course, *[10] * 25)
    found = split_of(course, anew=False)
    with CaptureQueriesContext(connection) as queries:
        split(by=admin, course=course, anew=False, seen=found.key)
    assert len(queries) <= 16
    assert set(course.classes.values_list("capacity", flat=True)) == {125}
    assert {each.trainees.count() for each in course.classes.all()} == {125}


def test_moved_by_hand(admin, course):
    first, second = make_class(course, capacity=1), make_class(course, capacity=2)
    here = make_trainee(course, training_class=first)
    free = make_trainee(course, full_name="Bê")
    move(by=admin, course=course, seen={here.pk: 1, free.pk: 1}, to=second)
    assert second.trainees.count() == 2
    with pytest.raises(ValidationError) as error:
        move(by=admin, course=course, seen={here.pk: 2, free.pk: 2}, to=first)
    assert "đã đủ chỗ" in error.value.message_dict["training_class"][0]
    move(by=admin, course=course, seen={here.pk: 2}, to=None)
    here.refresh_from_db()
    assert here.training_class is None


def test_a_move_from_an_old_page_is_refused_and_named(admin, course):
    held, trainee = make_class(course), make_trainee(course)
    with pytest.raises(ValidationError, match="Nguyễn Thị Đào"):
        move(by=admin, course=course, seen={trainee.pk: 7}, to=held)


def test_who_waits_or_left_or_is_of_elsewhere_is_not_moved(admin, course):
    held = make_class(course)
    waiting = make_trainee(course, state="waiting", waiting_since=now())
    with pytest.raises(ValidationError, match="theo thứ tự"):
        move(by=admin, course=course, seen={waiting.pk: 1}, to=held)
    with pytest.raises(ValidationError, match="không thuộc khoá"):
        move(by=admin, course=course, seen={make_trainee().pk: 1}, to=held)
    with pytest.raises(ValidationError, match="Chưa chọn"):
        move(by=admin, course=course, seen={}, to=held)
    other = make_class()
    with pytest.raises(ValidationError):
        move(by=admin, course=course, seen={make_trainee(course, full_name="Út").pk: 1}, to=other)
