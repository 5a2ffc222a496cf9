"""Practice: who plays which role of an invented ward, told by the address alone.

Everything of practice is served under /thuc-hanh/vai/<account>/…, where <account> is a practice account of the
person signed in. Nothing about it is kept in the session, so that a page opened in practice posts to practice
whatever happened in another tab, and a page of the real ward can never write into practice.
"""

import re
from dataclasses import dataclass

from django.urls import get_script_prefix

from thanhsen.models import User
from thanhsen.permissions import PLAYED

PREFIX = "thuc-hanh/vai/"
_ADDRESS = re.compile(rf"/{PREFIX}([0-9]{{1,18}})(/.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Practice:
    """`person` is signed in and plays `player`, one of `players`. `root` is the portal's own address."""

    person: User
    player: User
    players: list[User]
    root: str

    def address_of(self, player: User) -> str:
        """Where the pages of `player` begin."""
        return address_of(player, self.root)

    @property
    def roles(self) -> list[tuple[User, str]]:
        return [(each, self.address_of(each)) for each in self.players]


def asked_for(path: str) -> tuple[int, str] | None:
    """The account and the page within practice that an address names; None outside practice."""
    found = _ADDRESS.fullmatch(path)
    return (int(found[1]), found[2]) if found else None


def players_of(person: User) -> list[User]:
    """The accounts `person` may play now, in the order of the work: officer, supervisor, approver."""
    found = person.practice_users.filter(is_active=True)
    return sorted(found, key=lambda each: PLAYED.index(each.role))


def practice_of(person: User, number: int) -> Practice | None:
    """The practice of `person` as the account with this number; None unless it is theirs and still in use."""
    players = players_of(person)
    player = next((each for each in players if each.pk == number), None)
    return Practice(person, player, players, get_script_prefix()) if player else None


def address_of(player: User, root: str | None = None) -> str:
    return f"{root or get_script_prefix()}{PREFIX}{player.pk}/"
