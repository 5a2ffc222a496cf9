"""A workbook given back with its bad cells red: what changes, and that nothing else does."""

import contextlib
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from time import monotonic

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from thanhsen.workbook import Unreadable, mark
from thanhsen.workbook import marked as module
from thanhsen.workbook.marking import AUTHOR
from thanhsen.workbook.marking.styles import DEEP, LIGHT

PAGE = "Hộ nghèo"
SHEET = "xl/worksheets/sheet1.xml"
ROWS = [
    ["STT", "Họ và tên", "Ngày sinh", "CCCD"],
    [1, "Nguyễn Văn An", date(1970, 1, 2), "04207000001"],
    [2, "Trần Thị Bình", date(1980, 5, 6), "042080000002"],
    [3, "Lê <Ca> & con", None, 42090000003],
]
MESSAGE = "CCCD phải có 12 chữ số, ô này có 11."


@pytest.fixture
def place(tmp_path):
    return tmp_path


def by_openpyxl(path: Path) -> Path:
    book = Workbook()
    page = book.active
    page.title = PAGE
    for row in ROWS:
        page.append(row)
    page["B1"].font, page["B1"].fill = (
        Font(color="FFFFFFFF", bold=True),
        PatternFill("solid", fgColor="FF1F4E79"),
    )
    page["D2"].fill = PatternFill("solid", fgColor="FFDDEBF7")
    page["D3"].comment = Comment("Hỏi lại tổ trưởng", "Chị Hoa")
    page.conditional_formatting.add("A2:A9", _rule())
    chart = BarChart()
    chart.add_data(Reference(page, min_col=1, min_row=1, max_row=4))
    page.add_chart(chart, "F2")
    book.create_sheet("Khác").append(["để nguyên"])
    book.save(path)
    return path


def _rule():
    from openpyxl.formatting.rule import CellIsRule

    return CellIsRule(operator="greaterThan", formula=["2"], font=Font(bold=True))


def by_xlsxwriter(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(PAGE)
    days = book.add_format({"num_format": "dd/mm/yyyy", "border": 1})
    for row, values in enumerate(ROWS):
        for column, value in enumerate(values):
            if isinstance(value, date):
                page.write_datetime(row, column, value, days)
            elif value is not None:
                page.write(row, column, value)
    page.set_column(1, 1, 30, book.add_format({"italic": True}))
    page.write_comment("D3", "Hỏi lại tổ trưởng", {"author": "Chị Hoa"})
    page.write_comment("J9", "ô trống")
    page.insert_image("F2", "anh.png", {"image_data": io.BytesIO(_picture())})
    page.data_validation(1, 0, 9, 0, {"validate": "any", "input_title": "STT", "input_message": "số"})
    page.add_table(9, 0, 11, 1, {"columns": [{"header": "a"}, {"header": "b"}]})
    page.merge_range("A20:C21", "gộp")
    page.autofilter("A1:D4")
    book.close()
    return path


def _picture() -> bytes:
    import base64

    return base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )


def by_libreoffice(path: Path) -> Path:
    if not shutil.which("soffice"):
        pytest.skip("no LibreOffice")
    through_libreoffice(by_openpyxl(path), path)
    return path


def through_libreoffice(path: Path, target: Path, kind: str = "xlsx") -> Path:
    folder = target.parent / "lo"
    profile = f"-env:UserInstallation=file://{target.parent}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return shutil.move(folder / path.with_suffix(f".{kind}").name, target)


