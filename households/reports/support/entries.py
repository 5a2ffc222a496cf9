"""What every room of support tells the pages that gather from all: what waits for whom, what happened when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """One line of the morning page and of the home page: `count` of `text`, and where they are listed."""

    text: str
    count: int
    url: str
    is_late: bool = False


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
