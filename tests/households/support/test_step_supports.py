"""A step that was done by a help: chosen among the household's own, and counted by the outcomes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import plans as actions
from households.models import Need, Plan
from households.reports import Live
from households.reports.support.needing import needing, needs
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_programme, make_support
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_grants import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_household(make_group(make_ward()))


@pytest.fixture
def by(home):
    return make_user("officer", home.area)


@pytest.fixture
def step(home):
    """A step of a signed plan, for water."""
    today = localdate()
    need = Need.objects.create(household=home, kind="indicator", code="water", opened_on=date(2025, 12, 1))
    plan = Plan.objects.create(household=home, made_on=today, goal="Thoát nghèo")
    made = plan.steps.create(position=1, need=need, text="Xây bể", who="ward", due_on=today)
    Plan.objects.filter(pk=plan.pk).update(agreed_on=today, agreed_by="Ông Cả")
    return made


def test_the_help_of_a_finished_step_is_counted_for_its_need(home, by, step):
    support, today = give(home, policy="other", content="Bể nước"), localdate()
    client, page = signed_in(by), reverse("step_done", args=[step.pk])
    assert "Bể nước" in client.get(page).content.decode()
    typed = {"on": f"{today:%d/%m/%Y}", "result": "Có bể", "support": support.pk}
    assert client.post(page, typed).status_code == 302
    step.refresh_from_db()
    assert step.support == support
    assert "Bể nước" in client.get(reverse("plan_page", args=[home.pk])).content.decode()
    scope = Live(today.year).scope(home.area)
    assert needs(scope)["indicator", "water"]["helped"] == 1
    assert needing(scope, "indicator:water", "helped")[1] == [home.pk]


def test_only_a_help_of_the_household_that_stands(home, by, step):
    today = localdate()
    of_another = give(make_household(home.area), policy="other", content="Giếng nhà khác")
    voided = give(home, policy="other", content="Ghi nhầm")
    type(voided).objects.filter(pk=voided.pk).update(
        voided_at="2026-01-01T00:00Z", voided_by=by, void_reason="Nhầm"
    )
    page = signed_in(by).get(reverse("step_done", args=[step.pk])).content.decode()
    assert "Giếng nhà khác" not in page
    assert "Ghi nhầm" not in page
    for support, words in ((of_another, "hộ khác"), (voided, "ghi nhầm")):
        with pytest.raises(ValidationError, match=words):
            actions.finish_step(by=by, step=step, on=today, result="", today=today, support=support)
    typed = {"on": f"{today:%d/%m/%Y}", "result": "", "support": of_another.pk}
    assert signed_in(by).post(reverse("step_done", args=[step.pk]), typed).status_code == 422


def test_each_help_is_named_and_those_of_the_policy_come_first(home, by, step):
    """Two cards of one day are of two people."""
    ward = home.area.parent
    card = make_programme(ward, name="Thẻ BHYT", policy="insurance", per_person=True)
    for name in ("Nguyễn Thị An", "Trần Văn Bình"):
        make_support(card, home, make_member(home, full_name=name, birth_year=1990))
    make_support(make_programme(ward, name="Vay vốn", policy="other"), home)
    rows = home.supports.counted().select_related("member").newest_first()
    assert [each.policy for each in rows.of_policy_first("insurance")] == ["insurance", "insurance", "other"]
    assert rows.of_policy_first("other")[0].policy == "other"
    page = signed_in(by).get(reverse("step_done", args=[step.pk])).content.decode()
    assert "Nguyễn Thị An, từ" in page
    assert "cả hộ, từ" in page
    assert "Không có khoản nào đúng" in page
    grants = signed_in(make_user("supervisor", home.area.parent)).get(reverse("step_done", args=[step.pk]))
    assert reverse("support_give", args=[home.pk]) in grants.content.decode()
