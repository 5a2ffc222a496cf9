"""A timetable in bulk: laid out, holidays passed over, clashes said, saved all or nothing, once."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import get_current_timezone

from tests.factories import make_user
from tests.trainings.courses.conftest import AFTERNOON, MORNING
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_session,
    make_speaker,
    make_venue,
)
from thanhsen.models import Event, Holiday
from trainings.actions.courses import planning
from trainings.actions.courses.planning import Lesson, plan_of, save_plan
from trainings.actions.courses.slots import Part
from trainings.models import Course, Session

pytestmark = pytest.mark.django_db


def days(sessions, held=None):
    chosen = [each for each in sessions if held is None or each.training_class_id == held.pk]
    return [f"{each.starts_at:%d %H:%M}" for each in chosen]


def topics(sessions, held):
    return [each.topic_id for each in sessions if each.training_class_id == held.pk]


def at(day, hour, minute=0):
    return datetime(2026, 12, day, hour, minute, tzinfo=get_current_timezone())


def save(admin, course, choice):
    return save_plan(by=admin, course=course, choice=choice, seen=plan_of(course, choice).key)


def test_classes_at_once_with_topics_exchanged(course, classes, choice):
    plan = plan_of(course, choice())
    first, second = classes
    assert (
        days(plan.sessions, first)
        == days(plan.sessions, second)
        == ["07 07:30", "08 07:30", "09 07:30", "10 07:30"]
    )
    order = topics(plan.sessions, first)
    assert topics(plan.sessions, second) == [*order[1:], order[0]]
    assert [each.number for each in plan.sessions if each.training_class_id == second.pk] == [1, 2, 3, 4]
    assert not plan.clashes


def test_classes_at_once_with_one_speaker_clash(course, classes, choice):
    plan = plan_of(course, choice(arrangement="together"))
    assert len(plan.clashes) == 4
    speaker = plan.sessions[0].speaker
    assert plan.clashes[0].sentence.startswith(
        f"Thứ hai 07/12/2026 07:30–11:30, Lớp 2: Báo cáo viên {speaker} cũng được xếp dạy Lớp 1 lúc 07:30–11:30"
    )


def test_classes_in_turn_share_hall_and_speaker(course, classes, choice, halls):
    one_hall = [(each, halls[0]) for each in classes]
    plan = plan_of(course, choice(classes=one_hall, arrangement="in_turn", parts=[AFTERNOON, MORNING]))
    assert days(plan.sessions, classes[0]) == ["07 07:30", "08 07:30", "09 07:30", "10 07:30"]
    assert days(plan.sessions, classes[1]) == ["07 13:30", "08 13:30", "09 13:30", "10 13:30"]
    assert not plan.clashes


def test_one_class_after_the_other(course, classes, choice):
    plan = plan_of(course, choice(arrangement="one_by_one", weekdays=[5, 6]))
    assert days(plan.sessions, classes[0]) == ["12 07:30", "13 07:30", "19 07:30", "20 07:30"]
    assert days(plan.sessions, classes[1])[0] == "26 07:30"
    assert any("2 ngày nằm ngoài" in each for each in plan.warnings)


def test_a_topic_takes_several_sessions_in_a_row(course, classes, choice):
    lessons = choice().lessons
    plan = plan_of(course, choice(lessons=[Lesson(lessons[0].topic, 2), lessons[1]]))
    assert topics(plan.sessions, classes[0]) == [lessons[0].topic.pk] * 2 + [lessons[1].topic.pk]


def test_holidays_are_passed_over_and_named(course, choice):
    by = make_user("admin")
    Holiday.objects.create(date=date(2026, 12, 8), name="Nghỉ bù", entered_by=by)
    Holiday.objects.create(date=date(2026, 12, 12), name="Làm bù", kind="worked", entered_by=by)
    plan = plan_of(course, choice())
    assert {each.starts_at.day for each in plan.sessions} == {7, 9, 10, 11}
    assert plan.skipped == {date(2026, 12, 8): "Nghỉ bù"}
    assert not [each for each in plan.warnings if "ngày nghỉ lễ" in each]


def test_a_year_without_holidays_entered_is_said(course, choice):
    assert any("Chưa nhập ngày nghỉ lễ năm 2026" in each for each in plan_of(course, choice()).warnings)


def test_too_small_a_hall_is_warned_of(course, classes, choice, ward):
    small = make_venue(ward, name="Phòng họp nhỏ", capacity=40)
    told = plan_of(course, choice(classes=[(classes[0], small)])).warnings
    assert "Phòng họp nhỏ có 40 chỗ, ít hơn 125 chỗ của Lớp 1." in told


def test_saved_whole_with_its_trail(admin, course, choice):
    made = save(admin, course, choice())
    assert Session.objects.count() == len(made) == 8
    told = Event.objects.filter(act="session.plan")
    assert {each.record_id for each in told} == {each.pk for each in made}
    assert {each.area_id for each in told} == {course.ward_id}


def test_numbers_go_on_from_the_highest(admin, course, classes, choice):
    make_session(classes[0], number=7, starts_at=at(1, 8))
    made = save(admin, course, choice())
    assert sorted(each.number for each in made if each.training_class_id == classes[0].pk) == [8, 9, 10, 11]


def test_one_clash_and_nothing_is_saved(admin, course, classes, choice, halls):
    elsewhere = make_class(make_course(course.ward, code="K09"), name="Lớp khác")
    make_session(elsewhere, venue=halls[1], starts_at=at(10, 11), ends_at=at(10, 12))
    chosen = choice()
    sentences = [each.sentence for each in plan_of(course, chosen).clashes]
    assert sentences == [
        "Thứ năm 10/12/2026 07:30–11:30, Lớp 2: Hội trường B đã có buổi của Lớp khác của khoá K09 lúc 11:00–12:00."
    ]
    with pytest.raises(ValidationError, match="Chưa lưu buổi nào"):
        save(admin, course, chosen)
    assert Session.objects.count() == 1
    assert not Event.objects.filter(act="session.plan").exists()


def test_touching_hours_and_cancelled_sessions_do_not_clash(course, classes, choice, halls):
    elsewhere = make_class(make_course(course.ward))
    make_session(elsewhere, venue=halls[0], starts_at=at(7, 11, 30), ends_at=at(7, 12))
    make_session(
        elsewhere, number=2, venue=halls[0], starts_at=at(8, 8), state="cancelled", cancel_reason="Bão"
    )
    assert not plan_of(course, choice()).clashes


def test_sent_twice_it_is_saved_once(admin, course, choice):
    chosen = choice()
    key = plan_of(course, chosen).key
    first = save_plan(by=admin, course=course, choice=chosen, seen=key)
    again = save_plan(by=admin, course=course, choice=chosen, seen=key)
    assert {each.pk for each in first} == {each.pk for each in again}
    assert Session.objects.count() == 8


def test_another_than_the_preview_is_refused(admin, course, choice):
    chosen = choice()
    seen = plan_of(course, chosen).key
    Holiday.objects.create(date=date(2026, 12, 7), name="Nghỉ", entered_by=admin)
    with pytest.raises(ValidationError, match="không còn như bản xem trước"):
        save_plan(by=admin, course=course, choice=chosen, seen=seen)
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"lessons": []}, "Chọn ít nhất một lớp"),
        ({"classes": []}, "Chọn ít nhất một lớp"),
        ({"weekdays": []}, "không đủ ngày học"),
        ({"parts": []}, "không đủ ngày học"),
    ],
)
def test_choices_without_an_end_are_refused(course, choice, other, sentence):
    with pytest.raises(ValidationError, match=sentence):
        plan_of(course, choice(**other))


def test_too_many_sessions_are_refused(course, choice):
    lessons = [Lesson(choice().lessons[0].topic, planning.MOST)]
    with pytest.raises(ValidationError, match="nhiều nhất"):
        plan_of(course, choice(lessons=lessons))


def test_parts_that_overlap_clash_with_each_other(course, choice):
    plan = plan_of(course, choice(parts=[MORNING, Part(time(11), time(12))]))
    assert any(each.field == "training_class" for each in plan.clashes)


def test_only_the_admin_of_the_ward_and_while_the_course_is_not_closed(course, choice):
    for stranger in (make_admin(make_course().ward),):
        with pytest.raises(PermissionDenied):
            save(stranger, course, choice())
    Course.objects.filter(pk=course.pk).update(state="closed")
    with pytest.raises(ValidationError, match="đã kết thúc"):
        save(make_admin(course.ward), course, choice())


def test_a_class_of_another_course_is_refused(course, choice, halls):
    with pytest.raises(ValidationError, match="không còn trong khoá"):
        plan_of(course, choice(classes=[(make_class(), halls[0])]))


def test_a_speaker_of_another_ward_is_refused_by_the_database(admin, course, choice):
    lesson = Lesson(choice().lessons[0].topic, 1, speaker=make_speaker(make_course().ward))
    with pytest.raises(ValidationError) as error:
        save(admin, course, choice(lessons=[lesson], arrangement="in_turn"))
    assert error.value.code == "session_of_one_ward"
