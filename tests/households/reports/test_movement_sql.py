"""The SQL of forms 2 and 3 against the reference, on random wards; form 1 and the lacking counts too."""

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.models import Household, Status
from households.poverty import Classification, Row, load, measure, nested_weights
from households.poverty.movement import Flow, Spell, Year, moves
from households.reports import deprivation, movement, stock
from households.reports.rows import Period, units
from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision

pytestmark = pytest.mark.django_db
PERIOD = Period(2025)
STANDARD = load("2022-2026")
POOR, NEAR = Classification.POOR, Classification.NEAR_POOR
REASONS = ["new_decision", "new_decision", "new_decision", "moved_out", "died_out", "merged", "mistake"]


def random_ward(seed: int) -> list:
    """Households of places 0–2 (2 lies in another ward): how each came, when it left, its statuses.

    Statuses end and begin where the year does oftener than chance would have it.
    """
    chance = Random(seed)
    return [_random_household(chance) for _ in range(80)]


def _random_household(chance: Random):
    days = [date(2023, 3, 1), date(2024, 12, 5), date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2),
            date(2025, 6, 1), date(2025, 12, 5), date(2025, 12, 31), date(2026, 1, 1)]  # fmt: skip
    bounds = sorted(chance.sample(days, chance.randint(2, 6)))
    spells = []
    for start, end in pairwise(bounds):
        if chance.random() < 0.2:
            continue  # a gap
        kind = chance.choice([POOR, POOR, NEAR, NEAR, *Classification])
        place, size, lacks = chance.choice([0, 0, 0, 0, 1, 2]), chance.randint(1, 9), chance.randint(0, 12)
        spells.append(
            (kind, place, size, start, end, chance.choice(REASONS), chance.sample(STANDARD.codes, lacks))
        )
    if spells and chance.random() < 0.6:
        spells[-1] = (*spells[-1][:4], None, "", spells[-1][6])
    opened = (
        chance.choice(["registered", "registered", "moved_in", "split"]),
        chance.choice([date(2022, 1, 1), date(2025, 1, 1), date(2025, 6, 1), date(2025, 12, 31)]),
    )
    return opened, chance.choice([None, None, None, date(2025, 12, 31), date(2026, 2, 1)]), spells


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9).map(random_ward))
def test_sql_equals_the_reference(ward):
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        here = make_ward()
        places = [make_group(here), make_group(here), make_group(make_ward(parent=here.parent))]
        _save(ward, places, make_decision(here))
        rows = units(here, PERIOD)
        for of in (POOR, NEAR):
            assert _without_zeros(movement.flows(rows, PERIOD, of)) == _expected(ward, places, of)
        _compare_stock(rows)
        _compare_lacking(rows)
        transaction.set_rollback(True)


def _save(ward, places, decision) -> None:
    for number, ((reason, opened), closed, spells) in enumerate(ward):
        household = Household(
            code=f"X{number}", area=places[0], opened_date=opened, opened_reason=reason,
            closed_date=closed, closed_reason="moved_out" if closed else "",
        )  # fmt: skip
        household.save(force_insert=True)
        Status.objects.bulk_create(
            Status(
                household=household, decision=decision, classification=kind.value, standard_id="2022-2026",
                area=places[area], size=size, lacking=lacks, valid_from=start, valid_to=end, end_reason=why,
            )
            for kind, area, size, start, end, why, lacks in spells
        )  # fmt: skip


def _expected(ward, places, of) -> dict:
    """The reference, added up; for the tổ dân phố of the ward."""
    found: Counter = Counter()
    mine = {place.pk for place in places[:2]}
    for (reason, opened), closed, spells in ward:
        history = [
            Spell(kind, places[area].pk, size, start, end, why)
            for kind, area, size, start, end, why, _ in spells
        ]
        arrived = opened if reason in {"moved_in", "split"} else None
        for move in moves(
            history, of, Year(PERIOD.opening, PERIOD.closing), arrived_on=arrived, closed_on=closed
        ):
            if move.area in mine:
                found[move.area, move.flow.value] += move.households
                found[move.area, move.flow.value + movement.PEOPLE] += move.people
    return {key: value for key, value in found.items() if value}


def _without_zeros(figures) -> dict:
    return {(area, key): value for area, row in figures.items() for key, value in row.items() if value}


def _compare_stock(rows) -> None:
    figures = stock.closing_stock(rows, PERIOD)
    for of in (POOR, NEAR):
        moved = movement.flows(rows, PERIOD, of)
        for unit in rows:
            for key, own in ((of.value, "closing"), (f"{of.value}_people", "closing_people")):
                assert figures.get(unit.id, {}).get(key, 0) == moved.get(unit.id, {}).get(own, 0)


def _compare_lacking(rows) -> None:
    """The counts are the uncensored headcounts of Alkire–Foster over the same households, exactly."""
    for of in (POOR, NEAR):
        figures = deprivation.lacking(rows, PERIOD, of, STANDARD)
        for unit in rows:
            held = Status.objects.on(PERIOD.closing).filter(area=unit.id, classification=of.value)
            listed = [Row({code: code in each.lacking for code in STANDARD.codes}) for each in held]
            if not listed:
                assert unit.id not in figures
                continue
            measures, found = measure(listed, nested_weights(STANDARD)), figures[unit.id]
            assert found[deprivation.HOUSEHOLDS] == measures.population
            assert {
                code: Fraction(found[code], measures.population) for code in STANDARD.codes
            } == measures.uncensored
            assert found[deprivation.LACKING] == sum(found[code] for code in STANDARD.codes)


def test_every_flow_has_its_sign():
    assert [flow.sign for flow in Flow] == [1, -1, -1, -1, 1, 1, 1, 1, 0]