MAKERS = [by_openpyxl, by_xlsxwriter, by_libreoffice]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, change) -> Path:
    """The file with parts changed by a function of name and bytes; None leaves a part out."""
    made = {name: change(name, data) for name, data in parts(path).items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            if data is not None:
                archive.writestr(name, data)
    return path


def cells(path: Path, page: str = PAGE) -> dict:
    """Place → value, number format, font, border, fill, comment."""
    book = load_workbook(path)
    found = {
        (cell.row, cell.column): (
            cell.value,
            cell.number_format,
            cell.font.b,
            cell.border.left.style,
            cell.fill.fgColor.rgb if cell.fill.patternType else "",
            cell.comment.text if cell.comment else "",
        )
        for row in book[page].iter_rows()
        for cell in row
    }
    book.close()
    return {at: each for at, each in found.items() if each != (None, "General", False, None, "", "")}


def fill(path: Path, at: tuple[int, int]) -> str:
    return cells(path).get(at, ("",) * 6)[4]


def said(path: Path, at: tuple[int, int]) -> str:
    return cells(path).get(at, ("",) * 6)[5]


def plain(sheet: bytes) -> bytes:
    """A page without what says nothing: the usual format, the extent, hints to the reader, where the boxes are."""
    sheet = re.sub(rb' s="0"| spans="[^"]*"|<dimension[^>]*>|<legacyDrawing[^>]*>', b"", sheet)
    return re.sub(rb'<row r="\d+"(?:/>|></row>)', b"", sheet)


def ours(text: str) -> str:
    return f"{AUTHOR}:\n{text}"


@pytest.mark.parametrize("make", MAKERS)
def test_a_bad_cell_is_red_and_says_why_and_all_else_is_as_it_was(make, place):
    source, target = make(place / "gui.xlsx"), place / "tra.xlsx"
    before = cells(source)
    faults = {(2, 4): MESSAGE, (4, 3): "Thiếu ngày sinh.", (3, 4): "Trùng.", (7, 2): "Thiếu tên."}
    result = mark(
        source, target, PAGE, faults, {(2, 2): "Đã bỏ dấu cách thừa."}, row_faults={3: "Không có chủ hộ."}
    )
    after = cells(target)
    assert (result.cells, result.note) == (6, "")
    red = {at for at, each in after.items() if each[4] == LIGHT}
    assert red == {*faults, (3, 1)}
    assert said(target, (2, 4)) == ours(MESSAGE)
    assert said(target, (3, 1)) == ours("Không có chủ hộ.")
    assert said(target, (2, 2)) == ours("Đã bỏ dấu cách thừa.")
    assert said(target, (3, 4)).startswith(ours("Trùng."))
    assert said(target, (3, 4)).endswith("Hỏi lại tổ trưởng")
    assert {at: each[:4] for at, each in before.items()} == {
        at: each[:4] for at, each in after.items() if at in before
    }
    assert {at: each[4:] for at, each in before.items() if at not in red | {(2, 2)}} == {
        at: each[4:] for at, each in after.items() if at not in red | {(2, 2)}
    }
    assert cells(source) == before


@pytest.mark.parametrize("make", MAKERS)
def test_every_part_that_has_no_say_is_the_same_byte_for_byte(make, place):
    source, target = make(place / "gui.xlsx"), place / "tra.xlsx"
    mark(source, target, PAGE, {(2, 4): MESSAGE})
    before, after = parts(source), parts(target)
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() <= after.keys()
    assert {re.sub(r"\d|commentsDrawing|vmlDrawing", "", each.rsplit("/", 1)[-1]) for each in changed} <= {
        "sheet.xml", "styles.xml", "comments.xml", "comment.xml", ".vml",
    }  # fmt: skip


@pytest.mark.parametrize("make", MAKERS)
def test_without_faults_the_file_comes_back_as_it_was_sent(make, place):
    source, target = make(place / "gui.xlsx"), place / "tra.xlsx"
    assert mark(source, target, PAGE, {}).cells == 0
    assert parts(source) == parts(target)


@pytest.mark.parametrize("make", MAKERS)
def test_a_second_marking_takes_the_first_away(make, place):
    source, target = make(place / "gui.xlsx"), place / "tra.xlsx"
    before = cells(source)
    mark(
        source,
        target,
        PAGE,
        {(1, 2): "Cột lạ.", (2, 4): MESSAGE, (3, 4): "Trùng.", (7, 2): "x"},
        row_faults={8: "y"},
    )
    mark(target, target, PAGE, {(3, 3): "Sai ngày."})
    assert {at for at, each in cells(target).items() if each[4] in {LIGHT, DEEP}} == {(3, 3)}
    mark(target, target, PAGE, {})
    assert cells(target) == before
    assert plain(parts(source)[SHEET]) == plain(parts(target)[SHEET])


def test_marking_again_and_again_adds_no_formats(place):
    source = by_openpyxl(place / "gui.xlsx")
    mark(source, source, PAGE, {(2, 4): MESSAGE, (2, 1): MESSAGE})
    once = parts(source)["xl/styles.xml"]
    for _ in range(3):
        mark(source, source, PAGE, {})
        mark(source, source, PAGE, {(2, 4): MESSAGE, (2, 1): MESSAGE})
    assert parts(source)["xl/styles.xml"] == once


def test_lists_say_how_many_they_hold(place):
    source, target = by_openpyxl(place / "gui.xlsx"), place / "tra.xlsx"
    mark(source, target, PAGE, {(1, 2): "a", (2, 3): "b", (2, 4): MESSAGE})
    styles = parts(target)["xl/styles.xml"].decode()
    for name, child in (("fills", "fill"), ("cellXfs", "xf")):
        listed = re.search(rf'<{name}[^>]*count="(\d+)"[^>]*>(.*?)</{name}>', styles, re.DOTALL)
        assert listed
        assert int(listed[1]) == len(re.findall(rf"<{child}[ >/]", listed[2]))


def test_white_letters_stay_legible(place):
    source = by_openpyxl(place / "gui.xlsx")
    mark(source, source, PAGE, {(1, 2): "Cột lạ.", (1, 3): "Cột lạ."})
    assert (fill(source, (1, 2)), fill(source, (1, 3))) == (DEEP, LIGHT)


def test_the_colour_of_a_cell_comes_back_when_excel_has_numbered_formats_anew(place):
    """Excel writes a solid fill with both its colours; the one that is not seen tells what was there."""
    source = by_openpyxl(place / "gui.xlsx")
    mark(source, source, PAGE, {(2, 4): MESSAGE})
    book = load_workbook(source)  # numbers the formats anew, as Excel does
    book.save(source)
    mark(source, source, PAGE, {})
    assert fill(source, (2, 4)) == "FFDDEBF7"
    assert not said(source, (2, 4))


def test_formats_that_others_write_beside_their_own_are_counted_once(place):
    """Hancom Office writes a format of its own and one for everybody else, for the reader to choose."""
    source = by_hand(place / "gui.xlsx", PREFIXED)
    choice = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        b'xmlns:hs="urn:hs" Requires="hs"><xf hs:a="1"/></mc:Choice><mc:Fallback>'
        b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/></mc:Fallback></mc:AlternateContent></cellXfs>'
    )
    other = lambda name, data: data.replace(b"</cellXfs>", choice) if name == "xl/styles.xml" else data  # noqa: E731
    rewritten(source, lambda name, data: other(name, data).replace(b'<x:c r="A1">', b'<x:c r="A1" s="1">'))
    mark(source, source, PAGE, {(1, 1): "x", (3, 1): "y"})
    assert '<x:c r="A1" s="2">' in sheet_of(source)
    assert b'<xf numFmtId="14" fontId="0" fillId="2" ' in parts(source)["xl/styles.xml"]


