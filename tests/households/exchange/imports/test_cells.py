"""What a cell means: as typed into the form, with a note of what was changed, or a sentence that says what to do."""

import datetime as dt

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from households.exchange.imports import choices, days, figures, ids
from households.exchange.imports.cells import Given, Taken, code, codes, full_name, text
from households.exchange.imports.columns import KINDS
from thanhsen.vietnamese import fold

GIVEN = Given(today=dt.date(2026, 11, 25))

AT_MIDNIGHT = dt.datetime(1980, 12, 5)  # noqa: DTZ001 - a sheet knows no zone
AT_HALF_PAST_SEVEN = dt.datetime(1980, 12, 5, 7, 30)  # noqa: DTZ001


def of(take, value, **answers) -> Taken:
    return take(value, Given(today=GIVEN.today, **answers))


@pytest.mark.parametrize(
    ("take", "value", "expected"),
    [
        (text, "  Số 5,  ngõ 3 ", "Số 5, ngõ 3"),
        (text, 12, "12"),
        (text, 12.0, "12"),
        (text, 12.5, "12,5"),
        (text, "=1+1", "=1+1"),
        (text, "-", "-"),
        (full_name, "NGUYỄN VĂN AN", "NGUYỄN VĂN AN"),
        (full_name, "  Nguyễn Văn An ", "Nguyễn Văn An"),
        (full_name, "Nguyễn Thị Lan 2", "Nguyễn Thị Lan 2"),
        (code, "H0000123", "H0000123"),
        (code, 18073, "18073"),
        (codes, "18073; 18076,18079", "18073,18076,18079"),
        (ids.cccd, "042080001234", "042080001234"),
        (ids.cccd, "042•••••1234", "042•••••1234"),
        (ids.old_id, "180000003", "180000003"),
        (ids.phone, "0912345678", "0912345678"),
        (ids.number, 15.0, "15"),
        (days.day, "05/12/1980", "05/12/1980"),
        (days.day, "5-12-1980", "05/12/1980"),
        (days.day, "5.12.1980", "05/12/1980"),
        (days.day, dt.date(1980, 12, 5), "05/12/1980"),
        (days.day, AT_MIDNIGHT, "05/12/1980"),
        (days.birth, 1980, "1980"),
        (days.birth, "1980", "1980"),
        (days.birth, 1980.0, "1980"),
        (choices.sex, "Nam", "male"),
        (choices.sex, "NỮ", "female"),
        (choices.relationship, "Vợ/chồng", "spouse"),
        (choices.ethnicity, "Hmông", "08"),
        (choices.ethnicity, "Không rõ", "99"),
        (choices.schooling, "Không đi học", "none"),
        (choices.classification, "Hộ nghèo", "poor"),
        (figures.yes_no, "Có", "true"),
        (figures.yes_no, "không", "false"),
        (figures.yes_no, True, "true"),
        (figures.decimal, 45.5, "45,5"),
        (figures.decimal, "45,5", "45,5"),
        (figures.decimal, 0.1 + 0.2, "0,3"),
        (figures.whole, 1234, "1234"),
        (figures.lacking, "1, 3, 7", "employment,nutrition,housing_quality"),
        (figures.lacking, "employment,nutrition", "employment,nutrition"),
        (figures.lacking, "Việc làm; Dinh dưỡng", "employment,nutrition"),
        (figures.lacking, 4, "insurance"),
        (figures.lacking, "1 2", "employment,dependants"),
        (figures.lacking, "1.2", "employment,dependants"),
        (figures.lacking, "12", "info_means"),
        (figures.lacking, "Xử lý rác thải sinh hoạt", "waste"),
        (figures.lacking, "Không", ""),
    ],
)
def test_what_is_as_it_should_be_is_taken_without_a_note(take, value, expected):
    assert of(take, value) == Taken(expected)


