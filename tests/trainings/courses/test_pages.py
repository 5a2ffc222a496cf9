"""The pages of courses: who opens them, what they show, what they refuse, how many queries they take."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from households.models import Material
from tests.factories import make_group, make_user, make_ward
from tests.trainings.courses.conftest import browser
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
    make_venue,
)
from trainings.models import CostLine, Course, CourseTopic, Session, Topic, Venue

pytestmark = pytest.mark.django_db
QUERIES = 12


def pages(course, session):
    """(name, arguments, what a supervisor is answered)"""
    speaker, held = session.speaker, session.training_class
    return [
        ("course_list", [], 200), ("course_detail", [course.pk], 200), ("timetable", [course.pk], 200),
        ("course_create", [], 403), ("course_edit", [course.pk], 403), ("course_copy", [course.pk], 403),
        ("course_open", [course.pk], 403), ("course_close", [course.pk], 403), ("course_topics", [course.pk], 403),
        ("timetable_plan", [course.pk], 403), ("class_add", [course.pk], 403),
        ("class_edit", [course.pk, held.pk], 403), ("class_remove", [course.pk, held.pk], 403),
        ("session_add", [course.pk], 403), ("session_edit", [course.pk, session.pk], 403),
        ("session_cancel", [course.pk, session.pk], 403), ("course_costs", [course.pk], 403),
        ("catalogue", ["chuyen-de"], 403), ("catalogue", ["bao-cao-vien"], 403), ("catalogue", ["noi-hoc"], 403),
        ("catalogue_add", ["chuyen-de"], 403), ("catalogue_add", ["noi-hoc"], 403),
        ("catalogue_edit", ["bao-cao-vien", speaker.pk], 403),
    ]  # fmt: skip


def test_who_opens_what(ward, admin, course, session):
    readers = {
        "admin": browser(admin),
        "everywhere": browser(make_admin()),
        "supervisor": browser(make_user("supervisor", ward)),
        "officer": browser(make_user("officer", make_group(ward))),
        "stranger": browser(make_admin(make_ward())),
    }
    for name, arguments, supervisor in pages(course, session):
        url = reverse(name, args=arguments)
        assert readers["admin"].get(url).status_code == 200, name
        assert readers["everywhere"].get(url).status_code == 200, name
        assert readers["supervisor"].get(url).status_code == supervisor, name
        assert readers["officer"].get(url).status_code == 403, name
        about = arguments and isinstance(arguments[-1], int)
        assert readers["stranger"].get(url).status_code == (404 if about else 200), name


def test_posts_are_for_the_admin_of_the_ward(ward, course, session):
    posts = [
        ("session_restore", [course.pk, session.pk]), ("session_held", [course.pk, session.pk]),
        ("catalogue_retire", ["bao-cao-vien", session.speaker_id]), ("topics_offered", [ward.pk]),
        ("course_close", [course.pk]), ("session_cancel", [course.pk, session.pk]), ("course_costs", [course.pk]),
    ]  # fmt: skip
    stranger, officer = browser(make_admin(make_ward())), browser(make_user("officer", make_group(ward)))
    for name, arguments in posts:
        url = reverse(name, args=arguments)
        assert stranger.post(url, {"reason": "x"}).status_code == 404, name
        assert officer.post(url, {"reason": "x"}).status_code == 403, name


def test_a_record_of_another_course_is_not_reached_through_this_one(client, ward, course, session):
    other = make_course(ward)
    for name, pk in (
        ("session_edit", session.pk),
        ("session_cancel", session.pk),
        ("class_edit", session.training_class_id),
    ):
        assert client.get(reverse(name, args=[other.pk, pk])).status_code == 404, name
    assert client.get("/tap-huan/danh-muc/khong-co/").status_code == 404


def facts(**other):
    return {
        "code": "K77", "name": "Khoá <b>mới</b>", "starts_on": "07/12/2026", "ends_on": "11/12/2026", "seats": "250",
        "signer_title": "CHỦ TỊCH", "min_attendance": "80", "number_pattern": "{n}/GCN-TH", "request_id": str(uuid4()), **other,
    }  # fmt: skip


def test_a_course_from_the_form_to_its_page(client, ward):
    response = client.post(reverse("course_create"), facts(ward=ward.pk), follow=True)
    page = response.content.decode()
    assert "Khoá &lt;b&gt;mới&lt;/b&gt;" in page
    assert "Chọn chuyên đề của khoá." in page
    course = Course.objects.get(code="K77")
    edited = client.post(
        reverse("course_edit", args=[course.pk]), facts(code="K77", seats="200", version="1")
    )
    assert edited.status_code == 302
    assert Course.objects.get(code="K77").seats == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_on": "06/12/2026"}, "Ngày kết thúc phải từ ngày bắt đầu trở đi."),
        ({"ends_on": "31/02/2026"}, "Ngày không đúng."),
        ({"seats": "0"}, "Số học viên dự kiến từ 1 đến 5.000."),
        ({"seats": "99999999999"}, "Lớn quá"),
        ({"number_pattern": "GCN"}, "phải có {n}"),
        ({"code": ""}, "Chưa nhập ô này."),
        ({"name": "\u202eab"}, "ký tự không in được"),
    ],
)
def test_what_is_mistyped_is_said(client, ward, wrong, sentence):
    response = client.post(reverse("course_create"), facts(ward=ward.pk, **wrong))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Course.objects.filter(code="K77").exists()


def test_another_ward_is_not_offered(client):
    response = client.post(reverse("course_create"), facts(ward=make_ward().pk))
    assert response.status_code == 422
    assert not Course.objects.filter(code="K77").exists()


def test_a_copy_from_its_page(client, course):
    CostLine.objects.create(course=course, number=1, name="Nước", basis="other", quantity=1, rate=5)
    client.post(reverse("course_copy", args=[course.pk]), facts(copied=["topics", "costs"]))
    made = Course.objects.get(code="K77")
    assert (made.course_topics.count(), made.costs.count(), made.classes.count()) == (4, 1, 0)


def test_a_stale_page_is_told_and_loses_nothing_of_the_other(client, course):
    Course.objects.filter(pk=course.pk).update(version=2, seats=111)
    response = client.post(reverse("course_edit", args=[course.pk]), facts(version="1"), follow=True)
    assert "Người khác vừa sửa" in response.content.decode()
    assert Course.objects.get(pk=course.pk).seats == 111


def test_closing_shows_what_is_missing_and_offers_no_button(client, course, session):
    page = client.get(reverse("course_close", args=[course.pk])).content.decode()
    assert "Còn 1 buổi chưa học." in page
    assert 'type="submit">Kết thúc khoá' not in page
    response = client.post(reverse("course_close", args=[course.pk]), {"version": "1"})
    assert response.status_code == 422
    Session.objects.filter(pk=session.pk).update(state="held", closed_at=MORNING)
    client.post(reverse("course_close", args=[course.pk]), {"version": "1"})
    assert Course.objects.get(pk=course.pk).state == "closed"
    response = client.post(reverse("course_open", args=[course.pk]), {"version": "2", "reason": "Học bù"})
    assert Course.objects.get(pk=course.pk).state == "open"


def test_topics_of_a_course_in_a_grid(client, course, ward):
    topics = [each.topic_id for each in course.course_topics.order_by("number")]
    data = {
        "version": "1",
        f"number_{topics[1]}": "1",
        f"hours_{topics[1]}": "2,5",
        f"number_{topics[0]}": "2",
    }
    assert client.post(reverse("course_topics", args=[course.pk]), data).status_code == 302
    assert list(course.course_topics.order_by("number").values_list("topic", flat=True)) == [
        topics[1],
        topics[0],
    ]
    wrong = {"version": "2", f"hours_{topics[2]}": "3"}
    assert client.post(reverse("course_topics", args=[course.pk]), wrong).status_code == 422


def test_topics_after_the_pattern_once(client, ward):
    page = client.get(reverse("catalogue", args=["chuyen-de"])).content.decode()
    assert "Lập theo mẫu" in page
    page = client.post(reverse("topics_offered", args=[ward.pk]), follow=True).content.decode()
    assert "Chính sách, cơ chế giảm nghèo hiện hành" in page
    assert "Lập theo mẫu" not in page
    page = client.post(reverse("topics_offered", args=[ward.pk]), follow=True).content.decode()
    assert "đã có chuyên đề đang dùng" in page
    assert Topic.objects.filter(ward=ward).count() == 4


def test_the_lists_from_their_pages(client, ward):
    material = Material.objects.create(
        ward=ward, title="Bài giảng", audience="officers", author="Phòng", link="https://hatinh.gov.vn/x"
    )
    topic = {"ward": ward.pk, "number": "1", "name": "Chính sách", "materials": [material.pk]}
    client.post(reverse("catalogue_add", args=["chuyen-de"]), topic)
    assert Topic.objects.get(ward=ward).materials.get() == material
    assert "Bài giảng (trên mạng)" in client.get(reverse("catalogue", args=["chuyen-de"])).content.decode()
    for wrong in ({"phone": "12"}, {"full_name": ""}):
        data = {"ward": ward.pk, "full_name": "Lê Thị Ánh", **wrong}
        assert client.post(reverse("catalogue_add", args=["bao-cao-vien"]), data).status_code == 422
    client.post(
        reverse("catalogue_add", args=["noi-hoc"]), {"ward": ward.pk, "name": "Nhà văn hoá", "capacity": "80"}
    )
    venue = Venue.objects.get(ward=ward)
    data = {"name": "Nhà văn hoá TDP 1", "capacity": "90", "version": "1"}
    client.post(reverse("catalogue_edit", args=["noi-hoc", venue.pk]), data)
    page = client.post(reverse("catalogue_retire", args=["noi-hoc", venue.pk]), follow=True).content.decode()
    assert "Thôi dùng “Nhà văn hoá TDP 1”" in page
    gone = client.get(reverse("catalogue", args=["noi-hoc"]), {"xem": "thoi-dung"}).content.decode()
    assert "Dùng lại" in gone
    client.post(reverse("catalogue_retire", args=["noi-hoc", venue.pk]), {"lai": "1"})
    assert Venue.objects.get(pk=venue.pk).retired_on is None


def test_what_waits_stands_on_the_list(client, ward, course, session):
    Session.objects.filter(pk=session.pk).update(
        starts_at=MORNING.replace(year=2025), ends_at=MORNING.replace(year=2025, hour=11)
    )
    make_trainee(course, state="waiting", waiting_since=MORNING)
    page = client.get(reverse("course_list")).content.decode()
    assert "1 buổi đã qua giờ mà chưa đánh dấu đã học." in page
    assert "1 người đang chờ chỗ." in page
    assert "1 buổi nằm ngoài thời gian của khoá." in page
    Course.objects.filter(pk=course.pk).update(state="closed")
    assert "Việc đang chờ" not in client.get(reverse("course_list")).content.decode()


def test_figures_of_a_course(client, course, classes, session):
    people = [
        make_trainee(training_class=classes[0], full_name=f"Lê Thị {name}") for name in ("An", "Bình", "Chi")
    ]
    make_mark(session, people[0])
    make_mark(session, people[1], state="late")
    make_mark(session, people[2], state="absent")
    Session.objects.filter(pk=session.pk).update(state="held")
    page = client.get(reverse("course_detail", args=[course.pk])).content.decode()
    assert "66,67%" in page
    assert "2 / 3 lượt phải dự" in page


def test_pages_take_few_queries_however_long(client, ward, course, classes, django_assert_max_num_queries):
    for _ in range(3):
        other = make_course(ward)
        CourseTopic.objects.create(course=other, topic=make_topic(ward), number=1)
        make_class(other)
    for number in range(6):
        make_session(classes[number % 2], speaker=make_speaker(ward), venue=make_venue(ward))
    CostLine.objects.bulk_create(
        CostLine(course=course, number=each, name=f"Khoản {each}", basis="other", quantity=1, rate=5)
        for each in range(1, 9)
    )
    for name, arguments in (
        ("course_list", []), ("course_detail", [course.pk]), ("timetable", [course.pk]), ("timetable_plan", [course.pk]),
        ("course_costs", [course.pk]), ("course_topics", [course.pk]), ("catalogue", ["bao-cao-vien"]),
    ):  # fmt: skip
        with django_assert_max_num_queries(QUERIES, info=name):
            assert client.get(reverse(name, args=arguments)).status_code == 200


@pytest.mark.parametrize("bound", [True, False])
def test_an_admin_puts_a_material_in_the_library_and_a_trainee_downloads_it(ward, bound):
    client = browser(make_admin(ward if bound else None))
    data = {
        "ward": ward.pk, "title": "Sổ tay <b>tập huấn</b>", "topic": "Kỹ năng", "audience": "officers",
        "author": "Phường (minh hoạ)", "request_id": str(uuid4()),
    }  # fmt: skip
    wrong = SimpleUploadedFile("../../x.pdf", b"MZ not a document")
    assert client.post(reverse("material_add"), data | {"file": wrong}).status_code == 422
    for _ in range(2):  # sent twice, put in once
        right = SimpleUploadedFile("../../sổ tay.pdf", b"%PDF-1.4 minh hoa %%EOF")
        assert client.post(reverse("material_add"), data | {"file": right}).status_code == 302
    made = Material.objects.get()
    assert "/" not in made.file_name
    topic = make_topic(ward)
    topic.materials.add(made)
    course = make_course(ward)
    CourseTopic.objects.create(course=course, topic=topic, number=1)
    code = make_trainee(course).code
    page = Client().get(reverse("my_page", args=[code])).content.decode()
    assert "&lt;b&gt;tập huấn" in page
    answer = Client().get(reverse("my_material", args=[code, made.pk]))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
