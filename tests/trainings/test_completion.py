"""Completion: what is missing in words, worked cases, and SQL equal to the rule in Python for random courses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_user
from tests.trainings.factories import (
    MORNING,
    insert_certificate,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_test,
    make_topic,
    make_trainee,
)
from thanhsen.permissions import Role
from trainings.completion import Learned, Rule, missing, standing, with_standing
from trainings.models import Assignment, Attempt, Trainee

RULE = Rule(80, None, False)


@pytest.mark.parametrize(
    ("rule", "learned", "said"),
    [
        (RULE, Learned(4, 4, 4), []),
        (RULE, Learned(5, 5, 4), []),
        (RULE, Learned(4, 2, 2), ["còn thiếu: 2 buổi"]),
        (RULE, Learned(4, 3, 2), ["thiếu: 2 buổi, chỉ còn 1 buổi"]),
        (RULE, Learned(4, 4, 3), ["thiếu: 1 buổi"]),
        (RULE, Learned(0, 0, 0), ["chưa được xếp lớp có lịch học"]),
        (Rule(0, None, False), Learned(4, 4, 0), []),
        (Rule(100, None, False), Learned(3, 3, 3), []),
        (Rule(50, 70, False), Learned(2, 2, 1), ["chưa làm bài kiểm tra sau khoá"]),
        (Rule(50, 70, False), Learned(2, 2, 1, 14, 20), []),
        (
            Rule(50, 70, False),
            Learned(2, 2, 1, 13, 20),
            ["bài kiểm tra sau khoá chưa đạt (13/20 điểm, cần 14)"],
        ),
        (Rule(50, 65, False), Learned(2, 2, 1, 6, 10), ["bài kiểm tra sau khoá chưa đạt (6/10 điểm, cần 7)"]),
        (Rule(50, None, True), Learned(2, 2, 1), ["chưa nộp bài thu hoạch"]),
        (Rule(50, None, True), Learned(2, 2, 1, assignment=""), ["bài thu hoạch chưa chấm"]),
        (Rule(50, None, True), Learned(2, 2, 1, assignment=False), ["bài thu hoạch chưa đạt"]),
        (Rule(50, None, True), Learned(2, 2, 1, assignment=True), []),
    ],
)
def test_what_is_missing(rule, learned, said):
    assert missing(rule, learned) == said


@pytest.mark.django_db
def test_a_whole_roster_in_one_query(django_assert_num_queries):
    course = make_course()
    one = make_class(course)
    for _ in range(3):
        make_trainee(training_class=one)
    make_trainee(course, state="waiting", waiting_since=MORNING)
    with django_assert_num_queries(1):
        found = standing(course)
    assert len(found) == 3
    assert {each.has_completed for each in found} == {False}


@pytest.mark.django_db
def test_a_session_made_up_in_another_class_counts(django_assert_num_queries):
    course = make_course(min_attendance=100)
    one, two = make_class(course), make_class(course)
    missed, made_up = make_session(one, state="held"), make_session(two, state="held")
    trainee = make_trainee(training_class=one)
    make_mark(missed, trainee, state="absent")
    assert standing(course)[0].missing == ["thiếu: 1 buổi"]
    make_mark(made_up, trainee, is_guest=True)
    assert standing(course)[0].missing == []


@pytest.mark.django_db
def test_the_same_topic_elsewhere_makes_up_though_its_number_differs():
    course = make_course()
    one, two = make_class(course), make_class(course)
    a, b = make_topic(course.ward), make_topic(course.ward)
    first, second = make_session(one, topic=a, state="held"), make_session(one, topic=b, state="held")
    other = make_session(two, topic=b, state="held", starts_at=MORNING + timedelta(days=5))
    trainee = make_trainee(training_class=one)
    make_mark(first, trainee)
    make_mark(second, trainee, state="absent")
    make_mark(other, trainee, is_guest=True)
    assert standing(course)[0].has_completed


@pytest.mark.django_db
def test_another_topic_elsewhere_does_not_make_up_though_its_number_is_the_same():
    course = make_course()
    one, two = make_class(course), make_class(course)
    missed = make_session(one, topic=make_topic(course.ward), state="held")
    other = make_session(
        two, topic=make_topic(course.ward), state="held", starts_at=MORNING + timedelta(days=5)
    )
    trainee = make_trainee(training_class=one)
    make_mark(missed, trainee, state="absent")
    make_mark(other, trainee, is_guest=True)
    assert not standing(course)[0].has_completed


@pytest.mark.django_db
def test_a_topic_taught_twice_is_made_up_part_by_part():
    course = make_course(min_attendance=100)
    one, two, topic = make_class(course), make_class(course), make_topic(course.ward)
    for _ in range(2):
        make_session(one, topic=topic, state="held")
    elsewhere = [make_session(two, topic=topic, state="held") for _ in range(2)]
    trainee = make_trainee(training_class=one)
    make_mark(elsewhere[0], trainee, is_guest=True)
    assert standing(course)[0].learned.attended == 1
    make_mark(elsewhere[1], trainee, is_guest=True)
    assert standing(course)[0].learned.attended == 2


class TestSQL(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_sql_says_the_same(self, data):
        draw = data.draw
        course = make_course(
            min_attendance=draw(st.integers(0, 100)),
            pass_percent=draw(st.none() | st.integers(1, 100)),
            needs_assignment=draw(st.booleans()),
        )
        clerk = make_user(Role.ADMIN)
        classes = [make_class(course), make_class(course)]
        sessions = [
            make_session(
                each,
                state=state,
                cancel_reason="Bão" if state == "cancelled" else "",
                starts_at=MORNING + timedelta(days=day),
            )
            for each in classes
            for day, state in enumerate(
                draw(st.lists(st.sampled_from(["held", "planned", "cancelled"]), max_size=4))
            )
        ]
        test = make_test(course)
        for number in range(draw(st.integers(1, 3))):
            trainee = make_trainee(
                course,
                full_name=f"Trần Văn {'ABC'[number]}",
                training_class=draw(st.none() | st.sampled_from(classes)),
            )
            for session in sessions:
                state = draw(st.sampled_from(["present", "late", "excused", "absent", ""]))
                if state and session.state != "cancelled" and trainee.training_class:
                    is_guest = session.training_class_id != trainee.training_class_id
                    make_mark(session, trainee, state=state, marked_by=clerk, is_guest=is_guest)
            if draw(st.booleans()):
                out_of = draw(st.integers(1, 40))
                done = (
                    {}
                    if draw(st.booleans())
                    else {"handed_in_at": MORNING, "score": draw(st.integers(0, out_of)), "out_of": out_of}
                )
                Attempt.objects.create(
                    test=test,
                    trainee=trainee,
                    seed=1,
                    started_at=MORNING,
                    due_at=MORNING,
                    source="phone",
                    **done,
                )
            if draw(st.booleans()):
                Assignment.objects.create(
                    trainee=trainee,
                    received_on=MORNING.date(),
                    passed=draw(st.sampled_from([None, True, False])),
                    marked_by=clerk,
                )
        said = dict(with_standing(Trainee.objects.filter(course=course)).values_list("pk", "has_completed"))
        assert said == {each.trainee.pk: each.has_completed for each in standing(course)}
        assert said == {each.pk: may_be_certified(each) for each in Trainee.objects.filter(course=course)}


def may_be_certified(trainee) -> bool:
    """Whether the database takes a certificate of theirs, which is then taken back."""
    try:
        with transaction.atomic():
            insert_certificate(trainee)
            transaction.set_rollback(True)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "training_certificate_of_who_completed":
            raise
        return False
    return True
