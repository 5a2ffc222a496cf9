"""The list of one session to sign, as Excel: who stands on it, its code, the reason, who may take it."""

import io
import re
import unicodedata

import pytest
from django.urls import reverse
from django.utils.timezone import localtime, now
from openpyxl import load_workbook

from tests.factories import make_user, make_ward
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_speaker,
    make_topic,
    make_trainee,
    make_unit,
)
from thanhsen.models import Event
from trainings.exchange.papers.attendance import attendance_sheets, session_sheet
from trainings.models import Mark
from trainings.reports.attendance import own, places, sheet_code

pytestmark = pytest.mark.django_db
REASON = {"reason": "in cho lớp ký buổi sáng"}
FIRST = 9  # row of the first name


@pytest.fixture
def session():
    course = make_course(name="Tập huấn & <b>giảm nghèo</b>")
    held = make_class(course, name="Lớp 1", number=1)
    day = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    made = make_session(
        held,
        starts_at=day,
        ends_at=day.replace(hour=23),
        speaker=make_speaker(course.ward, full_name="Trần Văn Ổn"),
        topic=make_topic(course.ward),
    )
    unit = make_unit(course.ward, name="=cmd|' /C calc'!A0")
    for name in ("Lê Văn Đạt", "Trần Thị Dũng", unicodedata.normalize("NFD", "Nguyễn Thị Ấn")):
        make_trainee(training_class=held, unit=unit, full_name=name)
    return made


@pytest.fixture
def clerk(client, session):
    found = make_user("supervisor", session.training_class.course.ward)
    client.force_login(found)
    return found


def address(session):
    return reverse("session_workbook", args=[session.training_class.course_id, session.pk])


def sheet_of(content: bytes):
    return load_workbook(io.BytesIO(content)).active


def test_who_stands_on_it_in_the_order_of_the_page(client, session, clerk):
    make_mark(session, make_trainee(session.training_class.course, full_name="Khách Ghép"), is_guest=True)
    answer = client.post(address(session), REASON)
    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = sheet_of(answer.content)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 2)]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (1, "Nguyễn Thị Ấn", 1980), (2, "Trần Thị Dũng", 1980), (3, "Lê Văn Đạt", 1980),
    ]  # fmt: skip
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "Khách Ghép" not in texts
    day = f"{localtime(session.starts_at):%d/%m/%Y}"
    for words in (
        "<b>giảm nghèo</b>",
        f"ngày {day}",
        "Danh sách có 3 người",
        "Trần Văn Ổn",
        str(session.topic),
    ):
        assert words in texts
    assert "None" not in texts


def test_its_code_is_the_one_typed_back(client, session, clerk):
    sheet = sheet_of(client.post(address(session), REASON).content)
    code = sheet_code(places(session))
    assert sheet["A1"].value == f"Mã tờ: {code}"
    assert code in sheet.oddFooter.left.text
    posted = {"code": code, "seen": 0, "do": "save", "absent": "2"}
    typed = client.post(reverse("session_paper", args=[session.training_class.course_id, session.pk]), posted)
    assert typed.status_code == 302
    assert Mark.objects.get(trainee__full_name="Trần Thị Dũng").state == "absent"


def test_the_list_of_a_class_carries_the_same_code(session):
    sheet = sheet_of(attendance_sheets(session.training_class.course))
    assert sheet["A1"].value == f"Mã tờ: {sheet_code(places(session))}"


def test_a_page_has_its_headings_and_room_to_sign(client, session, clerk):
    sheet = sheet_of(client.post(address(session), REASON).content)
    assert sheet.print_title_rows == "$7:$8"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert sheet.row_dimensions[FIRST].height >= 24


@pytest.mark.parametrize("reason", ["", "in", "x" * 301])
def test_it_leaves_with_a_reason_only(client, session, clerk, reason):
    assert client.get(address(session))["Content-Type"].startswith("text/html")
    answer = client.post(address(session), {"reason": reason})
    assert answer.status_code == 422
    assert not Event.objects.filter(act="training_paper.export").exists()
    client.post(address(session), REASON)
    event = Event.objects.get(act="training_paper.export")
    assert (event.reason, event.after) == (REASON["reason"], {"people": 3})
    assert set(event.records) == {each.trainee.pk for each in places(session)}


def test_the_pages_offer_it(client, session, clerk):
    for name in ("session_attendance", "session_sheet"):
        page = client.get(reverse(name, args=[session.training_class.course_id, session.pk]))
        assert address(session) in page.content.decode()


def test_who_may_take_it(client, session):
    ward = session.training_class.course.ward
    for role, status in (("admin", 200), ("supervisor", 200), ("officer", 403), ("approver", 403), ("viewer", 403)):  # fmt: skip
        client.force_login(make_user(role, ward))
        assert client.post(address(session), REASON).status_code == status, role
    client.force_login(make_admin(make_ward()))
    assert client.post(address(session), REASON).status_code == 404


def test_a_class_of_nobody_and_one_of_many(django_assert_max_num_queries):
    held = make_class(make_course(), capacity=400)
    session = make_session(held)
    assert sheet_of(session_sheet(session, own(places(session))))["A9"].value is None
    unit = make_unit(held.course.ward, name="Tổ dân phố " + "rất dài " * 17)
    for number in range(120):
        make_trainee(training_class=held, unit=unit, full_name=f"Công Tằng Tôn Nữ Thị {number}")
    with django_assert_max_num_queries(3):
        content = session_sheet(session, own(places(session)))
    sheet = sheet_of(content)
    assert sheet.row_dimensions[FIRST].height > 60  # the whole name of the unit can be read
    assert re.search(r"Danh sách có 120 người", " ".join(str(row[0].value) for row in sheet.iter_rows()))
