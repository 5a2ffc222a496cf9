"""Where a table that is signed breaks into pages: nobody signs a page that has nothing else on it.

A program that prints breaks a sheet where a page is full, wherever that is. The heights of our rows are known, so the
breaks can be foreseen, and set otherwise where the signatures would stand alone. They are foreseen best where nothing is
made smaller: 95 characters upright, 139 across.
"""

from collections.abc import Sequence
from dataclasses import dataclass

POINTS = 72  # of an inch
A4_INCHES = (8.27, 11.69)
MARGINS = {"left": 0.6, "right": 0.4, "top": 0.6, "bottom": 0.6}  # inches
PIXELS, DOTS = 7, 96  # of one unit of column width; of an inch
SPARE = 0.97  # of a page is counted on: printers differ a little
TOGETHER = 3  # lines that stand above the signatures, where there are more and they fit


def scale_of(widths: Sequence[float], *, portrait: bool) -> int:
    """Percent to which the program that prints makes columns of these widths smaller, so that they fit a page."""
    paper = A4_INCHES[0 if portrait else 1] - MARGINS["left"] - MARGINS["right"]
    return max(10, min(100, int(paper * DOTS / (sum(widths) * PIXELS) * 100)))


def room_of(scale: int, *, portrait: bool) -> float:
    """Points of rows that a page takes at a scale in percent."""
    paper = A4_INCHES[1 if portrait else 0] - MARGINS["top"] - MARGINS["bottom"]
    return paper * POINTS * 100 / scale


@dataclass(frozen=True)
class Flow:
    """In points: `heights` of the lines, `top` of what stands above them on the first page, `repeated` of the headings on
    the others, `below` of what follows and is signed, `room` of a page."""

    heights: Sequence[float]
    top: float
    repeated: float
    below: float
    room: float

    def breaks(self) -> list[int]:
        """The lines, counted from 0, that have to begin a page; none where the program that prints does well itself.

        Where it does not, every page is told: a page of ours after pages of its own could come a line too late.
        """
        if all(self._does_well(room) for room in (self.room, self.room * SPARE)):
            return []
        room = self.room * SPARE
        starts, _ = self._laid(room)
        count = len(self.heights)
        for kept in range(TOGETHER, 0, -1):  # as many as fit above the signatures
            if kept < count and self.repeated + sum(self.heights[count - kept :]) + self.below <= room:
                return [*(each for each in starts if each < count - kept), count - kept]
        return starts

    def _does_well(self, room: float) -> bool:
        starts, used = self._laid(room)
        is_short = starts and len(self.heights) - starts[-1] < TOGETHER
        return used + self.below <= room and not is_short

    def _laid(self, room: float) -> tuple[list[int], float]:
        """Lines that begin a page after the first, and how much of the last page they take."""
        starts, used = [], self.top
        for place, height in enumerate(self.heights):
            if used + height > room and place:
                starts.append(place)
                used = self.repeated
            used += height
        return starts, used
