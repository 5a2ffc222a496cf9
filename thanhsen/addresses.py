"""What stands in an address after the question mark: filters that anybody can mistype."""

from django.http import HttpRequest

LONGEST = 100


def typed(request: HttpRequest, name: str) -> str:
    """A filter as text, without what nobody can type; "" where it is missing."""
    return "".join(char for char in request.GET.get(name, "") if char.isprintable()).strip()[:LONGEST]


def whole(text: str | None) -> int | None:
    """A whole number that a key can be, or None."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def key(request: HttpRequest, name: str) -> int | None:
    """A filter that is a record's key, or None."""
    return whole(request.GET.get(name))
