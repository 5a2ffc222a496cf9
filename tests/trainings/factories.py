"""Invented courses for tests. Plain functions: every argument may be left out."""

from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils.timezone import get_current_timezone

from tests.factories import make_user, make_ward
from thanhsen.models import Area, User
from thanhsen.permissions import Role
from trainings.models import (
    Choice,
    Course,
    Mark,
    Question,
    Session,
    Speaker,
    Test,
    TestQuestion,
    Topic,
    Trainee,
    TrainingCertificate,
    TrainingClass,
    Unit,
    Venue,
)

_numbers = count(1)
MORNING = datetime(2026, 12, 8, 7, 30, tzinfo=get_current_timezone())
HOURS = timedelta(hours=4)


def make_admin(ward: Area | None = None, **fields) -> User:
    return make_user(Role.ADMIN, areas=[ward] if ward else [], **fields)


def make_course(ward: Area | None = None, **fields) -> Course:
    number = next(_numbers)
    return Course.objects.create(
        **{
            "ward": ward or make_ward(),
            "code": f"K{number}",
            "name": "Tập huấn cán bộ giảm nghèo, truyền thông",
            "starts_on": date(2026, 12, 8),
            "ends_on": date(2026, 12, 11),
            "seats": 250,
            "state": Course.State.OPEN,
        }
        | fields
    )


def make_topic(ward: Area, **fields) -> Topic:
    number = next(_numbers)
    return Topic.objects.create(**{"ward": ward, "number": number, "name": f"Chuyên đề {number}"} | fields)


def make_speaker(ward: Area, **fields) -> Speaker:
    return Speaker.objects.create(**{"ward": ward, "full_name": f"Trần Văn Ổn {next(_numbers)}"} | fields)


def make_venue(ward: Area, **fields) -> Venue:
    return Venue.objects.create(
        **{"ward": ward, "name": f"Hội trường {next(_numbers)}", "capacity": 300} | fields
    )


def make_class(course: Course | None = None, **fields) -> TrainingClass:
    number = next(_numbers)
    return TrainingClass.objects.create(
        **{"course": course or make_course(), "number": number % 30_000, "name": f"Lớp {number}", "capacity": 125}
        | fields
    )  # fmt: skip


def make_session(training_class: TrainingClass | None = None, **fields) -> Session:
    """A morning; each further one of the same call a day later."""
    training_class = training_class or make_class()
    number = training_class.sessions.count() + 1
    starts_at = fields.pop("starts_at", MORNING + timedelta(days=number - 1))
    return Session.objects.create(
        **{"training_class": training_class, "number": number, "starts_at": starts_at, "ends_at": starts_at + HOURS}
        | fields
    )  # fmt: skip


def make_unit(ward: Area, **fields) -> Unit:
    return Unit.objects.create(**{"ward": ward, "name": f"Đơn vị {next(_numbers)}"} | fields)


def make_trainee(course: Course | None = None, **fields) -> Trainee:
    """On the roster; in a class where `training_class` is given."""
    held = fields.get("training_class")
    course = course or (held.course if held else make_course())
    fields.setdefault("unit", None)
    fields["unit"] = fields["unit"] or make_unit(course.ward)
    return Trainee.objects.create(
        **{
            "course": course,
            "full_name": "Nguyễn Thị Đào",
            "birth_year": 1980,
            "sex": Trainee.Sex.FEMALE,
            "position": Trainee.Position.GROUP_LEADER,
            "group": Trainee.Group.POVERTY,
        }
        | fields
    )


def make_mark(session: Session, trainee: Trainee, **fields) -> Mark:
    return Mark.objects.create(
        **{
            "session": session,
            "trainee": trainee,
            "state": Mark.State.PRESENT,
            "source": Mark.Source.CLERK,
            "marked_by": fields.pop("marked_by", None) or make_user(Role.ADMIN),
        }
        | fields
    )


def make_question(topic: Topic, right: int = 1, answers: int = 4, **fields) -> Question:
    """A question of one right answer, the `right`-th."""
    values = {
        "ward": topic.ward,
        "topic": topic,
        "kind": Question.Kind.CHOICE,
        "text": f"Câu {next(_numbers)}?",
    }
    with transaction.atomic():  # a question stands with its answers
        question = Question.objects.create(**values | fields)
        Choice.objects.bulk_create(
            Choice(question=question, number=each, text=f"Đáp án {each}", is_right=each == right)
            for each in range(1, answers + 1)
        )
    return question


def make_test(course: Course, questions=(), **fields) -> Test:
    test = Test.objects.create(
        **{
            "course": course,
            "kind": Test.Kind.POST,
            "opens_at": MORNING,
            "closes_at": MORNING + timedelta(days=7),
            "minutes": 30,
        }
        | fields
    )
    TestQuestion.objects.bulk_create(
        TestQuestion(test=test, question=each, number=number) for number, each in enumerate(questions, 1)
    )
    return test


def complete(trainee: Trainee) -> None:
    """Been at every session of the class, which has one at least: completed, where the course asks for no test."""
    if trainee.training_class is None:
        trainee.training_class = make_class(trainee.course)
        trainee.save()
    held = trainee.training_class
    for each in held.sessions.all() or [make_session(held, state=Session.State.HELD)]:
        if not trainee.marks.filter(session=each).exists():
            make_mark(each, trainee)


def make_certificate(trainee: Trainee, **fields) -> TrainingCertificate:
    """The next number of the register, of a trainee who has completed the course, or is seen to."""
    complete(trainee)
    return insert_certificate(trainee, **fields)


def insert_certificate(trainee: Trainee, **fields) -> TrainingCertificate:
    """The next number of the register, whatever the trainee attended."""
    register = TrainingCertificate.objects.filter(ward=trainee.course.ward, year=fields.get("year", 2026))
    number = fields.get("number") or register.count() + 1
    return TrainingCertificate.objects.create(
        **{
            "ward": trainee.course.ward,
            "course": trainee.course,
            "trainee": trainee,
            "year": 2026,
            "number": number,
            "printed_number": f"{number}/GCN-TH",
            "full_name": trainee.full_name,
            "unit_name": trainee.unit.name,
            "course_name": trainee.course.name,
            "studied": "08/12/2026 – 11/12/2026",
            "decision_number": "120/QĐ-UBND",
            "issued_on": date(2026, 12, 15),
            "signer": "Trần Văn Ổn",
            "made_by": fields.pop("made_by", None) or make_user(Role.ADMIN),
        }
        | fields
    )
