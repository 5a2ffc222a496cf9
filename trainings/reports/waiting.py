"""What waits in courses for one person: for who runs them, and for who is on the roster of one."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from thanhsen.models import User
from thanhsen.permissions import Permission
from thanhsen.waiting import Asked
from trainings.actions.certificates import never_certified
from trainings.models import Contribution, Course, Session, Test, Trainee


def waiting(user: User, today: date) -> list[Asked]:
    """Lines of the home page (`settings.WAITING_OF_WINGS`)."""
    return [*_of_who_runs_them(user, today), *_of_trainee(user)]


def _of_who_runs_them(user: User, today: date) -> list[Asked]:
    if not user.may(Permission.MANAGE_COURSES):
        return []
    courses = Course.objects.governed_by(user)
    running, listed = courses.open(), reverse("course_list")
    sessions = Session.objects.taking_place().filter(training_class__course__in=running, closed_at=None)
    people = Trainee.objects.filter(course__in=running)
    to_certify = never_certified(people.filter(course__ends_on__lt=today))
    asked = Contribution.objects.governed_by(user).unanswered().filter(published_at=None)
    tests = Test.objects.filter(course__in=running, opens_at__date=today, closes_at__gt=now())
    return [
        Asked("Buổi đã qua chưa chốt điểm danh", sessions.filter(starts_at__date__lt=today), listed, is_late=True),
        Asked("Buổi hôm nay chưa chốt điểm danh", sessions.filter(starts_at__date=today), listed),
        Asked("Bài kiểm tra mở hôm nay", tests, listed),
        Asked("Người đang chờ chỗ trong khoá", people.filter(state=Trainee.State.WAITING), listed),
        Asked("Người đã hoàn thành, chờ cấp giấy chứng nhận", to_certify, listed),
        Asked("Câu hỏi thảo luận chờ trả lời", asked.filter(Q(course=None) | Q(course__in=courses)), listed),
    ]  # fmt: skip


def _of_trainee(user: User) -> list[Asked]:
    mine = Trainee.objects.present_on_roster().filter(user=user)
    return [Asked("Khoá tập huấn của tôi", mine, reverse("my_trainings"))]
