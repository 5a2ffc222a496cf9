"""Invented results: who came, what the tests say, what people thought of the course, what was asked and shared."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from thanhsen.models import User
from trainings.actions.learning.asked import Asked, asked_in
from trainings.actions.learning.marking import marked
from trainings.models import (
    Attempt,
    Contribution,
    Course,
    Evaluation,
    EvaluationGiven,
    EvaluationItem,
    Mark,
    Question,
    Session,
    Test,
    TestQuestion,
    Topic,
    Trainee,
)

STATES = ("present", "late", "excused", "absent")
USUALLY, SELDOM = (88, 6, 3, 3), (35, 10, 15, 40)  # in a hundred; how one in twelve comes seldom
KNOWN = {Test.Kind.PRE: 0.48, Test.Kind.POST: 0.83}  # of the questions answered rightly, on average
ITEMS = (
    ("scale", "Nội dung sát với việc của tôi"),
    ("scale", "Báo cáo viên nói dễ hiểu"),
    ("scale", "Tài liệu dùng được khi về tổ dân phố"),
    ("scale", "Tổ chức lớp: thời gian, chỗ học"),
    ("text", "Điều anh/chị muốn học thêm"),
)
WISHES = (
    "Thực hành thêm trên phiếu rà soát",
    "Cách nói với hộ từ chối vay vốn",
    "",
    "",
    "Thêm ví dụ thật ở tổ dân phố",
)
SHARED = (
    ("question", "Hộ có người đi làm ăn xa trên sáu tháng thì có tính là nhân khẩu của hộ không?", ""),
    ("practice", "Tổ tôi báo lịch rà soát qua loa tổ dân phố và nhóm tin nhắn ba ngày trước, ít nhà vắng hơn hẳn.", ""),
    ("practice", "Đi rà soát hai người: một người hỏi, một người ghi; nhà nào có người già thì hẹn lúc con cháu ở nhà.", ""),
    ("question", "Hộ không đồng ý với kết quả họp tổ dân phố thì làm gì?", "Ghi ý kiến của hộ vào biên bản và hướng dẫn hộ nộp khiếu nại trong thời gian niêm yết; ban chỉ đạo phúc tra rồi trả lời bằng văn bản."),
)  # fmt: skip


def mark_attendance(sessions: Sequence[Session], people: Sequence[Trainee], clerk: User, rng: Random) -> None:
    seldom = {each.pk for each in people if rng.random() < 1 / 12}
    marks = [
        Mark(
            session=session,
            trainee=each,
            state=rng.choices(STATES, SELDOM if each.pk in seldom else USUALLY)[0],
            source=rng.choice([Mark.Source.CLERK, Mark.Source.DOOR]),
            marked_by=clerk,
            marked_at=session.starts_at + timedelta(minutes=rng.randint(-15, 10)),
        )
        for session in sessions
        for each in people
        if each.training_class_id == session.training_class_id
    ]
    Mark.objects.bulk_create(marks, batch_size=500)
    Session.objects.filter(pk__in=[each.pk for each in sessions]).update(
        state=Session.State.HELD, closed_at=max(each.ends_at for each in sessions)
    )


def make_tests(
    course: Course, people: Sequence[Trainee], first: datetime, last: datetime, rng: Random
) -> None:
    """Before and after, of every question in the bank; taken by most of those who came."""
    questions = list(Question.objects.filter(ward=course.ward).in_use().order_by("topic__number", "pk"))
    for kind, opens, closes in (
        (Test.Kind.PRE, first - timedelta(days=3), first),
        (Test.Kind.POST, last, last + timedelta(days=3)),
    ):
        test = Test.objects.create(course=course, kind=kind, opens_at=opens, closes_at=closes, minutes=30)
        TestQuestion.objects.bulk_create(
            TestQuestion(test=test, question=each, number=number) for number, each in enumerate(questions, 1)
        )
        asked = asked_in(test.pk)
        Attempt.objects.bulk_create(
            _attempt(test, each, asked, rng) for each in people if rng.random() < 0.96
        )


def _attempt(test: Test, trainee: Trainee, asked: Sequence[Asked], rng: Random) -> Attempt:
    skill = min(0.97, max(0.1, rng.gauss(KNOWN[Test.Kind(test.kind)], 0.12)))
    answers = {str(each.pk): each.right if rng.random() < skill else _wrong(each, rng) for each in asked}
    found = marked(asked, answers)
    began = test.opens_at + timedelta(minutes=rng.randint(5, 60 * 20))
    return Attempt(
        test=test, trainee=trainee, seed=rng.randint(1, 2**31 - 1), started_at=began,
        due_at=began + timedelta(minutes=test.minutes), answers=answers,
        handed_in_at=began + timedelta(minutes=rng.randint(9, 28)), score=found.score, out_of=found.out_of,
        by_topic=found.by_topic, source=Attempt.Source.PHONE,
    )  # fmt: skip


def _wrong(asked: Asked, rng: Random) -> list[int]:
    if asked.kind == Question.Kind.ORDER:
        return list(reversed(asked.right))
    others = [each.pk for each in asked.offers if not each.is_right]
    return [rng.choice(others)] if others else []


def make_evaluations(course: Course, people: Sequence[Trainee], rng: Random) -> None:
    items = EvaluationItem.objects.bulk_create(
        EvaluationItem(course=course, number=number, kind=kind, text=text)
        for number, (kind, text) in enumerate(ITEMS, 1)
    )
    gave = [each for each in people if rng.random() < 0.8]
    EvaluationGiven.objects.bulk_create(EvaluationGiven(trainee=each) for each in gave)
    Evaluation.objects.bulk_create(
        Evaluation(course=course, training_class_id=each.training_class_id, answers=_answers(items, rng))
        for each in gave
    )


def _answers(items: Sequence[EvaluationItem], rng: Random) -> dict:
    given = {
        str(each.pk): rng.choices([2, 3, 4, 5], [4, 16, 45, 35])[0]
        if each.kind == "scale"
        else rng.choice(WISHES)
        for each in items
    }
    return {key: value for key, value in given.items() if value}


def make_contributions(course: Course, session: Session, by: User, topic: Topic, step: str) -> None:
    """What was asked and shared in the discussion; one question still waits for its answer."""
    day = session.ends_at.date()
    for kind, text, answer in SHARED:
        one = Contribution(
            ward=course.ward, course=course, session=session, kind=kind, text=text, topic=topic, step=step,
            made_by=by, answer=answer, answered_by="Ban tổ chức lớp (ví dụ)" if answer else "",
            answered_on=day if answer else None,
            published_at=session.ends_at if answer or kind == "practice" else None,
        )  # fmt: skip
        one.save()
