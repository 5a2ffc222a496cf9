"""The tests of a course: set, chosen, begun and frozen, printed; the pages and who opens them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localtime

from tests.factories import make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.factories import (
    MORNING,
    make_admin,
    make_class,
    make_course,
    make_question,
    make_test,
    make_topic,
    make_trainee,
)
from tests.trainings.test_rules import attempt
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.learning.testing import choose_questions, remove_test, save_test
from trainings.models import Test

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    course = make_course()
    topics = [make_topic(course.ward), make_topic(course.ward)]
    questions = [make_question(topics[each % 2], right=2) for each in range(4)]
    admin = make_admin(course.ward)
    return SimpleNamespace(
        course=course, topics=topics, questions=questions, admin=admin, client=signed_in(admin)
    )


def text(response) -> str:
    return response.content.decode()


def values(**changes):
    return {
        "kind": "pre", "opens_at": MORNING, "closes_at": MORNING + timedelta(hours=3), "minutes": 30,
    } | changes  # fmt: skip


def test_set_changed_and_frozen_once_begun(place):
    made = save_test(by=place.admin, course=place.course, values=values())
    with pytest.raises(ValidationError, match="đã có bài kiểm tra này"):
        save_test(by=place.admin, course=place.course, values=values())
    with pytest.raises(ValidationError, match="Giờ đóng phải sau"):
        save_test(by=place.admin, course=place.course, values=values(kind="post", closes_at=MORNING))
    change = {"by": place.admin, "course": place.course, "test": made}
    made = save_test(**change, version=1, values=values(minutes=45))
    with pytest.raises(Stale):
        save_test(**change, version=1, values=values())
    chosen = [(place.questions[1].pk, 2), (place.questions[0].pk, 1)]
    made = choose_questions(by=place.admin, test=made, version=2, chosen=chosen)
    assert list(made.asked.order_by("number").values_list("question", "points")) == chosen
    with pytest.raises(Stale):
        choose_questions(by=place.admin, test=made, version=2, chosen=[])
    attempt(made, make_trainee(place.course))
    for act in (
        lambda: choose_questions(by=place.admin, test=made, version=3, chosen=[]),
        lambda: save_test(**change, version=3, values=values(minutes=10)),
        lambda: remove_test(by=place.admin, test=made, version=3),
    ):
        with pytest.raises(ValidationError, match="Đã có người làm bài này"):
            act()
    later = values(minutes=45, closes_at=MORNING + timedelta(hours=9))
    assert save_test(**change, version=3, values=later).closes_at == later["closes_at"]
    assert Event.objects.filter(act="test.save").count() == 4


def test_removed_while_nobody_began(place):
    made = make_test(place.course, place.questions)
    remove_test(by=place.admin, test=made, version=1)
    assert not Test.objects.exists()


def addresses(place):
    test = make_test(place.course, place.questions)
    of_course, of_test = [place.course.pk], [test.pk]
    return [
        reverse("test_list", args=of_course), reverse("test_results", args=of_course),
        reverse("test_papers", args=of_test), reverse("test_print", args=of_test),
        reverse("assignments", args=of_course),
    ], [
        reverse("test_create", args=of_course), reverse("test_edit", args=of_test),
        reverse("test_questions", args=of_test),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "admin", "viewer"])
def test_who_reads_and_who_writes(place, role):
    reads, writes = addresses(place)
    client = signed_in(make_user(role, place.course.ward))
    for url in reads:
        assert client.get(url).status_code == (200 if role in {"admin", "supervisor"} else 403), url
    for url in writes:
        assert client.get(url).status_code == (200 if role == "admin" else 403), url


def test_another_ward_sees_nothing(place):
    reads, writes = addresses(place)
    client = signed_in(make_admin(make_ward()))
    for url in (*reads, *writes):
        assert client.get(url).status_code == 404, url


def test_set_and_chosen_on_screen(place):
    url = reverse("test_create", args=[place.course.pk])
    data = {
        "kind": "post", "opens_on": "11/12/2026", "opens_hour": "15h30", "closes_on": "11/12/2026",
        "closes_hour": "17:00", "minutes": "20",
    }  # fmt: skip
    assert "Giờ đóng phải sau giờ mở" in text(place.client.post(url, data | {"closes_hour": "15:00"}))
    assert "Ghi giờ như" in text(place.client.post(url, data | {"opens_hour": "sáng"}))
    assert place.client.post(url, data | {"minutes": "0"}).status_code == 422
    assert "Ngân hàng" not in text(place.client.post(url, data, follow=True))
    made = Test.objects.get()
    assert f"{localtime(made.opens_at):%H:%M %d/%m/%Y}" == "15:30 11/12/2026"
    choose = reverse("test_questions", args=[made.pk])
    one, other = place.questions[0], place.questions[1]
    page = text(
        place.client.post(
            choose,
            {"version": 1, "cau": [one.pk], f"diem{one.pk}": "3", "cd": [place.topics[1].pk]},
            follow=True,
        )
    )
    assert "Bài có 3 câu hỏi" in page
    assert made.asked.get(question=one).points == 3
    assert made.asked.get(question=other).points == 1
    assert "3 câu, 5 điểm" in page
    stale = text(place.client.post(choose, {"version": 1, "cau": [one.pk]}, follow=True))
    assert "Người khác vừa sửa" in stale
    foreign = make_question(make_topic(make_ward()))
    refused = text(place.client.post(choose, {"version": 2, "cau": [foreign.pk]}))
    assert "phường khác" in refused
    assert "từ 1 đến 100" in text(
        place.client.post(choose, {"version": 2, "cau": [one.pk], f"diem{one.pk}": "500"})
    )
    edit = reverse("test_edit", args=[made.pk])
    assert 'value="15:30"' in text(place.client.get(edit))
    saved = place.client.post(edit, data | {"version": 2, "closes_hour": "18:00"}, follow=True)
    assert "18:00 11/12/2026" in text(saved)
    assert "Người khác vừa sửa" in text(place.client.post(edit, data | {"version": 2}, follow=True))
    assert "Đã bỏ bài" in text(
        place.client.post(reverse("test_remove", args=[made.pk]), {"version": 3}, follow=True)
    )


def test_printed_with_and_without_the_key(place):
    test = make_test(place.course, place.questions)
    url = reverse("test_print", args=[test.pk])
    paper, with_key = text(place.client.get(url)), text(place.client.get(url, {"dap-an": "1"}))
    assert "Câu 4" in paper
    assert "→" not in paper
    assert with_key.count("→") == 4


PINNED = {"test_list": 7, "test_results": 11, "test_papers": 11, "assignments": 10, "test_questions": 8}


@pytest.mark.parametrize("name", PINNED)
def test_as_many_queries_however_many_people(place, name, django_assert_num_queries):
    held = make_class(place.course)
    test = make_test(place.course, place.questions)
    url = reverse(name, args=[test.pk if name in {"test_papers", "test_questions"} else place.course.pk])
    make_trainee(training_class=held)
    place.client.get(url)
    with django_assert_num_queries(PINNED[name]):
        place.client.get(url)
    for each in range(4):
        attempt(test, make_trainee(training_class=held, birth_year=1960 + each))
        make_question(place.topics[0])
    with django_assert_num_queries(PINNED[name]):
        place.client.get(url)
