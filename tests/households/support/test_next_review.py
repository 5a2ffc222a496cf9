"""When a plan is looked at again: the day offered, never lost by an empty box, moved with a reason."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import plans as actions
from households.models import Plan
from households.reports.support.reviewing import next_review
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.reports.test_report_pages import signed_in
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_household(make_group(make_ward()))


@pytest.fixture
def by(home):
    return make_user("officer", home.area)


def signed(home, days=60, leave_by=None):
    """A plan signed a hundred days ago, its first review `days` later."""
    on = localdate() - timedelta(days=100)
    first = on + timedelta(days=days)
    return Plan.objects.create(
        household=home, made_on=on, goal="Thoát nghèo", leave_by=leave_by, agreed_on=on, agreed_by="Ông Cả",
        first_review_on=first, next_review_on=first,
    )  # fmt: skip


def test_the_day_offered(home):
    today, plan = localdate(), signed(home)
    assert next_review(plan, today) == today + timedelta(days=60)
    for ago in (50, 30, 30):
        plan.reviews.create(date=today - timedelta(days=ago), progress="slow", text="x")
    assert next_review(plan, today) == today + timedelta(days=20)
    plan.leave_by = today + timedelta(days=5)
    assert next_review(plan, today) == plan.leave_by
    plan.leave_by = today
    assert next_review(plan, today) is None  # never in the past
    plan.leave_by = plan.first_review_on = None
    assert next_review(plan, today) == today + timedelta(days=20)


def test_an_empty_day_is_not_the_word_that_there_is_no_more(home, by):
    plan, today = signed(home), localdate()
    client, page = signed_in(by), reverse("plan_review", args=[plan.pk])
    assert f"{today + timedelta(days=60):%d/%m/%Y}" in client.get(page).content.decode()
    typed = {"date": f"{today:%d/%m/%Y}", "progress": "slow", "text": "Chậm", "request_id": uuid4()}
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert "đánh dấu “Không xem lại nữa”" in answer.content.decode()
    assert not plan.reviews.exists()
    assert client.post(page, {**typed, "no_more": "on", "next_review_on": "?"}).status_code == 302
    plan.refresh_from_db()
    assert plan.next_review_on is None


def test_the_next_day_is_moved_with_a_reason(home, by):
    plan, today = signed(home), localdate()
    old, day = plan.next_review_on, today + timedelta(days=9)
    client, page = signed_in(by), reverse("plan_move_review", args=[plan.pk])
    assert reverse("plan_move_review", args=[plan.pk]) in client.get(reverse("plan_page", args=[home.pk])).content.decode()  # fmt: skip
    typed = {"next_review_on": f"{day:%d/%m/%Y}", "version": plan.version}
    assert client.post(page, typed).status_code == 422
    assert client.post(page, {**typed, "reason": "Ghi nhầm"}).status_code == 302
    assert client.post(page, {**typed, "reason": "Ghi nhầm"}).status_code == 422  # stale
    plan.refresh_from_db()
    assert plan.next_review_on == day
    told = Event.objects.get(act="plan.move_review")
    assert told.reason == "Ghi nhầm"
    assert str(old) in str(told.before)


def test_what_is_refused(home, by):
    plan, today = signed(home), localdate()
    named = {"by": by, "plan": plan, "version": plan.version, "reason": "Nhầm", "today": today}
    with pytest.raises(ValidationError, match="đã qua"):
        actions.move_review(**named, next_review_on=today - timedelta(days=1))
    with pytest.raises(ValidationError, match="vì sao"):
        actions.move_review(**{**named, "reason": " "}, next_review_on=today)
    with pytest.raises(Stale):
        actions.move_review(**{**named, "version": 9}, next_review_on=today)
    Plan.objects.filter(pk=plan.pk).update(closed_on=today, close_reason="stopped")
    with pytest.raises(ValidationError, match="đã kết thúc"):
        actions.move_review(**named, next_review_on=today)
    for user, status in ((make_user("viewer", home.area.parent), 403), (make_user("officer", make_group(home.area.parent)), 404)):  # fmt: skip
        assert signed_in(user).get(reverse("plan_move_review", args=[plan.pk])).status_code == status
