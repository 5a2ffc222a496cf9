"""The bank on screen: who may, what is written and refused, found, within its queries."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.factories import (
    make_admin,
    make_course,
    make_question,
    make_test,
    make_topic,
    make_trainee,
)
from tests.trainings.test_rules import attempt
from trainings.models import Question

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def topic():
    return make_topic(make_ward(), name="Chính sách")


@pytest.fixture
def client(topic):
    return signed_in(make_admin(topic.ward))


def text(response) -> str:
    return response.content.decode()


def typed(topic, **values):
    return {
        "topic": topic.pk, "kind": "choice", "text": "Câu mới?", "explanation": "", "answer1": "Một", "answer3": "Ba",
        "right3": "on", "request_id": uuid4(),
    } | values  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "viewer"])
def test_only_an_admin_keeps_the_bank(topic, role):
    client = signed_in(make_user(role, topic.ward))
    question = make_question(topic)
    for name, args in (
        ("question_list", []),
        ("question_create", []),
        ("question_bank", []),
        ("question_edit", [question.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403
    assert client.post(reverse("question_retire", args=[question.pk])).status_code == 403


def test_another_wards_question_is_not_there(topic):
    stranger = signed_in(make_admin(make_ward()))
    question = make_question(topic)
    assert stranger.get(reverse("question_edit", args=[question.pk])).status_code == 404
    assert stranger.post(reverse("question_retire", args=[question.pk])).status_code == 404
    assert question.text not in text(stranger.get(reverse("question_list")))
    assert stranger.post(reverse("question_create"), typed(topic)).status_code == 422


def test_written_on_screen(client, topic):
    url = reverse("question_create")
    page = text(client.post(url, typed(topic, text=SCRIPT), follow=True))
    assert "Đã thêm câu hỏi" in page
    made = Question.objects.get()
    assert list(made.choices.order_by("number").values_list("text", "is_right")) == [
        ("Một", False),
        ("Ba", True),
    ]
    listed = text(client.get(reverse("question_list")))
    assert "&lt;script&gt;" in listed
    assert SCRIPT not in listed


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"right3": ""}, "Đánh dấu đúng một đáp án đúng"),
        ({"right1": "on"}, "Đánh dấu đúng một đáp án đúng"),
        ({"answer3": ""}, "Ghi ít nhất hai đáp án"),
        ({"answer3": "Một"}, "Có hai đáp án giống nhau"),
        ({"kind": "choices", "right3": ""}, "Đánh dấu các đáp án đúng"),
        ({"kind": "true_false"}, "Chọn câu này đúng hay sai"),
        ({"right2": "on"}, "dòng trống"),
        ({"kind": "x"}, "không có trong danh sách"),
        ({"text": ""}, "Chưa nhập ô này"),
        ({"answer1": "x" * 501}, "Dài quá"),
    ],
)
def test_what_is_wrong_is_said(client, topic, values, sentence):
    answer = client.post(reverse("question_create"), typed(topic, **values))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Question.objects.exists()


def test_changed_on_screen_and_a_stale_page(client, topic):
    made = make_question(topic)
    url = reverse("question_edit", args=[made.pk])
    assert 'value="Đáp án 2"' in text(client.get(url))
    data = typed(topic, kind="true_false", verdict="Sai", version=1, text="Khác?")
    assert "Đã lưu câu hỏi" in text(client.post(url, data, follow=True))
    assert made.choices.get(is_right=True).text == "Sai"
    assert "Người khác vừa sửa" in text(client.post(url, data, follow=True))
    course = make_course(topic.ward)
    attempt(make_test(course, [made]), make_trainee(course))
    assert "đã có người làm nên không sửa" in text(client.post(url, data | {"version": 2}))
    retire = reverse("question_retire", args=[made.pk])
    assert "Đã ghi" in text(client.post(retire, {"version": 2}, follow=True))
    assert "Không có câu hỏi nào" in text(client.get(reverse("question_list")))
    assert "Khác?" in text(client.get(reverse("question_list"), {"xem": "thoi"}))
    client.post(retire, {"version": 3, "lai": "1"})
    assert Question.objects.in_use().exists()


def test_searched_without_marks_and_filtered(client, topic):
    make_question(topic, text="Chuẩn nghèo thành thị là gì?")
    make_question(make_topic(topic.ward), text="Họp tổ dân phố?")
    url = reverse("question_list")
    assert "1 câu hỏi" in text(client.get(url, {"q": "NGHEO thanh thi"}))
    assert "1 câu hỏi" in text(client.get(url, {"chuyen_de": topic.pk}))
    assert "2 câu hỏi" in text(client.get(url, {"kieu": "choice"}))
    for odd in ({"chuyen_de": "x"}, {"kieu": "'"}, {"q": "%_\\"}, {"trang": "-1"}, {"chuyen_de": "9" * 30}):
        assert client.get(url, odd).status_code == 200


def test_a_bank_to_begin_with(client, topic):
    url = reverse("question_bank")
    assert "Nghị định" not in text(client.get(url))
    data = {"phuong": topic.ward_id, "policies": topic.pk}
    assert "Đã thêm 12 câu hỏi" in text(client.post(url, data, follow=True))
    assert Question.objects.filter(topic=topic).count() == 4
    assert client.post(url, data | {"phuong": make_ward().pk}).status_code == 404
    assert client.post(url, data | {"policies": make_topic(make_ward()).pk}).status_code == 422


def test_as_many_queries_however_many_questions(client, topic, django_assert_num_queries):
    url = reverse("question_list")
    make_question(topic)
    client.get(url)
    with django_assert_num_queries(8):
        client.get(url)
    for _ in range(5):
        make_question(topic)
    with django_assert_num_queries(8):
        client.get(url)
