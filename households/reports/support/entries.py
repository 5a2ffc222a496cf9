"""What every room of support tells the story of a household: what happened when."""

from dataclasses import dataclass
from datetime import date


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
