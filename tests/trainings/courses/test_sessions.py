"""One session: added, moved, called off, taken up again, held; what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.trainings.factories import (
    HOURS,
    MORNING,
    make_admin,
    make_mark,
    make_session,
    make_speaker,
    make_trainee,
)
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.courses import sessions as actions
from trainings.models import Course, Session

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def values(**other):
    plain = {"kind": "lecture", "topic": None, "speaker": None, "venue": None}
    return {**plain, "starts_at": MORNING, "ends_at": MORNING + HOURS, **other}


def test_a_session_is_added_with_the_next_number(admin, classes):
    make_session(classes[0], number=3)
    made = actions.add_session(
        by=admin, held=classes[0], values=values(starts_at=MORNING + DAY, ends_at=MORNING + DAY + HOURS)
    )
    assert made.number == 4
    assert Event.objects.get(act="session.plan").record_id == made.pk


def test_what_it_clashes_with_is_said(admin, classes, halls, ward):
    speaker = make_speaker(ward, full_name="Trần Văn Ổn")
    make_session(classes[0], venue=halls[0], speaker=speaker)
    with pytest.raises(ValidationError) as error:
        actions.add_session(by=admin, held=classes[1], values=values(venue=halls[0], speaker=speaker))
    assert error.value.message_dict == {
        "venue": [
            "Thứ ba 08/12/2026 07:30–11:30, Lớp 2: Hội trường A đã có buổi của Lớp 1 lúc 07:30–11:30.",
            "Thứ ba 08/12/2026 07:30–11:30, Lớp 2: Báo cáo viên Trần Văn Ổn đã nhận dạy Lớp 1 lúc 07:30–11:30.",
        ]
    }
    with pytest.raises(ValidationError) as error:
        actions.add_session(by=admin, held=classes[0], values=values())
    assert error.value.message_dict == {
        "starts": ["Thứ ba 08/12/2026 07:30–11:30, Lớp 1: Lớp 1 đã có buổi lúc 07:30–11:30."]
    }


def test_moved_with_its_trail_and_refused_from_a_stale_page(admin, classes):
    session = make_session(classes[0])
    moved = actions.edit_session(
        by=admin,
        session=session,
        version=1,
        values=values(starts_at=MORNING + DAY, ends_at=MORNING + DAY + HOURS),
    )
    assert (moved.starts_at, moved.version) == (MORNING + DAY, 2)
    assert set(Event.objects.get(act="session.edit").after) == {"starts_at", "ends_at", "version"}
    with pytest.raises(Stale):
        actions.edit_session(by=admin, session=session, version=1, values=values())


def test_it_does_not_clash_with_itself(admin, classes):
    session = make_session(classes[0])
    later = values(starts_at=MORNING + timedelta(hours=1))
    assert actions.edit_session(by=admin, session=session, version=1, values=later).version == 2


def test_called_off_with_a_reason_and_its_hour_is_free(admin, classes, halls):
    session = make_session(classes[0], venue=halls[0])
    with pytest.raises(ValidationError, match="Ghi vì sao"):
        actions.cancel_session(by=admin, session=session, version=1, reason="  ")
    actions.cancel_session(by=admin, session=session, version=1, reason="Bão số 12")
    assert Event.objects.get(act="session.cancel").reason == "Bão số 12"
    taken = actions.add_session(by=admin, held=classes[1], values=values(venue=halls[0]))
    with pytest.raises(ValidationError, match="đã có buổi của Lớp 2"):
        actions.restore_session(by=admin, session=session, version=2)
    actions.cancel_session(by=admin, session=taken, version=1, reason="Đổi hội trường")
    assert actions.restore_session(by=admin, session=session, version=2).state == "planned"


def test_called_off_sessions_are_not_edited_and_planned_ones_not_restored(admin, classes):
    session = make_session(classes[0])
    with pytest.raises(ValidationError, match="đang trong lịch"):
        actions.restore_session(by=admin, session=session, version=1)
    actions.cancel_session(by=admin, session=session, version=1, reason="Bão")
    for act in (
        lambda: actions.edit_session(by=admin, session=session, version=2, values=values()),
        lambda: actions.cancel_session(by=admin, session=session, version=2, reason="Bão"),
        lambda: actions.mark_held(by=admin, session=session, version=2, at=MORNING + DAY),
    ):
        with pytest.raises(ValidationError):
            act()


def test_with_marks_it_is_not_called_off(admin, classes):
    session = make_session(classes[0])
    make_mark(session, make_trainee(training_class=classes[0]))
    with pytest.raises(ValidationError) as error:
        actions.cancel_session(by=admin, session=session, version=1, reason="Bão")
    assert error.value.code == "attended_session_stays"


def test_held_once_its_hour_has_come(admin, classes):
    session = make_session(classes[0])
    with pytest.raises(ValidationError, match="chưa đến giờ"):
        actions.mark_held(by=admin, session=session, version=1, at=MORNING - HOURS)
    assert actions.mark_held(by=admin, session=session, version=1, at=MORNING + HOURS).state == "held"


def test_with_attendance_closed_it_stays(admin, classes):
    session = make_session(classes[0], state="held", closed_at=MORNING + HOURS)
    with pytest.raises(ValidationError, match="đã chốt điểm danh"):
        actions.edit_session(by=admin, session=session, version=1, values=values())


def test_whose_and_when(admin, course, classes):
    session = make_session(classes[0])
    with pytest.raises(PermissionDenied):
        actions.mark_held(
            by=make_admin(make_session().training_class.course.ward), session=session, version=1, at=MORNING
        )
    assert actions.mark_held(by=make_admin(), session=session, version=1, at=MORNING).state == "held"
    Course.objects.filter(pk=course.pk).update(state="closed")
    with pytest.raises(ValidationError, match="Khoá đã kết thúc"):
        actions.edit_session(by=admin, session=session, version=2, values=values())
    assert Session.objects.get(pk=session.pk).version == 2
