"""Courses beside each other say what each says of itself."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.utils.timezone import now

from tests.factories import make_ward
from tests.trainings.factories import (
    make_class,
    make_course,
    make_question,
    make_test,
    make_topic,
    make_trainee,
)
from trainings.completion import standing
from trainings.models import Attempt, CostLine, Course, Evaluation, EvaluationItem, Trainee
from trainings.reports import comparison
from trainings.reports.learning import evaluation
from trainings.reports.learning.results import gain

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_ward()


def line_of(course) -> comparison.Beside:
    (line,) = comparison.side_by_side(Course.objects.filter(pk=course.pk))
    return line


@pytest.fixture
def tested(ward):
    """A course with both tests, of whose people some took one, some none, and one has left."""
    dice, course = Random(12), make_course(ward, min_attendance=50)
    held = make_class(course)
    topics = [make_topic(ward) for _ in range(2)]
    tests = [
        make_test(course, [make_question(topic) for topic in topics], kind=kind) for kind in ("pre", "post")
    ]
    for number in range(14):
        person = make_trainee(training_class=held, full_name=f"Người {number}", birth_year=1960 + number)
        for test in tests:
            if dice.random() < 0.7:
                points = {str(topic.pk): [dice.randint(0, 1), 1] for topic in topics}
                Attempt.objects.create(
                    test=test, trainee=person, seed=1, started_at=now(), due_at=now(), handed_in_at=now(),
                    source="phone", by_topic=points, out_of=2, score=sum(had for had, _ in points.values()),
                )  # fmt: skip
    Trainee.objects.filter(pk=person.pk).update(
        state="withdrawn", withdrawn_on=date(2025, 12, 9), withdraw_reason="Chuyển công tác"
    )
    return course


def test_what_was_gained_is_what_the_course_says_of_itself(tested):
    line, (_, topics) = line_of(tested), gain(tested)[0]
    assert topics[-1].topic == ""
    assert line.gain == topics[-1]
    assert 0 < line.gain.people < 13


def test_who_completed_is_counted_by_the_rule(tested):
    assert line_of(tested).completed == sum(each.has_completed for each in standing(tested))


@pytest.mark.parametrize(("forms", "said"), [(4, None), (5, Decimal("3.00")), (0, None)])
def test_how_it_was_judged_is_shown_from_five_forms_on(tested, forms, said):
    items = [
        EvaluationItem.objects.create(course=tested, number=number, text=f"Mục {number}", kind="scale")
        for number in (1, 2)
    ]
    for number in range(forms):
        answers = {str(items[0].pk): 1 + number % 5, str(items[1].pk): 5 - number % 5}
        Evaluation.objects.create(course=tested, answers=answers)
    line = line_of(tested)
    assert (line.forms, line.judged) == (forms, said)
    if said:
        (result, *_) = evaluation.results(tested)
        assert [each.average for each in result.scales] == [said, said]
        assert evaluation.scales(tested) == result.scales


@pytest.mark.parametrize(
    ("marked", "said"), [(1, Decimal("4.00")), (4, Decimal("4.00")), (5, Decimal("2.50"))]
)
def test_an_item_few_answered_is_no_part_of_how_it_was_judged(tested, marked, said):
    content, hall = (
        EvaluationItem.objects.create(course=tested, number=number, text=f"Mục {number}", kind="scale")
        for number in (1, 2)
    )
    for number in range(5):
        answers = {str(content.pk): 4} | ({str(hall.pk): 1} if number < marked else {})
        Evaluation.objects.create(course=tested, answers=answers)
    assert (line_of(tested).forms, line_of(tested).judged) == (5, said)


def test_five_forms_of_which_one_has_marks_are_not_a_judgement(tested):
    item, words = (
        EvaluationItem.objects.create(course=tested, number=number, text="Mục", kind=kind)
        for number, kind in enumerate(("scale", "text"), 1)
    )
    for answers in ({str(item.pk): 1}, *[{str(words.pk): "Tốt"}] * 4):
        Evaluation.objects.create(course=tested, answers=answers)
    assert (line_of(tested).forms, line_of(tested).judged) == (5, None)


def test_money_adds_up_as_on_the_settlement(tested):
    costs = [
        CostLine.objects.create(
            course=tested,
            number=number,
            name="Ăn",
            basis="other",
            quantity=Decimal("2.50"),
            rate=rate,
            used=used,
        )
        for number, rate, used in ((1, 333, 800), (2, 1001, None))
    ]
    line = line_of(tested)
    assert line.planned == sum(each.planned for each in costs) == 833 + 2503
    assert (line.used, line.each) == (800, Decimal(62))  # of the thirteen on the roster


def test_a_course_stands_beside_those_of_its_ward_that_began_before(ward):
    years = [
        make_course(ward, starts_on=date(year, 5, 1), ends_on=date(year, 5, 2)) for year in range(2020, 2027)
    ]
    make_course(starts_on=date(2019, 5, 1), ends_on=date(2019, 5, 2))
    here, *earlier = comparison.before(years[5])
    assert here.course == years[5]
    assert [each.course for each in earlier] == [years[4], years[3], years[2]]


def test_an_empty_course_divides_by_nobody(ward):
    line = line_of(make_course(ward))
    assert (line.rate, line.completed_rate, line.each, line.gain.gain, line.judged) == (None,) * 5
