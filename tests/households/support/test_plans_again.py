"""What is sent twice, written late or belongs to somebody else, at the plan of a household; its days and its officer."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import plans as actions
from households.exchange.lists.support.plans import find_plans
from households.models import Plan
from households.reports.support.plans import WAITING, filtered, waiting
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import counted_for
from tests.households.support.test_plans import STEP, TODAY, agreed, by, draft, home, sign
from tests.refusals import refused

__all__ = ["by", "home"]
pytestmark = pytest.mark.django_db


def test_a_step_sent_twice_is_one_step(home, by):
    plan, request_id = draft(home, by), uuid4()
    typed = {"text": "Khoan giếng", "who": "ward", "due_on": "01/03/2027", "request_id": request_id}
    client = signed_in(by)
    for _ in range(2):
        assert client.post(reverse("step_add", args=[plan.pk]), typed).status_code == 302
    assert plan.steps.count() == 1
    other = draft(make_household(home.area), by)
    with pytest.raises(ValidationError, match="đã ghi một lần"):
        actions.add_step(by=by, plan=other, values=STEP, request_id=request_id)


def test_a_review_written_late_does_not_move_the_next_one_back(home, by):
    plan = agreed(home, by, review=date(2026, 12, 1))
    newest = {"date": date(2027, 3, 1), "progress": "slow", "text": "x", "next_review_on": date(2027, 6, 1)}
    late = {
        "date": date(2027, 1, 5),
        "progress": "slow",
        "text": "Ghi muộn",
        "next_review_on": date(2027, 2, 1),
    }
    for values in (newest, late, {**late, "date": date(2027, 1, 6), "next_review_on": None}):
        actions.review_plan(by=by, plan=plan, values=values, today=date(2027, 3, 2))
    plan.refresh_from_db()
    assert plan.next_review_on == date(2027, 6, 1)
    assert plan.reviews.count() == 3
    sooner = {**newest, "date": date(2027, 3, 2), "next_review_on": date(2027, 4, 1)}  # it is stuck: sooner
    actions.review_plan(by=by, plan=plan, values=sooner, today=date(2027, 3, 2))
    plan.refresh_from_db()
    assert plan.next_review_on == date(2027, 4, 1)


def test_a_plan_is_not_replaced_by_that_of_another_household(home, by):
    request_id = uuid4()
    other = agreed(make_household(home.area), by)
    theirs = actions.replace_plan(by=by, plan=other, today=TODAY, note="Đổi", request_id=request_id)
    mine = agreed(home, by)
    with pytest.raises(ValidationError, match="đã ghi một lần"):
        actions.replace_plan(by=by, plan=mine, today=TODAY, note="Đổi", request_id=request_id)
    again = actions.replace_plan(by=by, plan=other, today=TODAY, note="Đổi", request_id=request_id)
    assert again == theirs


def test_the_home_page_counts_what_its_page_lists(home, by, rf):
    plan = draft(home, by)
    for text in ("A", "B", "C"):
        actions.add_step(by=by, plan=plan, values={**STEP, "text": text})
    sign(by, plan)
    day = date(2027, 3, 2)
    unsigned = Plan.objects.create(
        household=make_household(home.area), made_on=TODAY, goal="x", next_review_on=TODAY
    )
    counts = {line.text: line.count for line in counted_for(waiting, by, day)}
    assert counts["Hộ có việc quá hạn trong kế hoạch"] == 1
    for key, text, _ in WAITING:
        request = rf.get("/", {"loc": key})
        request.user = by
        listed = find_plans(request, today=day).records
        assert counts.get(text, 0) == listed.count(), text
        assert unsigned.household not in listed
    assert list(filtered(by, day, "viec-qua-han")) == [home]


def test_a_plan_signed_on_paper_last_week(home, by):
    today, client = localdate(), signed_in(by)
    last_week = today - timedelta(days=7)
    typed = {"goal": "Thoát nghèo", "request_id": uuid4()}
    for day, words in (
        (today + timedelta(days=1), "tương lai"), (home.opened_date - timedelta(days=1), "vào sổ ngày"),
    ):  # fmt: skip
        page = client.post(reverse("plan_draft", args=[home.pk]), {**typed, "made_on": f"{day:%d/%m/%Y}"})
        assert page.status_code == 422
        assert words in page.content.decode()
    made = client.post(reverse("plan_draft", args=[home.pk]), {**typed, "made_on": f"{last_week:%d/%m/%Y}"})
    assert made.status_code == 302
    plan = home.plans.get()
    with pytest.raises(ValidationError, match="tương lai"):
        actions.edit_plan(
            by=by, plan=plan, version=1, values={"made_on": today + timedelta(days=1)}, today=today
        )
    actions.add_step(by=by, plan=plan, values=STEP)
    plan.refresh_from_db()
    actions.agree_plan(
        by=by, plan=plan, version=plan.version, agreed_on=last_week, agreed_by="Ông Cả", next_review_on=today,
        today=today,
    )  # fmt: skip
    plan.refresh_from_db()
    assert (plan.made_on, plan.agreed_on) == (last_week, last_week)


def test_an_officer_whose_account_is_off_stays_responsible(home, by):
    gone = make_user("officer", home.area)
    plan = draft(home, by)
    Plan.objects.filter(pk=plan.pk).update(responsible=gone)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    client, page = signed_in(by), reverse("plan_edit", args=[plan.pk])
    shown = client.get(page).context["form"]
    assert shown["responsible"].value() in (gone, gone.pk)
    typed = {
        "made_on": f"{plan.made_on:%d/%m/%Y}", "goal": "Mục tiêu mới", "responsible": gone.pk, "version": plan.version,
    }  # fmt: skip
    assert client.post(page, typed).status_code == 302
    plan.refresh_from_db()
    assert (plan.goal, plan.responsible) == ("Mục tiêu mới", gone)
    stranger = make_user("officer", make_group(make_ward()))
    assert client.post(page, {**typed, "responsible": stranger.pk}).status_code == 422


def test_a_plan_follows_the_one_before_it(home, by):
    today, client = localdate(), signed_in(by)
    weeks = [today - timedelta(weeks=each) for each in (4, 3, 2)]
    old = actions.draft_plan(by=by, household=home, values={"goal": "Cũ", "made_on": weeks[0]}, today=today)
    actions.add_step(by=by, plan=old, values={**STEP, "due_on": weeks[1]})
    old.refresh_from_db()
    signing = {"agreed_by": "Ông Cả", "next_review_on": today + timedelta(days=1), "today": today, "by": by}
    actions.agree_plan(plan=old, version=old.version, agreed_on=weeks[1], **signing)
    page = reverse("plan_replace", args=[old.pk])
    for day, words in ((today + timedelta(days=1), "tương lai"), (weeks[0], "trước ngày gia đình ký")):
        refusal = client.post(page, {"note": "Đổi", "on": f"{day:%d/%m/%Y}", "request_id": uuid4()})
        assert refusal.status_code == 422
        assert words in refusal.content.decode()
    typed = {"note": "Đổi", "on": f"{weeks[2]:%d/%m/%Y}", "request_id": uuid4()}  # on paper, a fortnight ago
    assert client.post(page, typed).status_code == 302
    old.refresh_from_db()
    new = home.plans.get(closed_on=None)
    assert (old.closed_on, new.made_on, new.steps.count()) == (weeks[2], weeks[2], 1)
    with pytest.raises(ValidationError, match="Kế hoạch trước kết thúc") as error:
        actions.edit_plan(by=by, plan=new, version=new.version, values={"made_on": weeks[1]}, today=today)
    assert "made_on" in error.value.error_dict
    Plan.objects.filter(pk=new.pk).update(
        made_on=weeks[1]
    )  # as if it had been drafted before this was refused
    refused(
        "plan_one_signed_at_a_time",
        Plan.objects.filter(pk=new.pk).update, agreed_on=weeks[1], agreed_by="Ông Cả",
    )  # fmt: skip
    new.refresh_from_db()
    with pytest.raises(ValidationError, match="còn theo kế hoạch trước") as error:
        actions.agree_plan(plan=new, version=new.version, agreed_on=weeks[1], **signing)
    assert "agreed_on" in error.value.error_dict
    actions.agree_plan(plan=new, version=new.version, agreed_on=weeks[2], **signing)


def test_a_plan_that_was_a_mistake_holds_no_day(home, by):
    last_week = TODAY - timedelta(days=7)
    actions.close_plan(by=by, plan=agreed(home, by), reason="mistake", note="", on=TODAY, today=TODAY)
    values = {"goal": "Thoát nghèo", "made_on": last_week}
    plan = actions.draft_plan(by=by, household=home, values=values, today=TODAY)
    actions.add_step(by=by, plan=plan, values=STEP)
    assert sign(by, plan).made_on == last_week


def test_a_draft_is_not_moved_past_what_it_promises(home, by):
    plan = draft(home, by)
    actions.add_step(by=by, plan=plan, values={**STEP, "due_on": TODAY})
    actions.add_step(by=by, plan=plan, values={**STEP, "due_on": TODAY + timedelta(days=9)})
    plan.refresh_from_db()
    change = {"by": by, "plan": plan, "version": plan.version, "today": TODAY + timedelta(days=5)}
    with pytest.raises(ValidationError, match=f"hẹn xong ngày {TODAY:%d/%m/%Y}") as error:
        actions.edit_plan(**change, values={"made_on": TODAY + timedelta(days=1)})
    assert list(error.value.error_dict) == ["made_on"]
    assert actions.edit_plan(**change, values={"made_on": TODAY}).made_on == TODAY


def test_a_draft_that_took_over_what_is_overdue_is_still_corrected(home, by):
    old = draft(home, by)
    actions.add_step(by=by, plan=old, values={**STEP, "due_on": TODAY})
    sign(by, old)
    later = TODAY + timedelta(days=30)
    new = actions.replace_plan(by=by, plan=old, today=later, note="Đổi")
    for day in (later, later + timedelta(days=1)):
        values = {"made_on": day, "goal": "Có việc làm"}
        new = actions.edit_plan(by=by, plan=new, version=new.version, values=values, today=day)
        assert (new.made_on, new.goal) == (day, "Có việc làm")


def test_nothing_is_promised_for_before_the_plan(home, by):
    before = TODAY - timedelta(days=1)
    plan = draft(home, by)
    with pytest.raises(ValidationError, match="từ ngày đó trở đi") as error:
        actions.add_step(by=by, plan=plan, values={**STEP, "due_on": before})
    assert "due_on" in error.value.error_dict
    with pytest.raises(ValidationError, match="không thể trước ngày lập") as error:
        actions.edit_plan(by=by, plan=plan, version=plan.version, values={"leave_by": before}, today=TODAY)
    assert "leave_by" in error.value.error_dict
