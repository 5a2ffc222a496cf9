"""The evaluation: set until answered, given once, nobody's form can be told, few forms show nothing."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.factories import make_admin, make_class, make_course, make_trainee
from thanhsen.models import Event
from trainings.actions.learning.evaluation import give_evaluation, save_items
from trainings.models import Evaluation, EvaluationGiven, EvaluationItem
from trainings.reports.learning.evaluation import results

pytestmark = pytest.mark.django_db
ITEMS = [("scale", "Nội dung"), ("text", "Ý kiến")]


@pytest.fixture
def place():
    course = make_course()
    admin = make_admin(course.ward)
    save_items(by=admin, course=course, items=ITEMS, seen=[])
    scale, words = EvaluationItem.objects.order_by("number")
    held = make_class(course)
    return SimpleNamespace(
        course=course, admin=admin, client=signed_in(admin), scale=scale, words=words, held=held,
        url=reverse("evaluation", args=[course.pk]),
    )  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def give(place, mark=4, said="", held=None):
    trainee = make_trainee(training_class=held or place.held, birth_year=1930 + Evaluation.objects.count())
    give_evaluation(trainee=trainee, answers={str(place.scale.pk): mark, str(place.words.pk): said})
    return trainee


def test_set_until_somebody_answered(place):
    new = [("scale", "Khác"), *ITEMS]
    with pytest.raises(ValidationError, match="Người khác vừa sửa"):
        save_items(by=place.admin, course=place.course, items=new, seen=[])
    save_items(by=place.admin, course=place.course, items=new, seen=ITEMS)
    assert list(EvaluationItem.objects.order_by("number").values_list("kind", "text")) == new
    place.scale, _, place.words = EvaluationItem.objects.order_by("number")
    give(place)
    with pytest.raises(ValidationError, match="Đã có người đánh giá"):
        save_items(by=place.admin, course=place.course, items=ITEMS, seen=new)
    assert Event.objects.filter(act="evaluation.save").count() == 2


def test_given_once_and_not_empty(place):
    trainee = give(place)
    with pytest.raises(ValidationError, match="đã gửi phiếu đánh giá rồi"):
        give_evaluation(trainee=trainee, answers={str(place.scale.pk): 1})
    other = make_trainee(place.course)
    with pytest.raises(ValidationError, match="Phiếu còn trống"):
        give_evaluation(trainee=other, answers={str(place.words.pk): "", "999": 5})
    assert not EvaluationGiven.objects.filter(trainee=other).exists()
    assert list(Evaluation.objects.values_list("answers", flat=True)) == [{str(place.scale.pk): 4}]


def few_results(place, count):
    for each in range(count):
        give(place, mark=1 + each % 5, said=f"Ý kiến {each}")
    return results(place.course)


def test_fewer_than_five_forms_show_nothing(place):
    (only,) = few_results(place, 4)
    assert (only.is_hidden, only.scales, only.texts) == (True, [], [])
    page = text(place.client.get(place.url))
    assert "Ý kiến 0" not in page
    assert "từ 5 phiếu trở lên" in page


def test_average_spread_and_words(place):
    (whole,) = few_results(place, 6)
    assert whole.scales[0].counts == (2, 1, 1, 1, 1)
    assert whole.scales[0].average == Decimal("2.67")
    assert sorted(whole.texts[0].said) == [f"Ý kiến {each}" for each in range(6)]
    page = text(place.client.get(place.url))
    assert "2,67" in page
    assert "Đã gửi <strong>6</strong> phiếu" in page


def test_a_small_class_is_not_what_the_others_leave(place):
    small = make_class(place.course, name="Lớp nhỏ")
    few_results(place, 5)
    for _ in range(4):
        give(place, held=small)
    assert [each.name for each in results(place.course)] == [""]
    give(place, held=small)
    assert [(each.name, each.forms, each.texts) for each in results(place.course)[1:]] == [
        (place.held.name, 5, []), ("Lớp nhỏ", 5, []),
    ]  # fmt: skip


def of_two_items(place):
    EvaluationItem.objects.create(course=place.course, number=3, kind="scale", text="Hội trường")
    return EvaluationItem.objects.get(number=3)


def fill(place, item, held, marks):
    """A form of the class for each mark; None: the item was left empty."""
    for mark in marks:
        trainee = make_trainee(training_class=held, birth_year=1930 + Evaluation.objects.count())
        own = {} if mark is None else {str(item.pk): mark}
        give_evaluation(trainee=trainee, answers={str(place.scale.pk): 4} | own)


@pytest.mark.parametrize(("answered", "average"), [(0, None), (1, None), (4, None), (5, Decimal("1.00"))])
def test_an_item_that_few_answered_is_not_shown_however_many_forms(place, answered, average):
    """Nothing has to be answered: of nine forms, one alone may have a mark for the hall."""
    hall = of_two_items(place)
    fill(place, hall, place.held, [1] * answered + [None] * (9 - answered))
    (whole,) = results(place.course)
    content, asked = whole.scales
    assert (content.average, content.is_hidden) == (Decimal("4.00"), False)
    assert (asked.answered, asked.average, asked.is_hidden) == (answered, average, answered in (1, 4))
    page = text(place.client.get(place.url))
    assert ("1,00" in page) == (answered == 5)
    assert ("dưới 5 người trả lời" in page) == (answered in (1, 4))


def test_what_few_of_a_class_answered_is_not_what_the_others_leave(place):
    hall, small = of_two_items(place), make_class(place.course, name="Lớp nhỏ")
    fill(place, hall, place.held, [5] * 6)
    fill(place, hall, small, [1, None, None, None, None])
    whole, *classes = results(place.course)
    assert whole.scales[1].average == Decimal("4.43")
    assert [each.scales[0].average for each in classes] == [Decimal("4.00")] * 2
    assert [(each.scales[1].average, each.scales[1].is_hidden) for each in classes] == [(None, True)] * 2
    fill(place, hall, small, [1] * 4)
    assert [each.scales[1].average for each in results(place.course)] == [
        Decimal("3.18"), Decimal("5.00"), Decimal("1.00"),
    ]  # fmt: skip


def test_forms_and_names_cannot_be_joined_by_where_and_when_they_were_written(place):
    """All forms of the course were written anew by the last, in the order of their random keys: they are of one
    transaction (here one command), and where they lie (the database fills holes first) says nothing of who came when."""
    written: list = []
    for _ in range(12):
        give(place)
        written += Evaluation.objects.exclude(pk__in=written).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM trainings_evaluation ORDER BY ctid")
        lying = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM trainings_evaluation")
        assert cursor.fetchone() == (1,)
    assert lying != written
    assert {each.name for each in Evaluation._meta.fields} == {"id", "course", "training_class", "answers"}
    assert {each.name for each in EvaluationGiven._meta.fields} == {"trainee"}
    assert not Event.objects.filter(act__startswith="evaluation.give").exists()


def test_given_on_a_phone(place):
    trainee = make_trainee(training_class=place.held, full_name="Lê Văn Kín")
    url, client = reverse("give_evaluation", args=[trainee.code]), Client()
    assert "Đừng ghi tên mình" in text(client.get(url))
    assert "Phiếu còn trống" in text(client.post(url, {}))
    wrong = client.post(url, {str(place.scale.pk): "9"})
    assert wrong.status_code == 422
    sent = {str(place.scale.pk): "5", str(place.words.pk): "<script>x</script>"}
    assert "Cảm ơn" in text(client.post(url, sent, follow=True))
    assert "đã gửi phiếu đánh giá rồi" not in text(client.get(url))
    client.post(url, sent)
    assert Evaluation.objects.count() == 1
    for _ in range(4):
        give(place)
    page = text(place.client.get(place.url))
    assert "&lt;script&gt;" in page
    assert "Lê Văn Kín" not in page
    assert client.get(reverse("give_evaluation", args=["x"])).status_code == 404


def test_set_on_screen(place):
    url = reverse("evaluation_edit", args=[place.course.pk])
    data = {f"kind{n}": "scale" for n in range(1, 16)} | {"text1": "Một", "text3": "Hai", "kind3": "text"}
    assert "Người khác vừa sửa" in text(place.client.post(url, data | {"seen": "x"}))
    assert "Đã lưu phiếu" in text(place.client.post(url, data | {"seen": json.dumps(ITEMS)}, follow=True))
    assert list(EvaluationItem.objects.order_by("number").values_list("kind", "text")) == [
        ("scale", "Một"), ("text", "Hai"),
    ]  # fmt: skip
    empty = data | {"text1": "", "text3": "", "seen": "[]"}
    assert "ít nhất một nội dung" in text(place.client.post(url, empty))
    other = make_course(place.course.ward)
    assert "Báo cáo viên trình bày dễ hiểu" in text(
        place.client.get(reverse("evaluation_edit", args=[other.pk]))
    )


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "admin", "viewer"])
def test_who_reads_and_who_writes(place, role):
    client = signed_in(make_user(role, place.course.ward))
    assert client.get(place.url).status_code == (200 if role in {"admin", "supervisor"} else 403)
    edit = reverse("evaluation_edit", args=[place.course.pk])
    assert client.get(edit).status_code == (200 if role == "admin" else 403)
    stranger = signed_in(make_admin(make_ward()))
    assert stranger.get(place.url).status_code == stranger.get(edit).status_code == 404


def test_as_many_queries_however_many_forms(place, django_assert_num_queries):
    few_results(place, 5)
    place.client.get(place.url)
    with django_assert_num_queries(12):
        place.client.get(place.url)
    few_results(place, 5)
    with django_assert_num_queries(12):
        place.client.get(place.url)
