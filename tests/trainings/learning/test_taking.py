"""A test on a phone: begun once, kept as it goes, resumed, handed in once, over when its time is over."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.trainings.factories import make_course, make_question, make_test, make_topic, make_trainee
from trainings.actions.learning import taking
from trainings.models import Attempt, Choice, Question
from trainings.reports.learning.taking import Stage, lines, seat
from trainings.tasks import hand_in_overdue_attempts

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def place():
    course = make_course()
    topics = [make_topic(course.ward), make_topic(course.ward)]
    questions = [make_question(topics[each % 2], right=2) for each in range(6)]
    order = Question(ward=course.ward, topic=topics[0], kind="order", text="Xếp thứ tự")
    order.save()
    Choice.objects.bulk_create(
        Choice(question=order, number=n, text=f"Bước {n}", is_right=True) for n in range(1, 5)
    )
    questions.append(order)
    now = timezone.now()
    test = make_test(course, questions, opens_at=now - HOUR, closes_at=now + HOUR)
    trainee = make_trainee(course)
    return SimpleNamespace(
        course=course, test=test, questions=questions, order=order, trainee=trainee, topics=topics, now=now,
        url=reverse("take_test", args=[trainee.code, test.pk]),
    )  # fmt: skip


def right(question):
    return list(question.choices.filter(is_right=True).order_by("number").values_list("pk", flat=True))


def begun(place):
    return taking.begin(trainee=place.trainee, test=place.test, at=place.now)


def page(client, place):
    return client.get(place.url).content.decode()


def test_begun_kept_resumed_and_handed_in_once(place):
    client, other_phone = Client(), Client()
    assert "Bắt đầu" in page(client, place)
    client.post(place.url, {"do": "bat-dau"})
    made = Attempt.objects.get()
    assert made.due_at - made.started_at == timedelta(minutes=place.test.minutes)
    other_phone.post(place.url, {"do": "bat-dau"})
    assert Attempt.objects.get().seed == made.seed
    first, second = place.questions[:2]
    kept = client.post(place.url, {"do": "luu", f"co{first.pk}": "", f"q{first.pk}": right(first)})
    assert kept.status_code == 204
    # Another phone, opened before that, answers another question and takes nothing back.
    other_phone.post(
        place.url, {"do": "luu", f"co{first.pk}": "", f"co{second.pk}": "-", f"q{second.pk}": right(second)}
    )
    assert Attempt.objects.get().answers == {str(first.pk): right(first), str(second.pk): right(second)}
    assert page(Client(), place).count(" checked") == 2
    places = {f"q{place.order.pk}-{pk}": number for number, pk in enumerate(right(place.order), 1)}
    answer = client.post(place.url, {"do": "nop", f"co{place.order.pk}": "", **places}, follow=True)
    assert "3 / 7 điểm" in answer.content.decode()
    done = Attempt.objects.get()
    assert done.by_topic == {str(place.topics[0].pk): [2, 4], str(place.topics[1].pk): [1, 3]}
    late = client.post(place.url, {"do": "luu", f"co{first.pk}": "-", f"q{first.pk}": right(first)[0] - 1})
    assert late.status_code == 409
    client.post(place.url, {"do": "nop", f"co{first.pk}": "-", f"q{first.pk}": ""})
    assert Attempt.objects.get().score == 3


def test_everything_in_one_sending_without_script(place):
    client = Client()
    client.post(place.url, {"do": "bat-dau"})
    data = {"do": "nop"}
    for each in place.questions[:-1]:
        data |= {f"co{each.pk}": "", f"q{each.pk}": right(each)}
    data |= {f"co{place.order.pk}": ""}
    data |= {f"q{place.order.pk}-{pk}": number for number, pk in enumerate(right(place.order), 1)}
    client.post(place.url, data)
    assert Attempt.objects.get().score == 7


def test_an_answer_can_be_taken_back(place):
    first = place.questions[0]
    begun(place)
    chosen = {str(first.pk): right(first)}
    taking.save_answers(code=place.trainee.code, test=place.test.pk, changes=chosen, at=place.now)
    Client().post(place.url, {"do": "luu", f"co{first.pk}": str(right(first)[0])})
    assert Attempt.objects.get().answers == {str(first.pk): []}


def test_the_server_decides_the_time(place):
    made, first = begun(place), place.questions[0]
    answer = {"code": place.trainee.code, "test": place.test.pk, "changes": {str(first.pk): right(first)}}
    assert taking.save_answers(**answer, at=made.due_at + timedelta(seconds=5))
    assert not taking.save_answers(**answer, at=made.due_at + timedelta(seconds=15))
    assert seat(place.trainee.code, place.test.pk, made.due_at).stage == Stage.OVER
    second = place.questions[1]
    done = taking.hand_in(
        attempt=made, changes={str(second.pk): right(second)}, at=made.due_at + timedelta(minutes=1)
    )
    assert (done.score, list(done.answers)) == (1, [str(first.pk)])


def test_it_lasts_no_longer_than_the_test_is_open(place):
    at = place.test.closes_at - timedelta(minutes=10)
    assert taking.begin(trainee=place.trainee, test=place.test, at=at).due_at == place.test.closes_at


def test_not_before_not_after_and_not_without_questions(place):
    for at in (place.test.opens_at - HOUR, place.test.closes_at):
        with pytest.raises(ValidationError, match="chưa mở hoặc đã đóng"):
            taking.begin(trainee=place.trainee, test=place.test, at=at)
    empty = make_test(place.course, kind="pre", opens_at=place.now, closes_at=place.now + HOUR)
    with pytest.raises(ValidationError, match="chưa có câu hỏi"):
        taking.begin(trainee=place.trainee, test=empty, at=place.now)
    url = reverse("take_test", args=[place.trainee.code, empty.pk])
    assert "Bài chưa có câu hỏi" in Client().get(url).content.decode()
    assert not Attempt.objects.exists()


def test_who_never_comes_back_is_handed_in_with_what_was_saved(place):
    first = place.questions[0]
    long_ago = place.now - timedelta(minutes=50)
    taking.begin(trainee=place.trainee, test=place.test, at=long_ago)
    chosen = {str(first.pk): right(first)}
    taking.save_answers(code=place.trainee.code, test=place.test.pk, changes=chosen, at=long_ago)
    running = taking.begin(trainee=make_trainee(place.course), test=place.test, at=place.now)
    hand_in_overdue_attempts(0)
    done = Attempt.objects.get(trainee=place.trainee)
    assert (done.score, done.out_of) == (1, 7)
    assert done.handed_in_at is not None
    running.refresh_from_db()
    assert running.handed_in_at is None


def test_the_page_after_the_time_loads_without_writing(place):
    Attempt.objects.all()
    taking.begin(trainee=place.trainee, test=place.test, at=place.now - timedelta(minutes=50))
    assert "Đã hết giờ làm bài" in page(Client(), place)
    assert Attempt.objects.get().handed_in_at is None
    assert "0 / 7 điểm" in Client().post(place.url, {"do": "nop"}, follow=True).content.decode()


def test_right_answers_only_once_the_test_is_closed(place):
    made = begun(place)
    taking.hand_in(attempt=made, changes={}, at=place.now)
    text = page(Client(), place)
    assert "Đáp án và giải thích hiện ở trang này sau khi bài đóng" in text
    assert "Đáp án 2" not in text
    type(place.test).objects.update(closes_at=place.now)
    text = page(Client(), place)
    assert "Đáp án: <strong>Đáp án 2</strong>" in text
    assert "Chưa trả lời" in text


def test_questions_and_answers_stand_in_an_order_of_ones_own(place):
    mine = begun(place)
    Attempt.objects.filter(pk=mine.pk).update(answers={})
    others = [
        taking.begin(
            trainee=make_trainee(place.course, birth_year=1990 - each), test=place.test, at=place.now
        )
        for each in range(8)
    ]
    orders = {tuple(each.asked.pk for each in lines(attempt)) for attempt in [mine, *others]}
    assert len(orders) > 4
    shown = [int(each) for each in re.findall(r'name="co(\d+)"', page(Client(), place))]
    assert shown == [each.asked.pk for each in lines(mine)]


def test_a_code_opens_its_own_course_only(place):
    stranger = make_trainee()
    gone = make_trainee(
        place.course, birth_year=1970, state="withdrawn", withdrawn_on="2026-12-01", withdraw_reason="x"
    )
    for code in (stranger.code, gone.code, "khongco", place.trainee.code.upper()):
        url = reverse("take_test", args=[code, place.test.pk])
        assert Client().get(url).status_code == 404, code
        assert Client().post(url, {"do": "bat-dau"}).status_code == 404
        assert Client().post(url, {"do": "luu"}).status_code == 409
    assert not Attempt.objects.exists()


def test_what_nobody_could_choose_is_dropped(place):
    begun(place)
    first = place.questions[0]
    foreign = make_question(place.topics[0])
    odd = {
        "do": "luu", f"co{first.pk}": "-", f"q{first.pk}": [right(foreign)[0], "9" * 30, "<b>", ""],
        f"co{foreign.pk}": "-", f"q{foreign.pk}": right(foreign), "co" + "9" * 40: "x", "cox": "1", "co": "",
        f"co{place.order.pk}": "-", f"q{place.order.pk}-{right(place.order)[0]}": "²",
    }  # fmt: skip
    assert Client().post(place.url, odd).status_code == 204
    kept = Attempt.objects.get().answers
    assert set(kept) == {str(first.pk), str(place.order.pk)}
    Client().post(place.url, {"do": "nop"})
    assert Attempt.objects.get().answers == {str(first.pk): [], str(place.order.pk): []}


def test_as_few_queries_however_many_questions(place, django_assert_num_queries):
    client, first = Client(), place.questions[0]
    answer = {"do": "luu", f"co{first.pk}": "-", f"q{first.pk}": right(first)}
    with django_assert_num_queries(4):  # no attempt yet, the trainee, the test, how many questions
        client.get(place.url)
    with django_assert_num_queries(9):  # the same; are there questions; the attempt, kept with its rules
        client.post(place.url, {"do": "bat-dau"})
    with django_assert_num_queries(2):  # the attempt; the questions with their answers
        client.get(place.url)
    with django_assert_num_queries(1):
        client.post(place.url, answer)
    with django_assert_num_queries(7):  # the attempt, the questions; the attempt locked and marked
        client.post(place.url, {"do": "nop"})
    with django_assert_num_queries(2):  # the attempt; the names of its topics
        client.get(place.url)
