"""Who has completed a course, and the register of certificates."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from thanhsen.models import User
from trainings.completion import Rule, Standing, standing, with_standing
from trainings.models import Course, Trainee, TrainingCertificate, TrainingClass

SHOWN = {"": "Tất cả", "xong": "Đã hoàn thành", "thieu": "Còn thiếu", "giay": "Hoàn thành, chưa có giấy"}


@dataclass(frozen=True)
class Line:
    """A trainee with what they did, what is missing, and the valid certificate where there is one."""

    standing: Standing
    certificate: TrainingCertificate | None


def lines(course: Course, chosen: TrainingClass | None = None, shown: str = "") -> list[Line]:
    """The enrolled by name; `shown`: a key of SHOWN. Two queries."""
    people = Trainee.objects.enrolled().filter(course=course)
    people = people.filter(training_class=chosen) if chosen else people
    papers = {each.trainee_id: each for each in valid_of(course)}
    found = [Line(each, papers.get(each.trainee.pk)) for each in standing(course, people)]
    keep = {
        "xong": lambda line: line.standing.has_completed,
        "thieu": lambda line: not line.standing.has_completed,
        "giay": lambda line: line.standing.has_completed and line.certificate is None,
    }.get(shown, lambda line: True)
    return [line for line in found if keep(line)]


def valid_of(course: Course) -> Any:
    return TrainingCertificate.objects.valid().filter(course=course)


def counted(course: Course) -> dict[str, int]:
    """`enrolled`, `completed` of a course. One query."""
    people = with_standing(Trainee.objects.enrolled().filter(course=course))
    return people.aggregate(enrolled=Count("pk"), completed=Count("pk", filter=Q(has_completed=True)))


def rule_in_words(course: Course) -> str:
    rule = Rule.of(course)
    asked = [f"dự ít nhất {rule.min_attendance} % số buổi của lớp"]
    if rule.pass_percent is not None:
        asked.append(f"bài kiểm tra sau khoá đạt từ {rule.pass_percent} % số điểm")
    if rule.needs_assignment:
        asked.append("bài thu hoạch được chấm đạt")
    return "; ".join(asked)


def register(user: User, *, year: int | None, text: str) -> Any:
    """The register of the user's wards, in the order of its numbers; `text`: of a name, a number, a unit or a course, as issued."""
    found = TrainingCertificate.objects.governed_by(user).select_related(
        "course", "ward", "replaces", "replaced_by"
    )
    found = found.filter(year=year) if year else found
    return found.search(text).in_register_order()


def years(user: User) -> list[int]:
    found = TrainingCertificate.objects.governed_by(user).order_by("-year")
    return list(found.values_list("year", flat=True).distinct())


def by_code(code: str) -> TrainingCertificate | None:
    """What the public page says of a certificate. One query."""
    return TrainingCertificate.objects.filter(code=code).select_related("ward", "replaced_by").first()
