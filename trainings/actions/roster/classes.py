"""Trainees over the classes: split by unit and seats after a preview, moved by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.bulk import rewrite
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.roster.seats import open_roster, rooms, told
from trainings.actions.roster.splitting import Plan, planned
from trainings.models import Course, Trainee, TrainingClass

State = Trainee.State


@dataclass(frozen=True)
class Split:
    """What would be done: `plan`, and `left` for whom no class has a seat. `anew`: all who were not marked yet are
    seated again, else only those without a class. `key` is the same as long as the same would be done."""

    plan: Plan
    left: list[Trainee]
    anew: bool

    @property
    def key(self) -> str:
        told = [(room.pk, [(each.pk, each.version) for each in people]) for room, people in self.plan]
        return sha256(repr((self.anew, told)).encode()).hexdigest()[:32]

    @property
    def moved(self) -> list[tuple[TrainingClass, Trainee]]:
        return [
            (room.training_class, each)
            for room, people in self.plan
            for each in people
            if each.training_class_id != room.pk
        ]


def split_of(course: Course, *, anew: bool) -> Split:
    """How the roster would be split now."""
    people = course.trainees.enrolled().select_related("unit", "training_class")
    people = people.filter(marks=None) if anew else people.filter(training_class=None)
    asked = list(people)
    plan, left = planned(rooms(course, without=[each.pk for each in asked]), asked)
    return Split(plan, left, anew)


def split(*, by: User, course: Course, anew: bool, seen: str) -> int:
    """Carry out what the preview showed (`seen`: its key); refused where it would be another by now. How many moved."""
    with kept():
        held = open_roster(course)
        found = split_of(held, anew=anew)
        if found.key != seen:
            raise ValidationError("Danh sách hoặc lớp vừa thay đổi. Xem lại cách chia mới rồi bấm chia.")
        if not (moves := found.moved):
            raise ValidationError("Không có ai để xếp lớp.")
        _move(by, held, moves)
        counts = {room.training_class.name: len(people) for room, people in found.plan}
        events.record(by=by, act="roster.split", on=held, after={**counts, "anew": anew}, area=held.ward_id)
    return len(moves)


def move(*, by: User, course: Course, seen: Mapping[int, int], to: TrainingClass | None) -> list[Trainee]:
    """Some trainees into another class, None for out of any. `seen`: id → the version on the page."""
    if not seen:
        raise ValidationError("Chưa chọn học viên nào. Đánh dấu người cần chuyển.")
    with kept():
        held = open_roster(course)
        found = held.trainees.select_for_update(of=("self",)).select_related("unit", "training_class")
        people = list(found.filter(pk__in=seen).in_order())
        if len(people) != len(seen):
            raise ValidationError("Có người không thuộc khoá này. Tải lại trang rồi chọn lại.")
        _must_be_movable(people, seen)
        _move(by, held, [(to, each) for each in people if each.training_class_id != (to.pk if to else None)])
    return people


def _must_be_movable(people: Sequence[Trainee], seen: Mapping[int, int]) -> None:
    if stale := [each.full_name for each in people if each.version != seen[each.pk]]:
        raise ValidationError(f"Người khác vừa sửa {', '.join(stale[:5])}. Tải lại trang rồi chuyển lại.")
    if away := [each.full_name for each in people if each.state != State.ENROLLED]:
        raise ValidationError(
            f"{', '.join(away[:5])} đang chờ chỗ hoặc đã thôi học nên chưa xếp lớp. Người chờ được gọi theo thứ tự."
        )


def _move(by: User, course: Course, moves: Sequence[tuple[TrainingClass | None, Trainee]]) -> None:
    before = {each.pk: told(each) for _, each in moves}
    for training_class, each in moves:
        each.training_class = training_class
        each.version += 1
    rewrite([each for _, each in moves], Trainee, ["training_class", "version"])
    events.record_each(
        by=by, act="trainee.move", of=[(each, told(each), course.ward_id) for _, each in moves], before=before
    )
