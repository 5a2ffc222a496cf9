"""What a course still lacks before it is opened or closed, each in a sentence."""

from django.db.models import Count, Q

from trainings.models import Course, Session

State = Session.State


def missing_to_open(course: Course) -> list[str]:
    lacking = []
    if not course.course_topics.exists():
        lacking.append("Khoá chưa có chuyên đề nào. Chọn chuyên đề trước.")
    if not course.classes.exists():
        lacking.append("Khoá chưa có lớp nào. Thêm lớp ở trang Lớp, lịch học trước.")
    return lacking


def missing_to_close(course: Course) -> list[str]:
    """Every session is held with its attendance closed, or called off."""
    counts = _sessions(course)
    lacking = []
    if not counts["held"]:
        lacking.append("Chưa có buổi nào đã học.")
    if counts["planned"]:
        lacking.append(f"Còn {counts['planned']} buổi chưa học. Đánh dấu đã học, hoặc bỏ buổi có lý do.")
    if counts["unclosed"]:
        lacking.append(f"Còn {counts['unclosed']} buổi đã học chưa chốt điểm danh.")
    return lacking


def worth_knowing(course: Course) -> list[str]:
    """What may be right as it is, and is told before closing."""
    waiting = course.trainees.waiting().count()
    known = [f"Còn {waiting} người chờ chỗ."] if waiting else []
    costs = course.costs.aggregate(all=Count("pk"), unspent=Count("pk", filter=Q(used=None)))
    if costs["unspent"]:
        known.append(f"{costs['unspent']} / {costs['all']} khoản chi chưa ghi số đã chi.")
    if not course.certificates.exists():
        known.append("Chưa cấp giấy chứng nhận nào.")
    return known


def _sessions(course: Course) -> dict[str, int]:
    return Session.objects.filter(training_class__course=course).aggregate(
        held=Count("pk", filter=Q(state=State.HELD)),
        planned=Count("pk", filter=Q(state=State.PLANNED)),
        unclosed=Count("pk", filter=Q(state=State.HELD, closed_at=None)),
    )
