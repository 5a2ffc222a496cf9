"""Any sequence of events, decisions and undos on a small ward: the laws of forms 2 and 3 hold, nothing overlaps, and
undoing everything that can be undone gives the figures of before, exactly."""

import itertools
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.actions.life import homes, people
from households.actions.life.undo import undo
from households.models import Household, LifeEvent, Member, Status
from households.poverty import Classification
from households.poverty.movement import Flow, Spell, Year, moves
from households.reports import deprivation, movement, stock
from households.reports.rows import Period, units
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_status
from tests.households.life.factories import (
    WHY,
    birth,
    death,
    gone,
    merge,
    move_in,
    move_out,
    same_person,
    split,
)

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025, 2026)
LISTED = (Classification.POOR, Classification.NEAR_POOR)
AT = datetime(2026, 11, 25, tzinfo=UTC)
PEOPLE = movement.PEOPLE

# (what, household, person, day, class): days fall where years meet oftener than chance would have it.
DAYS = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2), date(2025, 12, 31), date(2026, 1, 1)]
STEP = st.tuples(
    st.sampled_from(
        ["birth", "move_in", "move_out", "death", "head", "inside", "split", "merge", "out", "duplicate", "mistake", "same"]
        + ["decide"] * 4 + ["undo"] * 3
    ),
    st.integers(0, 9),
    st.integers(0, 9),
    st.one_of(st.sampled_from(DAYS), st.integers(0, 1000).map(lambda n: date(2024, 2, 1) + timedelta(days=n))),
    st.sampled_from([*Classification]),
)  # fmt: skip


class Ward:
    """A ward of two tổ dân phố and four households, on which steps are taken; refused ones are left out."""

    def __init__(self):
        self.area = make_ward()
        self.groups = [make_group(self.area), make_group(self.area)]
        self.supervisor = make_user("supervisor", self.area)
        for number in range(4):
            home = make_household(self.groups[number % 2])
            for _ in range(number):
                make_member(home)
            if number:
                make_status(
                    home, ["poor", "near_poor", "not_poor"][number % 3], date(2023, 12, 10), size=number + 1
                )

    @property
    def homes(self):
        return list(Household.objects.filter(area__parent=self.area).select_related("area").order_by("pk"))

    def take(self, step) -> LifeEvent | None:
        what, number, other, day, classification = step
        places = self.homes
        home, second = places[number % len(places)], places[other % len(places)]
        present = list(home.members.present().order_by("pk"))
        if what == "decide":
            if home.closed_date is None:
                make_status(home, classification.value, day, size=max(len(present), 1))
            return None
        if what == "undo":
            events = list(LifeEvent.objects.of([home]).in_force().newest_first()[:1])
            return undo(by=self.supervisor, event=events[0], reason="thử", at=AT) if events else None
        if not present:
            return None
        person = present[other % len(present)]
        rest = [each for each in present if each != person]
        roles = {each.pk: "head" if each == rest[0] else "other" for each in rest}
        if person.relationship != "head":
            roles = {}
        kinds = {
            "birth": lambda: birth(home, day),
            "move_in": lambda: move_in(home, day),
            "move_out": lambda: move_out(home, person, day=day, relationships=roles),
            "death": lambda: death(home, person, day, relationships=roles),
            "head": lambda: people.head_changed(
                by=None, household=home, date=day, **WHY,
                relationships={each.pk: "head" if each == person else "other" for each in present},
            ),
            "inside": lambda: homes.moved_inside(
                by=None, household=home, area=self.groups[other % 2], address="", date=day, **WHY
            ),
            "split": lambda: split(home, [person], {**roles, person.pk: "head"}, day),
            "merge": lambda: merge(home, second, {each.pk: "unrelated" for each in present}, day),
            "out": lambda: gone(home, day=day),
            "same": lambda: same_person(
                person, second.members.present().exclude(pk=person.pk).latest("pk"), ["cccd", "birth"], day,
                relationships=roles,
            ),
            "mistake": lambda: gone(home, "mistake", day),
            "duplicate": lambda: homes.duplicate(by=None, household=home, original=second, date=day, **WHY),
        }  # fmt: skip
        return kinds[what]()

    def figures(self):
        """Everything forms 1–7 are made of, year by year."""
        found = {}
        for year in YEARS:
            period = Period(year)
            rows = units(self.area, period)
            for of in LISTED:
                flows = movement.flows(rows, period, of)
                found[year, of] = {
                    (area, key): value for area, row in flows.items() for key, value in row.items() if value
                }
                found[year, of, "lacking"] = deprivation.lacking(rows, period, of, period.standard)
            found[year, "stock"] = {
                area: {key: value for key, value in row.items() if value}
                for area, row in stock.closing_stock(rows, period).items()
            }
        return found


