"""The cost lines of a course, planned and used: saved as a whole grid, every rate as the ward typed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from thanhsen import events
from thanhsen.concurrency import Stale, lock
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.governing import must_govern
from trainings.models import CostLine, Course

FIELDS = (
    "name", "legal_basis", "basis", "unit", "unsalaried_only", "quantity", "rate", "used", "used_note",
)  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """A line of the grid: a new one where `pk` is None, else what is to become of the one that was seen."""

    values: dict[str, Any]
    pk: int | None = None
    version: int | None = None
    removed: bool = False


def save_costs(*, by: User, course: Course, lines: Sequence[Typed]) -> int:
    """Save the lines that differ from what is stored, all or none; how many. Also of a closed course: it is settled
    afterwards. Stale where somebody else changed one of the lines meanwhile."""
    must_govern(by, course.ward_id)
    with kept():
        row = lock(course, None)  # one writer at a time: new lines take the next numbers
        stored = {each.pk: each for each in CostLine.objects.select_for_update().filter(course=row)}
        last = CostLine.objects.filter(course=row).aggregate(last=Max("number"))["last"] or 0
        count = 0
        for line in lines:
            if line.pk is None:
                last += 1
                made = CostLine.objects.create(course=row, number=last, **line.values)
                _tell(by, "cost.save", made, row, after=events.snapshot(made))
                count += 1
            else:
                count += _changed(by, row, stored.get(line.pk), line)
    return count


def _changed(by: User, course: Course, row: CostLine | None, line: Typed) -> int:
    if row is None:
        if line.removed:
            return 0  # gone either way
        raise ValidationError(
            "Một khoản chi vừa bị người khác bỏ nên chưa lưu gì. Tải lại trang rồi sửa tiếp."
        )
    same = all(getattr(row, name) == line.values.get(name) for name in FIELDS)
    if same and not line.removed:
        return 0
    if row.version != line.version:
        raise Stale(row)
    before = events.snapshot(row)
    if line.removed:
        _tell(by, "cost.remove", row, course, before=before)
        row.delete()
        return 1
    for name in FIELDS:
        setattr(row, name, line.values[name])
    row.version += 1
    row.save()
    _tell(by, "cost.save", row, course, before=before, after=events.snapshot(row))
    return 1


def _tell(by: User, act: str, line: CostLine, course: Course, **told: Any) -> None:
    events.record(by=by, act=act, on=line, area=course.ward_id, **told)
