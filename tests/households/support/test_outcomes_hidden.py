"""For who sees aggregates only: no small count stands in the tables of outcomes, none follows from what stands there."""

from datetime import date

import pytest

from households.models import Need, Plan, PlanStep, Policy
from tests.factories import make_group, make_ward
from tests.households.factories import make_household, make_programme, make_status, make_support
from tests.households.support.test_assigning import poor
from tests.households.support.test_grants import give
from tests.households.support.test_outcomes import shown, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_ward())


def out(group):
    home = poor(group)
    make_status(home, "not_poor", date(2026, 10, 1))
    return home


def returned(group):
    home = make_household(group)
    for kind, day in (
        ("poor", date(2024, 12, 1)),
        ("not_poor", date(2025, 12, 1)),
        ("poor", date(2026, 10, 1)),
    ):
        make_status(home, kind, day)
    return home


def small(table):
    return [
        (line.name, cell.value) for line in table.lines for cell in line.cells
        if cell and isinstance(cell.value, int) and 0 < cell.value < 5
    ]  # fmt: skip


def test_few_helped_among_those_that_returned(group):
    for number in range(20):
        home = out(group) if number % 2 == 0 else poor(group)
        if number < 10:
            give(home)
    for number in range(9):
        home = returned(group)
        if number < 3:
            give(home)
    for key, table in shown(group, restricted=True).items():
        assert small(table) == [], key


def test_a_small_programme_does_not_follow_from_its_policy(group):
    one, two = (make_programme(group.parent, policy="insurance") for _ in range(2))
    for number in range(30):
        home = poor(group)
        if number < 8:
            make_support(one, home)
        elif number < 11:
            make_support(two, home)
        elif number < 20:
            give(home)
    made = shown(group, restricted=True)
    policies = {line.name: texts(line)[0] for line in made["policies"].lines}
    programmes = {line.name: texts(line)[0] for line in made["lines"].lines}
    assert policies[str(Policy.INSURANCE.label)] == "11"
    assert programmes == {one.name: "ẩn", two.name: "ẩn"}


@pytest.mark.parametrize(("outside", "told"), [(3, "ẩn"), (0, "8"), (6, "8")])
def test_help_outside_the_programmes_does_not_follow(group, outside, told):
    programme = make_programme(group.parent, policy="other")
    for number in range(40):
        home = poor(group)
        if number < 8:
            make_support(programme, home)
        elif number < 8 + outside:
            give(home, policy="other", content="Gạo")
        elif number < 20:
            give(home)
    made = shown(group, restricted=True)
    assert [texts(line)[0] for line in made["lines"].lines] == [told]


def test_few_without_help_do_not_follow_from_a_need(group):
    for number in range(7):
        home = poor(group)
        need = Need.objects.create(household=home, kind="indicator", code="water", opened_on=date(2026, 2, 1))
        if number < 5:
            plan = Plan.objects.create(household=home, made_on=date(2026, 1, 5), goal="Thoát nghèo")
            PlanStep.objects.create(
                plan=plan, position=1, need=need, text="Xây bể", who="ward", due_on=date(2026, 6, 1),
                support=give(home, policy="other", content="Bể nước"),
            )  # fmt: skip
    assert texts(shown(group, restricted=True)["needs"].lines[0])[0] == "ẩn"
