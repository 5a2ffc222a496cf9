"""A household out of the register: its needs close with it, nothing more is written, and the undoing opens them again."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.life.undo import undo
from households.actions.support import needs, plans
from households.models import Household, Need, Plan
from households.reports import Live
from households.reports.support.needing import needing
from households.reports.support.needing import needs as needs_of
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_member, make_status
from tests.households.life.factories import death, gone, merge, split
from tests.households.reports.test_report_pages import signed_in

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2026, 5, 4), date(2026, 11, 25)


@pytest.fixture
def home():
    made = make_household(make_group(make_ward()))
    make_status(made, "poor", date(2025, 12, 1))
    return made


@pytest.fixture
def by(home):
    return make_user("supervisor", home.area.parent)


def wants(home, text="Xe lăn", opened_on=date(2026, 1, 5)):
    return Need.objects.create(household=home, kind="other", text=text, opened_on=opened_on)


def why(home):
    return [(each.close_reason, each.closed_on) for each in home.needs.order_by("pk")]


def test_open_needs_close_with_the_household(home, by):
    by_hand, later = wants(home), wants(home, "Học nghề", opened_on=date(2026, 8, 1))
    open_need, other = wants(home, "Nhà ở"), wants(make_household(home.area))
    needs.close_need(
        by=by, need=by_hand, reason="solved", note="", on=date(2026, 2, 1), today=TODAY, version=1
    )
    event = gone(home, day=DAY, by=by)
    assert why(home) == [("solved", date(2026, 2, 1)), ("left", later.opened_on), ("left", DAY)]
    other.refresh_from_db()
    assert other.closed_on is None
    scope = Live(2026).scope(home.area)
    counts = needs_of(scope)["other", ""]
    assert (counts["left"], counts["open"]) == (1, 1)
    assert needing(scope, "other:", "open")[1] == [other.household_id]
    undo(by=by, event=event, reason="ghi nhầm", at=AT)
    assert why(home) == [("solved", date(2026, 2, 1)), ("", None), ("", None)]
    open_need.refresh_from_db()
    assert open_need.version == 3


def test_wherever_it_leaves(home, by):
    into = make_household(home.area)
    for place, leave in enumerate((
        lambda: death(home, home.members.get(), DAY, by=by),
        lambda: gone(home, "mistake", DAY, by=by),
        lambda: merge(home, into, {home.members.present().get().pk: "sibling"}, DAY, by=by),
    )):  # fmt: skip
        need = wants(home, f"Việc {place}")
        event = leave()
        need.refresh_from_db()
        assert need.close_reason == "left"
        undo(by=by, event=event, reason="ghi nhầm", at=AT)
        need.refresh_from_db()
        assert need.closed_on is None


def test_an_event_that_leaves_nobody_closes_nothing(home, by):
    need, child = wants(home), make_member(home)
    event = split(home, [child], {child.pk: "head"}, DAY, by=by)
    made = Household.objects.get(pk=event.other_household_id)
    theirs = wants(made, opened_on=DAY)
    need.refresh_from_db()
    assert need.closed_on is None
    undo(by=by, event=event, reason="ghi nhầm", at=AT)
    theirs.refresh_from_db()
    assert theirs.close_reason == "left"  # the household that never was


def test_nothing_more_is_written(home, by):
    need = wants(home)
    draft = Plan.objects.create(household=home, made_on=DAY, goal="Thoát nghèo")
    step = draft.steps.create(position=1, text="Vay vốn", who="bank", due_on=TODAY)
    values = {"need": None, "text": "x", "policy": "", "who": "bank", "who_name": "", "due_on": TODAY}
    Household.objects.filter(pk=home.pk).update(closed_date=DAY, closed_reason="moved_out")
    review = {"date": TODAY, "progress": "slow", "text": "x", "next_review_on": None}
    signing = {"agreed_on": TODAY, "agreed_by": "Ông Cả", "next_review_on": date(2027, 1, 1)}
    for act in (
        lambda: needs.word_need(by=by, need=need, family_words="x", is_wish=False, priority=None, version=1),
        lambda: needs.close_need(
            by=by, need=need, reason="solved", note="", on=TODAY, today=TODAY, version=1
        ),
        lambda: plans.add_step(by=by, plan=draft, values=values),
        lambda: plans.remove_step(by=by, step=step),
        lambda: plans.edit_plan(by=by, plan=draft, version=1, values={"goal": "Khác"}, today=TODAY),
        lambda: plans.agree_plan(by=by, plan=draft, version=1, today=TODAY, **signing),
        lambda: plans.close_plan(by=by, plan=draft, reason="stopped", note="", on=TODAY, today=TODAY),
    ):
        with pytest.raises(ValidationError, match="ra khỏi sổ"):
            act()
    Plan.objects.filter(pk=draft.pk).update(agreed_on=DAY, agreed_by="Ông Cả")
    for act in (
        lambda: plans.review_plan(by=by, plan=draft, values=review, today=TODAY),
        lambda: plans.finish_step(by=by, step=step, on=TODAY, result="", today=TODAY),
        lambda: plans.drop_step(by=by, step=step, on=TODAY, reason="x", today=TODAY),
        lambda: plans.replace_plan(by=by, plan=draft, today=TODAY, note="x", request_id=uuid4()),
    ):
        with pytest.raises(ValidationError, match="ra khỏi sổ"):
            act()
    page = signed_in(by).post(reverse("step_done", args=[step.pk]), {"on": "01/06/2026", "result": ""})
    assert page.status_code == 422
    assert "ra khỏi sổ" in page.content.decode()
    assert home.plans.get().version == 1
