"""Questions and practices: recorded in a sitting, sent from a phone, answered, put up, found; never who asked."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from households import guidance
from tests.factories import make_group, make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_session,
    make_topic,
    make_trainee,
)
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.discussions import WAITING, edit_contribution, publish, send_contribution
from trainings.models import Contribution

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def place():
    course = make_course()
    held = make_class(course)
    session = make_session(held, kind="discussion")
    admin, trainee = make_admin(course.ward), make_trainee(training_class=held, full_name="Lê Văn Kín")
    return SimpleNamespace(
        course=course, ward=course.ward, session=session, admin=admin, client=signed_in(admin), trainee=trainee,
        topic=make_topic(course.ward), url=reverse("course_discussion", args=[course.pk]),
        send_url=reverse("send_contribution", args=[trainee.code]),
    )  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def make(place, **values):
    values = {"kind": "question", "text": "Hỏi gì đó?"} | values
    return Contribution.objects.create(ward=place.ward, course=place.course, **values)


def answered(place, **values):
    given = {"answer": "Đáp thế này", "answered_by": "Chị Hoa", "answered_on": date(2026, 12, 9)}
    return make(place, **given | {"published_at": now()} | values)


def test_many_in_one_sitting_recorded_once(place):
    data = {
        "session": place.session.pk, "kind": "question", "texts": f"Câu một?\n\n  Câu   hai? \n{SCRIPT}\n",
        "topic": "", "step": "survey", "trainee": place.trainee.pk, "request_id": uuid4(),
    }  # fmt: skip
    answer = place.client.post(place.url, data, follow=True)
    page = text(answer)
    assert "Đã ghi 3 ý" in page
    assert SCRIPT not in page
    assert f'value="{place.session.pk}" selected' in page  # the next is of the same session
    place.client.post(place.url, data)
    made = Contribution.objects.order_by("pk")
    assert [each.text for each in made] == ["Câu một?", "Câu hai?", SCRIPT]
    assert {(each.session, each.step, each.trainee, each.made_by) for each in made} == {
        (place.session, "survey", place.trainee, place.admin)
    }
    assert Event.objects.filter(act="contribution.save").count() == 3
    assert "tối đa 50 dòng" in text(
        place.client.post(place.url, data | {"texts": "x\n" * 51, "request_id": uuid4()})
    )
    foreign = data | {"session": make_session().pk, "request_id": uuid4()}
    assert place.client.post(place.url, foreign).status_code == 422


def test_answered_and_put_up_in_one_go(place):
    one = make(place, trainee=place.trainee)
    url = reverse("contribution_edit", args=[one.pk])
    data = {
        "kind": "question", "text": "Hỏi lại cho rõ?", "topic": place.topic.pk, "step": "meeting", "answer": "Đáp",
        "answered_by": "", "answered_on": "", "legal_basis": "Quyết định 24/2021/QĐ-TTg", "version": 1,
    }  # fmt: skip
    assert "Ghi người trả lời" in text(place.client.post(url, data))
    assert "không ở sau hôm nay" in text(
        place.client.post(url, data | {"answered_by": "Chị Hoa", "answered_on": "1/1/2099"})
    )
    assert "Trả lời câu hỏi trước khi đưa lên" in text(
        place.client.post(url, data | {"answer": "", "dua": "1"})
    )
    one.refresh_from_db()
    assert (one.version, one.text) == (1, "Hỏi gì đó?")
    assert "đã đưa lên" in text(
        place.client.post(url, data | {"answered_by": "Chị Hoa", "dua": "1"}, follow=True)
    )
    one.refresh_from_db()
    assert (one.answer, one.step, one.answered_on is not None) == ("Đáp", "meeting", True)
    assert "Người khác vừa sửa" in text(place.client.post(url, data | {"answered_by": "x"}, follow=True))
    down = reverse("contribution_publish", args=[one.pk])
    assert "Đã gỡ xuống" in text(place.client.post(down, {"version": one.version, "go": "1"}, follow=True))
    assert Event.objects.filter(act="contribution.publish").count() == 2


def test_an_unanswered_question_is_not_put_up_and_a_practice_is(place):
    with pytest.raises(ValidationError, match="Trả lời câu hỏi trước"):
        publish(by=place.admin, contribution=make(place), version=1, at=now())
    practice = make(place, kind="practice", text="Hẹn hộ trước một ngày")
    assert publish(by=place.admin, contribution=practice, version=1, at=now()).published_at is not None
    with pytest.raises(Stale):
        edit_contribution(by=place.admin, contribution=practice, version=1, values={"text": "x"})


def test_a_supervisor_answers_and_an_admin_puts_up(place):
    one = make(place)
    client = signed_in(make_user("supervisor", place.ward))
    edit, up = (reverse(name, args=[one.pk]) for name in ("contribution_edit", "contribution_publish"))
    data = {
        "kind": "question",
        "text": "Hỏi?",
        "answer": "Đáp",
        "answered_by": "Chị Hoa",
        "version": 1,
        "dua": "1",
    }
    assert client.post(edit, data).status_code == 302
    one.refresh_from_db()
    assert (one.answer, one.published_at) == ("Đáp", None)
    assert client.post(up, {"version": 2}).status_code == 403


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "admin", "viewer"])
def test_who_reads_and_who_writes(place, role):
    client = signed_in(make_user(role, place.ward))
    assert client.get(reverse("contribution_list")).status_code == 200
    may = role in {"admin", "supervisor"}
    for url in (place.url, reverse("contribution_edit", args=[make(place).pk])):
        assert client.get(url).status_code == (200 if may else 403)
    stranger = signed_in(make_admin(make_ward()))
    assert stranger.get(place.url).status_code == 404
    assert stranger.get(reverse("contribution_edit", args=[make(place).pk])).status_code == 404


def test_the_knowledge_base_is_searched_without_marks_and_names_nobody(place):
    answered(place, text="Hộ vắng nhà thì sao?", step="survey", topic=place.topic, trainee=place.trainee)
    answered(place, text="Họp không đủ người?", step="meeting")
    answered(place, text="Chưa đưa lên", published_at=None)
    answered(SimpleNamespace(ward=(other := make_course()).ward, course=other), text="Của phường khác")
    url = reverse("contribution_list")
    client = signed_in(make_user("officer", make_group(place.ward)))

    def count(**query):
        page = text(client.get(url, query))
        assert "Lê Văn Kín" not in page
        return page.split('result-count">')[1].split(" ")[0]

    assert count() == "2"
    assert count(q="HO VANG nha") == count(step="survey") == count(chuyen_de=place.topic.pk) == "1"
    assert count(q="dap the nay") == count(loai="question") == "2"
    assert count(q="khong co chu nay") == count(loai="practice") == "0"
    for odd in ({"step": "'"}, {"chuyen_de": "9" * 30}, {"loai": "x"}, {"trang": "-1"}, {"q": "%"}):
        assert client.get(url, odd).status_code == 200


def test_linked_beside_each_step_of_the_review(place):
    client = signed_in(make_user("officer", make_group(place.ward)))
    whole = text(client.get(reverse("guidance")))
    for step in guidance.steps():
        link = f'href="{reverse("contribution_list")}?step={step}"'
        assert link in whole
        assert link in text(client.get(reverse("guidance_step", args=[step])))
    answered(place, text="Hộ vắng nhà thì sao?", step="survey")
    assert "Hộ vắng nhà" in text(client.get(reverse("contribution_list"), {"step": "survey"}))


def test_sent_from_a_phone_once_and_not_without_end(place):
    data = {"kind": "question", "text": SCRIPT, "topic": "", "request_id": uuid4()}
    assert "Đã nhận" in text(Client().post(place.send_url, data, follow=True))
    Client().post(place.send_url, data)
    one = Contribution.objects.get()
    assert (one.trainee, one.course, one.made_by, one.published_at) == (
        place.trainee,
        place.course,
        None,
        None,
    )
    page = text(place.client.get(place.url))
    assert "&lt;script&gt;" in page
    assert "Lê Văn Kín nêu" in page
    for number in range(WAITING - 1):
        send_contribution(trainee=place.trainee, kind="practice", text=f"Ý {number}")
    with pytest.raises(ValidationError, match="đang chờ trả lời"):
        send_contribution(trainee=place.trainee, kind="practice", text="Một ý nữa")
    assert Client().get(reverse("send_contribution", args=["x"])).status_code == 404


@pytest.mark.parametrize("name", ["course_discussion", "contribution_list"])
def test_as_many_queries_however_many(place, name, django_assert_num_queries):
    url = place.url if name == "course_discussion" else reverse(name)
    pinned = {"course_discussion": 10, "contribution_list": 7}[name]
    answered(place, session=place.session, topic=place.topic, trainee=place.trainee)
    place.client.get(url)
    with django_assert_num_queries(pinned):
        place.client.get(url)
    for _ in range(5):
        answered(place, session=place.session, topic=place.topic, trainee=place.trainee)
    with django_assert_num_queries(pinned):
        place.client.get(url)
