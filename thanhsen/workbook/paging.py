"""Where a table that is signed breaks into pages: nobody signs a page that has nothing else on it.

A program that prints breaks a sheet where a page is full, wherever that is. The heights of our rows are known, so the
break can be foreseen, and one of our own set before the last lines where the signatures would stand alone. It is
foreseen best where nothing is made smaller: 95 characters upright, 139 across.
"""

from collections.abc import Sequence

POINTS = 72  # of an inch
A4_INCHES = (8.27, 11.69)
MARGINS = {"left": 0.6, "right": 0.4, "top": 0.6, "bottom": 0.6}  # inches
PIXELS, DOTS = 7, 96  # of one unit of column width; of an inch
SPARE = 0.97  # of a page is counted on: printers differ a little
TOGETHER = 3  # lines that stand above the signatures, where there are as many


def scale_of(widths: Sequence[float], *, portrait: bool) -> int:
    """Percent to which the program that prints makes columns of these widths smaller, so that they fit a page."""
    paper = A4_INCHES[0 if portrait else 1] - MARGINS["left"] - MARGINS["right"]
    return max(10, min(100, int(paper * DOTS / (sum(widths) * PIXELS) * 100)))


def room_of(scale: int, *, portrait: bool) -> float:
    """Points of rows that a page takes at a scale in percent."""
    paper = A4_INCHES[1 if portrait else 0] - MARGINS["top"] - MARGINS["bottom"]
    return paper * POINTS * 100 / scale


def break_before(
    heights: Sequence[float], *, top: float, repeated: float, below: float, room: float
) -> int | None:
    """The line, counted from 0, that has to begin a page; None where no break is needed.

    In points: `heights` of the lines, `top` of what stands above them on the first page, `repeated` of the headings on
    the others, `below` of what follows and is signed, `room` of a page.
    """
    begins, used = 0, top
    for place, height in enumerate(heights):
        if used + height > room and place:
            begins, used = place, repeated
        used += height
    is_short = begins and len(heights) - begins < TOGETHER
    if used + below <= room * SPARE and not is_short:
        return None
    return max(len(heights) - TOGETHER, 0) or None
