"""The numbers of an official form by line and figure, and the change of a rate."""

from decimal import Decimal
from fractions import Fraction

from households.documents.yearly import Sentence
from thanhsen.tables import Kind, Line, Table
from thanhsen.vietnamese import number

ALL = "all"
UNKNOWN = "[…]"
HOUSEHOLDS, PEOPLE = 2, 3  # the entered totals in a line of form 1


class Numbers:
    """What a form says, by the line of a place and the key of a figure, so that nothing is counted twice."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._counts: dict[tuple[str, str], int] = {}
        self._rates: dict[tuple[str, str], Decimal | None] = {}
        for line in table.lines:
            for cell in line.cells:
                if cell is None or not cell.key:
                    continue
                if cell.kind is Kind.RATE:
                    assert cell.value is None or isinstance(cell.value, Decimal)
                    self._rates.setdefault((line.place, cell.key), cell.value)
                elif isinstance(cell.value, int):
                    self._counts.setdefault((line.place, cell.key), cell.value)

    def count(self, key: str, place: str = ALL) -> int:
        return self._counts[place, key]

    def rate(self, key: str, place: str = ALL) -> Decimal | None:
        """Percent with two decimals, as the form prints it; None where it prints none."""
        return self._rates[place, key]

    def lines(self, *styles: str) -> list[Line]:
        return [each for each in self.table.lines if each.style in styles]

    def exact(self, key: str, place: str = ALL) -> Fraction | None:
        """The rate of form 1 before it is rounded, a part of 1; None where the form prints none."""
        if self.rate(key, place) is None:
            return None
        line = next(each for each in self.table.lines if each.place == place)
        whole = line.value(PEOPLE if key.endswith("_people") else HOUSEHOLDS)
        return Fraction(self.count(key, place), whole) if isinstance(whole, int) else None


def points(now: Fraction | None, before: Fraction | None) -> Decimal | None:
    """The change in percentage points, two decimals, halves away from zero; None where a rate is missing.

    From unrounded rates, each year with its own denominator: the difference of the printed rates may be another.
    """
    if now is None or before is None:
        return None
    hundredths = (now - before) * 10_000
    rounded = (abs(hundredths) + Fraction(1, 2)) // 1
    return Decimal(int(rounded if hundredths >= 0 else -rounded)).scaleb(-2)


def percent(value: Decimal | None) -> str:
    """1,42; nothing where there is no denominator."""
    return number(value, 2)


def signed(value: int | Decimal | None) -> str:
    """+3, -0,35, 0: as a table prints a change."""
    places = 2 if isinstance(value, Decimal) else None
    return ("+" if value and value > 0 else "") + number(value, places)


def sentences(texts: list[str]) -> list[Sentence]:
    return [Sentence(tt=str(place), noi_dung=text) for place, text in enumerate(texts, start=1)]


def small(name: str) -> str:
    """A name in the middle of a sentence, abbreviations left as they are."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
