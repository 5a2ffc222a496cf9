"""The roster of a course in figures."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from thanhsen.vietnamese import fold
from trainings.models import Course, Trainee

State = Trainee.State


def figures(course: Course) -> dict[str, int]:
    """How many are enrolled, wait, withdrew; of the enrolled: women, of each group, without a class."""
    enrolled = Q(state=State.ENROLLED)
    return course.trainees.aggregate(
        enrolled=Count("pk", filter=enrolled),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
        women=Count("pk", filter=enrolled & Q(sex=Trainee.Sex.FEMALE)),
        poverty=Count("pk", filter=enrolled & Q(group=Trainee.Group.POVERTY)),
        communication=Count("pk", filter=enrolled & Q(group=Trainee.Group.COMMUNICATION)),
        without_class=Count("pk", filter=enrolled & Q(training_class=None)),
    )


def classes_of(course: Course) -> QuerySet:
    """The classes with `taken`, how many sit in each."""
    sitting = Q(trainees__state=State.ENROLLED)
    return course.classes.annotate(taken=Count("trainees", filter=sitting)).in_order()


def narrowed(
    course: Course, *, text: str = "", state: str = "", group: str = "", unit: int | None = None,
    training_class: int | None = None, unplaced: bool = False,
) -> QuerySet[Trainee]:  # fmt: skip
    """The trainees that the filters leave, by given name. Without a state: all but those who withdrew. `text`: every
    word of it in the name, marks aside, or the digits in the phone. `unplaced`: without a class."""
    found: Any = course.trainees.select_related("unit", "training_class")
    found = found.filter(state=state) if state in State else found.present_on_roster()
    for word in fold(text).split():
        found = found.filter(Q(name_fold__contains=word) | Q(phone__contains=word))
    if group in Trainee.Group:
        found = found.filter(group=group)
    if unit:
        found = found.filter(unit=unit)
    if unplaced:
        found = found.filter(training_class=None, state=State.ENROLLED)
    elif training_class:
        found = found.filter(training_class=training_class)
    return found.in_order()
