"""People put on the roster, corrected, withdrawn, replaced; the line of those who wait."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from tests.trainings.factories import (
    make_admin,
    make_certificate,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_trainee,
    make_unit,
)
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.roster import people
from trainings.actions.roster.seats import free_seats, move_up, places_in_line
from trainings.models import Trainee

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


def person(unit, **values):
    return {
        "full_name": "Lê Văn Út",
        "birth_year": 1985,
        "sex": "male",
        "position": "group_leader",
        "group": "poverty",
        "unit": unit,
    } | values


@pytest.fixture
def course():
    return make_course(seats=2)


@pytest.fixture
def unit(course):
    return make_unit(course.ward)


@pytest.fixture
def admin(course):
    return make_admin(course.ward)


def enrol(admin, course, unit, name, **values):
    more = {each: values.pop(each) for each in ("is_other", "request_id") if each in values}
    return people.enrol(
        by=admin, course=course, values=person(unit, full_name=name, **values), at=now(), **more
    )


def leave(admin, trainee, reason="đi công tác"):
    trainee.refresh_from_db()
    return people.withdraw(by=admin, trainee=trainee, version=trainee.version, reason=reason, on=TODAY)


def test_who_comes_when_the_course_is_full_waits_and_moves_up_in_order(admin, course, unit):
    first, second, third, fourth = (enrol(admin, course, unit, name) for name in ("An", "Bê", "Cam", "Dứa"))
    assert [each.state for each in (first, second, third, fourth)] == [
        "enrolled",
        "enrolled",
        "waiting",
        "waiting",
    ]
    assert places_in_line(course) == {third.pk: 1, fourth.pk: 2}
    _, up = leave(admin, first)
    assert [each.pk for each in up] == [third.pk]
    third.refresh_from_db()
    assert third.state == "enrolled"
    assert third.waiting_since is None
    event = Event.objects.about(third).get(act="trainee.promote")
    assert event.actor == admin
    assert event.after["state"] == "enrolled"
    assert event.before["state"] == "waiting"
    assert places_in_line(course) == {fourth.pk: 1}


def test_more_seats_call_those_who_wait(admin, course, unit):
    for name in ("An", "Bê", "Cam", "Dứa"):
        enrol(admin, course, unit, name)
    assert move_up(by=admin, course=course) == []
    type(course).objects.filter(pk=course.pk).update(seats=3)
    assert [each.full_name for each in move_up(by=admin, course=course)] == ["Cam"]
    assert course.trainees.waiting().count() == 1


def test_the_classes_bound_the_course_and_who_moves_up_sits_beside_their_unit(admin, unit):
    course = make_course(unit.ward)
    here, there = make_class(course, capacity=1), make_class(course, capacity=2)
    mine = make_trainee(course, unit=unit, training_class=there, full_name="An")
    make_trainee(course, training_class=here, full_name="Bê")
    make_trainee(course, training_class=there, full_name="Cam", unit=make_unit(course.ward))
    assert free_seats(course) == 0
    late = enrol(admin, course, unit, "Dứa")
    assert late.state == "waiting"
    leave(admin, course.trainees.get(full_name="Cam"))
    late.refresh_from_db()
    assert late.training_class_id == there.pk == mine.training_class_id


def test_a_full_class_is_refused_in_a_sentence_beside_its_field(admin, course, unit):
    held, other = make_class(course, capacity=1), make_class(course, capacity=1)
    enrol(admin, course, unit, "An", training_class=held)
    with pytest.raises(ValidationError) as error:
        enrol(admin, course, unit, "Bê", training_class=held)
    assert "đã đủ chỗ" in error.value.message_dict["training_class"][0]
    assert enrol(admin, course, unit, "Bê", training_class=other).state == "enrolled"


def test_the_same_person_is_refused_beside_the_name_unless_said_to_be_another(admin, unit):
    course = make_course(unit.ward)
    enrol(admin, course, unit, "Nguyễn Thị Đào")
    for name in ("Nguyễn Thị Đào", "nguyen thi dao"):
        with pytest.raises(ValidationError) as error:
            enrol(admin, course, unit, name)
        assert "là người khác" in error.value.message_dict["full_name"][0]
    others = [enrol(admin, course, unit, "Nguyễn Thị Đào", is_other=True) for _ in range(2)]
    assert [each.twin_of_name for each in others] == [1, 2]


def test_a_phone_or_an_account_is_of_one_person(admin, unit):
    course = make_course(unit.ward)
    enrol(admin, course, unit, "An", phone="0912345678", user=admin)
    with pytest.raises(ValidationError) as error:
        enrol(admin, course, unit, "Bê", phone="0912345678")
    assert "phone" in error.value.error_dict
    with pytest.raises(ValidationError) as error:
        enrol(admin, course, unit, "Cam", user=admin)
    assert "user" in error.value.error_dict


def test_a_form_sent_twice_enrols_once(admin, unit):
    course, request_id = make_course(unit.ward), uuid4()
    assert enrol(admin, course, unit, "An", request_id=request_id) == enrol(
        admin, course, unit, "An", request_id=request_id
    )
    with pytest.raises(ValidationError):
        enrol(admin, course, unit, "Người khác hẳn", request_id=request_id)
    assert course.trainees.count() == 1


def test_an_edit_of_an_old_page_is_refused(admin, unit):
    course = make_course(unit.ward)
    trainee = enrol(admin, course, unit, "An")
    people.edit_trainee(by=admin, trainee=trainee, version=1, values={"phone": "0912345678"})
    with pytest.raises(Stale):
        people.edit_trainee(by=admin, trainee=trainee, version=1, values={"phone": ""})
    event = Event.objects.about(trainee).get(act="trainee.edit")
    assert (event.before, event.after) == ({"phone": ""}, {"phone": "0912345678"})


def test_an_edit_may_not_make_two_of_one_person(admin, unit):
    course = make_course(unit.ward)
    enrol(admin, course, unit, "An")
    other = enrol(admin, course, unit, "Bê")
    with pytest.raises(ValidationError):
        people.edit_trainee(by=admin, trainee=other, version=1, values={"full_name": "AN"})
    people.edit_trainee(by=admin, trainee=other, version=1, values={"full_name": "An"}, is_other=True)
    other.refresh_from_db()
    assert other.twin_of_name == 1


def test_withdrawing_needs_a_reason_and_happens_once(admin, course, unit):
    trainee = enrol(admin, course, unit, "An")
    with pytest.raises(ValidationError):
        leave(admin, trainee, " ")
    leave(admin, trainee)
    with pytest.raises(ValidationError):
        leave(admin, trainee)
    with pytest.raises(ValidationError):
        people.edit_trainee(by=admin, trainee=trainee, version=None, values={"note": "x"})


def test_who_holds_a_certificate_is_not_withdrawn(admin, course):
    trainee = make_trainee(course)
    make_certificate(trainee)
    with pytest.raises(ValidationError, match="Thu hồi giấy trước"):
        leave(admin, trainee)


def test_marks_stay_with_who_withdrew(admin, unit):
    held = make_class(make_course(unit.ward))
    trainee = make_trainee(training_class=held)
    make_mark(make_session(held), trainee)
    row, _ = leave(admin, trainee)
    assert row.training_class_id == held.pk
    assert row.marks.count() == 1


def test_a_replacement_takes_the_very_seat_before_those_who_wait(admin, course, unit):
    first = enrol(admin, course, unit, "An")
    enrol(admin, course, unit, "Bê")
    waiting = enrol(admin, course, unit, "Cam")
    values = person(None, full_name="Dứa")
    new = people.replace(
        by=admin, trainee=first, version=1, reason="ốm", on=TODAY, values=values, at=now(), request_id=uuid4()
    )
    first.refresh_from_db()
    waiting.refresh_from_db()
    assert (first.state, new.state, waiting.state) == ("withdrawn", "enrolled", "waiting")
    assert new.unit == unit
    assert Event.objects.about(new).get().after["in_place_of"] == "An"
    instead = people.replace(
        by=admin,
        trainee=waiting,
        version=1,
        reason="bận",
        on=TODAY,
        values=person(None, full_name="Em"),
        at=now(),
    )
    assert (instead.state, instead.waiting_since) == ("waiting", waiting.waiting_since)


def test_who_comes_back_gets_a_seat_or_waits(admin, course, unit):
    first = enrol(admin, course, unit, "An")
    leave(admin, first)
    enrol(admin, course, unit, "Bê")
    first.refresh_from_db()
    assert people.take_back(by=admin, trainee=first, version=first.version, at=now()).state == "enrolled"
    leave(admin, first)
    enrol(admin, course, unit, "Cam")
    first.refresh_from_db()
    assert people.take_back(by=admin, trainee=first, version=first.version, at=now()).state == "waiting"
    with pytest.raises(ValidationError):
        people.take_back(by=admin, trainee=first, version=None, at=now())


def test_who_was_written_anew_meanwhile_is_not_taken_back(admin, unit):
    course = make_course(unit.ward)
    first = enrol(admin, course, unit, "An")
    leave(admin, first)
    enrol(admin, course, unit, "An")
    with pytest.raises(ValidationError) as error:
        people.take_back(by=admin, trainee=first, version=None, at=now())
    assert "full_name" in error.value.error_dict


def test_another_code_and_no_code_in_the_trail(admin, course, unit):
    trainee = enrol(admin, course, unit, "An")
    old = trainee.code
    with pytest.raises(ValidationError):
        people.renew_code(by=admin, trainee=trainee, version=1, reason=" ")
    new = people.renew_code(by=admin, trainee=trainee, version=1, reason="mất thẻ").code
    assert new != old
    assert len(new) == 16
    with pytest.raises(Stale):
        people.renew_code(by=admin, trainee=trainee, version=1, reason="mất thẻ")
    told = [f"{each.before}{each.after}{each.reason}" for each in Event.objects.about(trainee)]
    assert len(told) == 2
    assert not any(old in each or new in each for each in told)


def test_several_at_once_are_enrolled_together_or_not_at_all(admin, course, unit):
    names = ("An", "Bê", "Cam")
    made = people.enrol_many(
        by=admin, course=course, people=[person(unit, full_name=name) for name in names], at=now()
    )
    assert [each.state for each in made] == ["enrolled", "enrolled", "waiting"]
    with pytest.raises(ValidationError):
        people.enrol_many(
            by=admin, course=course, people=[person(unit, full_name=name) for name in ("Em", "An")], at=now()
        )
    assert Trainee.objects.filter(course=course).count() == 3
    with pytest.raises(ValidationError):
        people.enrol_many(by=admin, course=course, people=[], at=now())


def test_the_line_keeps_the_order_of_coming(admin, course, unit):
    for number, name in enumerate(("An", "Bê", "Cam", "Dứa", "Em")):
        people.enrol(
            by=admin, course=course, values=person(unit, full_name=name), at=now() + timedelta(minutes=number)
        )
    assert [each.full_name for each in course.trainees.waiting()] == ["Cam", "Dứa", "Em"]
