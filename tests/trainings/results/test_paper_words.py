"""What papers of a course say of courses that are small, bare or full of strange names."""

import io
import re
import unicodedata
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.trainings.factories import (
    make_class,
    make_course,
    make_session,
    make_speaker,
    make_trainee,
    make_unit,
)
from tests.trainings.results.test_results import words_of
from trainings.exchange.papers import PAPERS, parts
from trainings.models import CostLine, Course, Quota

pytestmark = pytest.mark.django_db
WORD = [key for key, paper in PAPERS.items() if paper.ending == "docx"]
EXCEL = [key for key, paper in PAPERS.items() if paper.ending == "xlsx"]


@pytest.fixture
def strange():
    """Names with marks of HTML and formulas, letters apart from their tones, nothing where something may be missing."""
    course = make_course(name="Lớp <b>bồi dưỡng</b> & tập huấn", signer="Trần Văn Ổn", purpose="=1+1")
    held = make_class(course, name="Lớp +A", number=1)
    make_session(held)
    make_session(held, speaker=make_speaker(course.ward, full_name="-Lê Ẩn", workplace=""))
    unit = make_unit(course.ward, name="=cmd|' /C calc'!A0 " + "rất dài " * 15)
    for name in ("=SUM(A1)", "<i>Nguyễn</i>", unicodedata.normalize("NFD", "Trần Thị Ưởng"), "B" * 100):
        make_trainee(training_class=held, unit=unit, full_name=name, birth_year=None)
    Quota.objects.create(course=course, unit=unit, seats=4)
    CostLine.objects.create(
        course=course, number=1, name="@Hỗ trợ", basis="trainee", quantity=Decimal("99999999.99"),
        rate=Decimal("99999999999999"), used=Decimal("9999999999999999"),
    )  # fmt: skip
    return course


def all_words(content: bytes, ending: str) -> str:
    if ending == "docx":
        return words_of(content)
    book = load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )  # fmt: skip


@pytest.mark.parametrize("key", list(PAPERS))
def test_no_word_of_the_machine(strange, key):
    paper = PAPERS[key]
    for course in (strange, make_course(strange.ward)):
        content = paper.write(course)
        words = all_words(content, paper.ending)
        assert unicodedata.is_normalized("NFC", words)
        for machine in ("None", "nan", "()", "[]", "  ", " ,", "lớp lớp"):
            assert machine not in words.replace("\n", "|"), machine
        with ZipFile(io.BytesIO(content)) as file:
            assert not any(b"<f>" in file.read(name) for name in file.namelist())


@pytest.mark.parametrize("key", EXCEL)
def test_excel_papers_have_no_sheet_but_those_to_sign(strange, key):
    book = load_workbook(io.BytesIO(PAPERS[key].write(strange)))
    for sheet in book:
        assert sheet["A4"].value
        assert sheet.print_title_rows == "$7:$8"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@" and cell.row > 8:
                    assert cell.data_type == "s"
                    assert cell.quotePrefix


@pytest.mark.parametrize("key", WORD)
def test_signatures_hold_on_to_what_is_signed(strange, key):
    document = Document(io.BytesIO(PAPERS[key].write(strange)))
    body = list(document.element.body)
    signed = [place for place, each in enumerate(body) if "Trần Văn Ổn" in "".join(each.itertext())]
    assert signed
    for place in signed:
        assert body[place - 1].findall(".//{*}keepNext")


def test_a_course_of_one_day_and_one_class():
    day = date(2026, 1, 5)
    course = make_course(name="Khoá ngắn", starts_on=day, ends_on=day)
    make_class(course, name="Lớp duy nhất", number=1)
    assert parts.days_of(course) == "ngày 05 tháng 01 năm 2026"
    words = words_of(PAPERS["quyet-dinh"].write(course))
    assert "Mở khoá ngắn ngày 05 tháng 01 năm 2026 cho 0 học viên (danh sách kèm theo)." in words
    make_class(course, name="Lớp tối", number=2)
    assert "chia thành 2 lớp: Lớp duy nhất, Lớp tối" in words_of(PAPERS["quyet-dinh"].write(course))


@pytest.mark.parametrize(
    ("name", "said"),
    [("Tập huấn A", "lớp tập huấn A"), ("Lớp tập huấn A", "lớp tập huấn A"), ("KHOÁ B", "KHOÁ B"), ("UBND mở", "lớp UBND mở")],
)  # fmt: skip
def test_how_a_course_is_called(name, said):
    assert parts.class_of(Course(name=name)) == said


def test_annexes_are_counted_as_they_are_there():
    course = make_course()
    unit = make_unit(course.ward)
    Quota.objects.create(course=course, unit=unit, seats=4)
    words = words_of(PAPERS["ke-hoach"].write(course))
    assert "PHỤ LỤC 1: SỐ NGƯỜI TỪNG ĐƠN VỊ CỬ" in words
    assert "theo Phụ lục 1" in words
    make_session(make_class(course))
    words = words_of(PAPERS["ke-hoach"].write(course))
    assert re.search(r"PHỤ LỤC 1: LỊCH HỌC.*PHỤ LỤC 2: SỐ NGƯỜI", words, re.DOTALL)
    assert "theo Phụ lục 2" in words


def test_a_class_without_lessons_says_so():
    course = make_course()
    person = make_trainee(training_class=make_class(course, name="Lớp 1"))
    assert "[Lịch học.]" in words_of(PAPERS["chuong-trinh"].write(course))
    words = words_of(PAPERS["trieu-tap"].write(course))
    assert "Lịch học Lớp 1: [thời gian, địa điểm]." in words
    assert person.full_name in words


def test_an_amount_no_one_can_spell_is_left_to_the_author(strange):
    for key in ("ke-hoach", "quyet-dinh"):
        assert "[ghi bằng chữ]" in words_of(PAPERS[key].write(strange))
    assert "(bằng chữ: Chín triệu" in all_words(PAPERS["quyet-toan"].write(strange), "xlsx")
