"""Clerks, the door and the closing of one session at the same moment, each over a connection of its own."""

from itertools import count

import pytest
from django.core.exceptions import ValidationError

from tests.households.test_at_once import at_once
from tests.trainings.factories import MORNING, make_admin, make_class, make_course, make_session, make_trainee
from trainings.actions.attendance.door import CheckIn, Met, check_in
from trainings.actions.attendance.marks import Wanted, mark_the_rest, save_marks
from trainings.actions.attendance.sessions import close_attendance
from trainings.models import Mark, MarkChange, Session, Trainee

pytestmark = pytest.mark.django_db(transaction=True)
ORDER = ("present", "absent", "late", "excused")


@pytest.fixture
def session():
    return make_session(make_class(make_course(), capacity=50))


@pytest.fixture
def clerks(session):
    return [make_admin(session.training_class.course.ward) for _ in range(4)]


def people(session, many):
    first = make_trainee(training_class=session.training_class, full_name="Người 0")
    for number in range(1, many):
        make_trainee(training_class=session.training_class, unit=first.unit, full_name=f"Người {number}")
    return list(Trainee.objects.filter(training_class=session.training_class).in_order())


def save(session, by, *wanted):
    return save_marks(by=by, session=session, wanted=wanted, source="clerk", at=MORNING)


def test_clerks_who_mark_the_same_people_in_opposite_order(session, clerks):
    everybody, turns = people(session, 20), count()

    def act():
        turn = next(turns)
        lines = everybody if turn % 2 else everybody[::-1]
        return save(session, clerks[turn], *(Wanted(each.pk, ORDER[turn]) for each in lines))

    answers = at_once(act, times=4)
    assert all(isinstance(each, list) for each in answers)  # no deadlock, no error
    written = [each for each in answers if not any(one.refusal for one in each)]
    assert len(written) == 1  # the first has them all, the others none
    assert all(one.refusal for each in answers if each is not written[0] for one in each)
    assert {each.state for each in written[0]} == set(Mark.objects.values_list("state", flat=True))
    assert MarkChange.objects.count() == len(everybody)


def test_clerks_who_correct_the_same_mark(session, clerks):
    (one,), turns = people(session, 1), count()
    save(session, clerks[0], Wanted(one.pk, "present"))
    answers = at_once(
        lambda: save(session, clerks[next(turns)], Wanted(one.pk, ORDER[next(turns) % 3 + 1], 1))[0], times=2
    )
    mark = Mark.objects.get()
    assert mark.changes.count() == mark.version == 2
    assert all(each.version == 2 and each.state == mark.state for each in answers)


def test_the_door_and_a_clerk(session, clerks):
    (one,), turns = people(session, 1), count()

    def act():
        if next(turns) % 2:
            return check_in(by=clerks[0], session=session, trainee=one, at=MORNING, late_after=None)
        return save(session, clerks[1], Wanted(one.pk, "absent"))[0]

    results = at_once(act, times=4)
    mark = Mark.objects.get()
    assert mark.version == mark.changes.count() == 1
    doors = [each.met for each in results if isinstance(each, CheckIn)]
    saved = [each for each in results if not isinstance(each, CheckIn)]
    if mark.state == "absent":
        assert doors == [Met.AWAY, Met.AWAY]
        assert not any(each.refusal for each in saved)
    else:
        assert sorted(doors) == [Met.AGAIN, Met.PRESENT]
        assert all(each.refusal and each.state == "present" for each in saved)


def test_one_code_scanned_by_two_doors(session, clerks):
    (one,), turns = people(session, 1), count()

    def act():
        return check_in(by=clerks[next(turns)], session=session, trainee=one, at=MORNING, late_after=None).met

    assert sorted(at_once(act, times=4)) == [Met.AGAIN] * 3 + [Met.PRESENT]
    assert MarkChange.objects.count() == 1


def test_the_rest_marked_while_somebody_is_marked_absent(session, clerks):
    everybody, turns = people(session, 10), count()

    def act():
        if next(turns) % 2:
            return mark_the_rest(by=clerks[0], session=session, at=MORNING)
        return save(session, clerks[1], Wanted(everybody[0].pk, "absent"))[0]

    results = at_once(act, times=4)
    assert not [each for each in results if isinstance(each, Exception)]
    assert Mark.objects.count() == MarkChange.objects.count() == len(everybody)


def test_nothing_slips_in_after_the_closing_without_a_reason(session, clerks):
    everybody, turns = people(session, 6), count()

    def act():
        turn = next(turns)
        if turn == 2:
            return close_attendance(by=clerks[0], session=session, version=None, at=MORNING, absent_rest=True)
        return save(session, clerks[1], Wanted(everybody[turn].pk, "present"))[0]

    results = at_once(act)
    assert [each for each in results if isinstance(each, Session)]
    assert all(isinstance(each, ValidationError) for each in results if isinstance(each, Exception))
    assert (
        Mark.objects.count() == MarkChange.objects.count() == len(everybody)
    )  # nobody twice, the rest absent
