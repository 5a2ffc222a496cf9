"""What waits in courses stands on the home page, of one's own ward only, in one query."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from tests.factories import make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_test,
    make_trainee,
)
from thanhsen.waiting import of_wings
from trainings.models import Contribution

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(user) -> dict[str, int]:
    return {line.text: line.count for line in of_wings(user, localdate())}


@pytest.fixture
def course():
    today = localdate()
    course = make_course(starts_on=today - 3 * DAY, ends_on=today - DAY, min_attendance=50)
    held = make_class(course)
    past = make_session(held, state="held", starts_at=now() - 2 * DAY)
    make_session(held, starts_at=now())
    make_mark(past, make_trainee(training_class=held))
    make_trainee(training_class=held, full_name="Vắng Văn Mặt")
    make_trainee(course, full_name="Chờ Thị Chỗ", state="waiting", waiting_since=now())
    make_test(course, opens_at=now() - timedelta(seconds=1), closes_at=now() + DAY)
    Contribution.objects.create(ward=course.ward, course=course, kind="question", text="Vay ở đâu?")
    return course


def test_what_waits_for_who_runs_courses_in_one_query(course, django_assert_num_queries):
    admin = make_admin(course.ward)
    _ = admin.area_ids  # asked once a request
    with django_assert_num_queries(1):
        found = told(admin)
    assert found == {
        "Buổi đã qua chưa chốt điểm danh": 1,
        "Buổi hôm nay chưa chốt điểm danh": 1,
        "Bài kiểm tra mở hôm nay": 1,
        "Người đang chờ chỗ trong khoá": 1,
        "Người đã hoàn thành, chờ cấp giấy chứng nhận": 1,
        "Câu hỏi thảo luận chờ trả lời": 1,
    }
    text = signed_in(admin).get(reverse("home")).content.decode()
    assert "chờ cấp giấy chứng nhận" in text
    assert "Khoá tập huấn của tôi" not in text
    assert told(make_admin()) == found  # bound to no area: every ward
    assert told(make_admin(make_ward())) == {}


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "viewer"])
def test_others_are_told_of_their_own_course_only(course, role):
    user = make_user(role, course.ward)
    assert told(user) == {}
    make_trainee(course, full_name="Phạm Văn Ví", user=user)
    page = signed_in(user).get(reverse("home")).content.decode()
    assert told(user) == {"Khoá tập huấn của tôi": 1}
    assert reverse("my_trainings") in page
