"""Days that Excel exchanged are asked of the whole file, and wait for the answer."""

import datetime as dt

from households.exchange.imports.cells import Given
from households.exchange.imports.columns import BY_NAME
from households.exchange.imports.header import find
from households.exchange.imports.matching import matched
from households.exchange.imports.rows import Reading, rows
from tests.households.exchange.imports.sheets import grid

BORN = [
    dt.date(1980, 5, 12),
    dt.date(1981, 1, 2),
    dt.date(1990, 11, 12),
    "25/12/1980",
    "13/01/1975",
    "31/10/1999",
]


def read(**answers):
    sheet = grid(["Họ và tên", "Ngày sinh", "Quan hệ"], *(["Lê Thị Bé", born, "Con đẻ"] for born in BORN))
    heading = find(sheet, "households", {})
    columns = {
        place: BY_NAME["households"][name]
        for place, name in matched(heading.columns, "households", {}).names.items()
    }
    reading = Reading()
    given = Given(today=dt.date(2026, 11, 25), **answers)
    return list(rows(sheet, heading, columns, given, reading)), reading


def test_they_are_asked_once_and_those_cells_wait():
    found, reading = read()
    assert reading.asks == {"swap_days": 3}
    assert [bool(each.faults) for each in found] == [True] * 3 + [False] * 3


def test_an_answer_puts_them_right_or_leaves_them():
    found, reading = read(swap_days=True)
    assert not reading.asks
    assert [each.given["birth_date"] for each in found[:3]] == ["05/12/1980", "01/02/1981", "11/12/1990"]
    assert all(each.notes for each in found[:3])
    found, reading = read(swap_days=False)
    assert found[0].given["birth_date"] == "12/05/1980"
