"""Bài thu hoạch: received, passed or not, for a class at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.governing import must_not_be_closed
from trainings.models import Assignment, Course, Trainee


@dataclass(frozen=True)
class Received:
    """What a line says. `version`: of the stored row the page showed, 0 where it showed none. Without a day nothing
    was received."""

    received_on: date | None
    passed: bool | None
    remark: str
    version: int


def save_assignments(*, by: User, course: Course, lines: Mapping[int, Received]) -> int:
    """Trainee id → what was received of them; how many lines changed something. All or none: a line that somebody else
    saved since the page was opened is refused."""
    with kept():
        must_not_be_closed(course)
        people = {
            each.pk: each for each in Trainee.objects.filter(course=course, pk__in=lines).order_by("pk")
        }
        rows = Assignment.objects.select_for_update().filter(trainee__in=people).order_by("pk")
        stored = {each.trainee_id: each for each in rows}
        changes = []
        for pk, said in lines.items():
            if pk not in people:
                raise ValidationError("Có học viên không thuộc khoá này.")
            row = stored.get(pk)
            if _same(row, said):
                continue
            if (row.version if row else 0) != said.version:
                raise ValidationError(
                    f"Chưa ghi gì: bài của {people[pk].full_name} vừa được người khác ghi. Xem lại trang rồi ghi tiếp."
                )
            changes.append(_saved(by, people[pk], row, said))
        events.record_each(by=by, act="assignment.save", of=[(*each, course.ward_id) for each in changes])
    return len(changes)


def _saved(by: User, trainee: Trainee, row: Assignment | None, said: Received) -> tuple[Trainee, dict]:
    if said.received_on is None:
        if row is not None:
            row.delete()
        return trainee, {"received_on": None}
    row = row or Assignment(trainee=trainee, version=0)
    row.received_on, row.passed, row.remark, row.marked_by = said.received_on, said.passed, said.remark, by
    row.version += 1
    row.save()
    return trainee, events.snapshot(row)


def _same(row: Assignment | None, said: Received) -> bool:
    if row is None:
        return said.received_on is None
    return (row.received_on, row.passed, row.remark) == (said.received_on, said.passed, said.remark)
