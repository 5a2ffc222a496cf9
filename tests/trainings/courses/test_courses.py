"""A course made, copied, edited, opened, closed; its topics; the ward's lists; its classes."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from households.models import Material
from tests.factories import make_ward
from tests.trainings.factories import (
    MORNING,
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_speaker,
    make_topic,
    make_trainee,
)
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.courses import catalogue, closing, courses, offered
from trainings.actions.courses import classes as class_actions
from trainings.actions.courses.courses import Taught
from trainings.models import (
    CostLine,
    Course,
    CourseTopic,
    EvaluationItem,
    Speaker,
    Topic,
    TrainingClass,
    Venue,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def values(**other):
    plain = {name: "" for name in ("purpose", "plan_number", "signer")} | {"signer_title": "CHỦ TỊCH"}
    return {
        **plain, "code": "K01", "name": "Tập huấn cán bộ giảm nghèo", "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 11), "seats": 250, "plan_date": None, "min_attendance": 80, "pass_percent": None,
        "needs_assignment": False, "number_pattern": "{n}/GCN-TH", **other,
    }  # fmt: skip


def make_cost(course, **other):
    plain = {"number": 1, "name": "Nước uống", "basis": "trainee_session", "quantity": 500, "rate": 10_000}
    return CostLine.objects.create(**{"course": course, **plain, **other})


def test_a_course_is_made_once_by_one_request(admin, ward):
    request_id = uuid4()
    made = courses.create_course(by=admin, ward=ward, values=values(), request_id=request_id)
    again = courses.create_course(by=admin, ward=ward, values=values(), request_id=request_id)
    assert (made.pk, made.state, made.made_by) == (again.pk, "draft", admin)
    assert Event.objects.get(act="course.create").area_id == ward.pk
    with pytest.raises(ValidationError) as error:
        courses.create_course(by=admin, ward=ward, values=values(), request_id=uuid4())
    assert "code" in error.value.message_dict


def test_it_is_made_in_a_ward_of_ones_own(ward):
    with pytest.raises(PermissionDenied):
        courses.create_course(by=make_admin(make_ward()), ward=ward, values=values())
    assert courses.create_course(by=make_admin(), ward=ward, values=values()).pk


def test_a_copy_takes_topics_costs_and_items_and_no_people(admin, ward, course):
    gone = make_topic(ward, retired_on=TODAY)
    CourseTopic.objects.create(course=course, topic=gone, number=9)
    make_cost(course, used=4_000_000, used_note="HĐ 12", legal_basis="Thông tư 36/2018/TT-BTC", version=5)
    EvaluationItem.objects.create(course=course, number=1, kind="scale", text="Nội dung dễ hiểu")
    make_trainee(course)
    made = courses.create_course(by=admin, ward=ward, values=values(), like=course)
    assert list(made.course_topics.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    cost = made.costs.get()
    assert (cost.rate, cost.legal_basis, cost.used, cost.used_note, cost.version) == (
        10_000, "Thông tư 36/2018/TT-BTC", None, "", 1,
    )  # fmt: skip
    assert made.evaluation_items.get().text == "Nội dung dễ hiểu"
    assert not made.trainees.exists()
    assert not made.classes.exists()
    assert course.costs.get().used == 4_000_000
    assert Event.objects.get(act="course.create").after["copied"] == {
        "topics": 4,
        "costs": 1,
        "evaluation": 1,
    }


def test_a_copy_takes_what_was_ticked_and_of_ones_ward_only(admin, ward, course):
    make_cost(course)
    made = courses.create_course(by=admin, ward=ward, values=values(), like=course, copied=["topics"])
    assert (made.course_topics.count(), made.costs.count()) == (4, 0)
    with pytest.raises(ValidationError, match="cùng phường"):
        courses.create_course(by=admin, ward=ward, values=values(code="K02"), like=make_course())


def test_edited_but_not_from_a_stale_page_nor_once_closed(admin, course):
    edited = courses.edit_course(by=admin, course=course, version=1, values=values(name="Tên mới"))
    assert (edited.name, edited.version) == ("Tên mới", 2)
    assert Event.objects.get(act="course.edit").after["name"] == "Tên mới"
    with pytest.raises(Stale):
        courses.edit_course(by=admin, course=course, version=1, values=values())
    with pytest.raises(ValidationError) as error:
        courses.edit_course(by=admin, course=course, version=2, values=values(ends_on=date(2026, 12, 1)))
    assert "ends_on" in error.value.message_dict
    Course.objects.filter(pk=course.pk).update(state="closed")
    with pytest.raises(ValidationError, match="Khoá đã kết thúc"):
        courses.edit_course(by=admin, course=course, version=2, values=values())


def test_opening_asks_for_topics_and_classes(admin, ward, course):
    bare = make_course(ward, state="draft")
    with pytest.raises(ValidationError) as error:
        courses.open_course(by=admin, course=bare, version=1)
    assert len(error.value.messages) == 2
    Course.objects.filter(pk=course.pk).update(state="draft")
    assert courses.open_course(by=admin, course=course, version=1).state == "open"
    assert Event.objects.get(act="course.state").after == {"state": "open"}


def test_closing_says_what_is_missing(admin, course, classes):
    with pytest.raises(ValidationError, match="Chưa có buổi nào đã học"):
        courses.close_course(by=admin, course=course, version=1)
    held = make_session(classes[0], state="held")
    planned = make_session(classes[0])
    with pytest.raises(ValidationError) as error:
        courses.close_course(by=admin, course=course, version=1)
    assert error.value.messages == [
        "Còn 1 buổi chưa học. Đánh dấu đã học, hoặc bỏ buổi có lý do.",
        "Còn 1 buổi đã học chưa chốt điểm danh.",
    ]
    held.closed_at = MORNING
    held.save()
    planned.state, planned.cancel_reason = "cancelled", "Bão"
    planned.save()
    closed = courses.close_course(by=admin, course=course, version=1)
    assert closed.state == "closed"
    with pytest.raises(ValidationError, match="Ghi vì sao mở lại"):
        courses.open_course(by=admin, course=closed, version=2)
    assert courses.open_course(by=admin, course=closed, version=2, reason="Học bù").state == "open"


def test_closing_warns_of_what_may_be_right(course):
    make_trainee(course, state="waiting", waiting_since=MORNING)
    make_cost(course)
    assert closing.worth_knowing(course) == [
        "Còn 1 người chờ chỗ.", "1 / 1 khoản chi chưa ghi số đã chi.", "Chưa cấp giấy chứng nhận nào.",
    ]  # fmt: skip


def test_topics_of_a_course_are_set_as_a_whole(admin, ward, course):
    kept = course.course_topics.order_by("number").first().topic
    fresh = make_topic(ward)
    courses.set_topics(by=admin, course=course, version=1, topics=[Taught(fresh, 1, 2), Taught(kept, 2)])
    assert list(course.course_topics.order_by("number").values_list("topic", "hours")) == [
        (fresh.pk, 2), (kept.pk, None),
    ]  # fmt: skip
    with pytest.raises(Stale):
        courses.set_topics(by=admin, course=course, version=1, topics=[])


def test_a_topic_in_the_timetable_stays_in_the_course(admin, course, classes):
    topic = course.course_topics.order_by("number").first().topic
    session = make_session(classes[0], topic=topic)
    with pytest.raises(ValidationError, match="đang có buổi trong lịch học"):
        courses.set_topics(by=admin, course=course, version=1, topics=[])
    session.state, session.cancel_reason = "cancelled", "Bão"
    session.save()
    courses.set_topics(by=admin, course=course, version=1, topics=[])
    assert not course.course_topics.exists()


def test_a_topic_of_another_ward_is_refused(admin, course):
    with pytest.raises(ValidationError) as error:
        courses.set_topics(by=admin, course=course, version=1, topics=[Taught(make_topic(make_ward()), 1)])
    assert error.value.code == "course_topic_of_its_ward"
    assert course.course_topics.count() == 4


def test_entries_are_added_edited_retired_and_taken_up(admin, ward):
    made = catalogue.add_entry(by=admin, kind=Speaker, ward=ward, values={"full_name": "Lê Thị Ánh"})
    edited = catalogue.edit_entry(by=admin, entry=made, version=1, values={"title": "Thạc sĩ"})
    assert (edited.title, edited.version) == ("Thạc sĩ", 2)
    with pytest.raises(Stale):
        catalogue.edit_entry(by=admin, entry=made, version=1, values={"title": "x"})
    assert catalogue.retire_entry(by=admin, entry=made, today=TODAY).retired_on == TODAY
    with pytest.raises(ValidationError):
        catalogue.retire_entry(by=admin, entry=made, today=TODAY)
    assert not Speaker.objects.in_use().exists()
    assert catalogue.retire_entry(by=admin, entry=made, today=TODAY, back=True).retired_on is None
    assert Event.objects.filter(act="speaker.save").count() == 4
    with pytest.raises(PermissionDenied):
        catalogue.add_entry(
            by=make_admin(make_ward()), kind=Venue, ward=ward, values={"name": "A", "capacity": 9}
        )
    with pytest.raises(ValidationError) as error:
        catalogue.add_entry(by=admin, kind=Speaker, ward=ward, values={"full_name": "Lê Thị  Ánh"})
    assert "full_name" in error.value.message_dict


def test_materials_of_a_topic_are_of_its_ward(admin, ward):
    def material(of):
        return Material.objects.create(
            ward=of, title="Bài giảng", audience="officers", author="Phòng", link="https://hatinh.gov.vn/x"
        )

    topic = {"number": 1, "name": "Chính sách"}
    made = catalogue.add_entry(by=admin, kind=Topic, ward=ward, values=topic, materials=[material(ward)])
    assert made.materials.get().title == "Bài giảng"
    with pytest.raises(ValidationError):
        catalogue.edit_entry(by=admin, entry=made, version=1, values=topic, materials=[material(make_ward())])
    assert made.materials.get().ward == ward


def test_a_ward_without_topics_begins_with_the_four(admin, ward):
    made = catalogue.begin_with_offered_topics(by=admin, ward=ward)
    assert [each.number for each in made] == [1, 2, 3, 4]
    assert [each.name for each in made] == [each["name"] for each in offered.topics()]
    assert Event.objects.filter(act="topic.save", reason="Lập theo mẫu").count() == 4
    with pytest.raises(ValidationError, match="đã có chuyên đề"):
        catalogue.begin_with_offered_topics(by=admin, ward=ward)
    assert Topic.objects.filter(ward=ward).count() == 4


def test_classes_are_added_and_keep_their_seats(admin, course, classes):
    made = class_actions.add_class(
        by=admin, course=course, values={"number": 3, "name": "Lớp 3", "capacity": 2}
    )
    for name in ("An", "Bình"):
        make_trainee(training_class=made, full_name=f"Nguyễn {name}")
    with pytest.raises(ValidationError) as error:
        class_actions.edit_class(
            by=admin, held=made, version=1, values={"number": 3, "name": "Lớp 3", "capacity": 1}
        )
    assert "capacity" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        class_actions.add_class(
            by=admin, course=course, values={"number": 3, "name": "Lớp ba", "capacity": 9}
        )
    assert "number" in error.value.message_dict
    with pytest.raises(Stale):
        class_actions.edit_class(
            by=admin, held=made, version=9, values={"number": 3, "name": "Lớp 3", "capacity": 9}
        )


def test_a_class_nobody_relies_on_goes_with_its_planned_sessions(admin, classes):
    make_session(classes[0])
    assert class_actions.remove_class(by=admin, held=classes[0], version=1) == 1
    assert not TrainingClass.objects.filter(pk=classes[0].pk).exists()
    assert Event.objects.get(act="class.remove").before["sessions"] == [
        "Buổi 1: Thứ ba 08/12/2026 07:30–11:30"
    ]


def test_a_class_with_trainees_marks_or_held_sessions_stays(admin, course, classes):
    trainee = make_trainee(training_class=classes[0])
    with pytest.raises(ValidationError, match="đang có 1 học viên"):
        class_actions.remove_class(by=admin, held=classes[0], version=1)
    make_mark(make_session(classes[1]), trainee, is_guest=True)
    with pytest.raises(ValidationError, match="đã có điểm danh"):
        class_actions.remove_class(by=admin, held=classes[1], version=1)
    third = make_class(course, number=3)
    make_session(third, state="held", speaker=make_speaker(course.ward))
    with pytest.raises(ValidationError, match="đã có buổi học"):
        class_actions.remove_class(by=admin, held=third, version=1)


def test_who_waits_moves_up_when_there_are_more_seats(admin, ward):
    course = make_course(ward, seats=1)
    held = make_class(course, capacity=1)
    make_trainee(training_class=held)
    waiting = make_trainee(course, state="waiting", waiting_since=MORNING, full_name="Lê Văn Chờ")
    courses.edit_course(by=admin, course=course, version=course.version, values=values(seats=2))
    waiting.refresh_from_db()
    assert waiting.state == "waiting"  # its only class has one seat
    larger = {"number": held.number, "name": held.name, "capacity": 2}
    class_actions.edit_class(by=admin, held=held, version=held.version, values=larger)
    waiting.refresh_from_db()
    assert waiting.state == "enrolled"
