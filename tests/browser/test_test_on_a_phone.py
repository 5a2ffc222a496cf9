"""A trainee takes a test on a phone by the personal link: kept as it goes, resumed, put in order without dragging."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.people import sign_in
from tests.browser.shown import fits
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_question,
    make_test,
    make_topic,
    make_trainee,
)
from trainings.actions.learning.bank import bank
from trainings.actions.learning.questions import load_bank
from trainings.models import Attempt, Question, Test

pytestmark = [pytest.mark.django_db(transaction=True)]
NARROW = {"width": 390, "height": 844}


def test_taken_on_a_phone(page, live_server, assert_accessible):
    course = make_course()
    admin, trainee = (
        make_admin(course.ward, username="quantri"),
        make_trainee(training_class=make_class(course)),
    )
    load_bank(by=admin, ward=course.ward, topics={}, bank=bank())
    now = timezone.now()
    hours = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=1)}
    test = make_test(course, Question.objects.all(), **hours)
    page.set_viewport_size(NARROW)
    url = live_server.url + reverse("take_test", args=[trainee.code, test.pk])
    page.goto(url)
    fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    expect(page.get_by_text("Đã trả lời 0/12")).to_be_visible()
    fits(page)
    assert_accessible(page)
    page.get_by_text("Hộ cận nghèo", exact=True).click()
    expect(page.get_by_text("Đã giữ")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Đã trả lời 1/12")).to_be_visible()
    steps = ["Lập danh sách", "Thu thập", "Họp tổ", "Niêm yết", "Chủ tịch"]
    for place, step in enumerate(steps):
        rows = page.locator(".order-list li")
        while (
            rows.filter(has_text=step).evaluate("row => [...row.parentElement.children].indexOf(row)") > place
        ):
            rows.filter(has_text=step).get_by_role("button", name="Đưa lên").click()
    expect(page.get_by_text("Đã trả lời 2/12")).to_be_visible()
    expect(page.get_by_text("Đã giữ", exact=True)).to_be_visible()
    # The browser is closed; another phone goes on where it was.
    page.goto("about:blank")
    page.goto(url)
    expect(page.get_by_text("Đã trả lời 2/12")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_text("2 / 12 điểm")).to_be_visible()
    fits(page)
    assert_accessible(page)
    Test.objects.update(closes_at=timezone.now())
    page.reload()
    expect(
        page.get_by_text("Hộ chỉ được công nhận bằng quyết định của chủ tịch phường", exact=False)
    ).to_be_visible()
    fits(page)


def test_time_runs_out_on_the_phone(page, live_server):
    course = make_course()
    trainee, now = make_trainee(course), timezone.now()
    hours = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(seconds=8)}
    test = make_test(course, [make_question(make_topic(course.ward), right=2)], **hours)
    page.goto(live_server.url + reverse("take_test", args=[trainee.code, test.pk]))
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.get_by_text("Đáp án 2").click()
    expect(page.get_by_text("1 / 1 điểm")).to_be_visible()
    assert Attempt.objects.get().score == 1


def test_pages_of_the_room_fit_a_phone(page, live_server, assert_accessible):
    course = make_course()
    admin, held = make_admin(course.ward, username="quantri"), make_class(course)
    trainees = [make_trainee(training_class=held, birth_year=1970 + each) for each in range(3)]
    load_bank(by=admin, ward=course.ward, topics={}, bank=bank())
    test = make_test(course, Question.objects.all())
    sign_in(page, live_server, "quantri")
    page.set_viewport_size(NARROW)
    of_course, of_test, of_code = [course.pk], [test.pk], [trainees[0].code]
    for name, args in (
        ("question_list", []),
        ("question_create", []),
        ("question_bank", []),
        ("test_list", of_course),
        ("test_create", of_course),
        ("test_questions", of_test),
        ("test_papers", of_test),
        ("test_results", of_course),
        ("assignments", of_course),
        ("evaluation", of_course),
        ("evaluation_edit", of_course),
        ("course_discussion", of_course),
        ("contribution_list", []),
        ("give_evaluation", of_code),
        ("send_contribution", of_code),
    ):
        page.goto(live_server.url + reverse(name, args=args))
        fits(page)
        assert_accessible(page)
