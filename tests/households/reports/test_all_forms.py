"""Forms 8–15 against plain Python over the same statuses, on random wards; and what holds between the forms."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.models import Cause, Status
from households.models.people import NOT_A_MINORITY
from households.reports import TABULATED, Basis, Live, behind, build, build_list, listed
from households.reports.rows import Place
from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision, make_household, make_total
from thanhsen import vietnamese

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 10)
CODES = ["employment", "dependants", "nutrition", "insurance", "water", "toilet"]
ETHNIC = ["01", "01", "01", "02", "06", "27", "55", "99", ""]
LISTED = ("poor", "near_poor")


def random_profile(chance: Random) -> dict:
    causes = chance.sample(list(Cause.values), chance.randint(0, 3))
    children = chance.randint(0, 4)
    return {
        "classification": chance.choice(["poor", "poor", "near_poor", "near_poor", "average", "not_poor"]),
        "size": chance.randint(1, 8), "ethnicity": chance.choice(ETHNIC), "head_sex": chance.choice(["male", "female", ""]),
        "no_labour": chance.random() < 0.3, "merit": chance.random() < 0.2, "social_protection": chance.random() < 0.2,
        "children": children, "children_unhealthy": chance.randint(0, children),
        "children_unschooled": chance.randint(0, children), "causes": causes,
        "main_cause": causes[0] if causes else "", "lacking": chance.sample(CODES, chance.randint(0, 5)),
    }  # fmt: skip


def a_ward(seed: int):
    """A ward of three tổ dân phố and up to forty households with random profiles, and their statuses."""
    chance = Random(seed)
    ward = make_ward()
    groups = [
        make_group(ward, name=f"Tổ {n}", area_type=kind) for n, kind in enumerate(("urban", "urban", "rural"))
    ]
    decision = make_decision(ward, DAY)
    for group in groups:
        make_total(group, 2025, 300, 1200)
    for _ in range(chance.randint(0, 40)):
        household = make_household(chance.choice(groups))
        Status.objects.create(
            household=household, decision=decision, area=household.area, standard_id="2022-2026", valid_from=DAY,
            **random_profile(chance),
        )  # fmt: skip
    return ward, groups, list(Status.objects.filter(decision=decision))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_every_form_equals_plain_counting(seed):
    with transaction.atomic():
        ward, groups, statuses = a_ward(seed)
        _groups(ward, statuses)
        _ethnicity(ward, statuses)
        _causes(ward, statuses)
        _children(ward, statuses)
        _results(ward, statuses)
        _lists(ward, statuses)
        _behind(ward, groups, statuses)
        transaction.set_rollback(True)


def last(table, key: str):
    """The figure `key` of the last line that has it."""
    found = [
        cell.value
        for line in table.lines
        for cell in line.cells
        if cell and cell.key == key and line.place == "all"
    ]
    return found[-1]


def tally(statuses, of: str, belongs=lambda each: True, weight=lambda each: 1) -> int:
    return sum(weight(each) for each in statuses if each.classification == of and belongs(each))


def is_minority(each) -> bool:
    return each.ethnicity != "" and each.ethnicity not in NOT_A_MINORITY


def _groups(ward, statuses):
    table = build(8, 2025, ward)
    groups = {
        "minority": is_minority,
        "no_labour": lambda each: each.no_labour,
        "merit": lambda each: each.merit,
    }
    groups["other"] = lambda each: not any(one(each) for name, one in groups.items() if name != "other")
    for of in LISTED:
        assert last(table, of) == tally(statuses, of)
        assert last(table, f"{of}_people") == tally(statuses, of, weight=lambda each: each.size)
        for name, belongs in groups.items():
            assert last(table, f"{of}_{name}") == tally(statuses, of, belongs)
            assert last(table, f"{of}_{name}_people") == tally(statuses, of, belongs, lambda each: each.size)
    assert not table.failures()


def _ethnicity(ward, statuses):
    table = build(9, 2025, ward)
    present = {each.ethnicity for each in statuses if each.classification in LISTED} - {"01", "55", "99", ""}
    shown = {cell.key.split("-")[1] for line in table.lines for cell in line.cells if cell and cell.key}
    assert shown == {"all", "not_kinh", "01", "others", *present}
    for of in LISTED:
        assert last(table, f"{of}-all") == tally(statuses, of)
        assert last(table, f"{of}-not_kinh") == tally(statuses, of, lambda each: each.ethnicity != "01")
        for code in ("01", *present):
            assert last(table, f"{of}-{code}") == tally(
                statuses, of, lambda each, code=code: each.ethnicity == code
            )
        assert last(table, f"{of}-others") == tally(
            statuses, of, lambda each: each.ethnicity in {"", "55", "99"}
        )
    assert not table.failures()


def _causes(ward, statuses):
    table = build(10, 2025, ward)
    for cause in Cause.values:
        counted = {of: tally(statuses, of, lambda each, cause=cause: cause in each.causes) for of in LISTED}
        assert {of: last(table, f"{of}-{cause}") for of in LISTED} == counted
        assert last(table, cause) == sum(counted.values())
    unexplained = Counter(
        each.area_id for each in statuses if each.classification in LISTED and not each.causes
    )
    assert bool(table.failures()) == bool(unexplained)


def _children(ward, statuses):
    table = build(11, 2025, ward)
    for of in LISTED:
        for key, name in (
            ("children", "children"),
            ("unhealthy", "children_unhealthy"),
            ("unschooled", "children_unschooled"),
        ):
            assert last(table, f"{of}-{key}") == tally(
                statuses, of, weight=lambda each, name=name: getattr(each, name)
            )
    assert not table.failures()


def _results(ward, statuses):
    for form, of in ((12, "poor"), (13, "near_poor")):
        table = build(form, 2025, ward)
        first = {cell.key: cell.value for cell in reversed(table.lines[-1].cells)}
        assert first["kinh"] == tally(statuses, of, lambda each: each.ethnicity == "01")
        assert first["minority"] == tally(statuses, of, is_minority)
        assert first["merit"] == tally(statuses, of, lambda each: each.merit)
        assert first["female_head"] == tally(statuses, of, lambda each: each.head_sex == "female")
        assert first["people"] == tally(statuses, of, weight=lambda each: each.size)
        assert table.lines[-1].value(13) == vietnamese.rate(first["households"], 900)
        assert not table.failures()


def _lists(ward, statuses):
    for form, of in ((14, "near_poor"), (15, "poor")):
        made = build_list(form, 2025, ward)
        lines = list(made.lines())
        heads = [line for line in lines if line.style == "head"]
        assert len(heads) == made.households() == tally(statuses, of)
        assert [line.value(0) for line in heads] == list(range(1, len(heads) + 1))
        assert sum(line.value(10) for line in heads) == tally(statuses, of, weight=lambda each: each.size)
        assert len([line for line in lines if line.style == "heading"]) == len(
            {each.area_id for each in statuses if each.classification == of}
        )


def _behind(ward, groups, statuses):
    """What opens behind a number is as many households as the number says, in every line of every form."""
    for form in TABULATED:
        table = build(form, 2025, ward)
        for line in table.lines:
            for cell in line.cells:
                counts_households = cell and cell.kind == "count" and isinstance(cell.value, int) and cell.key
                if not counts_households or cell.key == "totals" or form == 11 or "people" in cell.key:
                    continue
                assert len(behind(form, 2025, ward, place=line.place, key=cell.key)) == cell.value, (
                    form,
                    cell.key,
                )


def test_behind_a_number_of_children_or_people_are_their_households():
    ward, _, statuses = a_ward(7)
    found = behind(11, 2025, ward, place="all", key="poor-unschooled")
    assert set(found) == {
        each.household_id for each in statuses if each.classification == "poor" and each.children_unschooled
    }
    assert set(behind(1, 2025, ward, place="all", key="poor_people")) == {
        each.household_id for each in statuses if each.classification == "poor"
    }


def test_a_line_or_figure_that_does_not_exist_opens_nothing():
    ward, *_ = a_ward(3)
    with pytest.raises(LookupError):
        behind(1, 2025, ward, place="999999999", key="poor")
    assert behind(1, 2025, ward, place="all", key="; DROP TABLE") == []


def test_places_are_named_for_addresses():
    assert [Place("I", "", (), "group").key, Place("II", "", (), "group").key] == ["urban", "rural"]
    assert Place("III", "", (), "total").key == Place("", "", (), "total").key == "all"


def test_the_bases_have_names():
    assert Live(2025).basis is Basis.OFFICIAL
    assert [each.label for each in Basis] == ["chính thức", "sơ bộ"]


def test_a_list_goes_on_past_what_is_fetched_at_a_time(monkeypatch):
    ward, _, _ = a_ward(5)
    whole = [list(build_list(form, 2025, ward).lines()) for form in (14, 15)]
    assert all(len([line for line in lines if line.style == "head"]) > 3 for lines in whole)
    monkeypatch.setattr(listed, "CHUNK", 2)
    assert [list(build_list(form, 2025, ward).lines()) for form in (14, 15)] == whole
