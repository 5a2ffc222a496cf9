"""A review of a plan written down by mistake: taken back with a reason, read struck through, written again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import plans as actions
from households.actions.support.plan_mistakes import void_review
from households.models import Plan, PlanReview
from households.reports.support.plans import STORY_OF_PLANS
from households.reports.support.reviewing import next_review
from tests.factories import make_group, make_user
from tests.households.factories import AT
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import told_of
from tests.households.support.test_plans import TODAY, agreed, by, home
from tests.households.test_at_once import at_once
from thanhsen.models import Event

__all__ = ["by", "home"]
pytestmark = pytest.mark.django_db
FIRST = date(2027, 1, 15)


def reviewed(plan, by, ago=0, next_on=None):
    values = {
        "date": TODAY + timedelta(days=100 - ago), "progress": "slow", "text": "Chậm vì mất mùa", "next_review_on": next_on,
    }  # fmt: skip
    return actions.review_plan(by=by, plan=plan, values=values, today=TODAY + timedelta(days=100))


def void(by, review, reason="Ghi nhầm hộ"):
    return void_review(by=by, review=review, reason=reason, at=AT)


def test_taken_back_with_a_reason_once(home, by):
    review = reviewed(agreed(home, by), by)
    with pytest.raises(ValidationError, match="lý do") as error:
        void(by, review, reason=" ")
    assert list(error.value.error_dict) == ["reason"]
    void(by, review)
    with pytest.raises(ValidationError, match="đã bỏ từ trước"):
        void(by, review)
    event = Event.objects.get(act="plan.void_review")
    assert (event.actor, event.reason, event.after["review"]) == (by, "Ghi nhầm hộ", review.pk)


def test_what_was_said_before_it_holds_again(home, by):
    plan = agreed(home, by, review=FIRST)
    earlier = reviewed(plan, by, ago=5, next_on=date(2027, 6, 1))
    latest = reviewed(plan, by, next_on=date(2027, 9, 1))
    for review, day in ((latest, date(2027, 6, 1)), (earlier, FIRST)):
        void(by, review)
        plan.refresh_from_db()
        assert plan.next_review_on == day
    again = reviewed(
        plan, by, ago=3, next_on=date(2027, 7, 1)
    )  # the voided one after it says nothing of what is next
    plan.refresh_from_db()
    assert plan.next_review_on == date(2027, 7, 1)
    assert list(plan.reviews.counted()) == [again]


def test_a_day_moved_since_stays_and_so_does_that_of_a_later_review(home, by):
    plan = agreed(home, by)
    earlier = reviewed(plan, by, ago=5, next_on=date(2027, 6, 1))
    latest = reviewed(plan, by, next_on=date(2027, 9, 1))
    void(by, earlier)
    plan.refresh_from_db()
    assert plan.next_review_on == date(2027, 9, 1)
    moved = date(2027, 10, 1)
    actions.move_review(
        by=by, plan=plan, version=plan.version, next_review_on=moved, reason="Gia đình hẹn", today=TODAY
    )
    void(by, latest)
    plan.refresh_from_db()
    assert plan.next_review_on == moved


def test_it_counts_for_nothing(home, by):
    today = localdate()
    on = today - timedelta(days=100)
    plan = Plan.objects.create(
        household=home, made_on=on, goal="x", agreed_on=on, agreed_by="Ông Cả", first_review_on=today,
        next_review_on=today,
    )  # fmt: skip
    kept, mistaken = (
        plan.reviews.create(date=today - timedelta(days=ago), progress="slow", text="x") for ago in (30, 0)
    )
    assert next_review(plan, today) == today + timedelta(days=30)
    void(by, mistaken)
    assert next_review(plan, today) == today + timedelta(days=100)  # as before the second
    ended = {"by": by, "plan": plan, "reason": "stopped", "note": "", "today": today}
    with pytest.raises(ValidationError, match="chỉ kết thúc từ ngày đó"):
        actions.close_plan(**ended, on=kept.date - timedelta(days=1))
    assert actions.close_plan(**ended, on=kept.date).closed_on == kept.date
    with pytest.raises(ValidationError, match="đã kết thúc"):
        void(by, kept)


def test_pages(home, by):
    review, client = reviewed(agreed(home, by), by), signed_in(by)
    page = reverse("plan_page", args=[home.pk])
    url = reverse("plan_review_void", args=[review.pk])
    assert url in client.get(page).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    shown = client.post(url, {"reason": "<b>Nhầm</b> hộ"}, follow=True).content.decode()
    assert "Ghi lần xem lại” để ghi lại" in shown
    assert 'class="is-undone"' in shown
    assert "Đã bỏ vì ghi nhầm: &lt;b&gt;Nhầm" in shown
    assert url not in shown
    assert client.post(url, {"reason": "Nữa"}).status_code == 422
    (told,) = [each for each in told_of(home, STORY_OF_PLANS) if each.title.startswith("Xem lại")]
    assert told.is_struck
    assert "Đã bỏ vì ghi nhầm" in told.text
    for user, code in (
        (make_user("viewer", home.area.parent), 403), (make_user("officer", make_group(home.area.parent)), 404),
    ):  # fmt: skip
        assert signed_in(user).get(url).status_code == code


@pytest.mark.django_db(transaction=True)
def test_taken_back_by_two_at_once(home, by):
    review = reviewed(agreed(home, by), by)
    told = at_once(lambda: void(by, review), times=4)
    assert sum(isinstance(each, PlanReview) for each in told) == 1
    assert all(isinstance(each, (PlanReview, ValidationError)) for each in told)
    assert Event.objects.filter(act="plan.void_review").count() == 1
