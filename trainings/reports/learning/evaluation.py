"""What the evaluation forms say, as far as it can be shown without showing anybody's: counted by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from thanhsen.vietnamese import half_up
from trainings.models import Course, Evaluation, EvaluationGiven, EvaluationItem, Trainee

FEWEST = 5  # forms below which a result would show people, as cells under 5 of public figures do
MARKS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Scale:
    """An item marked 1 to 5: how many gave each mark. Nothing of a form has to be answered, so few may have marked an
    item of many forms: it `is_hidden`, and has no average. `withheld`: hidden for what it says of another class."""

    item: EvaluationItem
    counts: tuple[int, ...]
    withheld: bool = False

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def is_few(self) -> bool:
        return 0 < self.answered < FEWEST

    @property
    def is_hidden(self) -> bool:
        return self.withheld or self.is_few

    @property
    def average(self) -> Decimal | None:
        if self.is_hidden:
            return None
        total = sum(mark * count for mark, count in zip(MARKS, self.counts, strict=True))
        return half_up(Decimal(total) / self.answered, 2) if self.answered else None


@dataclass(frozen=True)
class Texts:
    """An item answered in words, in an order that says nothing."""

    item: EvaluationItem
    said: list[str]


@dataclass(frozen=True)
class Result:
    """`name`: the class, "" for the whole course. `scales` and `texts` are empty where `is_hidden`."""

    name: str
    forms: int
    scales: list[Scale]
    texts: list[Texts]

    @property
    def is_hidden(self) -> bool:
        return self.forms < FEWEST

    @property
    def hides_items(self) -> bool:
        return any(each.is_hidden for each in self.scales)


_COUNTS = """
SELECT GROUPING(form.training_class_id) = 1, form.training_class_id, item.id, (form.answers ->> item.id::text)::int,
       count(*)
  FROM trainings_evaluation form
  JOIN trainings_evaluationitem item ON item.course_id = form.course_id AND item.kind = 'scale'
 WHERE form.course_id = %(course)s AND form.answers ? item.id::text
 GROUP BY GROUPING SETS ((item.id, form.answers ->> item.id::text),
                         (form.training_class_id, item.id, form.answers ->> item.id::text))
"""
_SCALES = """
SELECT item.id, item.number, item.text, (form.answers ->> item.id::text)::int, count(form.id)
  FROM trainings_evaluationitem item
  LEFT JOIN trainings_evaluation form ON form.course_id = item.course_id AND form.answers ? item.id::text
 WHERE item.course_id = %(course)s AND item.kind = 'scale'
 GROUP BY item.id, 4
 ORDER BY item.number, item.id
"""
# Items that few answered are left out: their marks would be what the shown ones leave of the average.
_AVERAGES = """
SELECT form.course_id, count(*), shown.marks::numeric / shown.answered
  FROM trainings_evaluation form
  LEFT JOIN (SELECT course_id, sum(marks) AS marks, sum(answered) AS answered
               FROM (SELECT item.course_id, sum((given.answers ->> item.id::text)::int) AS marks, count(*) AS answered
                       FROM trainings_evaluationitem item
                       JOIN trainings_evaluation given
                         ON given.course_id = item.course_id AND given.answers ? item.id::text
                      WHERE item.kind = 'scale' AND item.course_id = ANY(%(courses)s)
                      GROUP BY item.id
                     HAVING count(*) >= %(fewest)s) AS item
              GROUP BY course_id) AS shown ON shown.course_id = form.course_id
 WHERE form.course_id = ANY(%(courses)s)
 GROUP BY form.course_id, shown.marks, shown.answered
"""
_FORMS = """
SELECT form.training_class_id, COALESCE(held.name, 'Chưa xếp lớp'), count(*)
  FROM trainings_evaluation form LEFT JOIN trainings_trainingclass held ON held.id = form.training_class_id
 WHERE form.course_id = %(course)s
 GROUP BY form.training_class_id, held.name, held.number ORDER BY held.number NULLS LAST
