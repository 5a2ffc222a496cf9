"""Puts the courses of the demo ward in: one transaction, the same every time apart from codes and row ids."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction
from django.utils.timezone import get_default_timezone

from thanhsen.models import Area, User
from thanhsen.permissions import Role
from thanhsen.vietnamese import name_key
from trainings.actions import certificates
from trainings.actions.courses.catalogue import begin_with_offered_topics
from trainings.actions.learning.bank import bank
from trainings.actions.learning.questions import load_bank
from trainings.actions.roster.versions import freeze
from trainings.demo import learned, materials, people
from trainings.models import (
    CostLine,
    Course,
    CourseTopic,
    Quota,
    Session,
    Speaker,
    Topic,
    Trainee,
    TrainingClass,
    Unit,
    Venue,
)

SEED = "tập huấn"
SIGNER = "Nguyễn Văn Ví Dụ"
PARTS = (time(7, 30), time(14, 0))
HOURS = timedelta(hours=3, minutes=30)
STEP = "survey"
# Nội dung, tính theo, đơn vị, chỉ người không hưởng lương, số lượng, mức chi: invented, the ward enters its own.
COSTS = (
    ("Tài liệu cho học viên (ví dụ)", "trainee", "bộ", False, 250, 30_000, 7_500_000),
    ("Hỗ trợ tiền ăn cho người không hưởng lương (ví dụ)", "trainee_session", "người/buổi", True, 950, 50_000, 43_900_000),
    ("Thù lao báo cáo viên (ví dụ)", "speaker_session", "buổi", False, 8, 500_000, 4_000_000),
    ("Thuê hội trường, âm thanh (ví dụ)", "other", "buổi", False, 8, 1_500_000, 12_000_000),
)  # fmt: skip


@transaction.atomic
def make_courses() -> dict[str, int]:
    """The December course of the demo ward (ward 1), and the one of the year before; how many of each kind."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    by = User.objects.filter(areas=ward, role=Role.ADMIN).order_by("pk")[0]
    clerk = User.objects.filter(areas=ward, role=Role.SUPERVISOR).order_by("pk")[0]
    topics = begin_with_offered_topics(by=by, ward=ward)
    keys = [each.key for each in bank()]
    materials.hand_out(by, topics)
    load_bank(by=by, ward=ward, topics=dict(zip(keys, topics, strict=True)), bank=bank())
    units = people.make_units(ward)
    venue = Venue.objects.create(
        ward=ward, name="Hội trường phường (ví dụ)", address="Trụ sở UBND phường", capacity=300
    )
    speakers = Speaker.objects.bulk_create(
        Speaker(ward=ward, full_name=name, sort_key=name_key(name), workplace=where)
        for name, where in (
            ("Trần Thị Minh Hoạ", "Sở Nông nghiệp và Môi trường (ví dụ)"),
            ("Lê Văn Thí Dụ", "Trường Chính trị tỉnh (ví dụ)"),
        )
    )
    before = _course(
        ward, by, "TH-2024", "Tập huấn nghiệp vụ rà soát hộ nghèo năm 2024", date(2024, 10, 15), 120, None
    )
    _carried_out(before, 1, units, topics, venue, speakers, by, clerk)
    december = _course(
        ward, by, "TH-2025-12", "Tập huấn cán bộ làm công tác giảm nghèo và cán bộ truyền thông năm 2025",
        date(2025, 12, 9), 250, 60,
    )  # fmt: skip
    _carried_out(december, 2, units, topics, venue, speakers, by, clerk)
    return {"course": 2, "trainee": Trainee.objects.filter(course__ward=ward).count()}


def _course(
    ward: Area, by: User, code: str, name: str, first: date, seats: int, pass_percent: int | None
) -> Course:
    return Course.objects.create(
        ward=ward, code=code, name=name, purpose="Người dự làm được việc rà soát, vận động ở tổ dân phố của mình.",
        starts_on=first, ends_on=first + timedelta(days=3 if seats > 150 else 1), seats=seats, signer=SIGNER,
        plan_number=f"{seats}/KH-UBND", plan_date=first - timedelta(days=30), min_attendance=75,
        pass_percent=pass_percent, number_pattern="{n}/GCN-TH", state=Course.State.OPEN, made_by=by,
    )  # fmt: skip


