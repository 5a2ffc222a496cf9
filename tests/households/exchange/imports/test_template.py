"""The workbooks to fill in: what their example holds is taken as it stands, and the sheet to fill is empty."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from households.exchange.imports.cells import Given
from households.exchange.imports.columns import BY_NAME, KINDS
from households.exchange.imports.header import find
from households.exchange.imports.lines import read
from households.exchange.imports.matching import matched
from households.exchange.imports.template import EXAMPLES, SHEETS, template
from tests.factories import make_group, make_user, make_ward
from tests.households.imports.books import faults, send
from thanhsen.permissions import Role
from thanhsen.workbook.grid import judge, pages_of, read_grid

GIVEN = Given(today=dt.date(2026, 11, 25))
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def written(kind, tmp_path):
    path = tmp_path / "mau.xlsx"
    path.write_bytes(template(kind))
    judge(path)
    return path


@every_kind
def test_the_sheet_to_fill_holds_headings_only(kind, written):
    sheet = read_grid(written, SHEETS[kind])
    assert sheet.row(1) == [each.heading for each in KINDS[kind] if each.is_offered]
    assert sheet.height == 1
    assert pages_of(written)[0].name == SHEETS[kind]
    assert "Hướng dẫn" in [each.name for each in pages_of(written)]


@every_kind
def test_the_example_is_taken_without_a_note(kind, written):
    sheet = read_grid(written, "Ví dụ")
    heading = find(sheet, kind, {})
    columns = matched(heading.columns, kind, {}).names
    assert heading.first_row == 2
    assert sheet.height == len(EXAMPLES[kind]) + 1
    for row, example in enumerate(EXAMPLES[kind], start=2):
        cells = [(BY_NAME[kind][name], sheet.value(row, place)) for place, name in columns.items()]
        line = read(cells, GIVEN)
        assert (line.notes, line.faults, line.asks) == ({}, {}, {})
        told = {
            name for column, name in ((BY_NAME[kind][each], each) for each in example) if column.fields("1")
        }
        assert told == set(example)


@every_kind
def test_every_list_to_choose_from_is_in_the_workbook(kind):
    book = load_workbook(io.BytesIO(template(kind)))
    page = book[SHEETS[kind]]
    offered = [each for each in KINDS[kind] if each.is_offered]
    rules = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in page.data_validations.dataValidation
    }
    for place, column in enumerate(offered, start=1):
        if not column.choices:
            continue
        source = rules[page.cell(1, place).column_letter].formula1
        if source.startswith('"'):
            listed = source.strip('"').split(",")
        else:
            name, cells = source.split("!")
            listed = [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]
        assert listed == list(column.choices.values()), column.name


@every_kind
def test_the_same_template_is_the_same_file(kind):
    assert template(kind) == template(kind)


@pytest.mark.django_db
def test_a_template_filled_in_goes_through_as_it_is():
    ward = make_ward()
    for number in (1, 2):
        make_group(ward, name=f"Tổ dân phố Ví dụ {number}")
    book = load_workbook(io.BytesIO(template("households")))
    for row in book["Ví dụ"].iter_rows(min_row=2):
        for cell in row:
            book[SHEETS["households"]][cell.coordinate].value = cell.value
    stream = io.BytesIO()
    book.save(stream)
    imported = send(stream.getvalue(), by=make_user(Role.SUPERVISOR, areas=ward), ward=ward)
    assert imported.state == "checked"
    assert faults(imported) == []
    assert [len(unit.lines) for unit in imported.units.in_order()] == [3, 1]
    assert not any(line["notes"] for unit in imported.units.in_order() for line in unit.lines)
