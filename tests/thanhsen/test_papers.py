"""Tables of a paper, and papers one after another in one file, read back from the Word file."""

import io
from decimal import Decimal

import pytest
from docx import Document
from docx.oxml.ns import qn

from thanhsen.papers.layout import Sheet
from thanhsen.papers.tables import Column, again, centred, next_paper, number, table
from thanhsen.papers.wording import dong_in_words, inside


def opened(sheet: Sheet):
    return Document(io.BytesIO(sheet.saved()))


def test_a_table_holds_its_rows_and_repeats_its_headings():
    sheet = Sheet("Thử")
    columns = [centred("TT", 10), Column("Họ và tên", 60), number("Số tiền", 30)]
    table(sheet, columns, [("1", "<b>Đào</b>\x07 & con", "1.000"), ("", "Cộng", None)], total=True)
    [made] = opened(sheet).tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["TT", "Họ và tên", "Số tiền"], ["1", "<b>Đào</b> & con", "1.000"], ["", "Cộng", ""],
    ]  # fmt: skip
    assert made.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert made.rows[2].cells[1].paragraphs[0].runs[0].bold
    assert made.rows[1].cells[1].paragraphs[0].runs[0].font.size.pt == 12
    assert made.style.name == "Table Grid"
    assert not made.rows[1].cells[1].paragraphs[0].runs[0].bold


def test_the_next_paper_begins_a_page_and_counts_its_own():
    sheet = Sheet("Thử")
    sheet.body("một")
    next_paper(sheet)
    sheet.body("hai")
    found = opened(sheet)
    assert len(found.sections) == 2
    last = found.sections[1]._sectPr
    assert last.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    names = [each.tag for each in last]
    assert names.index(qn("w:pgNumType")) < names.index(qn("w:cols")) < names.index(qn("w:titlePg"))


def test_a_table_once_more_is_another_table():
    sheet = Sheet("Thử")
    made = table(sheet, [Column("Tên", 60)], [("một\nhai",)], together=True, keep=True)
    sheet.body("giữa")
    again(sheet, made)
    one, other = opened(sheet).tables
    assert one.rows[1].cells[0].text == other.rows[1].cells[0].text == "một\nhai"
    assert all(row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in one.rows)


def test_three_sign_beside_each_other_with_the_last_words():
    sheet = Sheet("Thử")
    sheet.body("Mở lớp", lead="Điều 1.")
    sheet.signatures([("Một", "bold")], [], [("Ba", "bold"), ("Trần Văn Ổn", "place")])
    found = opened(sheet)
    [paragraph] = [each for each in found.paragraphs if each.text]
    assert [(run.text, bool(run.bold)) for run in paragraph.runs] == [("Điều 1.", True), (" Mở lớp", False)]
    assert paragraph.paragraph_format.keep_with_next
    assert [cell.text for cell in found.tables[0].rows[0].cells] == ["Một", "", "Ba\nTrần Văn Ổn"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"), (Decimal("1205000"), "Một triệu hai trăm linh năm nghìn đồng"),
        (21_000_000_000, "Hai mươi mốt tỷ đồng"), (10**18, "[ghi bằng chữ]"), (-1, "[ghi bằng chữ]"),
    ],
)  # fmt: skip
def test_amounts_in_words(amount, words):
    assert dong_in_words(amount) == words


@pytest.mark.parametrize(
    ("name", "words"), [("Phường Thành Sen", "phường Thành Sen"), ("UBND phường", "UBND phường"), ("", ""), ("Ở nhà", "ở nhà")]
)  # fmt: skip
def test_a_name_inside_a_sentence(name, words):
    assert inside(name) == words


@pytest.mark.parametrize(
    "about",
    [
        "Ngắn",
        "Tập huấn cán bộ làm công tác giảm nghèo và cán bộ truyền thông năm 2025",
        "dài " * 50,
        "{{ x }}",
    ],
)
def test_what_a_paper_is_about_stands_in_lines_of_like_length(about):
    sheet = Sheet("Thử")
    sheet.title("KẾ HOẠCH", about)
    form = next(each for each in opened(sheet).paragraphs if each.text == about).paragraph_format
    assert form.left_indent == form.right_indent
    room = 160 - 2 * form.left_indent.mm
    assert 60 < room <= 150.1
    lines = len(about) * 2.45 / room
    assert lines <= 1 or lines % 1 > 0.6  # the last line is no single word
