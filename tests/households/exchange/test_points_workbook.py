"""A points table in a workbook: the round trip is the identity, and every trap of a file has its sentence."""

import io
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from households.exchange import points as exchange
from households.models import PointsTable
from tests.households.tables import ITEMS, QUESTIONS
from thanhsen.workbook import LARGEST, Unreadable

POINTS, CHECK = PointsTable.Kind.INCOME_POINTS, PointsTable.Kind.QUICK_CHECK


def changed(change, items=ITEMS, kind=POINTS) -> bytes:
    """A sound file after `change` of its first sheet."""
    book = load_workbook(io.BytesIO(exchange.write(kind, items)))
    change(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_cell(at, value):
    def change(sheet):
        sheet[at].value = value
        sheet[at].quotePrefix = False

    return changed(change)


def faults(data, kind=POINTS) -> list[str]:
    with pytest.raises(Unreadable) as error:
        exchange.read(kind, data)
    return [str(each) for each in error.value.faults]


@pytest.mark.parametrize(("kind", "items"), [(POINTS, ITEMS), (CHECK, QUESTIONS)])
def test_what_is_written_is_read_again(kind, items):
    assert exchange.read(kind, exchange.write(kind, items)).items == items
    assert exchange.write(kind, items) == exchange.write(kind, items)


@pytest.mark.parametrize("kind", PointsTable.Kind.values)
def test_the_template_holds_headings_and_a_guide_and_no_row(kind):
    book = load_workbook(io.BytesIO(exchange.template(kind)))
    sheet, guide = book.worksheets
    assert [cell.value for cell in sheet[1]] == list(exchange.HEADINGS[kind])
    assert sheet.max_row == 1
    assert guide["A1"].value == "Cách điền"
    assert faults(exchange.template(kind), kind) == ["Bảng chưa có dòng nào. Điền từ dòng 2 của tệp mẫu."]


CELLS = [
    ("I2", "=20+20", "là công thức"),
    ("I2", "40", "đang lưu dưới dạng chữ"),
    ("I2", "٤٠", "viết bằng chữ số không phải 0–9"),
    ("I2", "bốn mươi", "phải là số, đang là chữ"),
    ("I2", 1.5, "phải là số nguyên"),
    ("I2", True, "đang là đúng/sai"),
    ("I2", 1001, "phải từ -1000 đến 1000"),
    ("I2", None, "Không có điểm thì ghi số 0"),
    ("B2", "Quy mô", "chỉ được gồm chữ thường không dấu"),
    ("B2", "none_of_them", "cổng dùng riêng"),
    ("B4", "size", "trùng với ô B2"),
    ("G3", "few", "trùng với ô G2"),
    ("G3", None, "chưa ghi “Mã lựa chọn”"),
    ("D2", None, "chưa ghi “Câu hỏi”"),
    ("D2", "x" * 301, "dài quá"),
    ("D3", "Câu hỏi nữa", "dòng này không có mã mục"),
    ("E2", "hai lựa chọn", "không dùng được"),
    ("E2", None, "chưa chọn “Loại”"),
    ("M2", "thừa", "nằm ngoài các cột"),
]


@pytest.mark.parametrize(("at", "value", "sentence"), CELLS)
def test_a_bad_cell_is_named(at, value, sentence):
    found = faults(with_cell(at, value))
    assert any(each.startswith(f"Ô {at}: ") and sentence in each for each in found), found


def test_every_bad_cell_is_named_at_once_and_each_once():
    def change(sheet):
        sheet["B2"], sheet["B4"], sheet["I3"], sheet["J5"], sheet["M6"] = "Mã sai", "=B2", "ba", "=1", "thừa"

    found = faults(changed(change))
    assert [each.split(":")[0] for each in found] == ["Ô B2", "Ô I3", "Ô B4", "Ô J5", "Ô M6"]


def test_merged_cells_are_named():
    found = faults(changed(lambda sheet: sheet.merge_cells("C4:C6")))
    assert any(each.startswith("Ô C4: các ô C4:C6 đang gộp") for each in found)


def test_an_unknown_a_double_and_a_missing_column_are_named():
    def change(sheet):
        sheet["C1"], sheet["D1"] = "Cột lạ", "Số mục"

    found = " ".join(faults(changed(change)))
    assert "Ô C1: cột “Cột lạ” không có trong mẫu" in found
    assert "Ô D1: cột “Số mục” có hai lần" in found
    assert "Thiếu cột “Phần”" in found
    assert "Thiếu cột “Câu hỏi”" in found


def test_columns_may_stand_in_any_order():
    def change(sheet):
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = (
                sheet.cell(row, 2).value,
                sheet.cell(row, 1).value,
            )

    assert exchange.read(POINTS, changed(change)).items == ITEMS


def test_loose_marks_are_composed_and_counted():
    loose = unicodedata.normalize("NFD", "Số người trong hộ (giả)")
    loaded = exchange.read(POINTS, with_cell("D2", loose))
    assert loaded.items == ITEMS
    assert loaded.composed == 1


@pytest.mark.parametrize(("font", "coding"), [(".VnTime", "TCVN3"), ("VNI-Times", "VNI")])
def test_an_old_font_is_named(font, coding):
    def change(sheet):
        sheet["D2"].value, sheet["D2"].font = "Sè ng­êi", Font(name=font)

    assert any(coding in each for each in faults(changed(change)))


def test_a_missing_sheet_says_which_there_are():
    book = Workbook()
    assert faults(saved(book)) == [
        "Tệp không có trang “Bảng điểm”. Các trang trong tệp: “Sheet”. Dùng tệp mẫu tải từ cổng."
    ]


def test_the_other_kind_of_file_is_refused():
    assert "không có trang “Phiếu A”" in faults(exchange.write(POINTS, ITEMS), CHECK)[0]


COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Tệp trống"),
        (b"%PDF-1.7 rest", "không phải tệp Excel"),
        (COMPOUND + bytes(512), "kiểu cũ (.xls)"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        (b"x" * (LARGEST + 1), "lớn quá"),
    ],
)
def test_a_file_of_another_kind_is_told_what_it_is(data, sentence):
    assert sentence in faults(data)[0]


def archive(**parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/workbook.xml": b"0" * 16_000_000}, "bung ra lớn bất thường"),
        ({f"part{n}": b"" for n in range(201)}, "bung ra lớn bất thường"),
        ({"word/document.xml": b""}, "Word (.docx)"),
        ({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}, "có macro"),
        ({"xl/workbook.xml": b"<!DOCTYPE bomb>"}, "DOCTYPE"),
        ({"xl/workbook.xml": b"<workbook"}, "hỏng"),
    ],
)
def test_an_archive_is_judged_before_it_is_opened(parts, sentence):
    assert sentence in faults(archive(**parts))[0]


def test_a_stray_cell_far_below_is_told():
    assert "có ô ở dòng 6000" in faults(with_cell("A6000", "x"))[0]


def test_a_count_in_the_quick_check_is_refused():
    def change(sheet):
        sheet["E2"] = "số lượng"

    assert any(
        "Phiếu A không có mục loại" in each for each in faults(changed(change, QUESTIONS, CHECK), CHECK)
    )


def test_a_text_like_a_formula_stays_text():
    item = replace(ITEMS[2], text="=1+1", options=(replace(ITEMS[2].options[0], label="-con"),))
    assert exchange.read(POINTS, exchange.write(POINTS, (item,))).items == (item,)
