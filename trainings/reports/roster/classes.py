"""A split laid out for its page: class by class, unit by unit."""

from collections import Counter
from dataclasses import dataclass

from trainings.actions.roster.classes import Split
from trainings.models import TrainingClass


@dataclass(frozen=True)
class Laid:
    """A class as it would be: `units`: (name, how many come, whether the unit sits in several classes)."""

    training_class: TrainingClass
    before: int
    coming: int
    units: list[tuple[str, int, bool]]

    @property
    def after(self) -> int:
        return self.before + self.coming


def laid_out(split: Split) -> list[Laid]:
    """The classes of the plan. Of who is put there those who stay in their class come too."""
    sits_in = Counter(unit for room, _ in split.plan for unit, count in room.units.items() if count)
    laid = []
    for room, people in split.plan:
        coming = Counter((each.unit.sort_key, each.unit_id, each.unit.name) for each in people)
        units = [(name, count, sits_in[pk] > 1) for (_, pk, name), count in sorted(coming.items())]
        before = room.training_class.capacity - room.free - len(people)
        laid.append(Laid(room.training_class, before, len(people), units))
    return laid