@pytest.mark.parametrize(
    ("take", "value", "expected", "note"),
    [
        (full_name, "Nguyễn  Văn An", "Nguyễn Văn An", "Bỏ khoảng trắng thừa: “Nguyễn Văn An”"),
        (ids.cccd, "042 080 001 234", "042080001234", "“042 080 001 234” → “042080001234”"),
        (ids.cccd, "'042080001234", "042080001234", "“'042080001234” → “042080001234”"),
        (ids.cccd, "không có", "", "“không có” → để trống"),
        (ids.cccd, "-", "", "“-” → để trống"),
        (ids.phone, 912345678, "0912345678", "“912345678” → “0912345678” (thêm số 0 ở đầu)"),
        (ids.phone, "+84 912 345 678", "0912345678", "“+84 912 345 678” → “0912345678” (đổi 84 thành 0)"),
        (ids.phone, "(0912) 345.678", "0912345678", "“(0912) 345.678” → “0912345678”"),
        (days.day, 29234, "14/01/1980", "“29234” → “14/01/1980” (ngày được lưu dưới dạng số)"),
        (days.day, "1980-12-05", "05/12/1980", "“1980-12-05” → “05/12/1980”"),
        (days.day, "05121980", "05/12/1980", "“05121980” → “05/12/1980”"),
        (days.day, "ngày 5 tháng 12 năm 1980", "05/12/1980", "“ngày 5 tháng 12 năm 1980” → “05/12/1980”"),
        (
            days.day,
            AT_HALF_PAST_SEVEN,
            "05/12/1980",
            "“05/12/1980 07:30” → “05/12/1980” (bỏ giờ)",
        ),
        (days.birth, "12/1980", "1980", "“12/1980” → “1980” (không rõ ngày, chỉ giữ năm)"),
        (days.birth, "00/00/1980", "1980", "“00/00/1980” → “1980” (không rõ ngày, chỉ giữ năm)"),
        (choices.sex, "nu", "female", "“nu” → “Nữ”"),
        (choices.relationship, "vợ", "spouse", "“vợ” → “Vợ/chồng”"),
        (choices.relationship, "con trai", "child", "“con trai” → “Con đẻ”"),
        (choices.relationship, "mẹ đẻ", "parent", "“mẹ đẻ” → “Cha, mẹ”"),
        (choices.relationship, "bà", "grandparent", "“bà” → “Ông bà, cụ”"),
        (choices.relationship, "chú", "aunt_uncle", "“chú” → “Cô dì chú bác cậu”"),
        (choices.ethnicity, "Khmer", "05", "“Khmer” → “Khơ-me”"),
        (choices.ethnicity, "H'Mông", "08", "“H'Mông” → “Hmông”"),
        (choices.ethnicity, "Mèo", "08", "“Mèo” → “Hmông”"),
        (choices.ethnicity, "Cao Lan", "15", "“Cao Lan” → “Sán Chay”"),
        (choices.ethnicity, "Kinh (Việt)", "01", "“Kinh (Việt)” → “Kinh”"),
        (choices.ethnicity, "06", "06", "“06” → “Mường”"),
        (choices.education, "9/12", "lower_secondary", "“9/12” → “Trung học cơ sở”"),
        (choices.education, "chưa có", "none", "“chưa có” → “Chưa có bằng cấp”"),
        (choices.schooling, "lớp 7", "lower_secondary", "“lớp 7” → “Trung học cơ sở”"),
        (choices.classification, "HCN", "near_poor", "“HCN” → “Hộ cận nghèo”"),
        (figures.yes_no, "x", "true", "“x” → “Có”"),
        (figures.yes_no, "✓", "true", "“✓” → “Có”"),
        (figures.yes_no, 1, "true", "“1” → “Có”"),
        (figures.yes_no, 0, "false", "“0” → “Không”"),
        (figures.whole, "1.234", "1234", "“1.234” → “1234”"),
        (figures.decimal, "45.5", "45,5", "“45.5” → “45,5”"),
        (figures.decimal, "45 m2", "45", "“45 m2” → “45”"),
    ],
)
def test_what_is_changed_is_noted_before_and_after(take, value, expected, note):
    assert of(take, value) == Taken(expected, note=note)


