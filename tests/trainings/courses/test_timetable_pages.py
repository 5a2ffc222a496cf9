"""The pages of a timetable: seen before it is saved, its sessions and classes changed one by one."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_ward
from tests.trainings.factories import (
    MORNING,
    make_session,
    make_trainee,
    make_venue,
)
from thanhsen.models import Holiday
from trainings.models import Session

pytestmark = pytest.mark.django_db


def chosen(course, halls, **other):
    data = {
        "first": "07/12/2026", "weekdays": ["0", "1", "2", "3", "4"], "morning": "on", "morning_from": "7h30",
        "morning_to": "11:00", "arrangement": "in_turn", "afternoon": "on", "afternoon_from": "13:30",
        "afternoon_to": "17:00",
    }  # fmt: skip
    for held, hall in zip(course.classes.in_order(), halls, strict=True):
        data |= {f"class_{held.pk}": "on", f"venue_{held.pk}": str(hall.pk)}
    for each in course.course_topics.all():
        data |= {f"sessions_{each.pk}": "1", f"kind_{each.pk}": "lecture", f"speaker_{each.pk}": ""}
    return {**data, **other}


def test_a_timetable_is_seen_before_it_is_saved(client, admin, course, halls):
    Holiday.objects.create(date=date(2026, 12, 8), name="Nghỉ bù", entered_by=admin)
    url, data = reverse("timetable_plan", args=[course.pk]), chosen(course, halls)
    response = client.post(url, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Xem trước: 8 buổi, chưa lưu" in page
    assert "08/12/2026 (Nghỉ bù)" in page
    assert not Session.objects.exists()
    # Saving without having seen this very timetable saves nothing and shows it.
    unseen = client.post(url, {**data, "luu": "1", "seen": "x"})
    assert unseen.status_code == 422
    assert "không còn như bản xem trước" in unseen.content.decode()
    assert not Session.objects.exists()
    saved = {**data, "luu": "1", "seen": response.context["plan"].key}
    assert client.post(url, saved).status_code == 302
    assert client.post(url, saved).status_code == 302  # sent twice
    assert Session.objects.count() == 8
    page = client.get(reverse("timetable", args=[course.pk])).content.decode()
    assert "Thứ hai 07/12/2026" in page
    assert "07:30–11:00" in page


def test_a_clash_is_said_and_leaves_no_button_to_save(client, course, classes, halls):
    make_session(classes[0], starts_at=MORNING, venue=halls[0])
    response = client.post(reverse("timetable_plan", args=[course.pk]), chosen(course, [halls[0], halls[0]]))
    page = response.content.decode()
    assert "Hội trường A đã có buổi của Lớp 1 lúc 07:30–11:30." in page
    assert 'name="luu"' not in page
    saved = {**chosen(course, [halls[0], halls[0]]), "luu": "1", "seen": response.context["plan"].key}
    assert client.post(reverse("timetable_plan", args=[course.pk]), saved).status_code == 422
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"weekdays": []}, "Chọn ít nhất một thứ."),
        ({"morning": "", "afternoon": ""}, "Chọn buổi sáng, buổi chiều hoặc cả hai."),
        ({"morning_to": "6h"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"morning_to": "25:00"}, "Giờ không đúng."),
        ({"morning_to": ""}, "Nhập giờ."),
        ({"first": "30/02/2026"}, "Ngày không đúng."),
        ({"arrangement": "?"}, "Lựa chọn này không có trong danh sách"),
    ],
)
def test_a_timetable_mistyped_is_said(client, course, halls, wrong, sentence):
    response = client.post(reverse("timetable_plan", args=[course.pk]), chosen(course, halls, **wrong))
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_hall_of_another_ward_is_not_offered(client, course, halls):
    foreign = make_venue(make_ward())
    response = client.post(reverse("timetable_plan", args=[course.pk]), chosen(course, [halls[0], foreign]))
    assert response.status_code == 422


def test_a_session_is_moved_with_what_is_worth_knowing(client, ward, course, session):
    small = make_venue(ward, name="Phòng họp", capacity=10)
    data = {
        "day": "02/01/2027", "starts": "7h30", "ends": "11h", "kind": "practice", "venue": str(small.pk), "version": "1",
    }  # fmt: skip
    page = client.post(
        reverse("session_edit", args=[course.pk, session.pk]), data, follow=True
    ).content.decode()
    assert "Phòng họp có 10 chỗ, ít hơn 125 chỗ của Lớp 1." in page
    assert "nằm ngoài thời gian của khoá" in page
    late = client.post(
        reverse("session_edit", args=[course.pk, session.pk]), data, follow=True
    ).content.decode()
    assert "Người khác vừa sửa" in late


def test_a_session_added_where_the_class_already_meets(client, course, session):
    data = {
        "held": session.training_class_id, "day": "08/12/2026", "starts": "8:00", "ends": "9:00", "kind": "lecture",
    }  # fmt: skip
    response = client.post(reverse("session_add", args=[course.pk]), data)
    assert response.status_code == 422
    assert "Lớp 1 đã có buổi lúc 07:30–11:30." in response.content.decode()
    response = client.post(reverse("session_add", args=[course.pk]), {**data, "ends": "7:00"})
    assert "Giờ kết thúc phải sau giờ bắt đầu." in response.content.decode()


def test_called_off_and_taken_up_again_on_the_page(client, course, session):
    client.post(
        reverse("session_cancel", args=[course.pk, session.pk]), {"reason": "Bão <số 12>", "version": "1"}
    )
    page = client.get(reverse("timetable", args=[course.pk])).content.decode()
    assert "Vì: Bão &lt;số 12&gt;" in page
    late = client.post(
        reverse("session_restore", args=[course.pk, session.pk]), {"version": "1"}, follow=True
    )
    assert "Người khác vừa sửa" in late.content.decode()
    client.post(reverse("session_restore", args=[course.pk, session.pk]), {"version": "2"})
    assert Session.objects.get(pk=session.pk).state == "planned"


def test_held_from_its_page(client, course, session):
    response = client.post(
        reverse("session_held", args=[course.pk, session.pk]), {"version": "1"}, follow=True
    )
    assert "chưa đến giờ học" in response.content.decode()
    Session.objects.filter(pk=session.pk).update(
        starts_at=MORNING.replace(year=2025), ends_at=MORNING.replace(year=2025, hour=11)
    )
    client.post(reverse("session_held", args=[course.pk, session.pk]), {"version": "1"})
    assert Session.objects.get(pk=session.pk).state == "held"


def test_classes_from_their_pages(client, course, classes):
    page = client.get(reverse("class_add", args=[course.pk])).content.decode()
    assert 'value="Lớp 3"' in page
    client.post(reverse("class_add", args=[course.pk]), {"number": "3", "name": "Lớp 3", "capacity": "60"})
    again = client.post(
        reverse("class_add", args=[course.pk]), {"number": "3", "name": "Lớp 3", "capacity": "60"}
    )
    assert "Khoá đã có lớp mang số này." in again.content.decode()
    make_trainee(training_class=classes[0])
    url = reverse("class_remove", args=[course.pk, classes[0].pk])
    assert "đang có 1 học viên" in client.post(url, {"version": "1"}).content.decode()
    assert (
        client.post(reverse("class_remove", args=[course.pk, classes[1].pk]), {"version": "1"}).status_code
        == 302
    )
    assert course.classes.count() == 2
