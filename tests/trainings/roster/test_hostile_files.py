"""Files of trainees as wards keep them, and as nobody should send them."""

import pytest
from django.utils.timezone import now

from tests.trainings.factories import make_admin, make_course, make_unit
from tests.trainings.roster.sheets import HEADINGS, line, many, outcomes, sent, told, workbook
from trainings.actions.roster.writing import commit
from trainings.exchange.roster.shown import filtered, missing_units, often

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(course):
    return make_admin(course.ward)


@pytest.fixture
def unit(course):
    return make_unit(course.ward, name="Tổ dân phố 1")


def names(admin, course, content):
    imported = sent(admin, course, content)
    commit(by=admin, imported=imported, version=imported.version, at=now())
    return list(course.trainees.in_order().values_list("full_name", flat=True))


def test_old_codings_are_read_and_told(admin, course, unit):
    tcvn = workbook(line(1, "NguyÔn ThÞ §µo", "Tæ d©n phè 1"), font=".VnTime")
    imported = sent(admin, course, tcvn)
    assert imported.rows[0]["given"]["full_name"] == "Nguyễn Thị Đào"
    assert any("TCVN3" in note for _, note in imported.rows[0]["notes"])
    vni = workbook(line(1, "Nguyeãn Thò Ñaøo"), font="VNI-Times")
    assert sent(admin, course, vni).rows[0]["given"]["full_name"] == "Nguyễn Thị Đào"
    nfd = workbook(line(1, "Nguye\u0302\u0303n Thi\u0323 \u0110a\u0300o"))
    assert names(admin, course, nfd) == ["Nguyễn Thị Đào"]


def test_formulas_and_html_stay_text(admin, course, unit):
    content = workbook(line(1, "<script>alert(1)</script>"), line(2, "@SUM(1+1)*cmd"), line(3, "=1+1"))
    imported = sent(admin, course, content)
    assert outcomes(imported)[:2] == ["new", "new"]
    assert outcomes(imported)[2] == "faulty"
    assert "công thức" in told(imported, 2)


def test_cells_that_excel_spoiled_are_explained(admin, course, unit):
    content = workbook(
        line(1, "Lê Thị An", phone=912345678),
        line(2, "Lê Thị Bê", phone="84912345679"),
        line(3, "Lê Thị Cam", phone=9.12e20),
        line(4, "Lê Thị Dứa", year="32/13/1980"),
        line(5, "Lê Thị Em", year="năm ngoái"),
        line(6, 12345),
        line(7, "Lê Thị Gấm", sex="?"),
        line(8, "x" * 130),
        line(9, "Lê\x02Thị Mơ".replace("\x02", "\u202e")),
    )
    imported = sent(admin, course, content)
    assert outcomes(imported) == ["new", "new", *["faulty"] * 7]
    assert [each["given"].get("phone") for each in imported.rows[:2]] == ["0912345678", "0912345679"]
    assert all(told(imported, at) for at in range(2, 9))


def test_letters_above_sums_and_signatures_below_are_no_people(admin, course, unit):
    above = [("UBND PHƯỜNG THÀNH SEN",), ("DANH SÁCH HỌC VIÊN LỚP TẬP HUẤN",), ()]
    below = [(), ("Tổng cộng: 2 người",), (None, None, None, None, None, "Người lập biểu")]
    content = workbook(line(1, "Lê Thị An"), line(2, "Lê Thị Bê"), *below, above=above)
    assert names(admin, course, content) == ["Lê Thị An", "Lê Thị Bê"]


def test_units_as_lines_between(admin, course, unit):
    make_unit(course.ward, name="Tổ dân phố 2")
    headings = tuple(each for each in HEADINGS if each != "Đơn vị")

    def without_unit(number, name):
        row = line(number, name)
        return (*row[:5], *row[6:])

    rows = [("Tổ dân phố 1",), without_unit(1, "Lê Thị An"), ("Tổ dân phố 2",), without_unit(2, "Lê Thị Bê")]
    imported = sent(admin, course, workbook(*rows, headings=headings), defaults={"unit": "Tổ dân phố 1"})
    assert [each["unit"] for each in imported.rows] == ["Tổ dân phố 1", "Tổ dân phố 2"]


def test_more_rows_than_a_course_can_have(admin, course, unit):
    imported = sent(admin, course, many(5001, [unit]))
    assert imported.state == "refused"
    assert "5.000" in imported.refusal
    assert imported.rows == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "trống"),
        (b"%PDF-1.4", "PDF"),
        (b"PK\x03\x04broken", "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xlsx"),
        (b"name,phone\nAn,09", "Excel"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(admin, course, content, sentence):
    imported = sent(admin, course, content)
    assert imported.state == "refused"
    assert sentence in imported.refusal


def test_an_empty_list(admin, course):
    assert "không có dòng nào" in sent(admin, course, workbook()).refusal
    assert sent(admin, course, workbook(headings=("Xin chào",))).state == "refused"


def test_a_cell_is_told_wrong_once_and_what_lacks_by_its_name(admin, course, unit):
    headings = ("Họ và tên", "Năm sinh nam", "Năm sinh nữ", "Chức vụ", "Đơn vị", "Nhóm")
    rows = [
        ("Lê Thị An", None, "năm ngoái", "Tổ trưởng", "Tổ dân phố 1", "Giảm nghèo"),
        ("Lê Thị Bê", None, 1980, "Bảo vệ chợ", "Tổ dân phố 1", "Giảm nghèo"),
        ("Lê Thị Cam", None, None, "Tổ trưởng", "Tổ dân phố 1", "Giảm nghèo"),
    ]
    imported = sent(admin, course, workbook(*rows, headings=headings))
    assert [len([*each["faults"], *each["wrong"]]) for each in imported.rows] == [1, 1, 1]
    assert told(imported, 2) == "chưa ghi giới tính."


def test_what_most_rows_say_alike_is_shown_once(admin, course, unit):
    rows = [line(at, f"Lê Thị An {at}") for at in range(12)]  # "Tổ trưởng" is understood in every one
    imported = sent(admin, course, workbook(*rows, line(12, "Lê Thị Bê", position="CTV")))
    assert often(imported) == {"“Tổ trưởng” → “Tổ trưởng tổ dân phố”": 12}
    assert [each["given"]["full_name"] for each in filtered(imported, "noted")] == ["Lê Thị Bê"]


def test_a_unit_to_be_added_is_named_in_full(admin, course, unit):
    imported = sent(admin, course, workbook(line(1, "Lê Thị An", "TDP 05"), line(2, "Lê Thị Bê", "TDP số 5")))
    assert missing_units(imported) == ["Tổ dân phố 5"]
