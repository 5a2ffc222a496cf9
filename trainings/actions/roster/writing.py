"""A checked file goes onto the roster: one transaction, all or nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from thanhsen import events
from thanhsen.bulk import copy_in, next_ids, rewrite
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.roster.files import SKIP, Row, State, taken
from trainings.actions.roster.seats import PERSON, open_roster, seat, told
from trainings.models import Course, RosterImport, Trainee, TrainingClass, Unit

SHOWN = 5
WRITTEN = (*PERSON, "unit_id")


class Moved(ValidationError):
    """The roster is otherwise than it was when the file was compared; the file has to be compared again."""


def commit(*, by: User, imported: RosterImport, version: int | None, at: datetime) -> RosterImport:
    """Write every row that is new or changed and was not skipped. Where the roster moved since it was compared nothing
    is written."""
    with kept():
        held = open_roster(imported.course)
        row = taken(imported, (State.CHECKED,), version)
        lines = [
            each for each in row.rows if each["outcome"] in ("new", "changed") and each.get("choice") != SKIP
        ]
        if not lines:
            raise ValidationError("Không có ai mới hoặc thay đổi để ghi.")
        new, changed = _targets(held, row, by, lines)
        seat([each for _, each in new], held, at, strict=False)
        _store(new)
        rewrite_people(by, changed, held)
        events.record_each(
            by=by,
            act="trainee.enrol",
            of=[(each, told(each), held.ward_id) for _, each in new],
            reason=str(row),
        )
        row.state, row.committed_by, row.committed_at = State.COMMITTED, by, at
        row.counts |= {
            "waiting": sum(each.state == Trainee.State.WAITING for _, each in new),
            "without_class": sum(
                bool(line.get("class_id")) and not each.training_class_id for line, each in new
            ),
        }
        row.version += 1
        row.save()
        after = {"rows": len(lines), "new": len(new), "changed": len(changed)}
        events.record(by=by, act="roster.commit", on=row, after=after, area=held.ward_id)
    return row


def _targets(
    course: Course, row: RosterImport, by: User, lines: Sequence[Row]
) -> tuple[list[tuple[Row, Trainee]], list[tuple[Row, Trainee]]]:
    """(line, trainee) of who is new, and of who is changed, as they will be stored. Moved, with the lines concerned,
    where the roster is no more as the lines were compared with."""
    now = {
        each.pk: each
        for each in course.trainees.select_for_update(of=("self",)).select_related("unit", "training_class")
    }
    units = {each.pk: each for each in Unit.objects.in_use().filter(ward=course.ward_id)}
    classes = {each.pk: each for each in course.classes.all()}
    present = [each for each in now.values() if each.state != Trainee.State.WITHDRAWN]
    names = {(each.unit_id, each.name_fold, each.birth_year) for each in present}
    phones = {each.phone: each.pk for each in present if each.phone}
    new, changed, moved = [], [], []
    for line in lines:
        values = _read(line["values"])
        stands = now.get(line["target"]) if line["target"] else None
        holder = phones.get(values.get("phone") or "")
        if line["target"]:
            if stands is None or stands.version != line["seen"] or holder not in (None, line["target"]):
                moved.append(line["row"])
            else:
                changed.append((line, stands))
            continue
        made = _made(course, row, by, values, units, classes)
        if (
            made is None
            or holder
            or ((made.unit_id, made.name_fold, made.birth_year) in names and not line["twin"])
        ):
            moved.append(line["row"])
        else:
            new.append((line, made))
    if moved:
        some = ", ".join(map(str, moved[:SHOWN])) + ("…" if len(moved) > SHOWN else "")
        raise Moved(
            f"Danh sách vừa thay đổi nên chưa ghi gì (dòng {some}). Cổng đã so lại; xem rồi bấm ghi lần nữa."
        )
    _tell_twins_apart(course, new)
    return new, changed


def _made(
    course: Course, row: RosterImport, by: User, values: dict[str, Any], units: dict[int, Unit],
    classes: dict[int, TrainingClass],
) -> Trainee | None:  # fmt: skip
    unit, held = units.get(values.pop("unit", 0)), classes.get(values.pop("training_class", None) or 0)
    if unit is None:
        return None
    made = Trainee(course=course, unit=unit, training_class=held, imported=row, made_by=by, **values)
    made.name_it()
    return made


def _tell_twins_apart(course: Course, new: Sequence[tuple[Row, Trainee]]) -> None:
    if not any(line["twin"] for line, _ in new):
        return
    who = ("unit_id", "name_fold", "birth_year")
    last = {
        tuple(each[name] for name in who): each["last"]
        for each in course.trainees.values(*who).annotate(last=Max("twin_of_name")).order_by()
    }
    for line, each in new:
        name = (each.unit_id, each.name_fold, each.birth_year)
        each.twin_of_name = last.get(name, -1) + 1 if line["twin"] else 0
        last[name] = max(last.get(name, -1), each.twin_of_name)


def _store(new: Sequence[tuple[Row, Trainee]]) -> None:
    people = [each for _, each in new]
    for pk, each in zip(next_ids(Trainee, len(people)), people, strict=True):
        each.pk = pk
    copy_in(people, Trainee, but=["made_at"])
    for line, each in new:
        line["written"] = {"id": each.pk, "after": written_of(each)}


def rewrite_people(
    by: User, changed: Sequence[tuple[Row, Trainee]], course: Course, reason: str = ""
) -> None:
    """Give each trainee the `values` of the line beside, which keeps what it was and became."""
    if not changed:
        return
    units = {each.pk: each for each in Unit.objects.filter(ward=course.ward_id)}
    before = {each.pk: told(each) for _, each in changed}
    for line, each in changed:
        was = written_of(each)
        for name, value in _read(line["values"]).items():
            setattr(each, name, units[value] if name == "unit" else value)
        each.name_it()
        each.version += 1
        line["written"] = {"id": each.pk, "before": was, "after": written_of(each)}
    people = [each for _, each in changed]
    rewrite(people, Trainee, [*PERSON, "unit", "sort_key", "name_fold", "version"])
    events.record_each(
        by=by, act="trainee.edit", of=[(each, told(each), course.ward_id) for each in people], before=before,
        reason=reason,
    )  # fmt: skip


def written_of(trainee: Trainee) -> dict[str, Any]:
    """What a file may write of a trainee, as JSON."""
    found = {name: getattr(trainee, name) for name in PERSON}
    return {name: each.isoformat() if isinstance(each, date) else each for name, each in found.items()} | {
        "unit": trainee.unit_id
    }


def _read(values: dict[str, Any]) -> dict[str, Any]:
    born = values.get("birth_date")
    return {**values, **({"birth_date": date.fromisoformat(born)} if born else {})}
