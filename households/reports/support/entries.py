"""What every room of support tells the pages that gather from all: what waits for whom, what happened when."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any, TypeVar

from households.models import Household
from thanhsen import gathering
from thanhsen.gathering import Rows
from thanhsen.models import User

Row = TypeVar("Row")


@dataclass(frozen=True)
class Waiting:
    """One line of the morning page and of the home page: `count` of `text`, and where they are listed."""

    text: str
    count: int
    url: str
    is_late: bool = False


@dataclass(frozen=True)
class Asked:
    """A line to be counted: `rows` (a queryset) are what waits."""

    text: str
    rows: Any
    url: str
    is_late: bool = False


def counted(user: User, asked: Sequence[Asked]) -> list[Waiting]:
    """Those of which something waits, in the order given. One query, however many are asked."""
    found = gathering.counted(User.objects.filter(pk=user.pk), [each.rows for each in asked])
    return [
        Waiting(each.text, count, each.url, each.is_late)
        for each, count in zip(asked, found, strict=True)
        if count
    ]


@dataclass(frozen=True)
class Entry:
    """One line of a household's story: the day, what kind of thing (`kind` is also its mark on the page), what
    happened in a few words, and more words below. `url` opens it; `is_struck`: it was recorded and taken back."""

    on: date
    kind: str
    title: str
    text: str = ""
    url: str = ""
    is_struck: bool = False


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
    answers = iter(gathering.gathered(Household.objects.filter(pk=household.pk), list(chain(*wants))))
    return [
        each.tells(household, *islice(answers, len(asked)))
        for each, asked in zip(tellers, wants, strict=True)
    ]
