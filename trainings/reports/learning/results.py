"""What tests came to: who has taken them, the marks, and what was gained topic by topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Avg, Count, F, FloatField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast

from thanhsen.vietnamese import half_up
from trainings.models import Attempt, Course, Test, TestQuestion, Trainee, TrainingClass

SHARE = Cast(F("score"), FloatField()) * 100 / F("out_of")


@dataclass(frozen=True)
class Standing:
    """A test in figures. `average`: of those marked, in percent of the points; None where nobody is."""

    test: Test
    questions: int
    points: int
    done: int
    under_way: int
    average: Decimal | None


def standings(course: Course) -> list[Standing]:
    """The tests of the course, the first first: one query."""
    asked = TestQuestion.objects.filter(test=OuterRef("pk")).values("test")
    marks = Attempt.objects.filter(test=OuterRef("pk")).order_by().values("test")
    handed_in = Q(handed_in_at__isnull=False)
    found = Test.objects.filter(course=course).in_order().annotate(
        questions=Subquery(asked.annotate(n=Count("pk")).values("n")),
        points=Subquery(asked.annotate(n=Sum("points")).values("n")),
        done=Subquery(marks.annotate(n=Count("pk", filter=handed_in)).values("n")),
        under_way=Subquery(marks.annotate(n=Count("pk", filter=~handed_in)).values("n")),
        average=Subquery(marks.annotate(n=Avg(SHARE, filter=handed_in & Q(out_of__gt=0))).values("n")),
    )  # fmt: skip
    return [
        Standing(
            each, each.questions or 0, each.points or 0, each.done or 0, each.under_way or 0,
            None if each.average is None else half_up(Decimal(str(each.average)), 1),
        )
        for each in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A share of the points, in percent."""

    points: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        return half_up(Decimal(self.points * 100) / self.of, 1) if self.of else None


@dataclass(frozen=True)
class Gain:
    """A topic before and after, over those who took both tests. `people`: how many."""

    topic: str
    people: int
    before: Part
    after: Part

    @property
    def gain(self) -> Decimal | None:
        """In points of percent, from the unrounded shares; None where one of the tests does not ask the topic."""
        if not self.before.of or not self.after.of:
            return None
        shares = [Decimal(each.points * 100) / each.of for each in (self.after, self.before)]
        return half_up(shares[0] - shares[1], 1)


# A class, or all of them (NULL); a topic, or all of them (NULL). Whoever took both tests stands in each once.
_GAIN = """
WITH pair AS (
    SELECT pre.id AS pre_id, post.id AS post_id, pre.by_topic AS before, post.by_topic AS after,
           trainee.training_class_id AS class_id, trainee.id AS trainee_id
      FROM trainings_attempt pre
      JOIN trainings_test pre_test ON pre_test.id = pre.test_id AND pre_test.kind = 'pre'
      JOIN trainings_test post_test ON post_test.course_id = pre_test.course_id AND post_test.kind = 'post'
      JOIN trainings_attempt post ON post.test_id = post_test.id AND post.trainee_id = pre.trainee_id
      JOIN trainings_trainee trainee ON trainee.id = pre.trainee_id
     WHERE pre_test.course_id = %(course)s AND trainee.state = 'enrolled'
       AND pre.handed_in_at IS NOT NULL AND post.handed_in_at IS NOT NULL
), part AS (
    SELECT class_id, trainee_id, key::bigint AS topic_id, (value->>0)::bigint AS had, (value->>1)::bigint AS had_of,
           0 AS got, 0 AS got_of
      FROM pair, jsonb_each(before)
    UNION ALL
    SELECT class_id, trainee_id, key::bigint, 0, 0, (value->>0)::bigint, (value->>1)::bigint
      FROM pair, jsonb_each(after)
)
SELECT CASE WHEN GROUPING(part.class_id) = 0 THEN COALESCE(held.name, 'Chưa xếp lớp') END,
       COALESCE(topic.name, ''), count(DISTINCT part.trainee_id), sum(had), sum(had_of), sum(got), sum(got_of)
  FROM part
  JOIN trainings_topic topic ON topic.id = part.topic_id
  LEFT JOIN trainings_trainingclass held ON held.id = part.class_id
 GROUP BY GROUPING SETS ((), (topic.number, topic.id, topic.name), (part.class_id, held.number, held.name),
                         (part.class_id, held.number, held.name, topic.number, topic.id, topic.name))
HAVING count(*) > 0
 ORDER BY GROUPING(part.class_id) DESC, held.number NULLS LAST, part.class_id, GROUPING(topic.id), topic.number, topic.id
"""


def gain(course: Course) -> list[tuple[str, list[Gain]]]:
    """(class, "" for the whole course; its topics and, last, all topics with topic ""): one query. [] where nobody
    took both tests."""
    with connection.cursor() as cursor:
        cursor.execute(_GAIN, {"course": course.pk})
        rows = cursor.fetchall()
    found: dict[str, list[Gain]] = {}
    for name, topic, people, had, had_of, got, got_of in rows:
        line = Gain(topic, people, Part(int(had), int(had_of)), Part(int(got), int(got_of)))
        found.setdefault(name or "", []).append(line)
    return list(found.items())


def class_of(course: Course, key: int | None) -> tuple[list[TrainingClass], TrainingClass | None]:
    """The classes of the course, and the one with this id, or the first."""
    classes = list(TrainingClass.objects.filter(course=course).in_order())
    return classes, next((each for each in classes if each.pk == key), classes[0] if classes else None)


def people(course: Course, held: TrainingClass | None):
    """Who is on the roster in the class (no class: not put into one yet), by given name, with their attempts."""
    found = Trainee.objects.enrolled().filter(course=course, training_class=held)
    return found.select_related("unit").prefetch_related("attempts").in_order()


def beside(people: Sequence[Trainee], tests: Sequence[Test]) -> list[tuple[Trainee, list[Attempt | None]]]:
    """Each with the attempt at each test."""
    return [
        (
            each,
            [next((made for made in each.attempts.all() if made.test_id == test.pk), None) for test in tests],
        )
        for each in people
    ]
