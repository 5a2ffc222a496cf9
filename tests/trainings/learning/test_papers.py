"""Papers typed by a clerk, gain topic by topic, assignments."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import make_user
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
from thanhsen.models import Event
from trainings.actions.learning.assignments import Received, save_assignments
from trainings.actions.learning.papers import enter_papers, paper
from trainings.models import Assignment, Attempt
from trainings.reports.learning.results import gain, standings

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    course = make_course()
    held = make_class(course)
    topics = [make_topic(course.ward, number=1), make_topic(course.ward, number=2)]
    questions = [make_question(topics[each % 2], right=2) for each in range(4)]
    test = make_test(course, questions)
    people = [make_trainee(training_class=held, birth_year=1960 + each) for each in range(3)]
    clerk = make_user("supervisor", course.ward)
    return SimpleNamespace(
        course=course, held=held, topics=topics, questions=questions, test=test, people=people, clerk=clerk,
        client=signed_in(clerk), url=reverse("test_papers", args=[test.pk]),
    )  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def typed(place, person, *letters, seen=""):
    cells = {f"h{person.pk}-{each.pk}": said for each, said in zip(paper(place.test), letters, strict=True)}
    return cells | {f"luc{person.pk}": seen}


def right_letters(place):
    return [each.key for each in paper(place.test)]


def test_typed_marked_and_typed_again(place):
    one, two, three = place.people
    best = right_letters(place)
    data = (
        typed(place, one, *best)
        | typed(place, two, best[0].lower(), "", "-", "")
        | typed(place, three, *[""] * 4)
    )
    assert "Đã ghi và chấm 2 bài" in text(place.client.post(place.url, data, follow=True))
    made = Attempt.objects.get(trainee=one)
    assert (made.score, made.out_of, made.source, made.entered_by) == (4, 4, "paper", place.clerk)
    assert Attempt.objects.get(trainee=two).score == 1
    assert not Attempt.objects.filter(trainee=three).exists()
    assert Event.objects.filter(act="attempt.enter").count() == 2
    # A mistake is typed over, with a trail; who has an old page is told.
    seen = made.saved_at.isoformat()
    place.client.post(place.url, typed(place, one, best[0], "", "", "", seen=seen))
    assert Attempt.objects.get(trainee=one).score == 1
    assert len(Event.objects.filter(act="attempt.enter").latest("pk").after["before"]) == 4
    stale = place.client.post(place.url, typed(place, one, *best, seen=seen) | typed(place, three, *best))
    assert stale.status_code == 422
    assert "vừa được người khác nhập" in text(stale)
    assert f'value="{best[1]}"' in text(stale)
    assert not Attempt.objects.filter(trainee=three).exists()


def test_letters_that_mean_nothing_are_shown_and_nothing_is_kept(place):
    one, two, _ = place.people
    best = right_letters(place)
    answer = place.client.post(place.url, typed(place, one, *best) | typed(place, two, "X", "AB", "<b>", "A"))
    page = text(answer)
    assert answer.status_code == 422
    for sentence in (
        "câu 1 không có đáp án “X”",
        "câu 2 chỉ chọn một đáp án",
        "câu 3 không có đáp án “&lt;”",
    ):
        assert sentence in page
    assert "<b>" not in page
    assert not Attempt.objects.exists()


def test_who_took_it_on_a_phone_has_no_paper(place):
    one = place.people[0]
    attempt(place.test, one)
    assert "đã làm trên điện thoại" in text(place.client.get(place.url))
    place.client.post(place.url, typed(place, one, *right_letters(place)))
    assert Attempt.objects.get().source == "phone"
    with pytest.raises(ValidationError, match="đã làm trên điện thoại"):
        enter_papers(by=place.clerk, test=place.test, typed={one.pk: ({}, "")}, at=MORNING)


def test_a_trainee_of_another_course_is_left_out(place):
    stranger = make_trainee()
    assert enter_papers(by=place.clerk, test=place.test, typed={stranger.pk: ({}, "")}, at=MORNING) == 0
    assert not Attempt.objects.exists()


def taken(test, trainee, by_topic):
    score, out_of = (sum(each[n] for each in by_topic.values()) for n in (0, 1))
    return attempt(test, trainee, handed_in_at=MORNING, score=score, out_of=out_of, by_topic=by_topic)


def test_gain_is_of_those_who_took_both(place):
    pre = make_test(place.course, place.questions, kind="pre")
    first, second = (str(each.pk) for each in place.topics)
    one, two, three = place.people
    apart = make_trainee(training_class=make_class(place.course, name="Lớp chiều"))
    taken(pre, one, {first: [1, 4]})
    taken(place.test, one, {first: [3, 4], second: [2, 2]})
    taken(pre, apart, {first: [2, 4], second: [1, 1]})
    taken(place.test, apart, {first: [2, 4], second: [0, 2]})
    taken(pre, two, {first: [4, 4]})  # one of the tests only
    taken(place.test, three, {first: [4, 4]})
    (whole, lines), *classes = gain(place.course)
    assert whole == ""
    assert [
        (each.topic, each.people, each.before.percent, each.after.percent, each.gain) for each in lines
    ] == [
        (place.topics[0].name, 2, Decimal("37.5"), Decimal("62.5"), Decimal("25.0")),
        (place.topics[1].name, 2, Decimal("100.0"), Decimal("50.0"), Decimal("-50.0")),
        ("", 2, Decimal("44.4"), Decimal("58.3"), Decimal("13.9")),
    ]
    assert {name: [each.people for each in of_class] for name, of_class in classes} == {
        place.held.name: [1, 1, 1], "Lớp chiều": [1, 1, 1],
    }  # fmt: skip
    mine = dict(classes)[place.held.name]
    assert mine[1].gain is None  # not asked before
    page = text(place.client.get(reverse("test_list", args=[place.course.pk])))
    assert "+25,0" in page
    assert "không hỏi" in page
    standing = {each.test.kind: each for each in standings(place.course)}
    assert (standing["post"].done, standing["post"].average) == (3, Decimal("72.2"))


def test_nobody_took_both(place):
    assert gain(place.course) == []
    make_test(place.course, place.questions, kind="pre")
    page = text(place.client.get(reverse("test_list", args=[place.course.pk])))
    assert "Khi có người nộp cả hai bài" in page


DAY = MORNING.date()


def received(day=DAY, passed=None, remark="", version=0):
    return Received(day, passed, remark, version)


def test_assignments_of_a_class(place):
    one = place.people[0]

    def save(**lines):
        said = {place.people[int(name[1])].pk: each for name, each in lines.items()}
        return save_assignments(by=place.clerk, course=place.course, lines=said)

    assert save(_0=received(), _1=received(passed=True, remark="Tốt"), _2=received(None)) == 2
    assert save(_0=received(version=1)) == 0
    assert save(_0=received(passed=False, version=1)) == 1
    with pytest.raises(ValidationError, match="vừa được người khác ghi"):
        save(_0=received(passed=True, version=1))
    with pytest.raises(ValidationError, match="vừa được người khác ghi"):
        save(_1=received(passed=None))
    assert save(_1=received(None, version=1)) == 1
    assert Assignment.objects.get().trainee == one
    with pytest.raises(ValidationError, match="không thuộc khoá"):
        save_assignments(by=place.clerk, course=place.course, lines={make_trainee().pk: received()})
    assert Event.objects.filter(act="assignment.save").count() == 4


def test_assignments_on_screen(place):
    url = reverse("assignments", args=[place.course.pk])
    one, two, three = (f"h{each.pk}" for each in place.people)
    data = {
        f"{one}-received_on": "1/9/2026", f"{one}-passed": "dat", f"{one}-remark": "<i>Hay</i>", f"{one}-version": "0",
        f"{two}-version": "0", f"{three}-version": "0",
    }  # fmt: skip
    wrong = text(place.client.post(url, data | {f"{two}-passed": "dat", f"{three}-received_on": "31/2/2026"}))
    assert "Ghi ngày nhận bài" in wrong
    assert "Ngày không đúng" in wrong
    assert not Assignment.objects.exists()
    page = text(place.client.post(url, data, follow=True))
    assert "Đã ghi 1 bài" in page
    assert "&lt;i&gt;" in page
    made = Assignment.objects.get()
    assert (made.passed, made.version) == (True, 1)
    assert "Chưa ghi gì" in text(place.client.post(url, data | {f"{one}-passed": "khong"}))
    assert make_admin(place.course.ward).may("take_attendance")
