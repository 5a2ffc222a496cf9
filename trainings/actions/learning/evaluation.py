"""The evaluation of a course: its form, and forms filled in by nobody knows whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.models import Course, Evaluation, EvaluationGiven, EvaluationItem, Trainee


def save_items(
    *, by: User, course: Course, items: Sequence[tuple[str, str]], seen: Sequence[tuple[str, str]]
) -> None:
    """The questions of the form, (kind, text) in order: these and no others, until somebody answered. `seen`: what the
    page showed; somebody else's change since is not overwritten."""
    with kept():
        Course.objects.select_for_update().get(pk=course.pk)
        stored = EvaluationItem.objects.filter(course=course)
        before = list(stored.order_by("number").values_list("kind", "text"))
        if before != list(seen):
            raise ValidationError(
                "Người khác vừa sửa phiếu này nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp."
            )
        stored.delete()
        EvaluationItem.objects.bulk_create(
            EvaluationItem(course=course, number=number, kind=kind, text=text)
            for number, (kind, text) in enumerate(items, 1)
        )
        events.record(
            by=by, act="evaluation.save", on=course, before={"items": _words(before)}, after={"items": _words(items)},
            area=course.ward_id,
        )  # fmt: skip


def give_evaluation(*, trainee: Trainee, answers: Mapping[str, Any]) -> None:
    """Keep a form (item id as text → 1 to 5, or a text) and, apart from it, that this trainee has given one.

    It leaves no Event and no moment: the trail would tell whose form it is. The database rewrites the forms of the
    course in the order of their random keys (`evaluations_are_mixed`).
    """
    with kept():
        # The form is not changed meanwhile (`save_items` holds the course), nor does one trainee fill in two.
        Course.objects.select_for_update(no_key=True).get(pk=trainee.course_id)
        if EvaluationGiven.objects.filter(trainee=trainee).exists():
            raise ValidationError("Anh/chị đã gửi phiếu đánh giá rồi; mỗi người gửi một phiếu.")
        known = {str(each.pk): each for each in EvaluationItem.objects.filter(course=trainee.course_id)}
        kept_answers = {
            key: value for key, value in answers.items() if key in known and value not in ("", None)
        }
        if not kept_answers:
            raise ValidationError("Phiếu còn trống. Trả lời ít nhất một câu rồi gửi.")
        EvaluationGiven.objects.create(trainee=trainee)
        Evaluation.objects.create(
            course_id=trainee.course_id, training_class_id=trainee.training_class_id, answers=kept_answers
        )


def _words(items: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{text} ({EvaluationItem.Kind(kind).label})" for kind, text in items]
