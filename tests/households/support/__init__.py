"""Tests of what comes after the class."""

from households.actions.support.endings import Ending
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


def ended_as(project, reason="finished", **values) -> dict[int, Ending]:
    """Every household still in a model, ended the same way."""
    still = project.participations.filter(left_on=None)
    return {each.pk: Ending(reason, each.version, **values) for each in still}
