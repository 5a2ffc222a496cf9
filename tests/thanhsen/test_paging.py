"""Where a signed table breaks: the signatures never stand on a page without lines of the table."""

import io
import re
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thanhsen.test_workbook import line, table
from thanhsen import workbook
from thanhsen.workbook.paging import SPARE, TOGETHER, break_before, room_of, scale_of

ROOM = 100.0


def laid_out(heights, top, repeated, below, begun):
    """(lines on the page of the signatures, whether they stand on it whole), as a program that prints lays it out."""
    page, used = 0, top
    for place, height in enumerate(heights):
        if place and (used + height > ROOM or place == begun):
            page, used = 0, repeated
        page, used = page + 1, used + height
    return page, used + below <= ROOM


@given(
    st.lists(st.integers(min_value=4, max_value=12), min_size=1, max_size=60),
    st.integers(min_value=5, max_value=30), st.integers(min_value=1, max_value=10), st.integers(min_value=5, max_value=50),
)  # fmt: skip
def test_nobody_signs_an_empty_page(heights, top, repeated, below):
    begun = break_before(heights, top=top, repeated=repeated, below=below, room=ROOM)
    lines, whole = laid_out(heights, top, repeated, below, begun)
    if len(heights) > TOGETHER:
        assert whole
        assert lines >= TOGETHER
    if begun is None:
        assert lines >= min(TOGETHER, len(heights))


def test_no_break_where_none_is_needed():
    assert break_before([10] * 3, top=20, repeated=5, below=30, room=ROOM) is None
    assert break_before([10] * 5, top=20, repeated=5, below=30, room=ROOM) == 2
    assert break_before([], top=20, repeated=5, below=30, room=ROOM) is None
    assert (
        break_before([10] * 2, top=60, repeated=5, below=30, room=ROOM) is None
    )  # fewer lines than stay together


def test_a_table_is_made_smaller_until_it_is_a_page_wide():
    assert scale_of([90], portrait=True) == scale_of([140], portrait=False) == 100
    assert scale_of([293], portrait=False) == 50
    assert scale_of([100_000], portrait=True) == 10
    assert room_of(50, portrait=True) == 2 * room_of(100, portrait=True)
    assert SPARE < 1


@pytest.mark.parametrize(("count", "breaks"), [(3, []), (20, []), (200, [205])])
def test_the_break_stands_in_the_file(count, breaks):
    lines = [line(f"Tổ {number}") for number in range(count)]
    made = table(
        *lines, checks=(), is_signed=True, line_height=24, signers=("", "Trần Văn Ổn"), foot="Tờ & mã"
    )
    with ZipFile(io.BytesIO(workbook.write(made))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert [int(each) for each in re.findall(r'<brk id="(\d+)"', sheet)] == breaks
    assert 'useFirstPageNumber="1"' in sheet
    assert "Tờ &amp;&amp; mã" in sheet
