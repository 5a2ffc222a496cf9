"""Where a figure of support ends: the day, the year, the register, the ward."""

from datetime import date

import pytest
from django.urls import reverse

from households.models import Need, Plan, PlanStep
from households.reports import Live
from households.reports.support import livelihoods
from households.reports.support.needing import needs
from households.reports.support.shocks import struck_before
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme
from tests.households.life.factories import gone
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_assigning import poor
from tests.households.support.test_grants import give
from tests.households.support.test_livelihoods import joined, make_project
from tests.households.support.test_shocks import save, storm

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_ward())


def test_the_shocks_of_twelve_months_before_the_last_of_a_month(group):
    by, home = make_user("officer", group), make_household(group)
    save(by, storm(by, group, happened_on=date(2025, 8, 29)).impacts.get())
    assert struck_before(home, date(2026, 8, 31)) == []
    assert len(struck_before(home, date(2026, 8, 29))) == 1


def test_help_of_a_later_year_is_no_help_of_this_years_need(group):
    home = poor(group)
    need = Need.objects.create(household=home, kind="indicator", code="water", opened_on=date(2025, 2, 1))
    plan = Plan.objects.create(household=home, made_on=date(2025, 1, 5), goal="Thoát nghèo")
    PlanStep.objects.create(
        plan=plan, position=1, need=need, text="Xây bể", who="ward", due_on=date(2026, 6, 1),
        support=give(home, policy="other", content="Bể nước", day=date(2026, 5, 4)),
    )  # fmt: skip
    for year, helped in ((2025, 0), (2026, 1)):
        counts = needs(Live(year).scope(group))["indicator", "water"]
        assert (counts["open"], counts["helped"]) == (1, helped)


def test_who_left_the_register_is_not_still_in_the_model(group):
    project, home = make_project(group), poor(group)
    by = make_user("officer", group)
    joined(project, by, home, poor(group))
    gone(home, day=date(2026, 5, 4))
    counted = livelihoods.figures([project], by)[project.pk]
    assert (counted.households, counted.present) == (2, 1)


def test_the_name_of_another_wards_programme_is_not_told(group):
    poor(group)
    client = signed_in(make_user("supervisor", group.parent))
    page = reverse("outcome_households", args=[2026, group.parent_id])
    foreign, own = make_programme(make_ward(), name="Của phường khác"), make_programme(group.parent)
    assert client.get(page, {"chuong-trinh": foreign.pk}).status_code == 404
    assert client.get(page, {"chuong-trinh": own.pk}).status_code == 200
