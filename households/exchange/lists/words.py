"""Filters in words, as the file says what it is the list of."""

from collections.abc import Callable

from thanhsen.models import Area, User

ELSEWHERE = "nơi không thuộc địa bàn được giao"


def area_in_words(user: User, area: int | None) -> Callable[[], str] | None:
    """Looks up the name of a place within the reader's areas; None where none was asked for."""
    if area is None:
        return None
    found = Area.objects.visible_to(user).filter(pk=area)
    return lambda: found.values_list("name", flat=True).first() or ELSEWHERE
