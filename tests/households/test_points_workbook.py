"""A points table from a workbook: the round trip, and every way a file can be wrong, named cell by cell."""

import io
import unicodedata
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from households.exchange import points as exchange
from tests.households.tables import ITEMS, QUESTIONS
from thanhsen.workbook import LARGEST, Unreadable

KIND = "income_points"


def book(change=None, kind=KIND, items=ITEMS) -> bytes:
    """A sound file, changed by `change(sheet)`."""
    opened = load_workbook(io.BytesIO(exchange.write(kind, items)))
    if change:
        change(opened.worksheets[0])
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def faults(data: bytes, kind=KIND) -> list[str]:
    with pytest.raises(Unreadable) as error:
        exchange.read(kind, data)
    return [str(each) for each in error.value.faults]


@pytest.mark.parametrize(("kind", "items"), [(KIND, ITEMS), ("quick_check", QUESTIONS)])
def test_a_table_goes_out_and_comes_back_the_same(kind, items):
    assert exchange.read(kind, exchange.write(kind, items)).items == items
    assert exchange.write(kind, items) == exchange.write(kind, items)


@pytest.mark.parametrize("kind", [KIND, "quick_check"])
def test_the_template_holds_headings_hints_and_no_number(kind):
    opened = load_workbook(io.BytesIO(exchange.template(kind)))
    sheet = opened.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(exchange.HEADINGS[kind])
    assert sheet.max_row == 1
    assert opened.worksheets[1].title == "Hướng dẫn"
    assert "chưa có dòng nào" in faults(exchange.template(kind), kind)[0]


def put(at, value):
    def change(sheet):
        sheet[at] = value

    return change


# Row 2–3: item "size"; 4–6: "things"; 7: "dragons". B: code, E: kind, F: cap, G: option, H: label, I–J: points.
@pytest.mark.parametrize(
    ("change", "at", "word"),
    [
        (put("B2", None), "B2", "chưa ghi “Mã mục”"),
        (put("B2", "Cỡ Hộ"), "B2", "chữ thường không dấu"),
        (put("B4", "size"), "B4", "trùng với ô B2"),
        (put("D2", None), "D2", "chưa ghi “Câu hỏi”"),
        (put("D2", "x" * 301), "D2", "tối đa 300 ký tự"),
        (put("E2", "chọn đại"), "E2", "chọn một trong"),
        (put("E2", None), "E2", "chưa chọn “Loại”"),
        (put("F4", 10), "F4", "hơn điểm tối đa 10"),
        (put("G3", "few"), "G3", "trùng với ô G2"),
        (put("G2", "none_of_them"), "G2", "cổng dùng riêng"),
        (put("H2", None), "H2", "chưa ghi “Lựa chọn”"),
        (put("I2", None), "I2", "Không có điểm thì ghi số 0"),
        (put("I2", "bốn mươi"), "I2", "đang là chữ “bốn mươi”"),
        (put("I2", "40"), "I2", "đang lưu dưới dạng chữ"),
        (put("I2", "٤٠"), "I2", "chữ số không phải 0–9"),
        (put("I2", 12.5), "I2", "không nhận 12,5"),
        (put("I2", 1001), "I2", "phải từ -1000 đến 1000"),
        (put("I2", True), "I2", "đúng/sai"),
        (put("I2", date(2026, 1, 1)), "I2", "đang là ngày tháng"),
        (put("I2", "=20+20"), "I2", "là công thức"),
        (put("C3", "II"), "C3", "dòng tiếp của mục trên"),
        (put("L5", "ghi chú"), "L5", "nằm ngoài các cột"),
        (put("A1", "Số thứ tự"), "A1", "không có trong mẫu"),
        (lambda sheet: sheet.merge_cells("C2:C3"), "C2", "đang gộp"),
        (lambda sheet: sheet.delete_rows(3), "B2", "ít nhất hai lựa chọn"),
    ],
)
def test_a_bad_cell_is_named_with_its_own_sentence(change, at, word):
    assert any(each.startswith(f"Ô {at}:") and word in each for each in faults(book(change))), faults(
        book(change)
    )


def test_all_bad_cells_are_named_at_once_in_the_order_of_the_sheet():
    def change(sheet):
        sheet["I2"], sheet["H5"], sheet["B7"] = "x", None, "Rồng"

    assert [each.split(":")[0] for each in faults(book(change))] == ["Ô I2", "Ô H5", "Ô B7"]


def test_loose_marks_are_composed_and_counted():
    found = exchange.read(KIND, book(put("D2", unicodedata.normalize("NFD", "Số người trong hộ (giả)"))))
    assert (found.items, found.composed) == (ITEMS, 1)


def test_text_in_an_old_font_is_not_taken_for_unicode():
    def change(sheet):
        sheet["D2"].font = Font(name=".VnTime")

    assert "TCVN3" in faults(book(change))[0]


def test_an_item_that_counts_has_one_row_and_phieu_a_counts_nothing():
    def more(sheet):
        sheet["G8"], sheet["H8"], sheet["I8"], sheet["J8"] = "unit2", "đàn", 1, 1

    assert "có đúng một dòng" in faults(book(more))[0]
    assert (
        "không có mục loại" in faults(book(put("E2", "số lượng"), "quick_check", QUESTIONS), "quick_check")[0]
    )


def packed(names: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue()


def other_sheet() -> bytes:
    opened, stream = Workbook(), io.BytesIO()
    opened.active.title = "Trang tính 1"
    opened.save(stream)
    return stream.getvalue()


OLD = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "Tệp trống"),
        (b"%PDF-1.7", "không phải tệp Excel"),
        (b"PK\x03\x04 hong", "không phải tệp Excel"),
        (b"x" * (LARGEST + 1), "Tệp lớn quá"),
        (OLD + b"workbook", "kiểu cũ (.xls)"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        (packed({"word/document.xml": b"<x/>"}), "Word (.docx)"),
        (packed({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "macro"),
        (packed({"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "DOCTYPE"),
        (packed({"xl/workbook.xml": b"<x/>", "bomb": b"0" * 16_000_000}), "bung ra lớn bất thường"),
        (packed({"xl/workbook.xml": b"<x/>"}), "hỏng"),
        (other_sheet(), "không có trang “Bảng điểm”"),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence(data, word):
    found = faults(data)
    assert len(found) == 1
    assert word in found[0]


def test_a_missing_column_is_named():
    def change(sheet):
        sheet.delete_cols(8)

    assert any("Thiếu cột “Lựa chọn”" in each for each in faults(book(change)))