@pytest.mark.parametrize(
    ("take", "value", "says"),
    [
        (text, dt.date(2026, 5, 12), "do Excel tự đổi"),
        (text, "#REF!", "báo lỗi #REF!"),
        (full_name, "123", "không phải là họ và tên"),
        (full_name, 5, "không phải là họ và tên"),
        (code, dt.date(2026, 5, 12), "kiểu Văn bản"),
        (code, "H 123", "không đúng"),
        (ids.cccd, "4.2E+10", "mất các chữ số cuối"),
        (ids.cccd, "O42080001234", "gõ nhầm chữ O"),
        (ids.cccd, "04208000l234", "gõ nhầm chữ O, chữ l"),
        (ids.cccd, "042*****1234", "bị che"),
        (ids.cccd, "042xxxxx1234", "bị che"),
        (ids.cccd, 180000003, "CMND cũ"),
        (ids.cccd, "0912345678", "đúng 12 chữ số"),
        (ids.cccd, 42080001234.5, "không phải số CCCD"),
        (ids.cccd, "٠٤٢٠٨٠٠٠١٢٣٤", "không phải chữ số"),
        (ids.old_id, "042080001234", "Chuyển sang cột “Số CCCD”"),
        (ids.phone, "0912345678; 0987654321", "ký tự không phải chữ số"),
        (ids.phone, "12345", "bắt đầu bằng 0"),
        (days.day, "13/25/1980", "Không có ngày"),
        (days.day, "12/25/1980", "ghi tháng trước ngày"),
        (days.day, "29/02/1981", "Không có ngày"),
        (days.day, "5/12/80", "hai chữ số"),
        (days.day, "1980", "không đọc được thành ngày"),
        (days.day, dt.time(7, 30), "không phải là ngày"),
        (days.day, dt.date(1890, 1, 1), "ngoài 1900–2100"),
        (days.birth, "80", "không đọc được"),
        (days.birth, 2030, "từ 1900 đến 2026"),
        (days.year, 26, "từ 1900 đến 2026"),
        (choices.sex, 1, "Chọn một trong: “Nam”, “Nữ”"),
        (choices.relationship, "cháu", "“Cháu nội/ngoại” hoặc “Cháu ruột”"),
        (choices.relationship, "ba", "“Cha, mẹ” hoặc “Ông bà, cụ”"),
        (choices.relationship, "chu", "“Chủ hộ” hoặc “Cô dì chú bác cậu”"),
        (choices.relationship, "hàng xóm", "danh sách của tệp mẫu"),
        (choices.ethnicity, "Thượng", "có thể hiểu nhiều cách"),
        (choices.ethnicity, "Mán", "“Dao” hoặc “Sán Chay” hoặc “Sán Dìu”"),
        (choices.ethnicity, 1, "danh sách"),
        (choices.work, "không có việc làm", "Ghi rõ"),
        (choices.housing, "cấp 4", "Ghi rõ"),
        (choices.classification, "thoát nghèo", "Ghi rõ “Hộ cận nghèo” hoặc “Không nghèo”"),
        (figures.yes_no, "có lẽ", "không rõ là có hay không"),
        (figures.whole, 12.5, "không phải là số nguyên dùng được"),
        (figures.whole, -3, "không phải là số nguyên dùng được"),
        (figures.decimal, "rộng", "không phải là số"),
        (figures.lacking, "1,13", "từ 1 đến 12"),
        (figures.lacking, dt.date(2026, 3, 1), "Excel tự đổi"),
        (figures.lacking, 1.3, "Excel tự đổi"),
        (figures.lacking, "13", "từ 1 đến 12"),
        (figures.lacking, "1, nhà dột", "Không có chỉ số “nhà dột”"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(take, value, says):
    taken = of(take, value)
    assert says in taken.fault
    assert taken == Taken(fault=taken.fault)


@pytest.mark.parametrize("value", [42080001234, 42080001234.0, "42080001234"])
def test_a_cccd_without_its_zeros_asks_once_for_the_file(value):
    asked = of(ids.cccd, value)
    assert asked.text == "042080001234"
    assert asked.asks == "pad_cccd"
    assert of(ids.cccd, value, pad_cccd=True) == Taken("042080001234", note=asked.note)
    assert "Ghi đủ 12 chữ số" in of(ids.cccd, value, pad_cccd=False).fault


def test_the_two_zeros_of_ha_noi_and_those_of_an_old_id():
    assert of(ids.cccd, 1080001234, pad_cccd=True).text == "001080001234"
    assert of(ids.old_id, 18000003).asks == "pad_old_id"
    assert of(ids.old_id, 18000003, pad_old_id=True).text == "018000003"


SWAPPED = [
    dt.date(1980, 5, 12),
    dt.date(1981, 1, 2),
    dt.date(1990, 12, 11),
    "25/12/1980",
    "13/01/1975",
    "31/10/1999",
]
AMERICAN = ["12/25/1980", "1/13/1975", "10/31/1999", "5/6/1980"]


def test_days_that_excel_exchanged_are_recognised_asked_and_put_right():
    assert days.doubts(SWAPPED) == {"swap_days"}
    assert not days.doubts([*SWAPPED, dt.date(1980, 5, 25)])
    assert not days.doubts(SWAPPED[:3])
    asked = of(days.day, SWAPPED[0], doubts=days.doubts(SWAPPED))
    assert (asked.text, asked.asks) == ("05/12/1980", "swap_days")
    assert of(days.day, SWAPPED[0], doubts=days.doubts(SWAPPED), swap_days=False) == Taken("12/05/1980")
    assert of(days.day, dt.date(1980, 5, 5), doubts=days.doubts(SWAPPED)) == Taken("05/05/1980")
    assert of(days.day, SWAPPED[0], swap_days=True) == Taken(
        "05/12/1980", note="“12/05/1980” → “05/12/1980” (đổi lại ngày và tháng)"
    )


def test_days_written_month_first_are_recognised_asked_and_put_right():
    assert days.doubts(AMERICAN) == {"month_first"}
    assert not days.doubts([*AMERICAN, "13/01/1975"])
    assert of(days.day, "5/6/1980", doubts=days.doubts(AMERICAN)).asks == "month_first"
    assert of(days.day, "12/25/1980", doubts=days.doubts(AMERICAN)).text == "25/12/1980"
    assert of(days.day, "5/5/1980", doubts=days.doubts(AMERICAN)).text == "05/05/1980"
    assert of(days.day, "12/25/1980", month_first=True).text == "25/12/1980"
    assert "ghi tháng trước ngày" in of(days.day, "12/25/1980", month_first=False).fault


def test_a_birth_fills_the_day_and_the_year():
    assert days.fields_of_birth("05/12/1980") == {"birth_date": "05/12/1980", "birth_year": "1980"}
    assert days.fields_of_birth("1980") == {"birth_year": "1980"}


CHOSEN = [column for columns in KINDS.values() for column in columns if column.choices]


@pytest.mark.parametrize("column", CHOSEN, ids=lambda column: column.name)
def test_a_label_without_its_marks_never_becomes_another(column):
    for value, label in column.choices.items():
        taken = of(column.take, fold(label))
        assert taken.fault or taken.text == value, label


RAW = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.from_regex(r"[0-9./, \-+E•xO]{1,15}"), st.integers(0, 10**13).map(str),
)  # fmt: skip
COLUMNS = {column.take: column for columns in KINDS.values() for column in columns}


@any_of(RAW, st.sampled_from([None, True, False]))
def test_any_cell_has_a_meaning_or_a_sentence(value, answer):
    given = Given(GIVEN.today, pad_cccd=answer, pad_old_id=answer, swap_days=answer, month_first=answer)
    for take, column in COLUMNS.items():
        taken = take(value, given)
        assert not (taken.fault and (taken.text or taken.note or taken.asks)), column.name
        assert not taken.asks or taken.note
        column.fields(taken.text)


@any_of(RAW)
def test_what_was_taken_is_taken_again_as_it_is(value):
    """What an export writes comes back as the same text."""
    for take, column in COLUMNS.items():
        once = take(value, GIVEN)
        if once.text:
            again = take(column.shown(once.text), GIVEN)
            assert (again.text, again.note, again.fault) == (once.text, "", ""), column.name
