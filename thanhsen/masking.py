"""Numbers of identity papers, shown so that a person can be told by who knows them already."""

DOTS = "•••••"


def masked(number: str | None) -> str:
    """042080001234 as 042•••••1234; "" for none."""
    return f"{number[:3]}{DOTS}{number[-4:]}" if number else ""
