"""Where a signed table breaks: the signatures never stand on a page without lines of the table."""

import io
import re
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thanhsen.test_workbook import line, table
from thanhsen import workbook
from thanhsen.workbook.paging import SPARE, TOGETHER, Flow, room_of, scale_of

ROOM = 100.0


def laid_out(flow: Flow, room: float):
    """Lines on each page, and whether the signatures stand whole on the last, as a program that prints lays it out."""
    breaks, pages, used = set(flow.breaks()), [0], flow.top
    for place, height in enumerate(flow.heights):
        if place and (used + height > room or place in breaks):
            pages.append(0)
            used = flow.repeated
        pages[-1] += 1
        used += height
    return pages, used + flow.below <= room


@given(
    st.lists(st.integers(min_value=4, max_value=12), min_size=1, max_size=60),
    st.integers(min_value=5, max_value=30), st.integers(min_value=1, max_value=10), st.integers(min_value=5, max_value=70),
    st.sampled_from([SPARE, 1.0]),
)  # fmt: skip
def test_nobody_signs_an_empty_page(heights, top, repeated, below, printer):
    """Whether the program that prints takes all of a page or a little less."""
    flow = Flow(heights, top=top, repeated=repeated, below=below, room=ROOM)
    pages, whole = laid_out(flow, ROOM * printer)
    if len(heights) > 1:
        assert whole
    if len(heights) > TOGETHER and repeated + sum(heights[-TOGETHER:]) + below <= ROOM * SPARE:
        assert pages[-1] >= TOGETHER
    fewest = (ROOM * SPARE - max(top, repeated)) // max(heights)
    if flow.breaks():  # no page of ours is left almost empty but the last two
        assert all(count >= fewest for count in pages[:-2])


def test_no_break_where_none_is_needed():
    def breaks(count, top, below):
        return Flow([10] * count, top=top, repeated=5, below=below, room=ROOM).breaks()

    assert breaks(3, 20, 30) == breaks(0, 20, 30) == []
    assert breaks(5, 20, 30) == [2]
    assert breaks(2, 60, 30) == [1]  # fewer lines than stay together
    assert breaks(1, 80, 30) == []  # the only line stays below its title
    assert breaks(2, 60, 90) == []  # signatures for a page of their own
    assert breaks(24, 20, 60) == [7, 16, 21]


def test_a_table_is_made_smaller_until_it_is_a_page_wide():
    assert scale_of([90], portrait=True) == scale_of([140], portrait=False) == 100
    assert scale_of([293], portrait=False) == 50
    assert scale_of([100_000], portrait=True) == 10
    assert room_of(50, portrait=True) == 2 * room_of(100, portrait=True)
    assert SPARE < 1


@pytest.mark.parametrize(("count", "last"), [(3, []), (20, []), (200, [205])])
def test_the_breaks_stand_in_the_file(count, last):
    lines = [line(f"Tổ {number}") for number in range(count)]
    made = table(
        *lines, checks=(), is_signed=True, line_height=24, signers=("", "Trần Văn Ổn"), foot="Tờ & mã"
    )
    with ZipFile(io.BytesIO(workbook.write(made))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert [int(each) for each in re.findall(r'<brk id="(\d+)"', sheet)][-1:] == last
    assert 'useFirstPageNumber="1"' in sheet
    assert "Tờ &amp;&amp; mã" in sheet
