"""Where the headings stand in the sheets wards make, what they mean, and the lines that are no record."""

import datetime as dt

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from households.exchange.imports import choices
from households.exchange.imports.cells import Given
from households.exchange.imports.columns import BY_NAME, KINDS
from households.exchange.imports.header import find, is_numbering, is_sum, repeats, section
from households.exchange.imports.lines import read
from households.exchange.imports.matching import How, key, matched
from tests.households.exchange.imports.sheets import grid

GIVEN = Given(today=dt.date(2026, 11, 25))
TITLE = ["DANH SÁCH HỘ NGHÈO NĂM 2025"]
PLAIN = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Số CCCD"]
PERSON = [1, "Nguyễn Văn An", "Chủ hộ", "05/12/1980", "042080001234"]


def names(sheet, kind="households", remembered=None):
    heading = find(sheet, kind, remembered or {})
    return heading.rows, matched(heading.columns, kind, remembered or {}).names


def test_headings_in_the_first_row():
    assert names(grid(PLAIN, PERSON)) == ((1,), {2: "full_name", 3: "relationship", 4: "birth", 5: "cccd"})


def test_headings_under_titles_and_over_numbers_of_columns():
    sheet = grid(
        ["UBND PHƯỜNG THÀNH SEN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        TITLE, [], PLAIN, ["(1)", "(2)", "(3)", "(4)", "(5)"], PERSON,
        merged=((2, 1, 2, 5),),
    )  # fmt: skip
    rows, found = names(sheet)
    assert rows == (4, 5)
    assert found == {2: "full_name", 3: "relationship", 4: "birth", 5: "cccd"}


MERGED = (*((1, column, 2, column) for column in (1, 2, 3)), (1, 4, 1, 5))
TWO_ROWS = (
    ["TT", "Họ và tên chủ hộ và các thành viên", "Quan hệ", "Ngày, tháng, năm sinh", None],
    [None, None, None, "Nam", "Nữ"],
)


@pytest.mark.parametrize("merged", [MERGED, ()], ids=["merged", "unmerged"])
def test_a_heading_over_two(merged):
    sheet = grid(*TWO_ROWS, [1, "Nguyễn Văn An", "Chủ hộ", 1980, None], merged=merged)
    assert names(sheet) == ((1, 2), {2: "full_name", 3: "relationship", 4: "born_male", 5: "born_female"})


def test_a_ward_own_heading_over_two_is_not_read_as_a_record():
    sheet = grid(
        [*PLAIN, "Vay vốn", None], [None, None, None, None, None, "Số tiền", "Mục đích"], [*PERSON, 5, "chăn nuôi"],
        merged=(*((1, column, 2, column) for column in range(1, 6)), (1, 6, 1, 7)),
    )  # fmt: skip
    heading = find(sheet, "households", {})
    assert heading.first_row == 3
    assert heading.columns[6] == "Vay vốn Số tiền"
    assert matched(heading.columns, "households", {}).unknown == ["Vay vốn Số tiền", "Vay vốn Mục đích"]


def test_headings_of_before_unicode():
    sheet = grid(
        ["STT", "Hä vµ tªn", "Quan hÖ víi chñ hé", "Ngµy sinh"], [1, "NguyÔn V¨n An", "Chñ hé", 1980]
    )
    assert names(sheet)[1] == {2: "full_name", 3: "relationship", 4: "birth"}


def test_headings_nobody_knows_are_found_by_their_looks():
    sheet = grid(TITLE, ["A1 gì đó", "B1 gì đó", "C1 gì đó"], ["x", 1, 2])
    assert find(sheet, "households", {}).rows == (2,)


def test_a_sheet_without_headings():
    assert find(grid(), "households", {}) is None
    assert find(grid([1, 2, 3], [4, 5, 6]), "households", {}) is None
    assert find(grid(TITLE), "households", {}) is None


def test_what_the_ward_said_goes_before_what_is_known():
    columns = {1: "Người", 2: "Ngày sinh", 3: "Ghi chú"}
    said = {key("Người"): "full_name", key("Ghi chú"): "", key("Ngày sinh"): "gone"}
    match = matched(columns, "households", said)
    assert [(each.name, each.how) for each in match.columns.values()] == [
        ("full_name", How.REMEMBERED), ("birth", How.TEMPLATE), ("", How.REMEMBERED),
    ]  # fmt: skip
    assert not match.unknown


def test_two_columns_of_one_meaning_and_what_is_missing_are_told():
    match = matched({1: "Họ và tên", 2: "Họ tên", 3: "Lạ"}, "households", {})
    assert "“Họ và tên” và “Họ tên”" in match.twice[0]
    assert any("Ngày sinh" in each for each in match.missing)
    assert any("Quan hệ với chủ hộ" in each for each in match.missing)
    assert match.unknown == ["Lạ"]
    assert not match.is_complete


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_matched_as_it_is(kind):
    columns = dict(enumerate((each.heading for each in KINDS[kind] if each.is_offered), start=1))
    match = matched(columns, kind, {})
    assert {each.how for each in match.columns.values()} == {How.TEMPLATE}
    assert match.is_complete


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_means_two_columns(kind):
    seen = {}
    for column in KINDS[kind]:
        for word in [key(column.heading), *filter(None, column.aliases.split(", "))]:
            assert key(word) == word, f"{column.name}: {word}"
            assert seen.setdefault(word, column.name) == column.name, word


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Họ tên", "full_name"), ("HỌ VÀ TÊN ", "full_name"), ("Số CCCD/CMND", "cccd"), ("Mã định danh", "cccd"),
        ("QH với chủ hộ", "relationship"), ("Giới tính", "sex"), ("NTNS", "birth"), ("Dân tộc", "ethnicity"), ("ĐT", "phone"),
        ("SĐT", "phone"), ("Diện tích nhà ở (m²)", "floor_area"), ("Diện tích nhà (m2)", "floor_area"), ("TDP", "area"),
        ("BHYT", "has_insurance"), ("Số thứ tự hộ", "order"), ("Địa chỉ thường trú", "address"), ("Nghề nghiệp", "work"),
        ("Trình độ học vấn", "education"), ("CMND", "old_id"), ("Phiên bản", "stamp"), ("Ghi chú (nếu có)", "note"), ("Thẻ BHYT (có/không)", "has_insurance"), ("Dân tộc (5)", "ethnicity"),
        ("Năm sinh (nữ)", "born_female"),
    ],
)  # fmt: skip
def test_words_people_write_over_a_column(heading, name):
    assert matched({1: heading}, "households", {}).columns[1].name == name


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["A", "B", 1, 2, "3=1+2"], True), ([1, 2, 3, 4], True), (["(1)", "(2)", "(3)"], True), ([1, 120, 400], False),
        ([1, "Nguyễn Văn An", 3], False), ([1, 2], False), ([], False), (["x", "x", "x"], False),
    ],
)  # fmt: skip
def test_a_row_of_column_numbers(values, expected):
    assert is_numbering(values) is expected


