"""The door: present or late at once, twice told once, and never over what a clerk wrote."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.trainings.factories import MORNING, make_admin, make_class, make_mark, make_session, make_trainee
from trainings.actions.attendance.door import Met, check_in
from trainings.models import Mark, MarkChange, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def clerk(session):
    return make_admin(session.training_class.course.ward)


@pytest.fixture
def trainee(session):
    return make_trainee(training_class=session.training_class)


def meet(session, clerk, trainee, **given):
    asked = {"at": MORNING, "late_after": 15, **given}
    return check_in(by=clerk, session=session, trainee=trainee, **asked)


@pytest.mark.parametrize(
    ("minutes", "late_after", "state"),
    [(-20, 15, "present"), (15, 15, "present"), (16, 15, "late"), (1, 0, "late"), (200, None, "present")],
)
def test_present_until_some_minutes_after_the_start_then_late(
    session, clerk, trainee, minutes, late_after, state
):
    found = meet(session, clerk, trainee, at=MORNING + timedelta(minutes=minutes), late_after=late_after)
    assert (found.met, found.mark.state, found.mark.source) == (Met(state), state, "door")


def test_twice_is_told_and_written_once(session, clerk, trainee):
    meet(session, clerk, trainee)
    again = meet(session, clerk, trainee, at=MORNING + timedelta(hours=1))
    assert (again.met, again.mark.marked_at) == (Met.AGAIN, MORNING)
    assert MarkChange.objects.count() == 1


def test_who_is_marked_absent_stays_so_until_the_clerk_says_otherwise(session, clerk, trainee):
    mark = make_mark(session, trainee, state="absent")
    assert meet(session, clerk, trainee).met == Met.AWAY
    assert meet(session, clerk, trainee, instead_of=9).met == Met.AWAY
    mark.refresh_from_db()
    assert mark.state == "absent"
    assert meet(session, clerk, trainee, instead_of=1).met == Met.PRESENT
    assert list(MarkChange.objects.order_by("pk").values_list("before", "after")) == [
        ("", "absent"),
        ("absent", "present"),
    ]


def test_of_another_class_is_let_in_as_a_guest_only_when_told(session, clerk):
    other = make_trainee(training_class=make_class(session.training_class.course))
    assert meet(session, clerk, other).met == Met.OTHER_CLASS
    assert not Mark.objects.exists()
    found = meet(session, clerk, other, as_guest=True)
    assert (found.met, found.mark.is_guest) == (Met.PRESENT, True)


def test_who_is_not_on_the_roster_is_not_let_in(session, clerk):
    gone = make_trainee(
        session.training_class.course, state="withdrawn", withdrawn_on=MORNING.date(), withdraw_reason="Ốm"
    )
    waiting = make_trainee(session.training_class.course, state="waiting", waiting_since=MORNING)
    for each in (gone, waiting, make_trainee()):
        assert meet(session, clerk, each, as_guest=True).met == Met.NOT_ON_ROSTER
    assert not Mark.objects.exists()


def test_a_door_that_is_shut(session, clerk, trainee):
    with pytest.raises(ValidationError, match="chưa đến ngày"):
        meet(session, clerk, trainee, at=MORNING - timedelta(days=1))
    Session.objects.filter(pk=session.pk).update(state="held", closed_at=MORNING)
    with pytest.raises(ValidationError, match="đã chốt"):
        meet(session, clerk, trainee)
    Session.objects.filter(pk=session.pk).update(state="cancelled", closed_at=None, cancel_reason="Bão")
    with pytest.raises(ValidationError, match="không học"):
        meet(session, clerk, trainee)
