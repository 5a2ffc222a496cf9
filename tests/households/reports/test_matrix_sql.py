"""The SQL of the matrix of two years against the reference, on random wards; its sums against form 1."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.models import Household
from households.poverty.between import CLASSES, LONGEST, Register, between, came_back
from households.poverty.movement import Spell
from households.reports import matrix, stock
from households.reports.errors import ReportError
from households.reports.matrix import Count, Matrix, between_years
from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision
from tests.households.reports.test_movement_sql import _save, random_ward

pytestmark = pytest.mark.django_db


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9).map(random_ward), st.sampled_from([(2023, 2024), (2023, 2025), (2024, 2025)]))
def test_sql_equals_the_reference(ward, years):
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        here = make_ward()
        places = [make_group(here), make_group(here), make_group(make_ward(parent=here.parent))]
        _save(ward, places, make_decision(here))
        for area in (here, places[0]):
            compared = between_years(area, *years)
            expected = _expected(ward, places, compared)
            found = matrix.matrix(compared)
            assert found.cells == expected.cells
            _compare_lists(compared, found)
            _compare_form_1(compared, found)
            _compare_returns(ward, places, compared)
        transaction.set_rollback(True)


def _histories(ward, places):
    for (reason, opened), closed, spells in ward:
        history = [
            Spell(kind, places[area].pk, size, start, end, why)
            for kind, area, size, start, end, why, _ in spells
        ]
        yield history, Register(opened, reason, closed, "moved_out" if closed else "")


def _expected(ward, places, compared) -> Matrix:
    """The reference, added up."""
    mine, cells = {each.id for each in compared.units}, {}
    for history, register in _histories(ward, places):
        if cell := between(history, register, mine, compared.span):
            key = (cell.before, cell.after)
            cells[key] = cells.get(key, Count()) + Count(1, cell.people_before, cell.people_after)
    return Matrix(cells)


def _compare_lists(compared, found) -> None:
    for (before, after), count in found.cells.items():
        behind = matrix.households(compared, matrix.stood([before], [after]))
        assert len(behind) == len(set(behind)) == count.households


def _compare_form_1(compared, found) -> None:
    first = stock.closing_stock(compared.units, compared.first)
    second = stock.closing_stock(compared.units, compared.second)
    for stand in CLASSES[:3]:  # form 1 has no column of those who are not poor
        for figures, count, people in (
            (first, found.row(stand), found.row(stand).people_before),
            (second, found.column(stand), found.column(stand).people_after),
        ):
            assert count.households == sum(row[stand.value] for row in figures.values())
            assert people == sum(row[f"{stand.value}_people"] for row in figures.values())


def _compare_returns(ward, places, compared) -> None:
    mine, expected = {each.id for each in compared.units}, Counter()
    for history, _ in _histories(ward, places):
        for each in came_back(history, compared.span):
            if each.area in mine:
                expected[each.classification.value, min(each.years, LONGEST)] += 1
    assert matrix.returned(compared) == dict(expected)
    for (of, years), count in expected.items():
        assert len(set(matrix.households_returned(compared, of, years))) == count
        assert (
            Household.objects.filter(pk__in=matrix.households_returned(compared, of, None)).count() >= count
        )


@pytest.mark.parametrize(
    ("years", "sentence"),
    [((2025, 2025), "hai năm khác nhau"), ((2025, 2023), "phải trước"), ((2021, 2025), "chưa nạp chuẩn nghèo"),
     ((2025, 2031), "chưa nạp chuẩn nghèo"), ((0, 99999), "chưa nạp chuẩn nghèo")],
)  # fmt: skip
def test_years_that_cannot_be_compared(years, sentence):
    with pytest.raises(ReportError, match=sentence):
        between_years(make_ward(), *years)


def test_a_province_and_an_area_without_groups_are_refused():
    ward = make_ward()
    with pytest.raises(ReportError, match="không có tổ dân phố nào trong hai năm này"):
        between_years(ward, 2024, 2025)
    with pytest.raises(ReportError, match="không lập cho"):
        between_years(ward.parent, 2024, 2025)
