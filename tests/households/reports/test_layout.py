"""The layout of each form, cell by cell, as the workbook has it."""

import io

import pytest
from openpyxl import load_workbook

from households.reports import TABULATED, build
from tests.factories import make_group, make_ward
from thanhsen import workbook

pytestmark = pytest.mark.django_db


def sheet_of(table):
    return load_workbook(io.BytesIO(workbook.write(table))).active


def row(sheet, number: int, last: int) -> list:
    return [sheet.cell(number, column).value for column in range(1, last + 1)]


def merges(sheet) -> set[str]:
    return {str(each) for each in sheet.merged_cells.ranges}


def test_form_1(ward):
    sheet = sheet_of(build(1, 2025, ward.area))
    assert (
        sheet["A1"].value
        == "Mẫu số 01. Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo (Theo Thông tư số 07/2021/TT-BLĐTBXH)"
    )
    assert sheet["A2"].value == "UBND TỈNH HÀ TĨNH"
    assert sheet["A3"].value == "UBND PHƯỜNG THÀNH SEN"
    assert sheet["A4"].value == "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025 (CHÍNH THỨC)"
    assert sheet["A5"].value.startswith("(Kèm theo Báo cáo số")
    assert row(sheet, 8, 16) == [
        "A", "B", "1", "2", "3", "4=3/1", "5", "6=5/1", "7", "8=7/1", "9", "10=9/2", "11", "12=11/2", "13", "14=13/2",
    ]  # fmt: skip
    assert {"A1:P1", "A4:P4", "A6:A7", "E6:F6", "K6:L6"} <= merges(sheet)
    assert row(sheet, 9, 16) == [
        "I",
        "Khu vực thành thị",
        520,
        2080,
        4,
        0.77,
        2,
        0.38,
        1,
        0.19,
        15,
        0.72,
        5,
        0.24,
        4,
        0.19,
    ]
    assert row(sheet, 10, 6) == ["1", "Tổ dân phố 1", 320, 1280, 2, 0.63]  # 0.625 goes up
    assert row(sheet, 11, 6) == ["2", "Tổ dân phố 10", 200, 800, 2, 1]
    assert row(sheet, 12, 6) == ["II", "Khu vực nông thôn", 150, 600, 0, 0]
    assert row(sheet, 14, 6)[1:] == ["TỔNG CỘNG", 670, 2680, 4, 0.6]
    assert sheet["C9"].number_format == "#,##0"
    assert sheet["F9"].number_format == "0.00"
    assert sheet["Q10"].value == '=IF(C10="","",MAX(0,E10+G10+I10-C10))'
    assert sheet["R10"].value == '=IF(D10="","",MAX(0,K10+M10+O10-D10))'
    assert [sheet[f"S{n}"].value for n in (9, 10, 14)] == ["=0", '=IF(C10="",1,0)', "=0"]


def test_form_1_is_not_split_where_there_is_one_kind(ward):
    urban = make_ward(name="Xã Hương Đô")
    make_group(urban, name="Thôn 1", area_type="rural")
    table = build(1, 2025, urban)
    assert [(line.value(0), line.value(1)) for line in table.lines] == [("1", "Thôn 1"), ("", "TỔNG CỘNG")]


