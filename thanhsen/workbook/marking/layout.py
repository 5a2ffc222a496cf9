"""How a page is laid out: the formats and sizes of its columns, as far as boxes and new cells need them."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from thanhsen.workbook.marking.markup import tags

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
TRUE = {"1", "true"}


@dataclass(frozen=True)
class Band:
    """Columns that stand next to each other and look the same."""

    low: int
    high: int
    width: float
    style: int
    hidden: bool


@dataclass
class Layout:
    """Sizes in pixels, as Excel counts them at its usual font."""

    bands: list[Band] = field(default_factory=list)
    usual: float = 64
    height: float = 20
    heights: array = field(default_factory=lambda: array("f"))  # by row; below 0 where it is the usual

    @classmethod
    def of(cls, head: bytes) -> "Layout":
        """As told by what stands before the cells of a page."""
        made = cls()
        for tag in tags(head):
            if tag.name == "sheetFormatPr":
                made.usual = pixels(tag.attributes.get("defaultColWidth"), 64)
                made.height = _number(tag.attributes.get("defaultRowHeight"), 15) / 0.75 or 20
            elif tag.name == "col":
                made._band(tag.attributes)
        return made

    def _band(self, values: dict[str, str]) -> None:
        low, high = whole(values.get("min")), whole(values.get("max"))
        if low and high:
            hidden = values.get("hidden") in TRUE
            width = 0.0 if hidden else pixels(values.get("width"), self.usual)
            self.bands.append(Band(low, high, width, whole(values.get("style")), hidden))

    def rises(self, row: int, height: float) -> None:
        """A row of a height of its own; 0 where it is hidden."""
        if row <= LAST_ROW:
            self.heights.extend([-1.0] * (row + 1 - len(self.heights)))
            self.heights[row] = height

    def style(self, column: int) -> int:
        band = self._of(column)
        return band.style if band else 0

    def is_hidden(self, column: int) -> bool:
        band = self._of(column)
        return band is not None and band.hidden

    def width(self, column: int) -> float:
        band = self._of(column)
        return band.width if band else self.usual

    def left(self, column: int) -> float:
        """Where a column begins."""
        before = [
            (min(each.high, column - 1) - each.low + 1, each.width)
            for each in self.bands
            if each.low < column
        ]
        told = sum(number for number, _ in before)
        return sum(number * width for number, width in before) + (column - 1 - told) * self.usual

    def across(self, column: int, room: float) -> tuple[int, int]:
        """The column that ends `room` after the start of this one, and how far into it."""
        return _reached(column, room, self.width, LAST_COLUMN)

    def down(self, row: int, room: float) -> tuple[int, int]:
        return _reached(row, room, self._height, LAST_ROW)

    def _height(self, row: int) -> float:
        told = self.heights[row] if row < len(self.heights) else -1
        return self.height if told < 0 else told

    def _of(self, column: int) -> Band | None:
        return next((each for each in self.bands if each.low <= column <= each.high), None)


def _reached(start: int, room: float, size: Callable[[int], float], last: int) -> tuple[int, int]:
    while room > size(start) and start < last:
        room -= size(start)
        start += 1
    return start, int(min(room, size(start)))


def whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def pixels(text: str | None, otherwise: float) -> float:
    """Of a width told in letters."""
    return _number(text, 0) * 7 + 5 if text else otherwise


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text or otherwise)
    except ValueError:
        return otherwise