def _carried_out(
    course: Course, classes: int, units: Sequence[Unit], topics: Sequence[Topic], venue: Venue,
    speakers: Sequence[Speaker], by: User, clerk: User,
) -> None:  # fmt: skip
    """From the classes to the certificates."""
    rng = Random(f"{SEED} {course.code}")  # noqa: S311 - invented data, the same every time
    CourseTopic.objects.bulk_create(
        CourseTopic(course=course, topic=each, number=number, hours=Decimal(4))
        for number, each in enumerate(topics, 1)
    )
    made = TrainingClass.objects.bulk_create(
        TrainingClass(
            course=course, number=number, name=f"Lớp {number}", capacity=-(-course.seats // classes)
        )
        for number in range(1, classes + 1)
    )
    sessions = [each for one in made for each in _sessions(one, course, topics, venue, speakers)]
    Session.objects.bulk_create(sessions)
    _pay(course)
    trainees = people.people_of(course, units, rng, by, officers=classes > 1)
    for place, each in enumerate(sorted(trainees, key=lambda each: (each.unit.sort_key, each.sort_key))):
        each.training_class = made[place * classes // len(trainees)]
    trainees = Trainee.objects.bulk_create(trainees, batch_size=500)
    Quota.objects.bulk_create(Quota(course=course, unit=each, seats=_asked(each, trainees)) for each in units)
    freeze(
        by=by, course=course, decision_number=f"{course.seats + 1}/QĐ-UBND",
        decision_date=course.starts_on - timedelta(days=10), signer=SIGNER,
    )  # fmt: skip
    learned.mark_attendance(sessions, trainees, clerk, rng)
    if course.pass_percent is not None:
        first, last = sessions[0].starts_at, max(each.ends_at for each in sessions)
        learned.make_tests(course, trainees, first, last, rng)
        learned.make_evaluations(course, trainees, rng)
        learned.make_contributions(course, sessions[3], by, topics[-1], STEP)
    certificates.issue_certificates(
        by=by, course=course, decision_number=f"{course.seats + 2}/QĐ-UBND", signer=SIGNER,
        issued_on=course.ends_on + timedelta(days=7), today=course.ends_on + timedelta(days=7),
    )  # fmt: skip
    Course.objects.filter(pk=course.pk).update(state=Course.State.CLOSED)


def _sessions(
    held: TrainingClass, course: Course, topics: Sequence[Topic], venue: Venue, speakers: Sequence[Speaker]
) -> list[Session]:
    """A topic each morning and afternoon, two days a class, one class after the other."""
    found = []
    for place, topic in enumerate(topics):
        day = course.starts_on + timedelta(days=2 * (held.number - 1) + place // 2)
        starts_at = datetime.combine(day, PARTS[place % 2], tzinfo=get_default_timezone())
        is_last = place == len(topics) - 1
        found.append(
            Session(
                training_class=held,
                number=place + 1,
                kind="discussion" if is_last else "lecture",
                topic=topic,
                speaker=speakers[place % 2],
                venue=venue,
                starts_at=starts_at,
                ends_at=starts_at + HOURS,
            )
        )
    return found


def _asked(unit: Unit, trainees: Sequence[Trainee]) -> int:
    return max(2, sum(each.unit_id == unit.pk for each in trainees))


def _pay(course: Course) -> None:
    """As planned for the December course; the smaller one cost in proportion."""
    share = Decimal(course.seats) / 250
    CostLine.objects.bulk_create(
        CostLine(
            course=course,
            number=number,
            name=name,
            basis=basis,
            unit=unit,
            unsalaried_only=unsalaried,
            legal_basis="Số liệu minh hoạ",
            quantity=round(quantity * share),
            rate=rate,
            used=round(used * share),
            used_note="Chứng từ minh hoạ",
        )
        for number, (name, basis, unit, unsalaried, quantity, rate, used) in enumerate(COSTS, 1)
    )
