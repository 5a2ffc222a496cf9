"""The bank of questions: written, changed until asked, retired, loaded; its rules."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_ward
from tests.refusals import refused
from tests.trainings.factories import (
    make_admin,
    make_course,
    make_question,
    make_test,
    make_topic,
    make_trainee,
)
from tests.trainings.test_rules import attempt
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.learning.bank import bank
from trainings.actions.learning.questions import load_bank, retire_question, return_question, save_question
from trainings.models import Choice, Question, Topic

pytestmark = pytest.mark.django_db
FOUR = [("Một", False), ("Hai", True), ("Ba", False), ("Bốn", False)]


@pytest.fixture
def topic():
    return make_topic(make_ward())


@pytest.fixture
def admin(topic):
    return make_admin(topic.ward)


def save(by, topic, kind="choice", offers=FOUR, **values):
    values = {"text": "Câu hỏi?", "explanation": "Vì thế."} | values
    return save_question(by=by, topic=topic, kind=kind, offers=offers, **values)


def offered(question):
    return list(question.choices.order_by("number").values_list("text", "is_right"))


def test_written_with_its_answers_once(admin, topic):
    request_id = uuid4()
    made = save(admin, topic, request_id=request_id)
    assert save(admin, topic, request_id=request_id) == made
    assert offered(made) == FOUR
    assert made.ward == topic.ward
    told = Event.objects.get(act="question.save")
    assert told.after["choices"] == ["Một", "✓ Hai", "Ba", "Bốn"]
    assert (told.actor, told.area_id) == (admin, topic.ward_id)
    in_order = save(admin, topic, "order", [("Trước", False), ("Sau", False)])
    assert offered(in_order) == [("Trước", True), ("Sau", True)]


@pytest.mark.parametrize(
    ("kind", "offers"),
    [
        ("choice", FOUR[:1]),
        ("choice", []),
        ("choice", [("Một", True), ("Hai", True)]),
        ("choice", [("Một", False), ("Hai", False)]),
        ("choices", [("Một", False), ("Hai", False)]),
        ("true_false", [("Đúng", True), ("Sai", True)]),
        ("true_false", [("Đúng", True), ("Sai", False), ("Cả hai", False)]),
        ("order", [("Một", False)]),
        ("choice", [*FOUR, *[("x", False)] * 5]),
    ],
)
def test_a_question_has_the_answers_of_its_kind(admin, topic, kind, offers):
    with pytest.raises(ValidationError, match="từ 2 đến 8 đáp án"):
        save(admin, topic, kind, offers)
    assert not Question.objects.exists()


def test_rules_of_the_database(topic):
    question = make_question(topic)
    first = question.choices.filter(number=1)
    refused("question_has_its_answers", first.update, is_right=False)
    refused("question_has_its_answers", question.choices.all().delete)
    refused("question_has_its_answers", Question.objects.filter(pk=question.pk).update, kind="true_false")
    refused(
        "question_has_its_answers",
        Question.objects.create,
        ward=topic.ward,
        topic=topic,
        kind="choice",
        text="x",
    )
    refused(
        "question_has_its_answers",
        Choice.objects.create,
        question=question,
        number=5,
        text="x",
        is_right=True,
    )


def test_changed_until_somebody_was_asked(admin, topic):
    made = save(admin, topic)
    changed = save(
        admin, topic, "true_false", [("Đúng", True), ("Sai", False)], question=made, version=1, text="Khác?"
    )
    assert (changed.version, offered(changed)) == (2, [("Đúng", True), ("Sai", False)])
    with pytest.raises(Stale):
        save(admin, topic, question=made, version=1)
    with pytest.raises(ValidationError, match="phường khác"):
        save(admin, make_topic(make_ward()), question=made, version=2)
    course = make_course(topic.ward)
    attempt(make_test(course, [made]), make_trainee(course))
    with pytest.raises(ValidationError, match="đã có người làm"):
        save(admin, topic, question=made, version=2)
    assert offered(made) == [("Đúng", True), ("Sai", False)]
    retired = retire_question(by=admin, question=made, version=2, on=date(2026, 12, 1))
    assert not Question.objects.in_use().exists()
    with pytest.raises(ValidationError, match="01/12/2026"):
        retire_question(by=admin, question=made, version=retired.version, on=date(2026, 12, 2))
    return_question(by=admin, question=made, version=retired.version)
    assert Question.objects.in_use().get() == made


def test_a_bank_to_begin_with_is_loaded_once(admin, topic):
    own = {"policies": topic}
    assert load_bank(by=admin, ward=topic.ward, topics=own, bank=bank()) == 12
    assert load_bank(by=admin, ward=topic.ward, topics=own, bank=bank()) == 0
    assert Question.objects.filter(topic=topic).count() == 4
    assert Topic.objects.filter(ward=topic.ward).count() == 4
    assert {each.key for each in bank()} == {"causes", "policies", "communication", "practice"}
    assert Event.objects.filter(act="question.save").count() == 12
