"""The pages of the course of 250 that are measured, each opened by somebody whose work it is."""

from collections.abc import Callable, Iterator

from django.test import Client
from django.urls import reverse

from tests.bench.database import settle
from tests.bench.pages import Page, Visitors
from thanhsen.permissions import Role
from trainings.demo import make_courses
from trainings.models import Course, Session, Trainee


def course_pages() -> Iterator[Callable[[], Page]]:
    """One maker for each row of the table; the course is put in before the first."""
    make_courses()
    settle()
    visitors = Visitors()
    get, admin, supervisor = visitors.get, Role.ADMIN, Role.SUPERVISOR
    course = Course.objects.get(code="TH-2025-12")
    session = Session.objects.filter(training_class__course=course).earliest("starts_at")
    trainee = Trainee.objects.filter(course=course).earliest("pk")
    for label, name in (
        ("khoá: tổng quan", "course_detail"),
        ("khoá: lịch học", "timetable"),
        ("khoá: học viên (250)", "roster"),
        ("khoá: đơn vị, chỉ tiêu", "roster_units"),
        ("khoá: điểm danh", "attendance"),
        ("khoá: điểm danh từng người", "attendance_trainees"),
        ("khoá: kiểm tra", "test_list"),
        ("khoá: kết quả kiểm tra", "test_results"),
        ("khoá: đánh giá", "evaluation"),
        ("khoá: hỏi đáp", "course_discussion"),
        ("khoá: hoàn thành", "completion"),
        ("khoá: kinh phí", "course_costs"),
        ("khoá: văn bản", "course_papers"),
        ("khoá: báo cáo", "course_report"),
    ):
        yield lambda label=label, name=name: Page(label, get(admin, name, course.pk))
    yield lambda: Page("các khoá", get(admin, "course_list"))
    yield lambda: Page("một buổi: điểm danh", get(admin, "session_attendance", course.pk, session.pk))
    yield lambda: Page("sổ cấp giấy", get(admin, "training_register"))
    yield lambda: Page("ngân hàng câu hỏi", get(admin, "question_list"))
    yield lambda: Page("hỏi đáp, kinh nghiệm", get(admin, "contribution_list"))
    yield lambda: Page("so sánh các khoá", get(admin, "course_comparison"))
    yield lambda: Page("học và rà soát", get(supervisor, "learning_comparison"))
    phone, own = Client(), reverse("my_page", args=[trainee.code])
    yield lambda: Page("trang riêng của học viên", lambda _: phone.get(own))