HEADINGS_OF_2 = {
    "A6": "TT",
    "B6": "Khu vực/Địa bàn",
    "C6": "Phân tổ",
    "D6": "Tổng số hộ nghèo đầu năm (theo Quyết định phê duyệt của cấp có thẩm quyền)",
    "E6": "Diễn biến giảm số hộ nghèo",
    "E7": "Số hộ thoát nghèo",
    "E8": "Trở thành hộ cận nghèo",
    "F8": "Vượt chuẩn cận nghèo",
    "G7": "Nguyên nhân: thay đổi nhân khẩu, hộ nghèo đơn thân chết đi, chuyển đi nơi khác, tách, nhập với hộ khác,…",
    "H6": "Diễn biến tăng số hộ nghèo",
    "H7": "Số hộ cận nghèo trở thành hộ nghèo",
    "I7": "Số hộ ngoài danh sách hộ nghèo, hộ cận nghèo gặp khó khăn đột xuất trong năm",
    "I8": "Tái nghèo",
    "J8": "Phát sinh mới",
    "K7": "Nguyên nhân: thay đổi nhân khẩu, chuyển đến, tách, nhập với hộ khác,...",
    "L6": "Tổng số hộ nghèo cuối năm (theo Quyết định phê duyệt của cấp có thẩm quyền)",
}
HEADINGS_OF_3 = {
    "D6": "Tổng số hộ cận nghèo đầu năm (theo Quyết định phê duyệt của cấp có thẩm quyền)",
    "E8": "Trở thành hộ nghèo",
    "F8": "Vượt chuẩn cận nghèo",
    "H7": "Số hộ nghèo trở thành hộ cận nghèo",
    "I8": "Tái cận nghèo",
}


def test_form_2(ward):
    sheet = sheet_of(build(2, 2025, ward.area))
    assert (
        sheet["A1"].value
        == "Mẫu số 02. Tổng hợp diễn biến hộ nghèo trong năm (Theo mẫu 7.2, Thông tư số 07/2021/TT-BLĐTBXH)"
    )
    assert sheet["A5"].value == "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2025"
    assert {cell: sheet[cell].value for cell in HEADINGS_OF_2} == HEADINGS_OF_2
    assert {
        "A6:A9",
        "B6:B9",
        "C6:C9",
        "D6:D8",
        "E6:G6",
        "E7:F7",
        "G7:G8",
        "H6:K6",
        "H7:H8",
        "I7:J7",
        "K7:K8",
        "L6:L8",
    } <= merges(sheet)
    assert row(sheet, 9, 12)[3:] == [str(number) for number in range(1, 10)]
    assert {"A10:A11", "B10:B11"} <= merges(sheet)
    assert row(sheet, 10, 12) == ["I", "Khu vực thành thị", "Hộ", 3, 1, 1, 0, 1, 1, 1, 0, 4]
    assert row(sheet, 11, 12)[2:] == ["Nhân khẩu", 9, 3, 2, 1, 2, 3, 6, 1, 15]
    assert row(sheet, 12, 12) == ["1", "Tổ dân phố 1", "Hộ", 3, 1, 1, 0, 1, 0, 0, 0, 2]
    assert row(sheet, 16, 12) == ["II", "Khu vực nông thôn", "Hộ", 1, 0, 0, 1, 0, 0, 0, 0, 0]
    assert row(sheet, 20, 12) == ["III", "Tổng cộng I + II", "Hộ", 4, 1, 1, 1, 1, 1, 1, 0, 4]
    assert sheet["M10"].value == "=L10-(D10-E10-F10-G10+H10+I10+J10+K10)"
    assert sheet["M21"].value == "=L21-(D21-E21-F21-G21+H21+I21+J21+K21)"


def test_form_3(ward):
    sheet = sheet_of(build(3, 2025, ward.area))
    assert {cell: sheet[cell].value for cell in HEADINGS_OF_3} == HEADINGS_OF_3
    assert row(sheet, 20, 12) == ["III", "Tổng cộng I + II", "Hộ", 2, 1, 0, 0, 1, 0, 0, 1, 3]


INDICATORS = (
    "1: Việc làm; 2: Người phụ thuộc trong hộ gia đình; 3: Dinh dưỡng; 4: Bảo hiểm y tế; "
    "5: Trình độ giáo dục của người lớn; 6: Tình trạng đi học của trẻ em; 7: Chất lượng nhà ở; "
    "8: Diện tích nhà ở bình quân đầu người; 9: Nguồn nước sinh hoạt; 10: Nhà tiêu hợp vệ sinh; "
    "11: Sử dụng dịch vụ viễn thông; 12: Phương tiện phục vụ tiếp cận thông tin"
)