def test_libreoffice_opens_it_and_what_it_saves_is_cleaned_all_the_same(place):
    source, target = by_libreoffice(place / "gui.xlsx"), place / "tra.xlsx"
    before = cells(source)
    faults = {(1, 2): "Cột lạ.", (2, 1): "Sai.", (3, 4): "Trùng.", (6, 2): "Thiếu."}
    mark(source, target, PAGE, faults)
    through_libreoffice(target, target)
    assert {at for at, each in cells(target).items() if each[4] in {LIGHT, DEEP}} == set(faults)
    assert said(target, (2, 1)) == ours("Sai.")
    mark(target, target, PAGE, {})
    after = cells(target)
    assert {at: (each[0], each[5]) for at, each in after.items() if each[0] or each[5]} == {
        at: (each[0], each[5]) for at, each in before.items() if each[0] or each[5]
    }
    coloured = {at for at, each in after.items() if each[4]}
    assert coloured == {at for at, each in before.items() if each[4]} - {
        (1, 2)
    }  # what was under the red is forgotten


@pytest.mark.parametrize("make", MAKERS)
def test_libreoffice_reads_every_comment(make, place):
    source, target = make(place / "gui.xlsx"), place / "tra.xlsx"
    faults = {(row, column): f"Lỗi ở {row}, {column}." for row in range(1, 30) for column in range(1, 9)}
    mark(source, target, PAGE, faults)
    again = through_libreoffice(target, place / "lai.xlsx") if shutil.which("soffice") else target
    listed = cells(again)
    merged = {(20, 1), (20, 2), (20, 3), (21, 1), (21, 2), (21, 3)} if make is by_xlsxwriter else set()
    assert all(ours(text) in listed[at][5] for at, text in faults.items() if at not in merged)
    assert all(listed[at][4] == LIGHT or at == (1, 2) for at in faults if at not in merged)


