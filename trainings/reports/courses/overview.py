"""A course in numbers, and what to do next with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from thanhsen import vietnamese
from trainings.completion import count_of_outer
from trainings.models import Course, CourseTopic, Session, Trainee, TrainingCertificate, TrainingClass

State = Session.State


def with_figures(courses: Any, now: datetime) -> Any:
    """Each course with its counts, in the query of the courses themselves. `overdue`: planned sessions whose hour is
    over; `bare`: planned ones without a venue or a speaker; `unclosed`: held, attendance not closed; `outside`: on a day
    that the course does not cover."""
    sessions = Session.objects.filter(training_class__course=OuterRef("pk")).taking_place()
    planned = Q(state=State.PLANNED)
    people = Trainee.objects.filter(course=OuterRef("pk"))
    classes = TrainingClass.objects.filter(course=OuterRef("pk"))
    return courses.annotate(
        topic_count=count_of_outer(CourseTopic.objects.filter(course=OuterRef("pk")), "course"),
        class_count=count_of_outer(classes, "course"),
        class_seats=Coalesce(
            Subquery(classes.order_by().values("course").annotate(seats_=Sum("capacity")).values("seats_")), 0
        ),
        enrolled=count_of_outer(people.enrolled(), "course"),
        unplaced=count_of_outer(people.enrolled().filter(training_class=None), "course"),
        waiting=count_of_outer(people.filter(state=Trainee.State.WAITING), "course"),
        session_count=count_of_outer(sessions, "training_class__course"),
        held=count_of_outer(sessions.filter(state=State.HELD), "training_class__course"),
        overdue=count_of_outer(sessions.filter(planned, ends_at__lt=now), "training_class__course"),
        bare=count_of_outer(
            sessions.filter(planned, Q(venue=None) | Q(speaker=None) & ~Q(kind=Session.Kind.TEST)),
            "training_class__course",
        ),
        unclosed=count_of_outer(sessions.filter(state=State.HELD, closed_at=None), "training_class__course"),
        outside=count_of_outer(
            sessions.filter(
                Q(starts_at__date__lt=OuterRef("starts_on")) | Q(starts_at__date__gt=OuterRef("ends_on"))
            ),
            "training_class__course",
        ),
        certificate_count=count_of_outer(
            TrainingCertificate.objects.filter(course=OuterRef("pk"), revoked_on=None), "course"
        ),
    )


def attended_rate(course: Any) -> Decimal | None:
    """Percent of a course that went through `attendance.with_rate`; None where nobody was expected yet."""
    return vietnamese.rate(course.attended, course.expected)


@dataclass(frozen=True)
class Step:
    """Something to do, and the page (name of its address) where it is done. `waits`: somebody should soon."""

    sentence: str
    page: str
    waits: bool = False


def steps(course: Any, now: datetime) -> list[Step]:
    """What to do next with a course that went through `with_figures`, the first first."""
    if course.state == Course.State.CLOSED:
        return []
    over = course.ends_on < localdate(now)
    ready = bool(course.topic_count and course.class_count)
    held_all = bool(course.session_count) and course.held == course.session_count
    missing_seats = course.seats - course.class_seats
    todo = [
        (not course.topic_count, Step("Chọn chuyên đề của khoá.", "course_topics")),
        (not course.class_count, Step("Thêm lớp, mỗi lớp bao nhiêu người.", "timetable")),
        (
            course.class_count and missing_seats > 0,
            Step(f"Các lớp mới có {course.class_seats} chỗ, còn thiếu {missing_seats} so với dự kiến.", "timetable"),
        ),
        (ready and not course.session_count, Step("Xếp lịch học cho các lớp.", "timetable_plan")),
        (course.bare, Step(f"{course.bare} buổi chưa có nơi học hoặc báo cáo viên.", "timetable", waits=True)),
        (course.outside, Step(f"{course.outside} buổi nằm ngoài thời gian của khoá.", "timetable", waits=True)),
        (ready and course.state == Course.State.DRAFT, Step("Mở khoá để gọi học viên.", "course_open")),
        (not course.enrolled, Step("Lập danh sách học viên.", "roster")),
        (course.unplaced, Step(f"{course.unplaced} học viên chưa xếp lớp.", "roster", waits=True)),
        (course.waiting, Step(f"{course.waiting} người đang chờ chỗ.", "roster", waits=True)),
        (
            course.overdue,
            Step(f"{course.overdue} buổi đã qua giờ mà chưa đánh dấu đã học.", "timetable", waits=True),
        ),
        (course.unclosed, Step(f"{course.unclosed} buổi đã học chưa chốt điểm danh.", "attendance", waits=True)),
        (
            held_all and not course.certificate_count,
            Step("Đã học hết các buổi: xét hoàn thành, cấp giấy chứng nhận.", "completion", waits=True),
        ),
        (
            over and course.state == Course.State.OPEN and not course.overdue,
            Step(f"Khoá đã hết hạn ngày {course.ends_on:%d/%m/%Y}: ghi số đã chi rồi kết thúc khoá.", "course_close", True),
        ),
    ]  # fmt: skip
    return [step for asked, step in todo if asked]


def waiting(courses: Iterable[Any], now: datetime) -> list[tuple[Any, Step]]:
    """What somebody should do soon in each of these courses."""
    return [(course, step) for course in courses for step in steps(course, now) if step.waits]
