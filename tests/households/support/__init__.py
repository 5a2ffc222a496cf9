"""Tests of what comes after the class."""

from thanhsen.waiting import counted


def counted_for(room, user, today):
    """What of a room waits for somebody, counted."""
    return counted(user, room(user, today))
