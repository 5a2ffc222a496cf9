"""The SQL of outcomes against the reference on random registers; and that every table adds up to the list."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.models import Household, Policy, Receipt, Status, Support
from households.poverty import Classification, load, standard_ids
from households.poverty.movement import Spell, on_day
from households.poverty.outcome import Help, Outcome, mended, outcome
from households.reports import Live
from households.reports.support.outcome_tables import tables
from households.reports.support.outcomes import ASKED, Tally, opened, outcomes
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_programme
from tests.households.reports.factories import make_decision

pytestmark = pytest.mark.django_db
OPENING, CLOSING = date(2025, 1, 1), date(2025, 12, 31)
POOR, NEAR = Classification.POOR, Classification.NEAR_POOR
DAYS = [date(2023, 3, 1), date(2024, 12, 5), date(2024, 12, 31), OPENING, date(2025, 1, 2), date(2025, 6, 1),
        date(2025, 12, 5), CLOSING, date(2026, 1, 1)]  # fmt: skip
REASONS = ["new_decision", "new_decision", "new_decision", "moved_out", "died_out", "merged", "mistake"]
CODES = {each: load(each).codes for each in standard_ids()}
GROUPED = ("no_labour", "merit", "social_protection")


def random_ward(chance: Random) -> list:
    return [_random_household(chance) for _ in range(chance.randint(1, 15))]


def _random_household(chance: Random):
    spells = []
    for start, end in pairwise(sorted(chance.sample(DAYS, chance.randint(2, 6)))):
        if chance.random() < 0.2:
            continue  # a gap
        standard = chance.choice(list(CODES))
        spell = Spell(
            chance.choice([POOR, POOR, NEAR, NEAR, *Classification]), chance.choice([0, 0, 0, 1, 2]), 1, start, end, chance.choice(REASONS)
        )  # fmt: skip
        spells.append(
            (spell, standard, chance.sample(CODES[standard], chance.randint(0, 9)), chance.choice(GROUPED))
        )
    if spells and chance.random() < 0.6:
        last = spells[-1][0]
        spells[-1] = (Spell(last.classification, last.area, 1, last.start), *spells[-1][1:])
    helps = [_random_help(chance) for _ in range(chance.choice([0, 0, 1, 2]))]
    return chance.choice([None, None, None, CLOSING, date(2026, 2, 1)]), spells, helps


def _random_help(chance: Random):
    start, *rest = sorted(chance.sample(DAYS, 3))
    end = chance.choice([None, rest[-1]])
    since = [day for day in DAYS if day >= start]  # nothing is received before
    days = chance.sample(since, chance.randint(0, 2))
    received = [(day, chance.choice([None, 0, 7_000_000]), chance.random() < 0.2) for day in days]
    tied = chance.sample(CODES["2022-2026"], chance.choice([0, 0, 2]))
    return chance.choice(Policy.values), start, end, received, tied, chance.random() < 0.15


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False).map(random_ward))
def test_sql_equals_the_reference_and_adds_up(ward):
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        here = make_ward()
        places = [make_group(here), make_group(here), make_group(make_ward(parent=here.parent))]
        ids = _save(ward, places)
        scope = Live(2025).scope(here)
        found, expected = outcomes(scope), _expected(ward, places)
        assert _flat(found.areas) == expected["area"]
        assert _flat(found.groups) == expected["group"]
        assert _flat(found.policies) == expected["policy"]
        assert _flat(found.indicators) == expected["indicator"]
        money = {int(key): tally.money for key, tally in found.areas.items() if tally.money}
        assert money == dict(+expected["money"])
        _adds_up(found, ward, places)
        _opens(scope, found, ids)
        transaction.set_rollback(True)


def _save(ward, places) -> list[int]:
    decision, user, ids = make_decision(places[0].parent), make_user(), []
    programmes: dict = {}
    for number, (closed, spells, helps) in enumerate(ward):
        household = Household(
            code=f"X{number}", area=places[0], opened_date=date(2022, 1, 1), opened_reason="registered",
            closed_date=closed, closed_reason="moved_out" if closed else "",
        )  # fmt: skip
        household.save(force_insert=True)
        ids.append(household.pk)
        Status.objects.bulk_create(
            Status(
                household=household, decision=decision, classification=one.classification.value, standard_id=standard,
                area=places[one.area], size=1, lacking=lacks, valid_from=one.start, valid_to=one.end,
                end_reason=one.end_reason, **{group: True},
            )
            for one, standard, lacks, group in spells
        )  # fmt: skip
        for place, (policy, start, end, received, tied, voided) in enumerate(helps):
            void = {"voided_at": "2025-07-01T00:00Z", "voided_by": user, "void_reason": "Ví dụ"}
            key = (policy, *tied)
            if tied and key not in programmes:
                programmes[key] = make_programme(places[0].parent, policy=policy, lacking=tied)
            programme = programmes.get(key) if tied else None
            made = Support.objects.create(
                household=household, area=places[0], policy=policy, content=f"Khoản {place}", valid_from=start, valid_to=end,
                programme=programme, line_id=programme and programme.line_id, reason="Ví dụ",
            )  # fmt: skip
            for day, amount, mistaken in received:
                Receipt.objects.create(
                    support=made, received_on=day, amount=amount, **(void if mistaken else {})
                )
            if voided:
                Support.objects.filter(pk=made.pk).update(**void)
    return ids


def _helps(raw) -> list[Help]:
    return [
        Help(
            policy,
            start,
            end,
            [(day, amount) for day, amount, mistaken in received if not mistaken],
            tied,
            end is None,
        )
        for policy, start, end, received, tied, voided in raw
        if not voided
    ]


def _judged(ward):
    """Of every household: its status that places it, how it ended, its helps of the year."""
    for closed, kept, raw in ward:
        spells = [each for each, *_ in kept]
        end = outcome(spells, OPENING, CLOSING, closed_on=closed)
        if end is None:
            continue
        day = CLOSING if end is Outcome.RETURNED else OPENING
        there = next(each for each in kept if each[0].covers(day))
        last = next((each for each in kept if each[0].covers(CLOSING)), None)
        if there[0].area < 2:  # the third is in another ward
            yield there, last, end, [each for each in _helps(raw) if each.falls_in(OPENING, CLOSING)]


def _expected(ward, places) -> dict[str, Counter]:
    found = {each: Counter() for each in ("area", "group", "policy", "indicator", "money")}
    for (spell, _, lacking, group), last, end, helps in _judged(ward):
        area = str(places[spell.area].pk)
        found["area"][area, bool(helps), end] += 1
        found["group"][group, bool(helps), end] += 1
        for policy in {each.policy for each in helps}:
            found["policy"][policy, True, end] += 1
        if end is Outcome.RETURNED:
            continue
        found["money"][int(area)] += sum(each.money(OPENING, CLOSING) for each in helps)
        served = {code for each in helps for code in each.serves}
        states = mended(lacking, last[2] if last else None, CODES[last[1]] if last else ())
        for code, state in states.items():
            found["indicator"][code, code in served, state] += 1
    return found


def _flat(tallies: dict[str, Tally]) -> Counter:
    return Counter(
        {(key, helped, end): n for key, tally in tallies.items() for (helped, end), n in tally.counts.items()}
    )


def _adds_up(found, ward, places) -> None:
    """The cells of every table come to the households that were on the list of the first day."""
    listed: Counter = Counter()
    for _, kept, _ in ward:
        first = on_day([each for each, *_ in kept], OPENING)
        if first and first.classification in {POOR, NEAR} and first.area < 2:
            listed[str(places[first.area].pk)] += 1
    assert {key: tally.listed for key, tally in found.areas.items() if tally.listed} == dict(listed)
    assert found.whole.listed == sum(listed.values()) == sum(each.listed for each in found.groups.values())
    for tally in found.policies.values():
        assert tally.listed <= found.whole.among(True)


def _opens(scope, found, ids) -> None:
    """Every number of every table is as many households as its address opens."""
    for table in tables(scope, restricted=False):
        for line in table.lines:
            for cell in line.cells:
                if cell and cell.key:
                    asked = dict.fromkeys(ASKED, "") | dict(
                        pair.split("=") for pair in cell.key.replace("%3A", ":").split("&")
                    )
                    _, behind = opened(scope, asked)
                    assert len(behind) == len(set(behind)) == cell.value, (table.key, line.name, cell.key)
                    assert set(behind) <= set(ids)