@pytest.mark.parametrize(("form", "name", "sign"), [(4, "hộ nghèo", ">="), (6, "hộ cận nghèo", "<")])
def test_forms_4_and_6(ward, form, name, sign):
    sheet = sheet_of(build(form, 2025, ward.area))
    assert row(sheet, 6, 3) == ["TT", "Khu vực/Đơn vị", f"Tổng số {name}"]
    assert sheet["D6"].value == f"Chỉ số thiếu hụt dịch vụ xã hội cơ bản của {name} ({INDICATORS})"
    assert {"A6:A7", "B6:B7", "C6:C7", "D6:O6"} <= merges(sheet)
    assert row(sheet, 7, 15)[3:] == [str(number) for number in range(1, 13)]
    assert row(sheet, 8, 2) == ["I", "Khu vực thành thị"]
    assert sheet["P6"].value == "Chỉ số kiểm tra"
    assert sheet["P8"].value == '=IF(C8=0,"",SUM(D8:O8)/C8)'
    assert sheet["Q8"].value == f'=IF(C8=0,"",P8{sign}3)'


def test_form_4_counts(ward):
    sheet = sheet_of(build(4, 2025, ward.area))
    assert row(sheet, 8, 15)[2:] == [4, 4, 0, 0, 4, 0, 0, 0, 0, 4, 0, 0, 0]
    assert row(sheet, 11, 15) == ["II", "Khu vực nông thôn", *[0] * 13]


@pytest.mark.parametrize(("form", "name"), [(5, "hộ nghèo"), (7, "hộ cận nghèo")])
def test_forms_5_and_7(ward, form, name):
    sheet = sheet_of(build(form, 2025, ward.area))
    assert sheet["A4"].value.endswith(f"NĂM 2025\n(so với tổng số {name})")
    assert row(sheet, 5, 3) == ["TT", "Khu vực/Đơn vị", f"Tổng số {name}"]
    assert "D5:O5" in merges(sheet)
    assert row(sheet, 6, 15)[3:] == [str(number) for number in range(1, 13)]
    assert row(sheet, 7, 2) == ["I", "Khu vực thành thị"]
    assert sheet["D7"].number_format == "0.00"
    assert sheet["P7"].value == '=IF(C7=0,"",ROUND(SUM(D7:O7)/100,2))'


def test_rates_over_no_households_are_blank(ward):
    sheet = sheet_of(build(5, 2025, ward.area))
    assert row(sheet, 10, 15) == ["II", "Khu vực nông thôn", 0, *[None] * 12]


@pytest.mark.parametrize("form", TABULATED)
def test_every_page_is_official(ward, form):
    table = build(form, 2025, ward.area)
    sheet = sheet_of(table)
    top = min(each.top for each in table.headings)
    last_column = {1: "P", 2: "L", 3: "L", 8: "M", 9: "J", 10: "J", 11: "H", 12: "T", 13: "T"}.get(form, "O")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (
        1,
        0,
    )  # 1 where it is not said
    assert sheet.print_title_rows.replace("$", "") == f"{top}:{table.numbers_top}"
    assert sheet.print_area.replace("$", "").split("!")[-1].startswith(f"A1:{last_column}")
    fonts = {cell.font.name for line in sheet.iter_rows() for cell in line if cell.value is not None}
    assert fonts == {"Times New Roman"}
    words = [cell.value for line in sheet.iter_rows() for cell in line]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert "Độc lập - Tự do - Hạnh phúc" in words
    assert words.index("Người lập biểu") < words.index("CHỦ TỊCH UBND")


def test_the_same_table_gives_the_same_bytes(ward):
    assert workbook.write(build(2, 2025, ward.area)) == workbook.write(build(2, 2025, ward.area))


@pytest.mark.parametrize("name", ["=1+1", "+84", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_text_never_becomes_a_formula(ward, name):
    group = make_group(ward.area, name=name)
    sheet = sheet_of(build(1, 2025, group))
    assert (sheet["B9"].value, sheet["B9"].data_type, sheet["B9"].quotePrefix) == (name, "s", True)
    assert sheet["A4"].value.endswith(name)
