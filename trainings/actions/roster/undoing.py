"""A file taken back off the roster: what would be undone, what stays because others went on with it, and the act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.roster.files import Row, State, taken
from trainings.actions.roster.seats import move_up, open_roster, told
from trainings.actions.roster.writing import rewrite_people, written_of
from trainings.models import Course, RosterImport, Trainee

SHOWN = 5
HANGING = {
    "Mark": "điểm danh",
    "TrainingCertificate": "giấy chứng nhận",
    "Attempt": "bài kiểm tra",
    "Assignment": "bài thu hoạch",
    "EvaluationGiven": "phiếu đánh giá",
    "Contribution": "câu hỏi, chia sẻ",
}


@dataclass(frozen=True)
class Undo:
    """What taking a file back does: `removed` leave the roster, `restored` are again as before, `staying` (with why) are
    as they are. `key` is the same as long as the same would be done."""

    removed: list[tuple[Row, Trainee]] = field(default_factory=list)
    restored: list[tuple[Row, Trainee]] = field(default_factory=list)
    staying: list[tuple[Row, Trainee | None, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        done = [[(each.pk, each.version) for _, each in part] for part in (self.removed, self.restored)]
        stays = [(row["row"], why) for row, _, why in self.staying]
        return sha256(repr((done, stays)).encode()).hexdigest()[:32]

    @property
    def count(self) -> int:
        return len(self.removed) + len(self.restored)


def undo_of(imported: RosterImport, *, hold: bool = False) -> Undo:
    """What would be undone now. `hold`: until the end of the transaction nothing is added to whom it concerns."""
    done = [each for each in imported.rows if each.get("written")]
    people: Any = imported.course.trainees.select_related("unit", "training_class")
    if hold:
        people = people.select_for_update(of=("self",))
    found = people.in_bulk([each["written"]["id"] for each in done])
    busy = _went_on(imported.course, [each["written"]["id"] for each in done if each["outcome"] == "new"])
    names, phones = _taken(imported.course)
    undo = Undo()
    for row in done:
        pk = row["written"]["id"]
        trainee = found.get(pk)
        why = busy.get(pk) or _changed(row, trainee)
        if not why and row["outcome"] == "changed":
            why = _cannot_be_again(row["written"]["before"], pk, names, phones)
        if why or trainee is None:
            undo.staying.append((row, trainee, why))
        else:
            (undo.removed if row["outcome"] == "new" else undo.restored).append((row, trainee))
    return undo


def undo(
    *, by: User, imported: RosterImport, reason: str, at: datetime, seen: str | None = None
) -> tuple[RosterImport, Undo]:
    """Off the roster with whom the file brought, back with what it changed. Who was marked, tested, decided on or edited
    since stays, and is named. `seen`: the key of what the page showed; refused where it would be another by now."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do hoàn tác, ví dụ: nạp nhầm danh sách của khoá khác."})
    with kept():
        held = open_roster(imported.course)
        row = taken(imported, (State.COMMITTED,))
        found = undo_of(row, hold=True)
        if seen is not None and seen != found.key:
            raise ValidationError("Danh sách vừa thay đổi. Xem lại những gì sẽ hoàn tác rồi bấm lần nữa.")
        if not found.count:
            raise ValidationError(_nothing_to_undo(found))
        _carry_out(by, held, found, reason)
        for line, _, why in found.staying:
            line["kept"] = why
        row.counts |= {"taken_back": found.count, "kept": len(found.staying)}
        row.state, row.undone_by, row.undone_at, row.undo_reason = State.UNDONE, by, at, reason.strip()
        row.version += 1
        row.save()
        after = {
            "new": len(found.removed), "changed": len(found.restored),
            "kept": [f"{line['label']}: {why}" for line, _, why in found.staying],
        }  # fmt: skip
        events.record(by=by, act="roster.undo", on=row, after=after, area=held.ward_id, reason=reason)
        move_up(by=by, course=held)
    return row, found


def _carry_out(by: User, course: Course, found: Undo, reason: str) -> None:
    new = [each for _, each in found.removed]
    events.record_each(
        by=by, act="roster.undo", of=[(each, told(each), course.ward_id) for each in new], reason=reason
    )
    Trainee.objects.filter(pk__in=[each.pk for each in new]).delete()
    before = [({"values": line["written"]["before"]}, trainee) for line, trainee in found.restored]
    rewrite_people(by, before, course, reason)


def _went_on(course: Course, ids: Sequence[int]) -> dict[int, str]:
    """Id of a trainee the file brought → what others did with them since, so that they cannot be taken away."""
    busy: dict[int, str] = {}
    for relation in Trainee._meta.related_objects:
        model: type[models.Model] = relation.related_model
        name = f"{relation.field.name}_id"
        what = HANGING.get(model.__name__, "dữ liệu khác")
        rows = model._base_manager.filter(**{f"{name}__in": ids})
        for pk in rows.values_list(name, flat=True).distinct():
            busy.setdefault(pk, f"đã có {what}")
    for lines in course.versions.values_list("lines", flat=True):
        for line in lines:
            busy.setdefault(line["trainee"], "đã có trong danh sách kèm quyết định")
    return {pk: why for pk, why in busy.items() if pk in set(ids)}


def _changed(row: Row, trainee: Trainee | None) -> str:
    """Why a row is no more as the file left it, "" where it is."""
    if trainee is None:
        return "không còn trong danh sách"
    if trainee.state == Trainee.State.WITHDRAWN:
        return "đã thôi học"
    return "" if written_of(trainee) == row["written"]["after"] else "đã được sửa sau khi ghi tệp"


def _taken(course: Course) -> tuple[dict[tuple, int], dict[str, int]]:
    """Who has which (unit, year, name, twin) and which phone on the roster."""
    people = list(course.trainees.present_on_roster())
    names = {(each.unit_id, each.name_fold, each.birth_year, each.twin_of_name): each.pk for each in people}
    return names, {each.phone: each.pk for each in people if each.phone}


def _cannot_be_again(before: dict[str, Any], pk: int, names: dict[tuple, int], phones: dict[str, int]) -> str:
    """Why a trainee cannot be given back what they were called: it is somebody else's by now."""
    if phones.get(before["phone"], pk) != pk:
        return "số điện thoại cũ nay là của người khác"
    was = Trainee(**{name: before[name] for name in ("full_name", "birth_year")}, unit_id=before["unit"])
    was.name_it()
    same = (was.unit_id, was.name_fold, was.birth_year)
    if any(names.get((*same, twin), pk) != pk for twin in {each[3] for each in names if each[:3] == same}):
        return "đơn vị nay có người khác cùng họ tên, năm sinh cũ"
    return ""


def _nothing_to_undo(found: Undo) -> str:
    """Why, with the names of the first."""
    by_reason: dict[str, list[str]] = {}
    for line, _, why in found.staying:
        by_reason.setdefault(why, []).append(line["label"])
    said = [
        ", ".join(names[:SHOWN]) + (" và người khác" if len(names) > SHOWN else "") + f" {why}"
        for why, names in by_reason.items()
    ]
    return f"Không hoàn tác được: {'; '.join(said)}. Cho từng người thôi học, hoặc sửa từng người."