def test_a_message_of_a_covered_cell_stands_where_the_merge_shows_it(place):
    source = by_xlsxwriter(place / "gui.xlsx")
    mark(source, source, PAGE, {(20, 1): "Một.", (21, 3): "Hai."}, {(20, 2): "Ba."})
    assert said(source, (20, 1)) == ours("Một.\nBa.\nHai.")
    assert fill(source, (20, 1)) == LIGHT


def test_a_fault_of_a_row_stands_on_its_first_cell_that_is_seen_and_filled(place):
    path = place / "gui.xlsx"
    book = Workbook()
    page = book.active
    page.title = PAGE
    page["C2"], page["D2"], page["D3"] = "ẩn", "An", 5
    page["A3"].font = Font(bold=True)  # there, but empty
    page.column_dimensions["C"].hidden = True
    book.save(path)
    mark(path, path, PAGE, {(3, 4): "Ô."}, row_faults={2: "Dòng.", 3: "Dòng.", 9: "Trống."})
    assert said(path, (2, 4)) == ours("Dòng.")
    assert said(path, (3, 4)) == ours("Dòng.\nÔ.")
    assert said(path, (9, 1)) == ours("Trống.")


def test_a_new_cell_takes_the_format_of_its_column_or_row(place):
    source = by_xlsxwriter(place / "gui.xlsx")
    mark(source, source, PAGE, {(6, 2): "Thiếu tên."})
    book = load_workbook(source)
    assert book[PAGE]["B6"].font.i
    assert book[PAGE]["B6"].fill.fgColor.rgb == LIGHT


