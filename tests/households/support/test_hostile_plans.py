"""Days that cannot be, and two people at once, at the plan of a household."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate, now

from households.actions.support import plans as actions
from households.models import Need, Plan, PlanReview, PlanStep
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_grants import give
from tests.refusals import refused

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


@pytest.fixture
def signed():
    """A plan signed yesterday, with one step for a need."""
    home = make_household(make_group(make_ward()))
    made_on = localdate() - timedelta(days=1)
    need = Need.objects.create(household=home, kind="other", text="Nước sạch", opened_on=made_on)
    plan = Plan.objects.create(household=home, made_on=made_on, goal="Thoát nghèo")
    plan.steps.create(position=1, need=need, text="Vay vốn", who="bank", due_on=made_on)
    Plan.objects.filter(pk=plan.pk).update(agreed_on=made_on, agreed_by="Ông Cả")
    plan.refresh_from_db()
    return plan


def test_no_step_is_moved_into_or_out_of_a_signed_plan(signed):
    draft = Plan.objects.create(
        household=make_household(signed.household.area), made_on=localdate(), goal="x"
    )
    step = draft.steps.create(position=9, text="Chen vào", who="ward", due_on=localdate())
    refused("step_of_agreed_plan_is_kept", PlanStep.objects.filter(pk=step.pk).update, plan=signed)
    moved = signed.steps.get()
    PlanStep.objects.filter(pk=step.pk).delete()
    refused("step_of_agreed_plan_is_kept", PlanStep.objects.filter(pk=moved.pk).update, plan=draft, need=None)


def test_nothing_is_done_after_the_end(signed):
    today = localdate()
    Plan.objects.filter(pk=signed.pk).update(closed_on=today, close_reason="stopped")
    refused("step_of_closed_plan_is_kept", signed.steps.update, done_on=today)
    refused("step_of_closed_plan_is_kept", signed.steps.update, dropped_on=today, drop_reason="x")
    refused("step_of_closed_plan_is_kept", signed.steps.all()._raw_delete, "default")


def test_a_review_is_never_rewritten(signed):
    made = signed.reviews.create(date=localdate(), progress="slow", text="Chậm")
    row = PlanReview.objects.filter(pk=made.pk)
    refused("plan_review_stays_as_it_was", row.update, text="Nhanh")
    for part in ({"voided_at": now()}, {"void_reason": "x"}, {"voided_at": now(), "void_reason": "x"}):
        refused("plan_review_voided_with_reason", row.update, **part)
    row.update(voided_at=now(), void_reason="Nhầm hộ", voided_by=make_user("officer", signed.household.area))
    refused("plan_review_stays_as_it_was", row.update, void_reason="Khác")
    refused("plan_review_stays_as_it_was", row.update, voided_at=None, voided_by=None, void_reason="")


def test_a_step_is_of_the_household_and_for_an_open_need(signed):
    other = make_household(signed.household.area)
    theirs = Need.objects.create(household=other, kind="other", text="x", opened_on=localdate())
    named = {"position": 2, "text": "x", "who": "ward", "due_on": localdate()}
    signed.close_reason, signed.closed_on = "stopped", localdate()
    signed.save()
    draft = Plan.objects.create(household=signed.household, made_on=localdate(), goal="x")
    support = give(other, policy="other", content="Bể nước")
    refused("step_fits_its_household", draft.steps.create, **named, need=theirs)
    refused("step_fits_its_household", draft.steps.create, **named, support=support)
    need = signed.household.needs.get()
    Need.objects.filter(pk=need.pk).update(closed_on=localdate(), close_reason="solved")
    refused("step_for_an_open_need", draft.steps.create, **named, need=need)
    values = {**named, "need": need, "policy": "", "who_name": ""}
    del values["position"]
    with pytest.raises(ValidationError, match="đã hết") as error:
        actions.add_step(by=make_user(), plan=draft, values=values)
    assert "need" in error.value.error_dict


def test_days_that_cannot_be(signed):
    by, today = make_user("officer", signed.household.area), localdate()
    long_ago, step = date(1900, 1, 1), signed.steps.get()
    refused("step_result_within_its_plan", signed.steps.update, done_on=long_ago)
    client = signed_in(by)
    for name, typed in (
        ("step_done", {"on": "01/01/1900", "result": ""}),
        ("step_drop", {"on": "01/01/1900", "reason": "x"}),
    ):
        page = client.post(reverse(name, args=[step.pk]), typed)
        assert page.status_code == 422
        assert "ngày lập kế hoạch" in page.content.decode()
    ending = {"closed_on": signed.agreed_on - timedelta(days=1), "close_reason": "stopped"}
    refused("plan_closed_with_reason", Plan.objects.filter(pk=signed.pk).update, **ending)
    later = Plan.objects.create(household=make_household(signed.household.area), made_on=long_ago, goal="x")
    Plan.objects.filter(pk=later.pk).update(agreed_on=today, agreed_by="x")
    refused("plan_ends_after_signing", Plan.objects.filter(pk=later.pk).update, **ending)
    typed = {"reason": "stopped", "note": "", "on": f"{ending['closed_on']:%d/%m/%Y}"}
    assert client.post(reverse("plan_close", args=[later.pk]), typed).status_code == 422
    actions.finish_step(by=by, step=step, on=today, result="", today=today)
    results = Plan.objects.filter(pk=signed.pk)
    refused("plan_ends_after_its_results", results.update, **{**ending, "closed_on": signed.agreed_on})
    with pytest.raises(ValidationError, match="từ ngày đó trở đi"):
        actions.close_plan(by=by, plan=signed, reason="stopped", note="", on=signed.agreed_on, today=today)


def test_a_draft_has_no_results_and_reaches_no_goal(signed):
    home, today = make_household(signed.household.area), localdate()
    draft = Plan.objects.create(household=home, made_on=today, goal="x")
    named = {"position": 1, "text": "x", "who": "ward", "due_on": today}
    refused("step_result_within_its_plan", draft.steps.create, **named, done_on=today)
    refused(
        "plan_achieved_was_signed",
        Plan.objects.filter(pk=draft.pk).update,
        closed_on=today,
        close_reason="achieved",
    )
    by = make_user("officer", home.area)
    with pytest.raises(ValidationError, match="Bản nháp chưa ký"):
        actions.close_plan(by=by, plan=draft, reason="achieved", note="", on=today, today=today)
    client, page = signed_in(by), reverse("plan_close", args=[draft.pk])
    assert "Đạt mục tiêu" not in client.get(page).content.decode()
    typed = {"reason": "achieved", "note": "", "on": f"{today:%d/%m/%Y}"}
    assert client.post(page, typed).status_code == 422


def test_a_plan_that_replaces_asks_nothing_for_what_is_met(signed):
    need, today = signed.household.needs.get(), localdate()
    Need.objects.filter(pk=need.pk).update(closed_on=today, close_reason="solved")
    by = make_user("officer", signed.household.area)
    new = actions.replace_plan(by=by, plan=signed, today=today, note="Đổi hướng")
    assert [(each.text, each.need) for each in new.steps.all()] == [("Vay vốn", None)]
