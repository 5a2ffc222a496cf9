"""What a viewer sees of the comparison of two years: no small count, and none that the sums of the tables give away."""

from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.reports import reasons
from households.reports.comparison import compare
from households.reports.comparison_hidden import board_of, in_form_1
from households.reports.matrix import between_years
from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision
from tests.households.reports.test_movement_sql import _save, random_ward

pytestmark = pytest.mark.django_db


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_no_small_count_follows_from_the_sums(seed):
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        here = make_ward()
        _save(
            random_ward(seed),
            [make_group(here), make_group(here), make_group(make_ward())],
            make_decision(here),
        )
        between = between_years(here, 2024, 2025)
        found = compare(between)
        transaction.set_rollback(True)
    board = board_of(found.lines, reasons.sections(between), [*found.left, *found.came, found.returns])
    assert board.starts[0] == len(found.lines)
    _every_sum_holds(board)
    hidden = board.hidden() - (in_form_1() - _small(board))
    assert not _determined(board, hidden) & _small(board)


def _value(board, place) -> int:
    return board.lines[place[0]].cells[place[1]].value


def _every_sum_holds(board) -> None:
    """The sums are of the figures shown: what is checked below is about these tables."""
    for whole, *parts in board.sums:
        assert _value(board, whole) == sum(_value(board, each) for each in parts)
    for a, b in board.same:
        assert _value(board, a) == _value(board, b)


def _small(board) -> set:
    return {
        (row, column)
        for row, line in enumerate(board.lines)
        for column, cell in enumerate(line.cells)
        if cell and cell.is_number and 0 < cell.value < 5
    }


def _determined(board, hidden) -> set:
    """The hidden figures that the equations between the tables leave no choice for: Gauss, in fractions."""
    order = {place: index for index, place in enumerate(sorted(hidden))}
    rows = []
    for whole, *parts in (*board.sums, *(list(each) for each in board.same)):
        row = [Fraction(0)] * len(order)
        for place, sign in [(whole, 1), *((each, -1) for each in parts)]:
            if place in order:
                row[order[place]] += sign
        rows.append(row)
    solved: list[list[Fraction]] = []
    for column in range(len(order)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [_less(row, pivot, column) for row in rows]
        solved = [*(_less(row, pivot, column) for row in solved), pivot]
    places = sorted(hidden)
    return {places[row.index(1)] for row in solved if sum(value != 0 for value in row) == 1}


def _less(row, pivot, column):
    factor = row[column]
    return [a - factor * b for a, b in zip(row, pivot, strict=True)] if factor else row