@pytest.mark.parametrize(
    "text",
    ["Tổng cộng", "TỔNG CỘNG:", "Tổng số", "Cộng", "Cộng TDP 1", "Tong cong", "Toàn phường", "Tæng céng"],
)
def test_a_line_of_sums(text):
    assert is_sum(grid([None, text, None, 12]), 1)
    assert is_sum(grid(["III", text, 12]), 1)


@pytest.mark.parametrize("text", ["Tống Văn An", "Tòng Thị Cộng", "Tong Van An", "Cộng Hòa", "Công ty"])
def test_a_person_whose_name_looks_like_a_sum(text):
    assert not is_sum(grid([1, text, "Chủ hộ"]), 1)


@pytest.mark.parametrize(
    ("row", "merged", "expected"),
    [
        (["Tổ dân phố 1"], (), "Tổ dân phố 1"),
        (["I", "Tổ dân phố 1"], (), "Tổ dân phố 1"),
        (["I. TDP 5: 25 hộ"], (), "TDP 5"),
        (["Tân Tiến"], ((1, 1, 1, 5),), "Tân Tiến"),
        (["Tân Tiến"], (), ""),
        ([None, "Tô Thị Lan"], (), ""),
        ([1, "Trần Văn Bé"], (), ""),
        (["Tổng cộng"], ((1, 1, 1, 3),), ""),
        ([1, "Tổ dân phố 1", 120], (), ""),
        ([], (), ""),
    ],
)  # fmt: skip
def test_a_line_that_only_names_a_place(row, merged, expected):
    assert section(grid(row, merged=merged), 1) == expected


def test_headings_on_every_printed_page():
    sheet = grid(PLAIN, PERSON, PLAIN, PERSON)
    heading = find(sheet, "households", {})
    assert [repeats(sheet, row, heading) for row in (2, 3, 4)] == [False, True, False]


def test_a_line_of_the_official_list_says_sex_and_birth_at_once():
    of = BY_NAME["households"]
    line = read(
        [(of["full_name"], "Trần Thị Bé"), (of["born_male"], None), (of["born_female"], "12/03/1975")], GIVEN
    )
    assert line.fields == {
        "full_name": "Trần Thị Bé", "sex": "female", "birth_date": "12/03/1975", "birth_year": "1975",
    }  # fmt: skip
    crossed = read([(of["born_male"], "x"), (of["birth"], 1975)], GIVEN)
    assert crossed.fields == {"sex": "male", "birth_year": "1975"}


def test_a_line_that_contradicts_itself():
    of = BY_NAME["households"]
    line = read([(of["born_male"], 1980), (of["born_female"], 1982)], GIVEN)
    assert "khác nhau" in line.faults["born_female"]
    assert line.fields["sex"] == "male"


@any_of(
    st.lists(
        st.lists(
            st.one_of(
                st.none(), st.integers(0, 50), st.sampled_from([*PLAIN, "Tổng", "x", "Tổ 1", "Nam", "Nữ"])
            ),
            max_size=6,
        ),
        max_size=40,
    )
)
def test_any_sheet_has_headings_or_none(rows):
    sheet = grid(*rows)
    heading = find(sheet, "households", {})
    assert heading is None or 1 <= heading.rows[0] < heading.first_row
    for row in range(1, sheet.height + 1):
        section(sheet, row)
        is_sum(sheet, row)


def test_the_choices_of_a_column_are_those_it_takes():
    assert BY_NAME["households"]["ethnicity"].choices == choices.ETHNICITY
