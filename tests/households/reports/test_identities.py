"""What has to be equal between the forms, on random wards; and that a gap is found where there is one."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.reports import FORMS, gaps, whole
from households.reports.identities import EQUAL
from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision, make_total
from tests.households.reports.test_all_forms import a_ward
from tests.households.reports.test_movement_sql import _save as save_histories
from tests.households.reports.test_movement_sql import random_ward

pytestmark = pytest.mark.django_db


def the_set(ward, year=2025):
    return {form: whole(form, year, ward) for form in FORMS}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.integers(2024, 2025))
def test_the_forms_of_a_random_ward_agree(seed, year):
    """Histories of several years: who came, left, moved between tổ dân phố, grew and shrank."""
    with transaction.atomic():
        ward = make_ward()
        groups = [
            make_group(ward),
            make_group(ward, area_type="rural"),
            make_group(make_ward(parent=ward.parent)),
        ]
        for group in groups[:2]:
            make_total(group, year, 500, 2000)
        save_histories(random_ward(seed), groups, make_decision(ward))
        tables = the_set(ward, year)
        assert gaps(tables) == []
        assert not any(tables[form].failures() for form in (1, 2, 3, 8, 9, 11, 12, 13))
        transaction.set_rollback(True)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_the_forms_of_a_ward_with_profiles_agree(seed):
    with transaction.atomic():
        ward, _, _ = a_ward(seed)
        assert gaps(the_set(ward)) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_a_gap_is_found_and_named(ward, left, right):
    (form, key), (other, _) = left, right
    tables = the_set(ward.area)
    assert gaps(tables) == []
    tables[form] = _off_by_one(tables[form], key)
    found = gaps(tables)
    assert any(
        each.cell.startswith(f"Mẫu {form}, ") and f"mẫu {other}, ô " in each.sentence for each in found
    )


def test_a_list_that_is_short_is_found(ward):
    tables = the_set(ward.area)
    lines = list(tables[15].lines)
    lines.remove(next(each for each in lines if each.style == "head"))
    tables[15] = replace(tables[15], lines=tuple(lines))
    assert [each.cell for each in gaps(tables)] == ["Mẫu 15"]


def _off_by_one(table, key):
    """The same table with the figure `key` of its last line one higher."""
    lines = list(table.lines)
    at = max(
        place for place, line in enumerate(lines) if any(cell and cell.key == key for cell in line.cells)
    )
    cells = tuple(
        replace(cell, value=cell.value + 1) if cell and cell.key == key and cell.kind == "count" else cell
        for cell in lines[at].cells
    )
    lines[at] = replace(lines[at], cells=cells)
    return replace(table, lines=tuple(lines))
