"""What every room of support tells the story of a household: what happened when."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import TypeVar

from households.models import Household
from thanhsen.gathering import Rows, gathered

Row = TypeVar("Row")


@dataclass(frozen=True)
class Entry:
    """One line of a household's story: the day, what kind of thing (`kind` is also its mark on the page), what
    happened in a few words, and more words below. `url` opens it; `is_struck`: it was recorded and taken back. On one
    day a lower `rank` is told first. Those of a year with one `shared` title are told as one; `whom`: whose this one is."""

    on: date
    kind: str
    title: str
    text: str = ""
    url: str = ""
    is_struck: bool = False
    rank: int = 0
    shared: str = ""
    whom: str = ""


# Ranks: what is given comes before it is received, and then a step is done.
GIVEN, RECEIVED, DONE, ENDED = range(4)


def by_key(rows: Iterable[Row], key: str) -> defaultdict[int, list[Row]]:
    """Records by the foreign key they hang on, in their order."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for each in rows:
        found[getattr(each, key)].append(each)
    return found


@dataclass(frozen=True)
class Teller:
    """Tells a part of a household's story: `asks` what records it needs, `tells` (given the household and a list of
    records for each of what it asked) the entries. So all rooms are asked in one query (`told_by`)."""

    asks: Callable[[Household], Sequence[Rows]]
    tells: Callable[..., list[Entry]]


def told_by(household: Household, tellers: Sequence[Teller]) -> list[list[Entry]]:
    """The entries of each teller. One query, however many they are and however much there is to tell."""
    wants = [tuple(each.asks(household)) for each in tellers]
    answers = iter(gathered(Household.objects.filter(pk=household.pk), list(chain(*wants))))
    return [
        each.tells(household, *islice(answers, len(asked)))
        for each, asked in zip(tellers, wants, strict=True)
    ]
