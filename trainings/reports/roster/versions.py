"""What changed on a roster since a decision."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Func, IntegerField, QuerySet

from trainings.actions.roster.versions import COLUMNS, line_of
from trainings.models import Course, RosterVersion, Trainee

Line = dict[str, Any]
Changed = list[tuple[str, str, str]]  # (what, as decided, now)


@dataclass(frozen=True)
class Changes:
    """`added`: lines of who is enrolled now only; `withdrawn`: lines of who is no more, with the trainee as stored, if
    any; `corrected`: lines with what is otherwise now."""

    added: list[Line] = field(default_factory=list)
    withdrawn: list[tuple[Line, Trainee | None]] = field(default_factory=list)
    corrected: list[tuple[Line, Changed]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.added or self.withdrawn or self.corrected)


def changes_since(version: RosterVersion) -> Changes:
    """The roster of today held against the lines of the decision."""
    people = (
        Trainee.objects.filter(course=version.course_id).select_related("unit", "training_class").in_order()
    )
    now = {each.pk: each for each in people}
    enrolled = {pk: line_of(each) for pk, each in now.items() if each.state == Trainee.State.ENROLLED}
    decided = {line["trainee"]: line for line in version.lines}
    found = Changes(added=[line for pk, line in enrolled.items() if pk not in decided])
    for pk, line in decided.items():
        if pk not in enrolled:
            found.withdrawn.append((line, now.get(pk)))
        elif changed := _changed(line, enrolled[pk]):
            found.corrected.append((line, changed))
    return found


def _changed(before: Line, after: Line) -> Changed:
    return [
        (label, before.get(name, ""), after[name])
        for name, label in COLUMNS.items()
        if before.get(name, "") != after[name]
    ]


def decisions_of(course: Course) -> QuerySet[RosterVersion]:
    """The decisions of a course with `people`, how many each lists, the newest first."""
    count = Func("lines", function="jsonb_array_length", output_field=IntegerField())
    found: Any = course.versions
    return found.annotate(people=count).defer("lines").select_related("made_by").newest_first()
