"""Decisions and files of the roster on screen, from upload to undo."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.trainings.factories import make_admin, make_course, make_trainee, make_unit
from tests.trainings.roster.sheets import line, sent, workbook
from trainings.models import RosterImport, RosterVersion, Trainee

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(client, course):
    found = make_admin(course.ward)
    client.force_login(found)
    return found


def text(answer) -> str:
    return answer.content.decode()


def test_a_decision_on_screen(client, admin, course):
    url = reverse("roster_freeze", args=[course.pk])
    data = {"decision_number": "120/QĐ-UBND", "decision_date": "01/12/2026", "signer_title": "CHỦ TỊCH", "signer": "Phạm Văn Ví",
            "request_id": "7f1b0d5e-4a35-4f0e-8a55-2f6d3f5f0a11"}  # fmt: skip
    assert "Chưa có học viên" in text(client.post(url, data))
    trainee = make_trainee(course)
    assert client.post(url, data).status_code == client.post(url, data).status_code == 302
    version = RosterVersion.objects.get()
    page = reverse("roster_version", args=[version.pk])
    assert "vẫn đúng như quyết định" in text(client.get(page))
    Trainee.objects.filter(pk=trainee.pk).update(full_name="Lê Thị Khác")
    assert "<ins>Lê Thị Khác</ins>" in text(client.get(page))


def test_a_file_from_upload_to_undo(client, admin, course):
    unit = make_unit(course.ward, name="Tổ dân phố 1")
    make_trainee(course, full_name="Lê Thị Cam", unit=unit, birth_year=1980)
    content = workbook(
        line(1, "Lê Thị An"), line(2, "Lê Thị Cam", year=1981), line(3, SCRIPT, unit="Hội <b>mới</b>")
    )
    file = SimpleUploadedFile("ds.xlsx", content)
    url = reverse("roster_imports", args=[course.pk])
    data = {"file": file, "request_id": "7f1b0d5e-4a35-4f0e-8a55-2f6d3f5f0a12"}
    assert client.post(url, {**data, "file": ""}).status_code == 422
    assert client.post(url, data).status_code == 302
    imported = RosterImport.objects.get()
    page = reverse("roster_import", args=[imported.pk])
    shown = text(client.get(page))
    assert "khác năm sinh" in shown
    assert "1 đơn vị trong tệp chưa có" in shown
    assert SCRIPT not in shown
    client.post(reverse("roster_missing_units", args=[imported.pk]))
    imported.refresh_from_db()
    assert imported.counts == {"new": 2, "conflict": 1}
    choose = reverse("roster_choose", args=[imported.pk])
    client.post(choose, {"choice": "other", "tat-ca": "1", "version": 1})
    imported.refresh_from_db()
    assert imported.counts["conflict"] == 1, "a page of an older version decides nothing"
    client.post(choose, {"choice": "other", "tat-ca": "1", "version": imported.version})
    imported.refresh_from_db()
    assert imported.counts == {"new": 3}
    for show in ("new", "faulty", "noted", "?"):
        assert client.get(page, {"xem": show}).status_code == 200
    client.post(reverse("roster_commit", args=[imported.pk]), {"version": imported.version})
    assert course.trainees.count() == 4
    again = client.post(
        reverse("roster_commit", args=[imported.pk]), {"version": imported.version}, follow=True
    )
    assert "đang ở bước" in text(again)
    undo = reverse("roster_undo", args=[imported.pk])
    preview = client.get(undo)
    assert "bỏ khỏi danh sách" in text(preview)
    seen = preview.context["found"].key
    assert client.post(undo, {"reason": "", "seen": seen}).status_code == 422
    assert "Danh sách vừa thay đổi" in text(client.post(undo, {"reason": "nạp nhầm", "seen": "x"}))
    assert client.post(undo, {"reason": "nạp nhầm", "seen": seen}).status_code == 302
    assert course.trainees.count() == 1
    assert "nạp nhầm" in text(client.get(page))


def test_columns_matched_on_screen(client, admin, course):
    make_unit(course.ward, name="Tổ dân phố 1")
    headings = (
        "STT",
        "Người được triệu tập",
        "Năm sinh",
        "Giới tính",
        "Chức vụ",
        "Đơn vị",
        "Nhóm",
        "Lương",
        "Số máy",
    )
    client.post(
        reverse("roster_imports", args=[course.pk]),
        {"file": SimpleUploadedFile("ds.xlsx", workbook(line(1, "Lê Thị An"), headings=headings)),
         "request_id": "7f1b0d5e-4a35-4f0e-8a55-2f6d3f5f0a13"},
    )  # fmt: skip
    imported = RosterImport.objects.get()
    url = reverse("roster_match", args=[imported.pk])
    assert client.get(reverse("roster_import", args=[imported.pk])).url == url
    page = client.get(url)
    assert "Người được triệu tập" in text(page)
    columns = {f"c{each['number']}": each["field"] for each, _ in page.context["columns"]}
    assert "Chưa chọn cột" in text(client.post(url, columns))
    columns |= {"c2": "full_name", "c8": "is_salaried", "c9": "phone"}
    assert client.post(url, {**columns, "c9": "full_name"}).status_code == 422
    assert client.post(url, {**columns, "c9": "hacked"}).status_code == 422
    assert client.post(url, columns).status_code == 302
    imported.refresh_from_db()
    assert imported.counts == {"new": 1}
    client.post(reverse("roster_drop", args=[imported.pk]))
    assert client.get(url).status_code == 302


def test_a_course_moved_on_while_the_page_was_open_is_compared_again(client, admin, course):
    unit = make_unit(course.ward, name="Tổ dân phố 1")
    imported = sent(admin, course, workbook(line(1, "Lê Thị An"), line(2, "Lê Thị Bê")))
    make_trainee(course, full_name="Lê Thị An", unit=unit, birth_year=1980, is_salaried=False)
    answer = client.post(
        reverse("roster_commit", args=[imported.pk]), {"version": imported.version}, follow=True
    )
    assert "vừa thay đổi nên chưa ghi gì (dòng 2)" in text(answer)
    imported.refresh_from_db()
    assert imported.counts == {"same": 1, "new": 1}
    client.post(reverse("roster_commit", args=[imported.pk]), {"version": imported.version})
    assert course.trainees.count() == 2


def test_the_template_is_a_workbook(client, admin, course):
    answer = client.get(reverse("roster_template", args=[course.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"PK")
