"""The pages of a closed course: they say why, and offer nothing that would be refused."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_trainee,
)
from tests.trainings.roster.sheets import line, sent, workbook
from trainings.actions.roster.writing import commit
from trainings.models import Course, Trainee

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course(seats=5)


@pytest.fixture
def admin(client, course):
    found = make_admin(course.ward)
    client.force_login(found)
    return found


@pytest.fixture
def trainee(course):
    return make_trainee(course, training_class=make_class(course), is_salaried=True)


@pytest.fixture
def imported(admin, course, trainee):
    found = sent(admin, course, workbook(line(1, "Lê Thị An", trainee.unit.name)))
    return commit(by=admin, imported=found, version=found.version, at=now())


@pytest.fixture
def closed(course, imported):
    make_trainee(course, full_name="Lê Chờ", state="waiting", waiting_since=now())
    Course.objects.filter(pk=course.pk).update(state="closed")


def main(answer) -> str:
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    "name", ["roster", "roster_units", "roster_split", "roster_waiting", "roster_imports"]
)
def test_pages_of_the_roster_offer_nothing_to_change(client, course, closed, name):
    shown = main(client.get(reverse(name, args=[course.pk])))
    assert "Khoá đã kết thúc nên danh sách" in shown
    assert reverse("course_open", args=[course.pk]) in shown
    for word in (
        "Thêm học viên",
        "Chuyển lớp",
        "Lưu chỉ tiêu",
        "Nạp và kiểm tra",
        "Gọi người chờ",
        "vào lớp như trên",
        "Thêm người<",
    ):
        assert word not in shown


def test_a_trainee_and_a_file_likewise(client, closed, trainee, imported):
    shown = main(client.get(reverse("trainee_detail", args=[trainee.pk])))
    assert "Sửa họ tên, ngày sinh, điện thoại" in shown
    assert "Cấp mã mới" in shown
    assert "Cho thôi học" not in shown
    assert "Thay người" not in shown
    shown = main(client.get(reverse("roster_import", args=[imported.pk])))
    assert "Khoá đã kết thúc" in shown
    assert "Hoàn tác" not in shown


def test_who_a_trainee_is_is_put_right_on_screen(client, closed, trainee):
    url = reverse("trainee_edit", args=[trainee.pk])
    form = client.get(url).context["form"]
    assert {name for name, each in form.fields.items() if not each.widget.is_hidden} == {
        "full_name", "birth_year", "birth_date", "phone",
    }  # fmt: skip
    data = {"full_name": "Nguyễn Thị Đào Hoa", "birth_year": "1981", "version": "1", "group": "communication"}
    assert client.post(url, data).status_code == 302
    row = Trainee.objects.get(pk=trainee.pk)
    assert (row.full_name, row.birth_year, row.group, row.is_salaried) == (
        "Nguyễn Thị Đào Hoa",
        1981,
        "poverty",
        True,
    )


def test_what_is_posted_from_a_page_opened_before_is_refused_in_a_sentence(
    client, course, closed, trainee, imported
):
    before = list(Trainee.objects.order_by("pk").values())
    posts = {
        "trainee_move": (course, {"nguoi": f"{trainee.pk}:1", "lop": "0"}),
        "roster_call": (course, {}),
        "roster_split": (course, {"seen": "x"}),
        "roster_undo": (imported, {"reason": "nạp nhầm", "seen": "x"}),
        "trainee_withdraw": (trainee, {"reason": "ốm", "on": "01/11/2026", "version": "1"}),
    }
    for name, (record, data) in posts.items():
        answer = client.post(reverse(name, args=[record.pk]), data, follow=True)
        assert "Mở lại khoá ở trang Tổng quan" in answer.content.decode(), name
    assert list(Trainee.objects.order_by("pk").values()) == before


def test_attendance_is_read_and_not_marked(client, admin, course, trainee):
    session = make_session(trainee.training_class, state="held", closed_at=now())
    make_mark(session, trainee, reason="gõ từ sổ")
    Course.objects.filter(pk=course.pk).update(state="closed")
    shown = main(client.get(reverse("session_attendance", args=[course.pk, session.pk])))
    assert "Khoá đã kết thúc" in shown
    for word in ("Ghi điểm danh", "Mở lại điểm danh", "Thêm người học ghép", "Đứng cửa"):
        assert word not in shown
    assert len(re.findall(r'type="radio"[^>]* disabled', shown)) == 4
