"""Who has completed a course, and the register of certificates."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from thanhsen.models import User
from trainings.completion import Rule, Standing, standings, with_learned, with_standing
from trainings.models import Course, Trainee, TrainingCertificate, TrainingClass, Unit

SHOWN = {"": "Tất cả", "xong": "Đã hoàn thành", "thieu": "Còn thiếu", "giay": "Hoàn thành, chưa có giấy"}


@dataclass(frozen=True)
class Line:
    """A trainee with what they did, what is missing, and the valid certificate where there is one."""

    standing: Standing
    certificate: TrainingCertificate | None


def people(
    course: Course, *, training_class: TrainingClass | None = None, unit: int | None = None, shown: str = ""
) -> Any:
    """The enrolled by name that the filters leave, each with what they learned; `shown`: a key of SHOWN."""
    found = Trainee.objects.enrolled().filter(course=course)
    found = found.filter(training_class=training_class) if training_class else found
    found = found.filter(unit=unit) if unit else found
    if shown in SHOWN and shown:
        found = with_standing(found).filter(has_completed=shown != "thieu")
    else:
        found = with_learned(found)
    if shown == "giay":
        found = found.exclude(pk__in=valid_of(course).values("trainee"))
    return found.select_related("unit", "training_class").in_order()


def lines(course: Course, rows: Collection[Any]) -> list[Line]:
    """Of some of `people`. One query."""
    papers = {each.trainee_id: each for each in valid_of(course).filter(trainee__in=[row.pk for row in rows])}
    return [Line(each, papers.get(each.trainee.pk)) for each in standings(course, rows)]


def units_of(course: Course) -> Any:
    """The units that have somebody enrolled."""
    sent = Trainee.objects.enrolled().filter(course=course)
    return Unit.objects.filter(pk__in=sent.values("unit")).in_order()


def valid_of(course: Course) -> Any:
    return TrainingCertificate.objects.valid().filter(course=course)


def counted(course: Course) -> dict[str, int]:
    """`enrolled`, `completed`, and `waiting`, who completed and never held a certificate, `issued`, who has a valid
    one, of a course. One query."""
    found = with_standing(Trainee.objects.enrolled().filter(course=course))
    found = found.annotate(
        was_certified=Exists(TrainingCertificate.objects.filter(course=course, trainee=OuterRef("pk"))),
        has_paper=Exists(valid_of(course).filter(trainee=OuterRef("pk"))),
    )
    completed = Q(has_completed=True)
    return found.aggregate(
        enrolled=Count("pk"),
        completed=Count("pk", filter=completed),
        waiting=Count("pk", filter=completed & Q(was_certified=False)),
        issued=Count("pk", filter=Q(has_paper=True)),
    )


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
