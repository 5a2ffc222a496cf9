"""One test from several phones at the same moment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.households.test_at_once import at_once
from tests.trainings.factories import make_course, make_question, make_test, make_topic, make_trainee
from trainings.actions.learning import taking
from trainings.actions.learning.evaluation import give_evaluation
from trainings.models import Attempt, Evaluation, EvaluationItem

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def test():
    course, now = make_course(), timezone.now()
    questions = [make_question(make_topic(course.ward)) for _ in range(6)]
    hour = timedelta(hours=1)
    return make_test(course, questions, opens_at=now - hour, closes_at=now + hour)


def test_begun_from_six_phones_is_one_attempt(test):
    trainee, now = make_trainee(test.course), timezone.now()
    made = at_once(lambda: taking.begin(trainee=trainee, test=test, at=now))
    assert {(each.pk, each.seed) for each in made} == set(Attempt.objects.values_list("pk", "seed"))


def test_six_phones_each_keep_their_answer(test):
    trainee, now = make_trainee(test.course), timezone.now()
    taking.begin(trainee=trainee, test=test, at=now)
    asked = iter(test.asked.select_related("question"))

    def save():
        question = next(asked).question
        chosen = {str(question.pk): [question.choices.get(number=1).pk]}
        return taking.save_answers(code=trainee.code, test=test.pk, changes=chosen, at=now)

    assert at_once(save) == [True] * 6
    done = at_once(lambda: taking.hand_in(attempt=Attempt.objects.get(), changes={}, at=timezone.now()))
    assert {(each.score, each.handed_in_at) for each in done} == {(6, Attempt.objects.get().handed_in_at)}


def test_kept_while_it_is_handed_in_is_either_in_or_refused(test):
    trainee, now = make_trainee(test.course), timezone.now()
    attempt = taking.begin(trainee=trainee, test=test, at=now)
    question = test.asked.select_related("question").first().question
    chosen = {str(question.pk): [question.choices.get(number=1).pk]}
    turn = iter(range(12))

    def act():
        if next(turn) % 2:
            return taking.save_answers(code=trainee.code, test=test.pk, changes=chosen, at=now)
        return taking.hand_in(attempt=attempt, changes={}, at=timezone.now())

    results = at_once(act, times=12)
    done = Attempt.objects.get()
    assert not [each for each in results if isinstance(each, Exception)]
    assert done.score == (1 if True in results else 0)


def test_one_evaluation_sent_by_an_impatient_thumb():
    course = make_course()
    item = EvaluationItem.objects.create(course=course, number=1, kind="scale", text="Nội dung")
    trainee = make_trainee(course)
    results = at_once(lambda: give_evaluation(trainee=trainee, answers={str(item.pk): 5}))
    assert sorted(type(each).__name__ for each in results) == ["NoneType", *["ValidationError"] * 5]
    assert Evaluation.objects.count() == 1


def test_forms_sent_at_once_all_lie_in_the_order_of_their_keys():
    course = make_course()
    item = EvaluationItem.objects.create(course=course, number=1, kind="scale", text="Nội dung")
    people = iter([make_trainee(course, birth_year=1960 + each) for each in range(12)])
    results = at_once(lambda: give_evaluation(trainee=next(people), answers={str(item.pk): 5}), times=12)
    assert results == [None] * 12
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT xmin::text) FROM trainings_evaluation")
        assert cursor.fetchone() == (12, 1)
