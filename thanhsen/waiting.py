"""What waits for one person: lines to be counted, all in one query, and where the wings of the portal tell theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from thanhsen import gathering
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
    found = gathering.counted(User.objects.filter(pk=user.pk), [each.rows for each in asked])
    return [
        Waiting(each.text, count, each.url, each.is_late)
        for each, count in zip(asked, found, strict=True)
        if count
    ]


def of_wings(user: User, today: date) -> list[Waiting]:
    """What waits in the wings that settings.WAITING_OF_WINGS names, late things first. One query for all of them."""
    asked = [line for tell in settings.WAITING_OF_WINGS for line in import_string(tell)(user, today)]
    return sorted(counted(user, asked), key=lambda line: not line.is_late)
