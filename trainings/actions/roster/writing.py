"""A checked file goes onto the roster, or off it again: one transaction, all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max

from thanhsen import events
from thanhsen.bulk import copy_in, next_ids, rewrite
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.roster.files import SKIP, Row, State, taken
from trainings.actions.roster.seats import PERSON, move_up, open_roster, seat, told
from trainings.models import Course, RosterImport, RosterVersion, Trainee, TrainingClass, Unit

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
        _rewrite(by, changed, held)
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


def undo(*, by: User, imported: RosterImport, reason: str, at: datetime) -> tuple[RosterImport, int]:
    """Off the roster with whoever the file brought, back with what it changed; how many rows. Refused, with their
    names, where somebody of them was marked, tested, decided on or edited since."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do hoàn tác, ví dụ: nạp nhầm danh sách của khoá khác."})
    with kept():
        held = open_roster(imported.course)
        row = taken(imported, (State.COMMITTED,))
        done = [each for each in row.rows if each.get("written")]
        ids = [each["written"]["id"] for each in done]
        found = (
            held.trainees.select_for_update(of=("self",))
            .select_related("unit", "training_class")
            .in_bulk(ids)
        )
        _must_be_free(held, found, done)
        new = [found[each["written"]["id"]] for each in done if each["outcome"] == "new"]
        old = [(each, found[each["written"]["id"]]) for each in done if each["outcome"] == "changed"]
        events.record_each(
            by=by, act="roster.undo", of=[(each, told(each), held.ward_id) for each in new], reason=reason
        )
        Trainee.objects.filter(pk__in=[each.pk for each in new]).delete()
        _rewrite(
            by, [({"values": each["written"]["before"]}, trainee) for each, trainee in old], held, reason
        )
        row.state, row.undone_by, row.undone_at, row.undo_reason = State.UNDONE, by, at, reason.strip()
        row.version += 1
        row.save()
        after = {"new": len(new), "changed": len(old)}
        events.record(by=by, act="roster.undo", on=row, after=after, area=held.ward_id, reason=reason)
        move_up(by=by, course=held)
    return row, len(done)


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
        line["written"] = {"id": each.pk, "after": _kept(each)}


def _rewrite(by: User, changed: Sequence[tuple[Row, Trainee]], course: Course, reason: str = "") -> None:
    if not changed:
        return
    units = {each.pk: each for each in Unit.objects.filter(ward=course.ward_id)}
    before = {each.pk: told(each) for _, each in changed}
    for line, each in changed:
        was = _kept(each)
        for name, value in _read(line["values"]).items():
            setattr(each, name, units[value] if name == "unit" else value)
        each.name_it()
        each.version += 1
        line["written"] = {"id": each.pk, "before": was, "after": _kept(each)}
    people = [each for _, each in changed]
    rewrite(people, Trainee, [*PERSON, "unit", "sort_key", "name_fold", "version"])
    events.record_each(
        by=by, act="trainee.edit", of=[(each, told(each), course.ward_id) for each in people], before=before,
        reason=reason,
    )  # fmt: skip


def _kept(trainee: Trainee) -> dict[str, Any]:
    """What a file may write of a trainee, as JSON."""
    found = {name: getattr(trainee, name) for name in PERSON}
    return {name: each.isoformat() if isinstance(each, date) else each for name, each in found.items()} | {
        "unit": trainee.unit_id
    }


def _read(values: dict[str, Any]) -> dict[str, Any]:
    born = values.get("birth_date")
    return {**values, **({"birth_date": date.fromisoformat(born)} if born else {})}


def _must_be_free(course: Course, found: dict[int, Trainee], done: Sequence[Row]) -> None:
    """ValidationError where taking the file back would take back what others did since."""
    new = [each["written"]["id"] for each in done if each["outcome"] == "new"]
    for relation in Trainee._meta.related_objects:
        model: type[models.Model] = relation.related_model
        name = relation.field.name
        held = model._base_manager.filter(**{f"{name}__in": new}).values_list(f"{name}__full_name", flat=True)
        if names := list(held.distinct()[: SHOWN + 1]):
            what = str(HANGING.get(model.__name__, "dữ liệu khác"))
            raise ValidationError(
                f"Không hoàn tác được: {_some(names)} đã có {what}. Cho từng người thôi học thay vào đó."
            )
    decided: set[int] = set()
    for version in RosterVersion.objects.filter(course=course):
        decided |= {line["trainee"] for line in version.lines}
    if frozen := [found[pk].full_name for pk in new if pk in decided and pk in found]:
        raise ValidationError(
            f"Không hoàn tác được: {_some(frozen)} đã có trong danh sách kèm quyết định. Cho từng người thôi học thay vào đó."
        )
    edited = [
        each["label"]
        for each in done
        if (stands := found.get(each["written"]["id"])) is None
        or _kept(stands) != each["written"]["after"]
        or stands.state == Trainee.State.WITHDRAWN
    ]
    if edited:
        raise ValidationError(
            f"Không hoàn tác được: {_some(edited)} đã được sửa hoặc cho thôi học sau khi ghi tệp."
        )


HANGING = {
    "Mark": "điểm danh",
    "TrainingCertificate": "giấy chứng nhận",
    "Attempt": "bài kiểm tra",
    "Assignment": "bài thu hoạch",
    "EvaluationGiven": "phiếu đánh giá",
    "Contribution": "câu hỏi, chia sẻ",
}


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:SHOWN]) + (" và người khác" if len(listed) > SHOWN else "")
