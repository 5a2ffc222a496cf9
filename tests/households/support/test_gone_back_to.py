"""A page that was sent is gone back to: sent again it adds nothing, filled in for something else it is refused."""

from datetime import date
from itertools import count
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support import livelihoods, needs, outreach, plans, programmes
from households.actions.support.grants import record_support
from households.actions.support.plan_mistakes import void_review
from households.actions.support.vulnerability import record_vulnerability
from households.models import Need
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_programme
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_assigning import values as rule
from tests.households.support.test_campaigns import make_campaign
from tests.households.support.test_materials import put_in
from tests.households.support.test_outreach import MEETING, said
from tests.households.support.test_plans import STEP, agreed, draft
from tests.households.test_at_once import at_once

TODAY = date(2026, 11, 25)
VISIT = {**MEETING, "kind": "visit", "attended": None}
REVIEW = {"date": TODAY, "progress": "slow", "text": "Chậm", "next_review_on": None}


def need(by, home):
    return lambda **sent: needs.add_need(by=by, household=home, today=TODAY, **sent), {"text": "Nhà ở"}


def plan(by, home):
    return lambda **sent: plans.draft_plan(by=by, household=home, today=TODAY, **sent), {
        "goal": "Thoát nghèo"
    }


def help_given(by, home):
    values = {"policy": "other", "content": "Gạo", "source": "", "amount": 1, "received_on": TODAY}
    return lambda **sent: record_support(by=by, household=home, today=TODAY, **sent), values


def step(by, home):
    of = draft(home, by)
    return lambda **sent: plans.add_step(by=by, plan=of, **sent), STEP


def review(by, home):
    of = agreed(home, by)
    return lambda **sent: plans.review_plan(by=by, plan=of, today=TODAY, **sent), REVIEW


def weak_sides(by, home):
    return lambda **sent: record_vulnerability(by=by, household=home, today=TODAY, **sent), {
        "assessed_on": TODAY
    }


def programme(by, home):
    return lambda **sent: programmes.create_programme(by=by, ward=home.area.parent, **sent), rule()


def replacement(by, home):
    old = make_programme(home.area.parent)
    new = rule(valid_from=date(2026, 7, 1))
    return lambda **sent: programmes.replace_programme(by=by, programme=old, **sent), new


def activity(by, home):
    return lambda **sent: outreach.record_activity(by=by, today=TODAY, **sent), {**MEETING, "area": home.area}


def project(by, home):
    values = {"name": "Bò", "kind": "livestock", "started_on": date(2026, 1, 1)}
    return lambda **sent: livelihoods.create_project(by=by, ward=home.area.parent, **sent), values


def campaign(by, home):
    def act(values, request_id):
        return make_campaign(by, home.area.parent, request_id=request_id, **values)

    return act, {}


SENT = [
    (need, {"text": "Xe lăn"}), (need, {"text": "Nhà ở", "is_wish": True}), (plan, {"goal": "Có việc làm"}),
    (help_given, {"content": "Chăn"}), (help_given, {"amount": 200_000}), (step, {"text": "Vay vốn"}), (step, {"due_on": date(2027, 5, 1)}), (review, {"text": "Đã vay được vốn"}),
    (weak_sides, {"illness": True}), (programme, {"amount": 5}), (replacement, {"amount": 5}),
    (activity, {"attended": 41}), (project, {"kind": "crops"}), (campaign, {"purpose": "Khác"}),
]  # fmt: skip


@pytest.fixture
def home():
    return make_household(make_group(make_ward()))


@pytest.fixture
def by(home):
    return make_user("supervisor", home.area.parent)


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "else_"), SENT)
def test_the_same_again_is_one_and_something_else_is_refused(home, by, page, else_):
    act, values = page(by, home)
    request_id = uuid4()
    made = act(values=values, request_id=request_id)
    assert act(values=values, request_id=request_id) == made
    with pytest.raises(ValidationError, match="đã ghi một lần rồi"):
        act(values={**values, **else_}, request_id=request_id)
    assert type(made)._base_manager.filter(request_id=request_id).count() == 1


@pytest.mark.django_db
def test_a_visit_answered_otherwise_or_with_other_materials_is_refused(home, by):
    request_id, material = uuid4(), put_in(by, home.area)

    def visit(answer, *materials):
        return outreach.record_activity(
            by=by, values={**VISIT, "area": home.area}, contacts=[said(home, answer, person="Bà Lan")],
            materials=materials, today=TODAY, request_id=request_id,
        )  # fmt: skip

    made = visit("considering", material)
    assert visit("considering", material) == made
    for otherwise in (("agreed", material), ("considering",)):
        with pytest.raises(ValidationError, match="đã ghi một lần rồi"):
            visit(*otherwise)
    assert made.contacts.get().answer == "considering"


@pytest.mark.django_db
def test_what_was_taken_back_since_does_not_pass_for_what_is_sent_again(home, by):
    act, values = review(by, home)
    request_id = uuid4()
    void_review(by=by, review=act(values=values, request_id=request_id), reason="Nhầm", at=AT)
    with pytest.raises(ValidationError, match="đã ghi một lần rồi"):
        act(values=values, request_id=request_id)


@pytest.mark.django_db
def test_what_was_typed_stays_in_the_page_that_is_refused(home, by):
    client, page, request_id = signed_in(by), reverse("need_add", args=[home.pk]), uuid4()
    assert client.post(page, {"text": "Nhà ở", "request_id": request_id}).status_code == 302
    refusal = client.post(page, {"text": "Xe lăn", "request_id": request_id})
    assert refusal.status_code == 422
    shown = refusal.content.decode()
    assert "lần này chưa ghi gì" in shown
    assert "Xe lăn" in shown
    assert home.needs.get().text == "Nhà ở"


@pytest.mark.django_db(transaction=True)
def test_two_different_things_of_one_page_at_the_same_moment(home, by):
    request_id, turns = uuid4(), count()
    told = at_once(
        lambda: needs.add_need(
            by=by,
            household=home,
            values={"text": f"Nhu cầu {next(turns)}"},
            today=TODAY,
            request_id=request_id,
        )
    )
    assert len([each for each in told if isinstance(each, Need)]) == home.needs.count() == 1
    assert all("đã ghi một lần rồi" in str(each) for each in told if not isinstance(each, Need))
