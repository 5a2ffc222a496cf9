"""Tests of what comes after the class."""

from households.models import Household
from households.reports.support.entries import Entry, Teller, told_by
from thanhsen.waiting import counted


def counted_for(room, user, today):
    """What of a room waits for somebody, counted."""
    return counted(user, room(user, today))


def told_of(household: Household, teller: Teller) -> list[Entry]:
    """What one teller tells of a household's story."""
    (entries,) = told_by(household, [teller])
    return entries
