"""The sender's own workbook of trainees, its bad cells marked."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.trainings.factories import make_admin, make_course, make_trainee, make_unit
from tests.trainings.roster.sheets import line, sent, workbook
from thanhsen.models import Event
from trainings.actions.roster import files
from trainings.exchange.roster import returned

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(client, course):
    found = make_admin(course.ward)
    client.force_login(found)
    return found


@pytest.fixture
def imported(admin, course):
    unit = make_unit(course.ward, name="Tổ dân phố 1")
    make_trainee(course, full_name="Lê Thị Cam", unit=unit, birth_year=1980)
    rows = (
        line(1, "Lê Thị An"),
        line(2, "Lê Thị Bê", phone="09-khong"),
        line(3, "=1+1", unit="Đơn vị <b>lạ</b>", year=1990),
        line(4, "Lê Thị Cam", year=1981),
    )
    return sent(admin, course, workbook(*rows, above=[("DANH SÁCH CỬ ĐI HỌC",)]))


def cells(content):
    return load_workbook(BytesIO(content)).active


def test_bad_cells_carry_what_is_wrong_and_the_rest_is_as_sent(imported):
    content, note = returned.workbook(imported)
    sheet, before = cells(content), cells(bytes(imported.content))
    assert note == ""
    assert [[cell.value for cell in row] for row in sheet] == [[cell.value for cell in row] for row in before]
    said = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert "I4" in said
    assert "Chưa có đơn vị" in said["F5"]
    assert "Cần quyết định trong cổng: Đơn vị đã có Lê Thị Cam" in said["A6"]
    assert not any(place.endswith("3") for place in said)


def test_what_was_skipped_is_not_marked(admin, imported):
    row = files.choose(by=admin, imported=imported, version=imported.version, choices={6: "skip"})
    sheet = cells(returned.workbook(row)[0])
    assert not any(cell.comment for cell in sheet[6])


def test_mended_and_sent_again_it_is_read_as_any(admin, course, imported):
    content, _ = returned.workbook(imported)
    again = sent(admin, course, content)
    assert [each["outcome"] for each in again.rows] == [each["outcome"] for each in imported.rows]
    book = load_workbook(BytesIO(content))
    book.active["I4"], book.active["F5"], book.active["B5"] = "0912345678", "Tổ dân phố 1", "Lê Thị Dứa"
    mended = BytesIO()
    book.save(mended)
    assert [each["outcome"] for each in sent(admin, course, mended.getvalue()).rows] == [
        "new",
        "new",
        "new",
        "conflict",
    ]


def test_it_leaves_the_portal_by_a_guarded_page_that_is_told(client, imported, course):
    url = reverse("roster_returned", args=[imported.pk])
    assert url in client.get(reverse("roster_import", args=[imported.pk])).content.decode()
    answer = client.get(url)
    assert "danh-sach-can-sua.xlsx" in answer.headers["Content-Disposition"]
    assert cells(answer.content)
    assert Event.objects.filter(act="roster.export").exists()
    client.force_login(make_admin(make_course().ward))
    assert client.get(url).status_code == 404


def test_a_file_that_was_refused_has_nothing_to_mark(client, admin, course):
    refused = sent(admin, course, b"khong phai Excel")
    assert client.get(reverse("roster_returned", args=[refused.pk])).status_code == 404