def test_comments_are_sorted_and_boxes_have_numbers_of_their_own(place):
    source = by_xlsxwriter(place / "gui.xlsx")
    mark(
        source, source, PAGE, {(row, column): "x" for row in range(30, 1, -1) for column in range(60, 1, -1)}
    )
    mark(
        source, source, PAGE, {(row, column): "x" for row in range(25, 1, -1) for column in range(62, 1, -1)}
    )
    made = parts(source)
    comments = next(data for name, data in made.items() if "comments" in name).decode()
    from openpyxl.utils.cell import coordinate_to_tuple

    listed = [coordinate_to_tuple(each) for each in re.findall(r'<comment ref="(\w+)"', comments)]
    assert listed == sorted(set(listed))
    assert len(listed) == 24 * 61 - 4 + 1  # four under a merge, shown at its first cell
    drawing = next(data for name, data in made.items() if name.endswith(".vml")).decode()
    identities = re.findall(r'<v:shape [^>]*id="_x0000_s(\d+)"', drawing) or re.findall(
        r'id="_x0000_s(\d+)"', drawing
    )
    assert len(identities) == len(set(identities)) == len(listed)
    blocks = re.search(r'idmap v:ext="edit" data="([\d,]+)"', drawing)
    assert blocks
    assert blocks[1].count(",") == 2  # that of the comment that was there, and two of ours
    assert {int(each) // 1024 for each in identities} <= set(map(int, blocks[1].split(",")))


def test_a_drawing_with_buttons_keeps_them(place):
    source = place / "gui.xlsx"
    book = xlsxwriter.Workbook(str(source))
    page = book.add_worksheet(PAGE)
    page.write("A1", "STT")
    page.insert_button("C3", {"caption": "Bấm"})
    book.close()
    mark(source, source, PAGE, {(1, 1): "x"})
    drawing = next(data for name, data in parts(source).items() if name.endswith(".vml"))
    assert b"Button" in drawing
    assert b"Note" in drawing
    mark(source, source, PAGE, {})
    made = parts(source)
    assert not [name for name in made if "comments" in name]
    assert b"Button" in next(data for name, data in made.items() if name.endswith(".vml"))
    assert made[SHEET].count(b"legacyDrawing") == 1


def test_the_drawing_stands_before_tables_and_after_pictures(place):
    source = by_xlsxwriter(place / "gui.xlsx")
    rewritten(
        source, lambda name, data: re.sub(rb"<legacyDrawing[^>]*>", b"", data) if name == SHEET else data
    )
    mark(source, source, PAGE, {(2, 4): MESSAGE})
    sheet = parts(source)[SHEET]
    order = [sheet.index(each) for each in (b"<drawing ", b"<legacyDrawing ", b"<tableParts ")]
    assert order == sorted(order)
    assert said(source, (3, 4)) == "Hỏi lại tổ trưởng"


def test_a_box_has_room_for_its_words_whatever_is_hidden(place):
    from thanhsen.workbook.marking.layout import Layout

    sizes = [(row, "ht='90' hidden='1'" if 3 <= row <= 50 else "ht='30'") for row in range(1, 60)]
    rows = "".join(f"<row r='{row}' {size}/>" for row, size in sizes)
    columns = '<cols><col min="2" max="5" width="20" hidden="1"/><col min="6" max="6" width="3"/></cols>'
    sheet = f'{HEAD}<worksheet xmlns="MAIN">{columns}<sheetData>{rows}</sheetData></worksheet>'
    source = by_hand(place / "gui.xlsx", sheet)
    mark(source, source, PAGE, {(2, 1): "Một câu dài, đủ cho ba dòng chữ trong khung ghi chú. " * 2})
    anchor = re.search(rb"<x:Anchor>([^<]*)", parts(source)["xl/drawings/vmlDrawing1.vml"])
    assert anchor
    left, _, top, _, right, _, bottom, _ = map(int, anchor[1].split(b","))
    layout = Layout.of(columns.encode())
    assert (left, top) == (1, 0)
    assert sum(layout.width(each) for each in range(left + 1, right + 2)) > 280
    assert bottom == 50  # rows 1 and 2, then the first that is seen again


# Files nobody's Excel wrote ---------------------------------------------------------------------

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def by_hand(path: Path, sheet: str, *, strict: bool = False, styles: bool = True) -> Path:
    """A page written as given, in the smallest workbook there is."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    if strict:
        office, main = (
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    def related(*pairs):
        listed = "".join(
            f'<Relationship Id="rId{step}" Type="{office}/{what}" Target="{target}"/>'
            for step, (what, target) in enumerate(pairs, start=1)
        )
        return f'{HEAD}<Relationships xmlns="{package}/relationships">{listed}</Relationships>'

    own = [("worksheet", "worksheets/sheet1.xml"), *([("styles", "/xl/styles.xml")] if styles else [])]
    made = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{kind}.worksheet+xml"/>'
        + (f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>' if styles else "")
        + "</Types>",
        "_rels/.rels": related(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:q="{office}"><sheets>'
        f'<sheet name="{PAGE}" sheetId="1" q:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(*own),
        SHEET: sheet.replace("MAIN", main).replace("OFFICE", office),
    }
    if styles:
        from thanhsen.workbook.marking.styles import MINIMAL

        made["xl/styles.xml"] = (MINIMAL % main.encode()).decode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text.encode("utf-16") if "UTF-16" in text[:60] else text)
    return path


def sheet_of(path: Path) -> str:
    return parts(path)[SHEET].decode()


PREFIXED = (
    f'{HEAD}<x:worksheet xmlns:x="MAIN"><x:dimension ref="A1:B2"/><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
    '</x:row><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
)


def test_names_with_a_prefix(place):
    source = by_hand(place / "gui.xlsx", PREFIXED)
    mark(source, source, PAGE, {(1, 1): "x", (2, 1): "y", (3, 4): "z"})
    sheet = sheet_of(source)
    assert '<x:c r="A1" s="1"><x:v>1' in sheet
    assert '<x:row r="2"><x:c r="A2" s="1"/><x:c r="B2" t="inlineStr">' in sheet
    assert '<x:row r="3"><x:c r="D3" s="1"/></x:row></x:sheetData><x:legacyDrawing ' in sheet
    assert '<x:dimension ref="A1:D3"/>' in sheet
    assert [said(source, at) for at in ((1, 1), (2, 1), (3, 4))] == [ours("x"), ours("y"), ours("z")]
    mark(source, source, PAGE, {})
    assert '<x:row r="2"><x:c r="B2" t="inlineStr">' in sheet_of(source)
    assert 'r="3"' not in sheet_of(source)


def test_rows_and_cells_that_do_not_say_where_they_are(place):
    body = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='C2' s = '0'><v>3</v></c><c><v>4</v></c></row>"
    source = by_hand(
        place / "gui.xlsx", f'{HEAD}<worksheet xmlns="MAIN"><sheetData>{body}</sheetData></worksheet>'
    )
    mark(source, source, PAGE, {(1, 2): "b", (2, 1): "a", (2, 4): "d", (2, 5): "e"})
    book = load_workbook(source)
    page = book[PAGE]
    assert [[cell.value for cell in row] for row in page["A1:D2"]] == [[1, 2, None, None], [None, None, 3, 4]]
    red = {cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb == LIGHT}
    assert red == {"B1", "A2", "D2", "E2"}


def test_what_only_looks_like_rows_is_text(place):
    trick = "<![CDATA[</row><row r='9'><c r='A9' s='1'>]]>"
    body = (
        f"<!-- <row r='5'></row> --><row r='1'><c r='A1' t='inlineStr'><is><t>{trick}</t></is></c></row>"
        f"<?a </sheetData> ?><row r='2' spans='1:1'><c r='A2' t='str'><f>A1&gt;\"</c>\"</f><v>x</v></c></row>"
    ).replace('"</c>"', "'&lt;/c>'")
    source = by_hand(
        place / "gui.xlsx", f'{HEAD}<worksheet xmlns="MAIN"><sheetData>{body}</sheetData></worksheet>'
    )
    mark(source, source, PAGE, {(1, 1): "a", (2, 2): "b", (9, 1): "c"})
    sheet = sheet_of(source)
    assert trick in sheet
    assert "<c r='A1' t='inlineStr' s=\"1\">" in sheet
    assert "<row r='2'><c r='A2'" in sheet
    assert '<c r="B2" s="1"/></row><row r="9"><c r="A9" s="1"/></row>' in sheet


@pytest.mark.parametrize("body", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData\n/>"])
def test_an_empty_page(place, body):
    source = by_hand(
        place / "gui.xlsx", f'{HEAD}<worksheet xmlns="MAIN">{body}<pageMargins left="1"/></worksheet>'
    )
    mark(source, source, PAGE, {(2, 3): "Thiếu."}, row_faults={5: "Dòng."})
    sheet = sheet_of(source)
    assert (
        '<row r="2"><c r="C2" s="1"/></row><row r="5"><c r="A5" s="1"/></row></sheetData><pageMargins'
        in sheet
    )
    assert '<pageMargins left="1"/><legacyDrawing' in sheet


def test_a_strict_workbook_stays_strict(place):
    source = by_hand(place / "gui.xlsx", PREFIXED, strict=True)
    mark(source, source, PAGE, {(1, 1): MESSAGE})
    made = parts(source)
    assert b"schemas.openxmlformats.org/officeDocument" not in b"".join(
        data for name, data in made.items() if name != "[Content_Types].xml"
    )
    assert b'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"' in made["xl/comments1.xml"]
    if shutil.which("soffice"):
        again = through_libreoffice(source, place / "lai.xlsx")
        assert said(again, (1, 1)) == ours(MESSAGE)
        assert fill(again, (1, 1)) == LIGHT


def test_a_workbook_without_formats_gets_them(place):
    source = by_hand(place / "gui.xlsx", PREFIXED, styles=False)
    mark(source, source, PAGE, {(1, 1): MESSAGE})
    assert fill(source, (1, 1)) == LIGHT


def test_a_page_in_utf16(place):
    source = by_hand(place / "gui.xlsx", PREFIXED.replace("UTF-8", "UTF-16").replace(">a<", ">Thạch Hà<"))
    mark(source, source, PAGE, {(1, 1): MESSAGE})
    assert cells(source)[2, 2][0] == "Thạch Hà"
    assert said(source, (1, 1)) == ours(MESSAGE)


def test_rows_longer_than_what_is_read_at_a_time(place, monkeypatch):
    from thanhsen.workbook.marking import sheet, tail

    source = by_xlsxwriter(place / "gui.xlsx")
    faults = {(row, column): f"{row} {column}" for row in range(1, 23, 3) for column in range(1, 9, 2)}
    mark(source, place / "mot.xlsx", PAGE, faults)
    for size in (1, 7, 64):
        monkeypatch.setattr(sheet, "PIECE", size)
        monkeypatch.setattr(tail, "PIECE", max(size, 64))
        mark(source, place / "hai.xlsx", PAGE, faults)
        assert parts(place / "hai.xlsx") == parts(place / "mot.xlsx")


def test_a_conversation_is_left_alone(place):
    source, target = by_openpyxl(place / "gui.xlsx"), place / "tra.xlsx"
    rewritten(
        source, lambda name, data: data.replace("Chị Hoa".encode(), b"tc={0A}") if "comment" in name else data
    )
    result = mark(source, target, PAGE, {(3, 4): MESSAGE, (2, 4): MESSAGE})
    assert said(target, (3, 4)) == "Hỏi lại tổ trưởng"
    assert fill(target, (3, 4)) == LIGHT
    assert result.untold == 1
    assert "1 ô đang có bình luận trao đổi (threaded comment) nên chỉ được tô màu, không" in result.note


def test_words_of_others_keep_their_look(place):
    source, target = by_xlsxwriter(place / "gui.xlsx"), place / "tra.xlsx"
    look = re.search(
        rb"<comment ref=\"D3\".*?<text>(.*?)</text>", parts(source)["xl/comments1.xml"], re.DOTALL
    )
    mark(source, target, PAGE, {(3, 4): "Trùng."})
    assert look
    assert look[1] in parts(target)["xl/comments1.xml"]
    mark(target, target, PAGE, {})
    assert parts(target)["xl/comments1.xml"].count(look[1]) == 1
    assert said(target, (3, 4)) == "Hỏi lại tổ trưởng"


def test_what_cannot_be_written_in_xml_is_left_out_of_a_message(place):
    source = by_openpyxl(place / "gui.xlsx")
    mark(source, source, PAGE, {(2, 1): "Ô “\x01<b>&\ud800” _x000D_ lạ."})
    assert said(source, (2, 1)) in {ours("Ô “<b>&” _x000D_ lạ."), ours("Ô “<b>&” _x005F_x000D_ lạ.")}


def test_more_faults_than_a_file_can_bear(place, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    source = by_openpyxl(place / "gui.xlsx")
    result = mark(source, source, PAGE, {(row, 4): MESSAGE for row in range(2, 8)}, {(1, 1): "Ghi chú."})
    assert (result.cells, result.left) == (3, 3)
    assert result.note.startswith("Chỉ đánh dấu 3 ô đầu tiên; còn 3 lỗi chưa đánh dấu.")
    assert [fill(source, (row, 4)) == LIGHT for row in range(2, 8)] == [True] * 3 + [False] * 3


def test_a_page_that_is_not_there(place):
    source = by_openpyxl(place / "gui.xlsx")
    with pytest.raises(Unreadable, match=r"không có trang “Sai”\. Các trang trong tệp: “Hộ nghèo”, “Khác”"):
        mark(source, place / "tra.xlsx", "Sai", {})
    assert sorted(each.name for each in place.iterdir()) == ["gui.xlsx"]


def test_a_broken_file_leaves_nothing_behind(place):
    source = by_openpyxl(place / "gui.xlsx")
    rewritten(source, lambda name, data: data[:400] if name == SHEET else data)
    with pytest.raises(Unreadable, match="Tệp hỏng"):
        mark(source, place / "tra.xlsx", PAGE, {(2, 2): "x"})
    (place / "gui.xlsx").write_bytes(b"PK")
    with pytest.raises(Unreadable, match="Tệp hỏng"):
        mark(source, place / "tra.xlsx", PAGE, {(2, 2): "x"})
    assert sorted(each.name for each in place.iterdir()) == ["gui.xlsx"]


@pytest.mark.parametrize("junk", ['<c "', "<!--", "<v:shape ", "<?", "<![CDATA[", "<x y='", "a" * 9 + "="])
def test_a_part_made_to_take_for_ever_does_not(place, junk):
    """Only the page was read by others before; the rest of the file may be anything."""
    source = by_xlsxwriter(place / "gui.xlsx")
    rewritten(
        source,
        lambda name, data: (
            data.replace(b"</commentList>", junk.encode() * 200_000 + b"</commentList>").replace(
                b"</xml>", junk.encode() * 200_000 + b"</xml>"
            )
            if "comments" in name or name.endswith(".vml")
            else data
        ),
    )
    started = monotonic()
    with contextlib.suppress(Unreadable):
        mark(source, source, PAGE, {(2, 1): "x"})
    assert monotonic() - started < 20


def test_the_page_is_found_as_it_reads(place):
    source = by_openpyxl(place / "gui.xlsx")
    mark(source, source, " hộ  NGHÈO", {(2, 1): "x"})
    assert said(source, (2, 1)) == ours("x")


PLACES = st.tuples(st.integers(1, 24), st.integers(1, 12))
ROUNDS = st.lists(
    st.dictionaries(PLACES, st.sampled_from(["Sai.", "Thiếu.\nGõ lại."]), max_size=12), max_size=3
)


@pytest.mark.parametrize("make", [by_openpyxl, by_xlsxwriter])
def test_however_often_a_file_is_marked_it_comes_back_clean(make, tmp_path):
    source, target = make(tmp_path / "gui.xlsx"), tmp_path / "tra.xlsx"
    before, page = cells(source), plain(parts(source)[SHEET])

    @settings(max_examples=30, deadline=None)
    @given(ROUNDS)
    def law(rounds):
        shutil.copy(source, target)
        for faults in rounds:
            mark(target, target, PAGE, faults)
        mark(target, target, PAGE, {})
        assert plain(parts(target)[SHEET]) == page
        assert cells(target) == before

    law()
