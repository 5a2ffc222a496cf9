"""Who has completed a course: the rule for one trainee in plain Python, and the same in SQL for a whole roster.

The rule is data of the course (`Course.min_attendance`, `pass_percent`, `needs_assignment`). The Python is the
reference; a test holds the SQL equal to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from trainings.models import Assignment, Attempt, Course, Mark, Session, Test, Trainee

PERCENT = 100


@dataclass(frozen=True)
class Rule:
    """`min_attendance`: percent of the sessions of one's class. `pass_percent`: of the points of the post-test, None:
    no test is asked for."""

    min_attendance: int
    pass_percent: int | None
    needs_assignment: bool

    @classmethod
    def of(cls, course: Course) -> "Rule":
        return cls(course.min_attendance, course.pass_percent, course.needs_assignment)

    def sessions_needed(self, total: int) -> int:
        return -(-total * self.min_attendance // PERCENT)

    def points_needed(self, out_of: int) -> int:
        return -(-out_of * (self.pass_percent or 0) // PERCENT)


@dataclass(frozen=True)
class Learned:
    """What one trainee did. `total`: sessions of the class that take place; `held`: those over; `attended`: at how many
    of these they were. `score` of `out_of`: points of the post-test handed in, None where none was. `assignment`: None
    where none was received; else whether it passed, "" while it waits to be marked."""

    total: int
    held: int
    attended: int
    score: int | None = None
    out_of: int | None = None
    assignment: bool | str | None = None


def missing(rule: Rule, learned: Learned) -> list[str]:
    """What stands between a trainee and completion, in words; nothing where it is complete."""
    return [*_of_attendance(rule, learned), *_of_test(rule, learned), *_of_assignment(rule, learned)]


def _of_attendance(rule: Rule, learned: Learned) -> list[str]:
    if not learned.total:
        return ["chưa được xếp lớp có lịch học"]
    lacking = rule.sessions_needed(learned.total) - learned.attended
    if lacking <= 0:
        return []
    to_come = learned.total - learned.held
    if lacking > to_come:
        return [f"thiếu: {lacking} buổi" + (f", chỉ còn {to_come} buổi" if to_come else "")]
    return [f"còn thiếu: {lacking} buổi"]


def _of_test(rule: Rule, learned: Learned) -> list[str]:
    if rule.pass_percent is None:
        return []
    if learned.score is None or not learned.out_of:
        return ["chưa làm bài kiểm tra sau khoá"]
    needed = rule.points_needed(learned.out_of)
    if learned.score >= needed:
        return []
    return [f"bài kiểm tra sau khoá chưa đạt ({learned.score}/{learned.out_of} điểm, cần {needed})"]


def _of_assignment(rule: Rule, learned: Learned) -> list[str]:
    if not rule.needs_assignment or learned.assignment is True:
        return []
    words = {None: "chưa nộp bài thu hoạch", "": "bài thu hoạch chưa chấm", False: "bài thu hoạch chưa đạt"}
    return [words[learned.assignment]]


def count_of_outer(rows: QuerySet, by: str) -> Coalesce:
    """How many of `rows` belong to the outer row, which `by` names in them."""
    counted = rows.order_by().values(by).annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_attendance(trainees: Any) -> Any:
    """Each trainee with `total`, the sessions of their class that take place, `held`, those over, and `attended`, how
    many of these they were at.

    A session was attended with a mark present or late in it, or in the session that stands for it in another class of
    the course (sat in as a guest, or before they moved): the one on the same topic, and of the same number where the
    class has the topic more than once, or where a session has no topic. Without a class all are 0.
    """
    own = Session.objects.filter(training_class=OuterRef("training_class")).taking_place()
    held = own.filter(state=Session.State.HELD)
    there = Mark.objects.attended().filter(trainee=OuterRef(OuterRef("pk")))
    elsewhere = there.filter(session__training_class__course=OuterRef("training_class__course"))
    on_topic = elsewhere.filter(session__topic=OuterRef("topic"))
    same_number = Q(session__number=OuterRef("number"))
    twice = Session.objects.filter(training_class=OuterRef("training_class"), topic=OuterRef("topic"))
    twice = twice.taking_place().exclude(pk=OuterRef("pk"))
    was_there = (
        Q(Exists(there.filter(session=OuterRef("pk"))))
        | Q(Exists(on_topic.filter(same_number)))
        | Q(Exists(on_topic)) & ~Q(Exists(twice))
        | Q(topic=None) & Q(Exists(elsewhere.filter(same_number, session__topic=None)))
    )
    return trainees.annotate(
        total=count_of_outer(own, "training_class"),
        held=count_of_outer(held, "training_class"),
        attended=count_of_outer(held.filter(was_there), "training_class"),
    )


def with_learned(trainees: Any) -> Any:
    """Each trainee with what `Learned` needs. One query for a roster, of one course or of many."""
    handed_in = Attempt.objects.filter(
        trainee=OuterRef("pk"), test__kind=Test.Kind.POST, handed_in_at__isnull=False
    )
    assignment = Assignment.objects.filter(trainee=OuterRef("pk"))
    return with_attendance(trainees).annotate(
        score=Subquery(handed_in.values("score")[:1]),
        out_of=Subquery(handed_in.values("out_of")[:1]),
        has_assignment=Exists(assignment),
        assignment_passed=Subquery(assignment.values("passed")[:1]),
    )


def with_standing(trainees: Any) -> Any:
    """As `with_learned`, with `has_completed`."""
    came = Q(total__gt=0) & Q(attended_percent__gte=F("least_percent"))
    passed = Q(course__pass_percent=None) | Q(out_of__gt=0, score_percent__gte=F("least_points"))
    products = {
        "attended_percent": F("attended") * PERCENT,
        "least_percent": F("total") * F("course__min_attendance"),
        "score_percent": F("score") * PERCENT,
        "least_points": F("out_of") * F("course__pass_percent"),
    }
    return (
        with_learned(trainees)
        .alias(**products)
        .annotate(
            has_completed=Case(
                When(
                    came & passed & (Q(course__needs_assignment=False) | Q(assignment_passed=True)),
                    then=Value(True),
                ),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )
    )


def learned(trainee: Any) -> Learned:
    """Of a trainee that went through `with_learned`."""
    assignment = None
    if trainee.has_assignment:
        assignment = "" if trainee.assignment_passed is None else trainee.assignment_passed
    return Learned(trainee.total, trainee.held, trainee.attended, trainee.score, trainee.out_of, assignment)


@dataclass(frozen=True)
class Standing:
    """A trainee, what they did, what is missing."""

    trainee: Trainee
    learned: Learned
    missing: list[str]

    @property
    def has_completed(self) -> bool:
        return not self.missing


def standing(course: Course, trainees: Any = None) -> list[Standing]:
    """The enrolled of a course, or those given, by name. One query."""
    people = Trainee.objects.enrolled().filter(course=course) if trainees is None else trainees
    return standings(course, with_learned(people).select_related("unit", "training_class").in_order())


def standings(course: Course, rows: Iterable[Any]) -> list[Standing]:
    """Of trainees that went through `with_learned`."""
    rule = Rule.of(course)
    return [Standing(each, learned(each), missing(rule, learned(each))) for each in rows]
