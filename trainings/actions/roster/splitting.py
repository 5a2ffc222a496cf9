"""Who sits in which class: units together where their class has room for them, the emptier class first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from trainings.models import Trainee, TrainingClass


@dataclass
class Room:
    """A class as it is filled: its free seats, and how many of each unit sit in it."""

    training_class: TrainingClass
    free: int
    units: Counter[int] = field(default_factory=Counter)

    @property
    def pk(self) -> int:
        return self.training_class.pk


Plan = list[tuple[Room, list[Trainee]]]


def planned(rooms: Sequence[Room], people: Sequence[Trainee]) -> tuple[Plan, list[Trainee]]:
    """(class, who is put into it) in the order of the classes, and who finds no seat. The largest units are seated
    first: small ones fit into what is left. A unit goes where it sits already, else where most seats are free."""
    plan: dict[int, list[Trainee]] = {each.pk: [] for each in rooms}
    left: list[Trainee] = []
    ordered = sorted(people, key=lambda each: (each.unit.sort_key, each.unit_id, each.sort_key, each.pk))
    units = [list(members) for _, members in groupby(ordered, key=lambda each: each.unit_id)]
    for members in sorted(units, key=len, reverse=True):
        left += _seated(rooms, members, plan)
    return [(each, sorted(plan[each.pk], key=lambda one: (one.sort_key, one.pk))) for each in rooms], left


def _seated(rooms: Sequence[Room], members: list[Trainee], plan: dict[int, list[Trainee]]) -> list[Trainee]:
    """Seat a unit, all together or as many as fit at a time; whoever finds no seat."""
    unit = members[0].unit_id
    while members:
        open_to = [each for each in rooms if each.free > 0]
        if not open_to:
            return members
        whole = [each for each in open_to if each.free >= len(members)]
        room = max(
            whole or open_to, key=lambda each: (each.units[unit], each.free, -each.training_class.number)
        )
        here, members = members[: room.free], members[room.free :]
        plan[room.pk] += here
        room.free -= len(here)
        room.units[unit] += len(here)
    return []
