"""The scan of a sheet leaves out what cannot be odd, and finds the same."""

import inspect
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty import raw, sheets
from thanhsen.workbook import oddities
from thanhsen.workbook.judging import Unreadable

WRITERS = [
    each for each in vars(raw).values() if callable(each) and getattr(each, "__module__", "") == raw.__name__
]
READABLE = [each for each in WRITERS if not inspect.signature(each).parameters]
READABLE += [
    sheets.plain, sheets.written_by_xlsxwriter, sheets.formulas_with_values, sheets.formulas_without_values,
    sheets.errors, sheets.tcvn3, sheets.vni, sheets.tcvn3_capitals, sheets.hidden_rows, sheets.headings_in_two_rows,
    sheets.ten_thousand_empty_formatted_rows, raw.empty_formatted_rows,
]  # fmt: skip


def scanned(data: bytes) -> object:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = oddities.scan(archive, "xl/worksheets/sheet1.xml")
    except Unreadable as refusal:
        return str(refusal)
    return {
        name: dict(value) if isinstance(value, oddities.Marks) else value
        for name, value in vars(found).items()
    }


def thick(monkeypatch) -> None:
    monkeypatch.setattr(oddities, "thinned", lambda piece, fonts_matter: piece)


@pytest.mark.parametrize("write", READABLE, ids=lambda write: write.__name__)
def test_thinning_changes_nothing_of_a_nasty_workbook(write, monkeypatch):
    data = write()
    thin = scanned(data)
    thick(monkeypatch)
    assert thin == scanned(data)


CELL = st.sampled_from(
    [
        '<c r="{at}"><v>5</v></c>', '<c r="{at}" s="0" t="s"><v>0</v></c>', '<c r="{at}" s="4"/>', '<c r="{at}"></c>',
        '<c r="{at}" t="e"><v>#REF!</v></c>', '<c r="{at}"><f>A1</f><v>1</v></c>', '<c r="{at}"><f>A1</f></c>',
        '<c r="{at}" t="inlineStr"><is><t>x</t></is></c>', '<c r="{at}" t="str"><f>A1</f><v></v></c>', "<c/>",
        '<c r="{at}" s="1" t="s"><v>0</v></c>', '<c s="1" r="{at}" t="s"><v>0</v></c>', "<c><v>7</v></c>",
        '<c r="{at}"><v/></c>', '<c r="{at}" t="s" s="0"><v>0</v></c>', "\n", '<c r="{at}" t="b"><v>1</v></c>',
        '<c r="{at}" t="d"><v>2020-01-02</v></c>', '<c r="{at}"><is><t>x</t></is></c>',
    ]
)  # fmt: skip
ROW = st.tuples(st.sampled_from(["", ' hidden="1"', ' ht="0"']), st.lists(CELL, max_size=9))


@given(st.lists(ROW, max_size=5), st.booleans(), st.integers(20, 400))
def test_thinning_changes_nothing_of_any_sheet(made, with_old_fonts, size):
    rows = ""
    for number, (hidden, cells) in enumerate(made, start=1):
        placed = "".join(cell.replace("{at}", f"{chr(65 + n)}{number}") for n, cell in enumerate(cells))
        rows += f'<row r="{number}"{hidden}>{placed}</row>'
    data = raw.book(rows, strings="<si><t>x</t></si>")
    if not with_old_fonts:
        data = raw.zipped({"xl/styles.xml": b"<styleSheet/>"}, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("thanhsen.workbook.parts.CHUNK", size)  # pieces end anywhere
        thin = scanned(data)
        thick(patch)
        assert thin == scanned(data)