"""
# By a random key: neither the order of writing nor the same order for every item, which would join one form's answers.
_TEXTS = """
SELECT item.id, form.answers ->> item.id::text
  FROM trainings_evaluation form
  JOIN trainings_evaluationitem item ON item.course_id = form.course_id AND item.kind = 'text'
 WHERE form.course_id = %(course)s AND form.answers ? item.id::text
 ORDER BY item.number, md5(item.id::text || form.id::text)
"""


def results(course: Course) -> list[Result]:
    """The whole course, then its classes where every class has forms enough: otherwise the small one would be what the
    others leave of the whole; so is an item that few of one class answered. Texts stand with the whole course only."""
    items = list(EvaluationItem.objects.filter(course=course).order_by("number"))
    with connection.cursor() as cursor:
        cursor.execute(_FORMS, {"course": course.pk})
        classes = cursor.fetchall()
        total = sum(count for *_, count in classes)
        if total < FEWEST:
            return [Result("", total, [], [])]
        cursor.execute(_COUNTS, {"course": course.pk})
        counts = {(whole, held, item, mark): count for whole, held, item, mark, count in cursor.fetchall()}
        cursor.execute(_TEXTS, {"course": course.pk})
        said = cursor.fetchall()

    def scales(*of: Any) -> list[Scale]:
        return [
            Scale(each, tuple(counts.get((*of, each.pk, mark), 0) for mark in MARKS))
            for each in items
            if each.kind == EvaluationItem.Kind.SCALE
        ]

    texts = [
        Texts(each, [text for item, text in said if item == each.pk])
        for each in items
        if each.kind == EvaluationItem.Kind.TEXT
    ]
    apart = len(classes) > 1 and all(count >= FEWEST for *_, count in classes)
    whole = Result("", total, scales(True, None), texts)
    return [whole, *(_apart([(each, scales(False, each[0])) for each in classes]) if apart else [])]


def _apart(classes: Sequence[tuple[Any, list[Scale]]]) -> list[Result]:
    """A result of each class, ((id, name, forms), its items): what few of one answered is withheld in all."""
    few = {line.item.pk for _, scales in classes for line in scales if line.is_few}
    return [
        Result(name, forms, [Scale(line.item, line.counts, line.item.pk in few) for line in scales], [])
        for (_, name, forms), scales in classes
    ]


def scales(course: Course) -> list[Scale]:
    """The items marked 1 to 5 of the whole course, whether or not there are forms enough to show them. One query."""
    found: dict[int, tuple[EvaluationItem, dict[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SCALES, {"course": course.pk})
        for pk, number, text, mark, count in cursor.fetchall():
            item = EvaluationItem(
                pk=pk, course=course, number=number, text=text, kind=EvaluationItem.Kind.SCALE
            )
            found.setdefault(pk, (item, {}))[1][mark] = count
    return [Scale(item, tuple(counts.get(mark, 0) for mark in MARKS)) for item, counts in found.values()]


def averages(courses: Sequence[int]) -> dict[int, tuple[int, Decimal | None]]:
    """Course → its forms, and the average of every mark they give to items that FEWEST or more answered, None where
    there is no such item. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_AVERAGES, {"courses": list(courses), "fewest": FEWEST})
        return {
            course: (forms, half_up(average, 2) if average is not None else None)
            for course, forms, average in cursor.fetchall()
        }


def asked(course: Course) -> list[EvaluationItem]:
    return list(EvaluationItem.objects.filter(course=course).order_by("number"))


def given(course: Course) -> tuple[int, int]:
    """(forms given, people on the roster)."""
    people = Trainee.objects.enrolled().filter(course=course)
    return EvaluationGiven.objects.filter(trainee__course=course).count(), people.count()


def has_given(trainee: Trainee) -> bool:
    return EvaluationGiven.objects.filter(trainee=trainee).exists()


def is_answered(course: Course) -> bool:
    return Evaluation.objects.filter(course=course).exists()
