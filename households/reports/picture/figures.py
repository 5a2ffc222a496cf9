"""The numbers of the picture as a reader sees them: tables whose small figures may be covered."""

from dataclasses import dataclass

from thanhsen import charts, vietnamese
from thanhsen.tables import SMALL, WITHHELD

PERCENT = "\u00a0%"  # never alone on a line
LIMIT = 5  # as `disclosure`: a smaller count is not published


@dataclass(frozen=True)
class Behind:
    """Which cell of which official form holds the same number: its households are listed there."""

    form: int
    year: int
    place: str
    key: str


@dataclass(frozen=True)
class Entry:
    """A cell as printed, and what is behind it."""

    text: str
    behind: Behind | None = None


@dataclass(frozen=True)
class Row:
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    """A chart and the table with the same numbers. `lead`: what they say, as sentences; `notes`: how to read them."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: charts.BarChart | charts.LineChart | None = None
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_line: bool = False


@dataclass(frozen=True)
class Count:
    """Households now and a year before; None where there is nothing to compare with. `hidden`, `hidden_before`: the
    reader may not see it; `restricted`: nor a small difference, though it follows from the pages of both years."""

    now: int
    before: int | None
    hidden: bool = False
    hidden_before: bool = False
    restricted: bool = False

    @property
    def shown(self) -> int | None:
        return None if self.hidden else self.now

    @property
    def rises(self) -> bool:
        """Whether there are more than a year before, as far as the reader may know."""
        return (self.change or 0) >= (LIMIT if self.restricted else 1)

    @property
    def text(self) -> str:
        return covered(self.now) if self.hidden else vietnamese.number(self.now)

    @property
    def change(self) -> int | None:
        """More or fewer households; None where one of the two may not be seen or is not known."""
        if self.before is None or self.hidden or self.hidden_before:
            return None
        return self.now - self.before

    @property
    def change_text(self) -> str:
        if self.before is not None and self.change is None:
            return WITHHELD
        if self.restricted and 0 < abs(self.change or 0) < LIMIT:
            return SMALL
        return signed(self.change)


def covered(value: int) -> str:
    return SMALL if 0 < value < LIMIT else WITHHELD


def signed(value: int | None) -> str:
    """+3, −2, 0, nothing for None."""
    if value is None:
        return ""
    return ("+" if value > 0 else "−" if value < 0 else "") + vietnamese.number(abs(value))


def percent(part: int | None, whole: int | None) -> str:
    """ "12,34 %"; nothing where there is no denominator."""
    rate = vietnamese.rate(part, whole) if part is not None else None
    return f"{vietnamese.number(rate, 2)}{PERCENT}" if rate is not None else ""
