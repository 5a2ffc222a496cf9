"""Who may see aggregates only sees no count under five, nor what gives one away."""

import pytest

from households.reports import TABULATED, build
from households.reports.disclosure import cover, determined, hidden, surely_hidden
from thanhsen import workbook
from thanhsen.tables import SMALL, WITHHELD, Cell, Kind, Line


def lines(*rows) -> list[Line]:
    return [Line(tuple(Cell(value) for value in row), "") for row in rows]


def test_small_counts_are_hidden_and_zero_is_not():
    table = lines((4, 5, 0, None))
    assert [cell.value for cell in cover(table, hidden(table, [], []))[0].cells] == [SMALL, 5, 0, None]


def test_the_only_hidden_figure_of_a_sum_takes_another_with_it():
    table = lines((3,), (9,), (20,), (32,))
    covered = cover(table, hidden(table, [[(0, 0), (1, 0), (2, 0), (3, 0)]], []))
    assert [line.value(0) for line in covered] == [SMALL, WITHHELD, 20, 32]


@pytest.mark.parametrize("pinned", [(1, 1), (4, 4), (1, 1, 1)])
def test_hidden_figures_that_could_only_be_one_thing_take_another_with_them(pinned):
    """1 and 1 of a rest of 2."""
    table = lines(*((value,) for value in pinned), (9,), (20,), (sum(pinned) + 29,))
    covered = cover(table, hidden(table, [[(row, 0) for row in range(len(table))]], []))
    assert [line.value(0) for line in covered][-3:] == [WITHHELD, 20, sum(pinned) + 29]


def test_a_small_figure_beside_the_least_withheld_one_is_not_left():
    """1 and 5 of a rest of 6: what is withheld is no count under 5."""
    table = lines((1,), (5,), (20,), (26,))
    covered = cover(table, hidden(table, [[(row, 0) for row in range(4)]], []))
    assert [line.value(0) for line in covered] == [SMALL, WITHHELD, WITHHELD, 26]


def test_a_zero_gives_nothing_away_so_it_is_not_withheld():
    table = lines((3,), (0,), (3,))
    covered = cover(table, hidden(table, [[(0, 0), (1, 0), (2, 0)]], []))
    assert [line.value(0) for line in covered] == [SMALL, 0, SMALL]


def test_a_rate_goes_with_its_count():
    table = [Line((Cell(3), Cell(2, Kind.RATE)), "")]
    covered = cover(table, hidden(table, [], [((0, 0), (0, 1))]))
    assert [cell.value for cell in covered[0].cells] == [SMALL, WITHHELD]


@pytest.mark.parametrize("form", TABULATED)
@pytest.mark.django_db
def test_no_small_count_is_left_in_any_form(ward, form):
    table = build(form, 2025, ward.area, restricted=True)
    left = [cell.value for line in table.lines for cell in line.cells if cell and cell.kind is Kind.COUNT]
    assert not [value for value in left if isinstance(value, int) and 0 < value < 5]
    assert table.failures() == []
    assert workbook.write(table)


@pytest.mark.parametrize("form", [1, 2, 4])
@pytest.mark.django_db
def test_no_hidden_figure_stands_alone_in_its_column(ward, form):
    table = build(form, 2025, ward.area, restricted=True)
    step = 2 if form == 2 else 1
    for start in range(step):
        rows = table.lines[start::step]
        parts = [
            [row for row in rows if row.style == "group"] + [row for row in rows if row.style == "total"]
        ]
        for column in range(2, len(table.columns)):
            cells = [row.cells[column] for row in parts[0]]
            if any(cell is None or cell.kind is not Kind.COUNT for cell in cells):
                continue
            assert sum(cell.value in {SMALL, WITHHELD} for cell in cells) != 1


def test_what_follows_from_several_sums_together_is_not_left():
    """a + b = 6 and a + b + c = 9: either sum hides two figures or one, both together give c away."""
    table = lines((2, 4, 3, 6, 9))
    a, b, c, two, three = ((0, column) for column in range(5))
    sums = [[two, a, b], [three, a, b, c]]
    assert hidden(table, sums, []) == {a, b, c}
    assert determined(sums, {a, b, c}) == {c}
    assert determined(sums, {a, b, c, two}) == set()
    assert surely_hidden(table, sums, []) == {a, b, c, three}
