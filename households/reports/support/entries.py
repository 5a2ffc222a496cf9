"""What every room of support tells the pages that gather from all: what waits for whom, what happened when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func, IntegerField, Subquery

from thanhsen.models import User


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
    if not asked:
        return []
    found = User.objects.filter(pk=user.pk).values_list(*(_count(each.rows) for each in asked)).get()
    return [
        Waiting(each.text, count, each.url, each.is_late)
        for each, count in zip(asked, found, strict=True)
        if count
    ]


def _count(rows: Any) -> Subquery:
    number = Func(F("pk"), function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    return Subquery(
        rows.order_by().annotate(number_of=number).values("number_of"), output_field=IntegerField()
    )


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
