"""Marks saved: many at once, each answered for itself, none overwritten unseen, all of them with a trail."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.trainings.factories import (
    MORNING,
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_trainee,
)
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.attendance.marks import MOST_AT_ONCE, Wanted, mark_the_rest, save_marks
from trainings.actions.attendance.sessions import close_attendance, reopen_attendance
from trainings.models import Mark, MarkChange, Session, Trainee

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_class(make_course(), capacity=300))


@pytest.fixture
def clerk(session):
    return make_admin(session.training_class.course.ward, full_name="Phan Thị Sáu")


def people(session, count=3):
    unit = make_trainee(training_class=session.training_class, full_name="Người 0").unit
    for number in range(1, count):
        make_trainee(training_class=session.training_class, unit=unit, full_name=f"Người {number}")
    return list(Trainee.objects.filter(training_class=session.training_class).in_order())


def save(session, clerk, *wanted, **given):
    asked = {"source": "clerk", "at": MORNING, **given}
    return save_marks(by=clerk, session=session, wanted=wanted, **asked)


def states(session):
    return dict(Mark.objects.filter(session=session).values_list("trainee", "state"))


def close(session, clerk, **given):
    return close_attendance(by=clerk, session=session, **{"version": 1, "at": MORNING, **given})


def test_many_at_once_in_few_queries_whatever_their_number(session, clerk):
    everybody = people(session, 60)
    counts = []
    for some in (everybody[:2], everybody[2:]):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answers = save(session, clerk, *(Wanted(each.pk, "present") for each in some))
        counts.append(len(captured))
        assert all(each.version == 1 and not each.refusal for each in answers)
    assert counts[0] == counts[1] <= 8
    assert states(session) == {each.pk: "present" for each in everybody}
    assert Event.objects.filter(act="mark.save").values_list("after", flat=True)[0] == {"present": 2}


def test_a_correction_leaves_what_was_before(session, clerk):
    one, two, _ = people(session)
    save(session, clerk, Wanted(one.pk, "absent"), Wanted(two.pk, "present"))
    answers = save(
        session,
        clerk,
        Wanted(one.pk, "late", 1),
        Wanted(two.pk, "present", 1),
        at=MORNING + timedelta(minutes=20),
    )
    assert [(each.state, each.version) for each in answers] == [("late", 2), ("present", 1)]
    trail = MarkChange.objects.filter(mark__trainee=one).order_by("pk").values_list("before", "after", "by")
    assert list(trail) == [("", "absent", clerk.pk), ("absent", "late", clerk.pk)]
    assert Event.objects.get(act="mark.correct").after == {"late": 1}


def test_the_second_clerk_is_refused_row_by_row_and_sees_what_the_first_wrote(session, clerk):
    one, two, three = people(session)
    other = make_admin()
    save(session, clerk, Wanted(one.pk, "absent"), Wanted(two.pk, "present"))
    answers = save(
        session, other, Wanted(one.pk, "present"), Wanted(two.pk, "present"), Wanted(three.pk, "present")
    )
    assert answers[0].refusal == "Phan Thị Sáu vừa ghi “Vắng”."
    assert (answers[0].state, answers[0].version, answers[0].by, answers[0].at) == (
        "absent",
        1,
        "Phan Thị Sáu",
        MORNING,
    )
    assert not answers[1].refusal  # both say the same
    assert not answers[2].refusal
    assert states(session) == {one.pk: "absent", two.pk: "present", three.pk: "present"}
    assert not save(session, other, Wanted(one.pk, "present", answers[0].version))[0].refusal
    assert states(session)[one.pk] == "present"


@pytest.mark.parametrize("version", [2, 99, -1])
def test_a_version_that_was_never_seen_writes_nothing(session, clerk, version):
    one, two, _ = people(session)
    save(session, clerk, Wanted(one.pk, "absent"))
    answers = save(session, clerk, Wanted(one.pk, "present", version), Wanted(two.pk, "present", version))
    assert all(each.refusal for each in answers)
    assert states(session) == {one.pk: "absent"}


def test_people_who_do_not_belong_are_refused_alone(session, clerk):
    one, *_ = people(session)
    foreign, other_class = make_trainee(), make_trainee(session.training_class.course, full_name="Lớp khác")
    gone = make_trainee(
        training_class=session.training_class,
        state="withdrawn",
        withdrawn_on=MORNING.date(),
        withdraw_reason="Ốm",
    )
    wanted = [Wanted(each.pk, "present") for each in (foreign, other_class, gone, one)]
    answers = save(
        session,
        clerk,
        *wanted,
        Wanted(10**12, "present"),
        Wanted(foreign.pk + 10**6, "present", is_guest=True),
    )
    assert [bool(each.refusal) for each in answers] == [True, True, True, False, True, True]
    assert "học ghép" in answers[1].refusal
    assert "thôi học" in answers[2].refusal
    assert answers[0].refusal == answers[4].refusal  # of another course or of none: not to be told apart
    assert states(session) == {one.pk: "present"}
    assert save(session, clerk, Wanted(foreign.pk, "present", is_guest=True))[0].refusal


def test_a_guest_of_another_class(session, clerk):
    guest = make_trainee(session.training_class.course)
    assert not save(session, clerk, Wanted(guest.pk, "present", is_guest=True))[0].refusal
    assert Mark.objects.get().is_guest


def test_who_withdrew_or_moved_since_can_still_be_corrected(session, clerk):
    one, two, _ = people(session)
    save(session, clerk, Wanted(one.pk, "present"), Wanted(two.pk, "present"))
    Trainee.objects.filter(pk=one.pk).update(
        state="withdrawn", withdrawn_on=MORNING.date(), withdraw_reason="Ốm"
    )
    Trainee.objects.filter(pk=two.pk).update(training_class=make_class(session.training_class.course))
    answers = save(session, clerk, Wanted(one.pk, "late", 1), Wanted(two.pk, "late", 1))
    assert not any(each.refusal for each in answers)


def test_too_many_or_twice_or_nonsense_and_nothing_is_written(session, clerk):
    one, *_ = people(session)
    for wanted in (
        [Wanted(number, "present") for number in range(20_000)],
        [Wanted(one.pk, "present"), Wanted(one.pk, "absent")],
        [Wanted(one.pk, "ngủ gật")],
    ):
        with pytest.raises(ValidationError):
            save(session, clerk, *wanted)
    assert not Mark.objects.exists()
    assert MOST_AT_ONCE >= 250
    assert save(session, clerk) == []


def test_a_session_that_is_called_off_has_no_attendance(session, clerk):
    one, *_ = people(session)
    Session.objects.filter(pk=session.pk).update(state="cancelled", cancel_reason="Bão")
    with pytest.raises(ValidationError, match="không học"):
        save(session, clerk, Wanted(one.pk, "present"))
    with pytest.raises(ValidationError, match="không học"):
        close(session, clerk)


def test_before_its_day_only_leave_is_recorded(session, clerk):
    one, two, _ = people(session)
    before = MORNING - timedelta(days=1)
    answers = save(session, clerk, Wanted(one.pk, "excused"), Wanted(two.pk, "present"), at=before)
    assert [bool(each.refusal) for each in answers] == [False, True]
    assert save(session, clerk, Wanted(one.pk, "present", 1), at=before)[0].refusal
    with pytest.raises(ValidationError, match="mới học"):
        mark_the_rest(by=clerk, session=session, at=before)
    with pytest.raises(ValidationError, match="chưa học"):
        close(session, clerk, at=before)


def test_the_rest_are_present_and_nobody_marked_is_touched(session, clerk):
    one, two, three = people(session)
    make_trainee(session.training_class.course)  # of another class
    save(session, clerk, Wanted(one.pk, "absent"))
    assert mark_the_rest(by=clerk, session=session, at=MORNING) == 2
    assert states(session) == {one.pk: "absent", two.pk: "present", three.pk: "present"}
    assert mark_the_rest(by=clerk, session=session, at=MORNING) == 0


def test_closed_and_then_corrected_with_a_reason_only(session, clerk):
    one, two, three = people(session)
    save(session, clerk, Wanted(one.pk, "absent"), Wanted(two.pk, "present"))
    held = close(session, clerk, absent_rest=True)
    assert (held.state, held.closed_at) == ("held", MORNING)
    assert states(session)[three.pk] == "absent"
    with pytest.raises(ValidationError, match="ghi lý do"):
        save(session, clerk, Wanted(one.pk, "excused", 1))
    assert not save(session, clerk, Wanted(one.pk, "excused", 1), reason="Nộp giấy sau")[0].refusal
    assert MarkChange.objects.get(after="excused").reason == "Nộp giấy sau"
    with pytest.raises(ValidationError, match="từ trước"):
        close(session, clerk, version=2)


def test_opened_again_with_a_reason(session, clerk):
    with pytest.raises(ValidationError, match="chưa chốt"):
        reopen_attendance(by=clerk, session=session, version=1, reason="Sót")
    close(session, clerk)
    with pytest.raises(ValidationError, match="vì sao"):
        reopen_attendance(by=clerk, session=session, version=2, reason=" ")
    with pytest.raises(Stale):
        reopen_attendance(by=clerk, session=session, version=1, reason="Sót")
    held = reopen_attendance(by=clerk, session=session, version=2, reason="Sót một tờ")
    assert (held.state, held.closed_at) == ("held", None)
    assert Event.objects.get(act="session.reopen").reason == "Sót một tờ"


def test_closing_a_page_that_is_old_is_refused(session, clerk):
    with pytest.raises(Stale):
        close(session, clerk, version=7)


def test_a_mark_written_past_the_action_keeps_its_version(session, clerk):
    one, *_ = people(session)
    make_mark(session, one)
    assert not save(session, clerk, Wanted(one.pk, "late", 1))[0].refusal
