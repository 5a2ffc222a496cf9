"""Tests of what comes after the class."""

from households.reports.support.entries import counted


def counted_for(room, user, today):
    """What of a room waits for somebody, counted."""
    return counted(user, room(user, today))
