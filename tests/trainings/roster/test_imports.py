"""A list of trainees from a workbook: read, held against the roster, written in one go, taken back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_trainee,
    make_unit,
)
from tests.trainings.roster.sheets import HEADINGS, TODAY, line, many, outcomes, sent, told, workbook
from thanhsen.models import Event
from trainings.actions.roster import files, people
from trainings.actions.roster.undoing import undo
from trainings.actions.roster.writing import Moved, commit
from trainings.exchange.roster.columns import template
from trainings.exchange.roster.reading import check, compare_again
from trainings.models import RosterImport

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


def written(admin, imported):
    return commit(by=admin, imported=imported, version=imported.version, at=now())


def test_250_rows_are_written_in_few_queries_and_taken_back(admin, course):
    units = [make_unit(course.ward, name=f"Tổ dân phố {number}") for number in range(1, 31)]
    make_class(course, capacity=125), make_class(course, capacity=125)
    with CaptureQueriesContext(connection) as reading:
        imported = sent(admin, course, many(250, units))
    assert imported.counts == {"new": 250}, told(imported)
    assert len(reading) <= 20
    with CaptureQueriesContext(connection) as writing:
        written(admin, imported)
    print("commit of 250:", len(writing), "queries; reading:", len(reading))
    assert len(writing) <= 20
    assert course.trainees.enrolled().count() == 250
    assert Event.objects.filter(act="trainee.enrol").count() == 250
    with CaptureQueriesContext(connection) as back:
        undo(by=admin, imported=imported, reason="nạp nhầm", at=now())
    assert len(back) <= 40
    assert not course.trainees.exists()


def test_new_same_changed_conflict_and_faulty_each_explained(admin, course, unit):
    other = make_unit(course.ward, name="Tổ dân phố 2")
    same = {"unit": unit, "position": "group_leader", "is_salaried": False}
    make_trainee(course, full_name="Lê Thị An", **same)
    make_trainee(course, full_name="Lê Thị Bê", **same)
    make_trainee(course, full_name="Lê Thị Cam", **same)
    make_trainee(course, full_name="Lê Thị Dứa", phone="0912345678", **same)
    make_trainee(course, full_name="Lê Thị Em", **{**same, "unit": other})
    content = workbook(
        line(1, "Lê Thị Mới"),
        line(2, "Lê Thị An"),
        line(3, "Lê Thị Bê", phone="0900000001"),
        line(4, "Lê Thị Cam", year=1981),
        line(5, "Phan Văn Lạ", phone="0912345678"),
        line(6, "Lê Thị Em"),
        line(7, "Lê Thị Ổi", unit="Phòng không có"),
        line(8, "Lê Thị Ổi", phone="12"),
        line(9, "Lê Thị Na", year=1880),
        line(10, "Lê Thị Mơ", position="Phi công"),
    )
    imported = sent(admin, course, content)
    assert outcomes(imported) == [
        "new", "same", "changed", "conflict", "conflict", "conflict", "faulty", "faulty", "faulty", "faulty",
    ]  # fmt: skip
    assert imported.rows[2]["differences"] == [["điện thoại", "(trống)", "0900000001"]]
    assert "khác năm sinh" in told(imported, 3)
    assert "của Lê Thị Dứa" in told(imported, 4)
    assert "cùng năm sinh" in told(imported, 5)
    assert "chưa có đơn vị “Phòng không có”" in told(imported, 6)
    assert "10 chữ số" in told(imported, 7)
    assert "Năm 1880" in told(imported, 8)
    assert "Phi công" in told(imported, 9)
    assert imported.rows[6]["unit_missing"] == "Phòng không có"


def test_what_is_in_doubt_is_decided_and_then_written(admin, course, unit):
    known = make_trainee(course, full_name="Lê Thị Cam", unit=unit, birth_year=1980)
    imported = sent(
        admin, course, workbook(line(1, "Lê Thị Cam", year=1981), line(2, "Lê Thị Cam", year=1982))
    )
    assert outcomes(imported) == ["conflict", "conflict"]
    with pytest.raises(ValidationError):
        written(admin, imported)
    first, second = (each["row"] for each in imported.rows)
    choices = {first: f"into:{known.pk}", second: "other"}
    imported = compare_again(
        files.choose(by=admin, imported=imported, version=imported.version, choices=choices), TODAY
    )
    assert outcomes(imported) == ["changed", "new"]
    written(admin, imported)
    known.refresh_from_db()
    assert (known.birth_year, course.trainees.count()) == (1981, 2)
    with pytest.raises(ValidationError):
        files.choose(by=admin, imported=imported, version=None, choices={first: "other"})


def test_a_choice_that_was_not_offered_is_refused(admin, course, unit):
    stranger = make_trainee()
    imported = sent(admin, course, workbook(line(1, "Lê Thị Cam")))
    for choices in ({2: f"into:{stranger.pk}"}, {99: "skip"}, {2: "<b>"}):
        with pytest.raises(ValidationError, match="không còn"):
            files.choose(by=admin, imported=imported, version=None, choices=choices)


def test_twins_are_told_apart(admin, course, unit):
    make_trainee(course, full_name="Lê Thị Cam", unit=unit, birth_year=1980)
    imported = sent(admin, course, workbook(line(1, "Lê Thị An"), line(2, "lê thị an"), line(3, "LE THI AN")))
    assert outcomes(imported) == ["new", "conflict", "conflict"]
    assert "dòng 2 của tệp" in told(imported, 1)
    choices = {3: "other", 4: "other"}
    imported = compare_again(files.choose(by=admin, imported=imported, version=None, choices=choices), TODAY)
    written(admin, imported)
    found = course.trainees.filter(name_fold="le thi an").order_by("pk")
    assert [each.twin_of_name for each in found] == [0, 1, 2]


def test_skipped_rows_are_left_out(admin, course, unit):
    imported = sent(admin, course, workbook(line(1, "Lê Thị An"), line(2, "Lê Thị Bê")))
    imported = compare_again(
        files.choose(by=admin, imported=imported, version=None, choices={2: "skip"}), TODAY
    )
    assert imported.counts == {"skipped": 1, "new": 1}
    written(admin, imported)
    assert [each.full_name for each in course.trainees.all()] == ["Lê Thị Bê"]


def test_nothing_is_overwritten_that_another_admin_saved_since(admin, course, unit):
    known = make_trainee(course, full_name="Lê Thị An", unit=unit)
    imported = sent(admin, course, workbook(line(1, "Lê Thị An", phone="0912345678")))
    people.edit_trainee(by=admin, trainee=known, version=1, values={"note": "đã gọi điện"})
    with pytest.raises(Moved, match="dòng 2"):
        written(admin, imported)
    imported = compare_again(imported, TODAY)
    written(admin, imported)
    known.refresh_from_db()
    assert (known.note, known.phone) == ("đã gọi điện", "0912345678")


def test_who_came_onto_the_roster_since_is_not_written_twice(admin, course, unit):
    imported = sent(admin, course, workbook(line(1, "Lê Thị An"), line(2, "Lê Thị Bê", phone="0912345678")))
    make_trainee(course, full_name="Lê Thị An", unit=unit)
    make_trainee(course, full_name="Phan Cam", phone="0912345678")
    with pytest.raises(Moved, match="dòng 2, 3"):
        written(admin, imported)
    assert course.trainees.count() == 2
    imported = compare_again(imported, TODAY)
    assert outcomes(imported) == ["changed", "conflict"]


def test_a_page_older_than_the_last_choice_writes_nothing(admin, course, unit):
    imported = sent(admin, course, workbook(line(1, "Lê Thị An")))
    old = imported.version
    compare_again(files.choose(by=admin, imported=imported, version=old, choices={2: "skip"}), TODAY)
    with pytest.raises(ValidationError, match="vừa thay đổi"):
        commit(by=admin, imported=imported, version=old, at=now())


def test_who_finds_no_seat_waits(admin, unit):
    course = make_course(unit.ward, seats=1)
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An"), line(2, "Lê Thị Bê"))))
    assert [each.full_name for each in course.trainees.waiting()] == ["Lê Thị Bê"]
    assert imported.counts["waiting"] == 1


def test_classes_of_the_file(admin, course, unit):
    held = make_class(course, number=1, name="Lớp 1", capacity=1)
    make_class(course, number=2, name="Lớp 2", capacity=9)
    headings = (*HEADINGS, "Lớp")
    content = workbook(
        (*line(1, "Lê Thị An"), 1), (*line(2, "Lê Thị Bê"), "Lớp 01"), (*line(3, "Lê Thị Cam"), "Lớp 7"),
        headings=headings,
    )  # fmt: skip
    imported = sent(admin, course, content)
    assert outcomes(imported) == ["new", "new", "faulty"]
    assert "không có lớp “Lớp 7”" in told(imported, 2)
    imported = written(admin, imported)
    assert [each.full_name for each in held.trainees.all()] == ["Lê Thị An"]
    assert imported.counts["without_class"] == 1


def test_the_same_file_again_is_said_and_writes_nothing(admin, course, unit):
    content = workbook(line(1, "Lê Thị An"))
    first = written(admin, sent(admin, course, content))
    again = sent(admin, course, content)
    assert files.same_file(again).pk == first.pk
    assert outcomes(again) == ["same"]
    with pytest.raises(ValidationError, match="Không có ai"):
        written(admin, again)


def test_a_form_sent_twice_keeps_one_file(admin, course, unit):
    from uuid import uuid4

    content, request_id = workbook(line(1, "Lê Thị An")), uuid4()
    first = files.upload(
        by=admin, course=course, file_name="a.xlsx", content=content, defaults={}, request_id=request_id
    )
    again = files.upload(
        by=admin, course=course, file_name="a.xlsx", content=content, defaults={}, request_id=request_id
    )
    assert first == again


def test_the_template_filled_in_is_read_without_questions(admin, course, unit):
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(template()))
    sheet = book.worksheets[0]
    headings = [each.value for each in sheet[1]]
    values = {"Họ và tên": "Lê Thị An", "Ngày, năm sinh": "05/12/1980", "Giới tính": "Nữ", "Chức vụ": "Khác",
              "Đơn vị": "TDP 1", "Nhóm": "Truyền thông", "Dân tộc": "Kinh"}  # fmt: skip
    for at, heading in enumerate(headings, 1):
        sheet.cell(2, at, values.get(heading))
    content = BytesIO()
    book.save(content)
    imported = sent(admin, course, content.getvalue())
    assert imported.counts == {"new": 1}, (imported.told, told(imported))
    written(admin, imported)
    made = course.trainees.get()
    assert (str(made.birth_date), made.birth_year, made.ethnicity, made.group, made.is_salaried) == (
        "1980-12-05", 1980, "Kinh", "communication", None,
    )  # fmt: skip


def test_what_the_file_lacks_is_said_once_for_the_whole(admin, course, unit):
    headings = ("Họ và tên", "Nữ", "Nam")
    content = workbook(("Lê Thị An", 1980, None), ("Lê Văn Bê", None, "12/5/1981"), headings=headings)
    imported = sent(admin, course, content)
    assert imported.state == "uploaded"
    assert "Chưa có cột “Chức vụ”" in " ".join(imported.told)
    defaults = {"unit": unit.name, "position": "other", "group": "poverty"}
    imported = sent(admin, course, content, defaults=defaults)
    assert imported.counts == {"new": 2}, told(imported)
    written(admin, imported)
    assert sorted(course.trainees.values_list("sex", "birth_year", "position")) == [
        ("female", 1980, "other"),
        ("male", 1981, "other"),
    ]


def test_columns_of_their_own_are_asked_for_once(admin, course, unit):
    headings = ("Người được triệu tập", *HEADINGS[2:])
    content = workbook(line(1, "Lê Thị An")[1:], headings=headings)
    imported = sent(admin, course, content)
    assert imported.state == "uploaded"
    matching = {each["number"]: each["field"] for each in imported.found["columns"]} | {1: "full_name"}
    imported = check(
        files.match_columns(by=admin, imported=imported, page=imported.page, matching=matching), TODAY
    )
    assert imported.counts == {"new": 1}
    again = sent(admin, course, workbook(line(2, "Lê Thị Bê")[1:], headings=headings))
    assert again.counts == {"new": 1}


def test_a_lost_file_is_not_read_again(admin, course, unit):
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An"))))
    with pytest.raises(ValidationError):
        files.drop(by=admin, imported=imported)
    with pytest.raises(ValidationError):
        check(imported, TODAY)
    other = sent(admin, course, workbook(line(1, "Lê Thị Bê")))
    assert files.drop(by=admin, imported=other).state == "dropped"
    assert RosterImport.objects.count() == 2
