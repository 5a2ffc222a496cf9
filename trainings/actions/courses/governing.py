"""Whose courses one may run, and when a course may be changed."""

from django.core.exceptions import PermissionDenied, ValidationError

from thanhsen.concurrency import lock
from thanhsen.models import Area, User
from trainings.models import Course


def must_govern(by: User, ward: int) -> None:
    if not Area.objects.visible_to(by).filter(pk=ward).exists():
        raise PermissionDenied("Chỉ quản trị của phường mở khoá mới làm được việc này.")


def course_to_change(by: User, course: Course, version: int | None = None) -> Course:
    """The course, locked until the end of the transaction; refused once it is closed."""
    must_govern(by, course.ward_id)
    row = lock(course, version)
    must_not_be_closed(row)
    return row


def must_not_be_closed(course: Course) -> None:
    """What the report of a closed course counts stays as it was reported."""
    if course.is_closed:
        raise ValidationError("Khoá đã kết thúc. Mở lại khoá ở trang Tổng quan rồi sửa.")


def one_timetable_at_a_time(ward: int) -> None:
    """Until the end of the transaction nobody else writes sessions of the ward: halls and speakers are shared by its
    courses, so what a clash is said with is what is stored, and two timetables that meet do not wait for each other."""
    Area.objects.select_for_update(no_key=True).only("pk").get(pk=ward)
