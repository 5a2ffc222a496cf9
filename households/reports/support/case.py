"""A household's story, gathered from every room of the house, in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from households.models import Household
from households.reports import story
from households.reports.support import grants, livelihoods, outreach, plans, shocks
from households.reports.support.entries import Entry

# The part of the story: its name on the page, and who tells it.
PARTS: dict[str, tuple[str, tuple[Callable[[Household], list[Entry]], ...]]] = {
    "register": ("Sổ hộ", (story.of_register,)),
    "class": ("Phân loại", (story.of_classes,)),
    "review": ("Rà soát", (story.of_reviews,)),
    "paper": ("Giấy tờ", (story.of_papers,)),
    "need": ("Nhu cầu", (plans.story_of_needs,)),
    "plan": ("Kế hoạch", (plans.story_of_plans,)),
    "support": ("Hỗ trợ", (grants.story,)),
    "livelihood": ("Mô hình", (livelihoods.story,)),
    "shock": ("Biến cố", (shocks.story,)),
    "outreach": ("Vận động", (outreach.story,)),
}


@dataclass(frozen=True)
class Told:
    """One entry with its part; `label`: the part as the page names it."""

    part: str
    label: str
    entry: Entry


def told(household: Household, parts: Sequence[str] = ()) -> list[Told]:
    """The story, the oldest first; on one day in the order of the parts. Only `parts`, where given. The number of
    queries does not depend on how much there is to tell."""
    lines = [
        Told(part, label, entry)
        for part, (label, tellers) in PARTS.items()
        if not parts or part in parts
        for tell in tellers
        for entry in tell(household)
    ]
    return sorted(lines, key=lambda each: each.entry.on)


def by_year(lines: Sequence[Told]) -> list[tuple[int, list[Told]]]:
    """(year, its lines) in the order given."""
    return [(year, list(rows)) for year, rows in groupby(lines, key=lambda each: each.entry.on.year)]
