"""Days that cannot be, and two people at once, at the plan of a household."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import plans as actions
from households.models import Plan
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.reports.test_report_pages import signed_in

pytestmark = pytest.mark.django_db


def test_a_plan_does_not_end_in_the_future():
    home = make_household(make_group(make_ward()))
    by, today = make_user("officer", home.area), localdate()
    plan = Plan.objects.create(household=home, made_on=today, goal="Thoát nghèo")
    tomorrow = today + timedelta(days=1)
    with pytest.raises(ValidationError, match="tương lai"):
        actions.close_plan(by=by, plan=plan, reason="achieved", note="", on=tomorrow, today=today)
    typed = {"reason": "achieved", "note": "", "on": f"{date(2999, 1, 1):%d/%m/%Y}"}
    page = signed_in(by).post(reverse("plan_close", args=[plan.pk]), typed)
    assert page.status_code == 422
    plan.refresh_from_db()
    assert plan.closed_on is None


def test_a_step_is_not_dropped_in_the_future():
    home = make_household(make_group(make_ward()))
    by, today = make_user("officer", home.area), localdate()
    plan = Plan.objects.create(household=home, made_on=today, goal="Thoát nghèo")
    step = plan.steps.create(position=1, text="Vay vốn", who="bank", due_on=today)
    Plan.objects.filter(pk=plan.pk).update(agreed_on=today, agreed_by="Ông Cả")
    tomorrow = today + timedelta(days=1)
    with pytest.raises(ValidationError, match="tương lai"):
        actions.drop_step(by=by, step=step, on=tomorrow, reason="Thôi", today=today)
    actions.drop_step(by=by, step=step, on=today, reason="Thôi", today=today)


def test_a_step_of_a_plan_signed_meanwhile_is_refused_with_a_sentence():
    home = make_household(make_group(make_ward()))
    by, today = make_user("officer", home.area), localdate()
    plan = Plan.objects.create(household=home, made_on=today, goal="Thoát nghèo")
    step = plan.steps.create(position=1, text="Vay vốn", who="bank", due_on=today)
    Plan.objects.filter(pk=plan.pk).update(agreed_on=today, agreed_by="Ông Cả")  # by a colleague
    page = signed_in(by).post(reverse("step_remove", args=[step.pk]), follow=True)
    assert page.status_code == 200
    assert "đã ký với gia đình nên không sửa" in page.content.decode()
    assert plan.steps.filter(pk=step.pk).exists()
