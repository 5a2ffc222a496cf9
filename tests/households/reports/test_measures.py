"""The measures in SQL are those of the core, over the same households, exactly."""

from fractions import Fraction
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.poverty import Row, by_group, load, measure, nested_weights
from households.reports import Live
from households.reports.measures import Choice, Grouping, behind, measured
from tests.households.reports.test_all_forms import a_ward

pytestmark = pytest.mark.django_db
STANDARD = load("2022-2026")


def random_choice(chance: Random) -> Choice:
    if chance.random() < 0.3:
        weights = nested_weights(STANDARD)
    else:
        given_ = {code: chance.randint(0, 5) for code in STANDARD.codes}
        given_[chance.choice(STANDARD.codes)] += 1
        weights = {code: Fraction(value, sum(given_.values())) for code, value in given_.items()}
    return Choice(weights, Fraction(chance.randint(1, 12), 12), people=chance.random() < 0.5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_sql_equals_the_core(seed):
    with transaction.atomic():
        ward, _, statuses = a_ward(seed)
        choice, scope = random_choice(Random(seed)), Live(2025).scope(ward)
        for grouping in Grouping:
            found = measured(scope, STANDARD, choice, grouping)
            rows = [
                Row(
                    {code: code in each.lacking for code in STANDARD.codes},
                    size=each.size if choice.people else 1,
                    group=str(getattr(each, grouping.value)),
                )
                for each in statuses
            ]
            if not rows:
                assert found.whole is None
                continue
            assert found.whole == measure(rows, choice.weights, choice.k)
            assert found.groups == by_group(rows, choice.weights, choice.k)
            assert found.surveyed == len(statuses)
            assert len(behind(scope, STANDARD, choice, "", censored=True)) == sum(
                measure([row], choice.weights, choice.k).poor > 0 for row in rows
            )
        transaction.set_rollback(True)


def test_over_everybody_who_was_not_surveyed_lacks_nothing():
    ward, groups, statuses = a_ward(5)
    scope = Live(2025).scope(ward)
    choice = Choice(nested_weights(STANDARD), Fraction(3, 12), everybody=True)
    found = measured(scope, STANDARD, choice, Grouping.AREA)
    rows = [
        Row({code: code in each.lacking for code in STANDARD.codes}, group=str(each.area_id))
        for each in statuses
    ]
    for group in groups:
        missing = 300 - sum(each.area_id == group.pk for each in statuses)
        rows += [Row(dict.fromkeys(STANDARD.codes, False), group=str(group.pk))] * missing
    assert found.whole == measure(rows, choice.weights, choice.k)
    assert found.groups == by_group(rows, choice.weights, choice.k)


def test_over_everybody_needs_every_total(ward):
    scope = Live(2024).scope(ward.area)
    choice = Choice(nested_weights(STANDARD), Fraction(3, 12), everybody=True)
    with pytest.raises(ValueError, match="Còn 3 tổ dân phố chưa nhập tổng số hộ năm 2024"):
        measured(scope, STANDARD, choice, Grouping.AREA)


def test_without_a_household_there_is_nothing_to_measure(ward):
    found = measured(
        Live(2022).scope(ward.village),
        STANDARD,
        Choice(nested_weights(STANDARD), Fraction(1, 4)),
        Grouping.AREA,
    )
    assert (found.whole, found.groups, found.surveyed) == (None, (), 0)
