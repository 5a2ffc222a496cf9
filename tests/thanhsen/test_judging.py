"""What a file is, told before anything opens it: every trap has a sentence of its own, which says what to do."""

import io
from pathlib import Path

import pytest

from tests.nasty import files, raw, sheets
from thanhsen.workbook.judging import FILLED_IN, Unreadable, judge

SENTENCES = {
    files.nothing: "Tệp trống, không có nội dung nào. Kiểm tra lại",
    files.xls_of_1997: "kiểu cũ (.xls). Mở bằng Excel, chọn Lưu thành",
    files.doc_of_1997: "Word kiểu cũ (.doc). Chép bảng sang Excel",
    files.password: "đang đặt mật khẩu. Bỏ mật khẩu trong Excel",
    files.password_of_zip: "đang đặt mật khẩu. Bỏ mật khẩu",
    files.xlsb: "Excel nhị phân (.xlsb). Mở bằng Excel",
    files.ods: "LibreOffice (.ods). Trong LibreOffice chọn Tệp, Lưu thành",
    files.docx: "Word (.docx). Chép bảng sang Excel",
    files.other_zip: "tệp nén khác. Giải nén",
    files.book_under_another_name: "cấu trúc lạ (không có xl/workbook.xml). Mở bằng Excel",
    files.csv: "tệp chữ (.csv), hay làm mất số 0",
    files.csv_of_excel: "tệp chữ (.csv), hay làm mất số 0",
    files.web_page_named_xls: "trang web lưu với tên Excel. Mở bằng Excel",
    files.xml_of_2003: "tệp XML. Mở bằng Excel",
    files.pdf: "tệp PDF. Chọn lại",
    files.macro: "có macro nên cổng không nhận. Mở bằng Excel",
    files.macro_of_excel_4: "có macro nên cổng không nhận. Mở bằng Excel",
    files.truncated: "đã hỏng hoặc bị cụt (chép hay tải chưa xong). Chép lại",
    files.flipped_bytes: "đã hỏng hoặc bị cụt",
    files.larger_than_20_mb: "lớn quá: tối đa 20 MB. Xoá ảnh",
    files.zip_bomb: "bung ra lớn bất thường nên cổng không mở. Chép bảng",
    files.zip_bomb_that_lies: "đã hỏng hoặc bị cụt",
    files.very_many_parts: "bung ra lớn bất thường",
    files.part_named_twice: "hai phần cùng tên nên cổng không mở. Mở bằng Excel",
    files.doctype: "(DOCTYPE) nên cổng không mở. Mở bằng Excel",
}


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "gui-len"  # the name of an upload says nothing of its kind


@pytest.mark.parametrize("trap", SENTENCES, ids=lambda trap: trap.__name__)
def test_a_trap_has_its_own_sentence(trap, path):
    path.write_bytes(trap())
    with pytest.raises(Unreadable) as refusal:
        judge(path)
    assert SENTENCES[trap] in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_no_trap_is_forgotten():
    made = {each for each in vars(files).values() if getattr(each, "__module__", "") == files.__name__}
    assert made == set(SENTENCES)


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be"])
def test_a_declaration_is_found_in_any_coding_and_over_the_edge_of_a_piece(coding, path):
    path.write_bytes(files.doctype(coding))
    with pytest.raises(Unreadable, match="DOCTYPE"):
        judge(path)


@pytest.mark.parametrize(
    "data", [sheets.plain(), raw.strict_ooxml(), sheets.ten_thousand_empty_formatted_rows(), sheets.vni()]
)
def test_a_plain_workbook_passes(data, path):
    path.write_bytes(data)
    judge(path)
    judge(io.BytesIO(data))


def test_limits_are_those_of_the_place_that_asks():
    data = raw.zipped({"xl/media/image1.jpeg": bytes(16_000_000)}, sheets.plain())
    judge(io.BytesIO(data))
    with pytest.raises(Unreadable, match="bung ra"):
        judge(io.BytesIO(data), FILLED_IN)


@pytest.mark.parametrize("share", range(1, 20))
def test_a_file_cut_anywhere_is_refused_and_never_breaks(share, path):
    data = sheets.plain()
    path.write_bytes(data[: len(data) * share // 20])
    with pytest.raises(Unreadable):
        judge(path)
