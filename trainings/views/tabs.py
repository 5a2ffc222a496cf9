"""The pages of one course, as tabs: those that the reader may open."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, resolve, reverse

from thanhsen.models import User
from thanhsen.permissions import Permission
from trainings.models import Course

PAGES = (
    ("course_detail", "Tổng quan"),
    ("timetable", "Lớp, lịch học"),
    ("roster", "Học viên"),
    ("attendance", "Điểm danh"),
    ("test_list", "Kiểm tra"),
    ("evaluation", "Đánh giá"),
    ("course_discussion", "Hỏi đáp"),
    ("completion", "Hoàn thành"),
    ("course_costs", "Kinh phí"),
    ("course_papers", "Văn bản"),
    ("course_report", "Báo cáo"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool


def tabs(user: User, path: str, course: Course) -> list[Tab]:
    """Each address takes the course's id as `pk`. The one whose address the present one begins with is current."""
    found = [(label, url) for name, label in PAGES if (url := open_to(user, name, course.pk))]
    here = max((url for _, url in found if path.startswith(url)), key=len, default="")
    return [Tab(label, url, url == here) for label, url in found]


def open_to(user: User, name: str, pk: int) -> str:
    """The address of a page of a course; "" where there is no such page or `user` may not open it."""
    try:
        url = reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
    bare = f"/{url.removeprefix(get_script_prefix())}"  # the pages of practice stand under another prefix
    access = getattr(resolve(bare, urlconf=get_urlconf()).func, "access", None)
    return "" if isinstance(access, Permission) and not user.may(access) else url
