"""A household's story, gathered from every room of the house, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from households.models import Household
from households.reports import story
from households.reports.support import grants, livelihoods, outreach, plans, shocks
from households.reports.support.entries import Entry, Teller, told_by
from households.reports.support.merged import merged

# The part of the story: its name on the page, and who tells it.
PARTS: dict[str, tuple[str, Teller]] = {
    "register": ("Sổ hộ", story.REGISTER),
    "class": ("Phân loại", story.CLASSES),
    "review": ("Rà soát", story.REVIEWS),
    "paper": ("Giấy tờ", story.PAPERS),
    "need": ("Nhu cầu", plans.STORY_OF_NEEDS),
    "plan": ("Kế hoạch", plans.STORY_OF_PLANS),
    "support": ("Hỗ trợ", grants.STORY),
    "livelihood": ("Mô hình", livelihoods.STORY),
    "shock": ("Biến cố", shocks.STORY),
    "outreach": ("Vận động", outreach.STORY),
}


@dataclass(frozen=True)
class Told:
    """One entry with its part; `label`: the part as the page names it."""

    part: str
    label: str
    entry: Entry


def told(household: Household, parts: Sequence[str] = ()) -> list[Told]:
    """The story, the oldest first; on one day in the order of the parts. Only `parts`, where given. One query."""
    chosen = [each for each in PARTS if not parts or each in parts]
    entries = told_by(household, [PARTS[each][1] for each in chosen])
    lines = [
        Told(part, PARTS[part][0], entry)
        for part, found in zip(chosen, entries, strict=True)
        for entry in merged(sorted(found, key=_in_time))
    ]
    return sorted(lines, key=lambda each: _in_time(each.entry))


def _in_time(entry: Entry) -> tuple[date, int]:
    return entry.on, entry.rank


def by_year(lines: Sequence[Told]) -> list[tuple[int, list[Told]]]:
    """(year, its lines) in the order given."""
    return [(year, list(rows)) for year, rows in groupby(lines, key=lambda each: each.entry.on.year)]
