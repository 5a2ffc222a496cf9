"""What follows the cells of a page: where the boxes of comments are tied, and which cells are merged."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from thanhsen.workbook.marking import OFFICE, STRICT_OFFICE, Mark, Marks
from thanhsen.workbook.marking.markup import elements, place, replaced, tags

PIECE = 1 << 20  # bytes read at a time
NEAR = 1 << 12  # an ending tag is shorter
AFTER = {  # what stands after <legacyDrawing> in the order of the standard
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}  # fmt: skip


@dataclass(frozen=True)
class Tail:
    """What follows the cells. `drawing`: the id of the old drawing, "" for none."""

    data: bytes
    drawing: str = ""

    @classmethod
    def of(cls, stream: BinaryIO) -> "Tail":
        """From the last </sheetData> on, or <sheetData/>, itself left out; the cells are passed over."""
        ending = re.compile(rb"</(?:[^\s<>/:]+:)?sheetData\s*>|<(?:[^\s<>/:]+:)?sheetData(?:\s[^<>]*)?/>")
        kept, is_found = b"", False
        while piece := stream.read(PIECE):
            kept += piece
            found = list(ending.finditer(kept)) if b"sheetData" in kept else []
            if found:
                kept, is_found = kept[found[-1].end() :], True
            elif not is_found:
                kept = kept[-NEAR:]
        if not is_found:
            raise ValueError("no cells")
        drawing = elements(b"<x>" + kept, "legacyDrawing")
        names = drawing[0].tag.attributes if drawing else {}
        return cls(kept, next((value for name, value in names.items() if name.endswith(":id")), ""))

    def merged(self) -> Iterator[tuple[int, int, int, int]]:
        """First row and column, last row and column."""
        for tag in tags(self.data, "mergeCell"):
            corners = [place(each) for each in tag.attributes.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                yield *corners[0], *corners[1]

    def with_drawing(self, identity: str, *, strict: bool) -> bytes:
        """With the old drawing at its place in the order of the standard."""
        office = (STRICT_OFFICE if strict else OFFICE).encode()
        before = re.search(rb"([^\s<>/:]+:)?[^\s<>/:]+\s*>\s*\Z", self.data[self.data.rindex(b"</") :])
        name = ((before[1] if before else None) or b"") + b"legacyDrawing"
        element = b'<%s xmlns:r="%s" r:id="%s"/>' % (name, office, identity.encode())
        start = len(b"<x>")
        found = elements(b"<x>" + self.data)
        inner = [each for each in found if each.depth > 1 and each.tag.name in AFTER]
        top = [each for each in found if each.depth == 1]
        at = next(
            (
                each.start - start
                for each in top
                if each.tag.name in AFTER
                or (
                    each.tag.name == "AlternateContent"
                    and any(each.start < one.start < each.end for one in inner)
                )
            ),
            self.data.rindex(b"</"),
        )
        return replaced(self.data, [(at, at, element)])

    def without_drawing(self) -> bytes:
        found = elements(b"<x>" + self.data, "legacyDrawing")
        return replaced(self.data, [(each.start - 3, each.end - 3, b"") for each in found])


def gathered(marks: Marks, tail: Tail) -> Marks:
    """Marks of cells under a merge moved to the cell that shows it."""
    rows = sorted(marks)
    for top, left, bottom, right in tail.merged():
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            for column in [
                each for each in marks[row] if left <= each <= right and (row, each) != (top, left)
            ]:
                moved = marks[row].pop(column)
                shown = marks.setdefault(top, {}).setdefault(left, Mark())
                shown.words += moved.words
                shown.is_fault |= moved.is_fault
    return {row: columns for row, columns in marks.items() if columns}