def tried(ward, steps) -> list:
    """What each step did that was not refused. A refusal is a sentence, never a fault of the database."""
    done = []
    for step in steps:
        with suppress(ValidationError, Member.DoesNotExist):
            done.append(ward.take(step))
    return done


def assert_the_laws(ward) -> None:
    for household in ward.homes:
        rows = list(household.statuses.order_by("valid_from"))
        for before, after in itertools.pairwise(rows):
            assert before.valid_to is not None
            assert before.valid_to <= after.valid_from
        if household.closed_date:
            # What happens on New Year's Day counts from the 2nd: the list of the 1st is the opening stock.
            new_year = (household.closed_date.month, household.closed_date.day) == (1, 1)
            last = household.closed_date + timedelta(days=new_year)
            assert all(each.valid_to and each.valid_to <= last for each in rows)
            assert not household.members.present().exists()
    for year in YEARS:
        period = Period(year)
        rows = units(ward.area, period)
        forms = {of: movement.flows(rows, period, of) for of in LISTED}
        for of in LISTED:
            for row in forms[of].values():
                for part in ("", PEOPLE):
                    assert row["closing" + part] == sum(flow.sign * row[flow.value + part] for flow in Flow)
        poor, near = forms[LISTED[0]], forms[LISTED[1]]
        for area in poor.keys() | near.keys():
            for part in ("", PEOPLE):
                here, there = poor.get(area, {}), near.get(area, {})
                assert here.get("to_other" + part, 0) == there.get("from_other" + part, 0)
                assert there.get("to_other" + part, 0) == here.get("from_other" + part, 0)
        assert_equal_to_the_reference(ward, period, forms)


def assert_equal_to_the_reference(ward, period, forms) -> None:
    for of in LISTED:
        expected: dict = {}
        for home in ward.homes:
            spells = [
                Spell(
                    Classification(each.classification), each.area_id, each.size, each.valid_from, each.valid_to,
                    each.end_reason,
                )
                for each in Status.objects.filter(household=home)
            ]  # fmt: skip
            arrived = home.opened_date if home.opened_reason in {"moved_in", "split"} else None
            for move in moves(
                spells,
                of,
                Year(period.opening, period.closing),
                arrived_on=arrived,
                closed_on=home.closed_date,
            ):
                for part, value in (("", move.households), (PEOPLE, move.people)):
                    place = (move.area, move.flow.value + part)
                    expected[place] = expected.get(place, 0) + value
        found = {(area, key): value for area, row in forms[of].items() for key, value in row.items() if value}
        assert found == {key: value for key, value in expected.items() if value}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=3, max_size=14))
def test_any_sequence_keeps_the_balance_and_nothing_overlaps(steps):
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        ward = Ward()
        tried(ward, steps)
        assert_the_laws(ward)
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(STEP, max_size=5),
    st.lists(STEP.filter(lambda step: step[0] not in {"decide", "undo"}), min_size=1, max_size=6),
)
def test_undoing_restores_the_figures_exactly(before, events):
    with transaction.atomic():
        ward = Ward()
        tried(ward, before)
        figures, homes_before = ward.figures(), len(ward.homes)
        recorded = tried(ward, events)
        for event in reversed([each for each in recorded if each]):
            undo(by=ward.supervisor, event=event, reason="thử", at=AT)
        assert ward.figures() == figures
        assert len([each for each in ward.homes if each.opened_reason != "split"]) == min(homes_before, 4)
        assert_the_laws(ward)
        transaction.set_rollback(True)
