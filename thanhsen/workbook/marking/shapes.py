"""The boxes comments stand in: old drawing markup (VML), which Excel still asks for and which need not be XML."""

import re
from collections.abc import Callable, Iterable, Mapping

from thanhsen.workbook.marking.layout import LAST_COLUMN, Layout

Place = tuple[int, int]
BLOCK = 1024  # shapes share ids by blocks; a block belongs to one drawing of the workbook
SPACES = b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
SHAPE = re.compile(rb"<(\w+:)?shape(?=[\s>])(?:.*?</\1shape\s*>|.*\Z)", re.DOTALL)
IDENTITY = re.compile(rb"_x0000_s(\d{1,9})\b")
ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</")
COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*</")
NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
IDS = re.compile(rb"(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*[\"'])([\d,\s]*)")
KIND = (
    b'<v:shapetype %sid="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
BOX = (
    '<v:shape {spaces}id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:{left}pt;'
    'margin-top:{top}pt;width:{width}pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def blocks_of(data: bytes) -> set[int]:
    """The blocks of ids a drawing has."""
    return {int(each) for found in IDS.finditer(data) for each in found[2].split(b",") if each.strip()}


class Shapes:
    """The drawing of a page. `is_empty`: nothing of anybody is left in it; `blocks`: the ids it keeps to itself."""

    def __init__(self, data: bytes | None, gone: Iterable[Place] = ()):
        self._data = data or b"<xml " + SPACES + b"></xml>"
        gone = set(gone)
        kept, reached, self.places = [], 0, set()
        left = 0
        for found in SHAPE.finditer(self._data):
            at = _place(found[0])
            if at in gone:
                kept.append(self._data[reached : found.start()])
                reached = found.end()
            else:
                left += 1
                if at:
                    self.places.add(at)
        self._data = b"".join((*kept, self._data[reached:]))
        taken = {int(each[1]) // BLOCK for each in IDENTITY.finditer(self._data)}
        self.blocks = taken if kept else taken | blocks_of(self._data)
        self.is_empty = not left and not re.search(rb"<(?:\w+:)?(?:group|rect|line|oval|image)\b", self._data)

    def written(self, words: Mapping[Place, str], layout: Layout, free: Callable[[], int]) -> bytes:
        """The drawing with a box for each comment that has none. `free` gives a block of ids nobody has."""
        missing = sorted(words.keys() - self.places)
        if not missing:
            return self._data
        blocks = [free() for _ in range(0, len(missing), BLOCK - 1)]
        root = re.search(rb"<xml[^>]*>", self._data)
        named = root is not None and all(each in root[0] for each in SPACES.split())
        spaces = "" if named else SPACES.decode() + " "
        free_ids = (block * BLOCK + step for block in blocks for step in range(1, BLOCK))
        boxes = [_box(words[at], at, layout, identity, spaces) for identity, at in zip(free_ids, missing)]  # noqa: B905
        if b"_x0000_t202" not in re.sub(rb'type="#_x0000_t202"', b"", self._data):
            boxes.insert(0, KIND.decode().replace("%s", spaces))
        data = self._with_blocks(blocks, spaces)
        end = data.rindex(b"</xml")
        return b"".join((data[:end], "".join(boxes).encode(), data[end:]))

    def _with_blocks(self, blocks: list[int], spaces: str) -> bytes:
        own = ",".join(map(str, sorted({*self.blocks, *blocks}))).encode()
        if found := IDS.search(self._data):
            return b"".join((self._data[: found.start(2)], own, self._data[found.end(2) :]))
        start = re.search(rb"<xml[^>]*>", self._data)
        end = start.end() if start else 0
        layout = f'<o:shapelayout {spaces}v:ext="edit"><o:idmap v:ext="edit" data="{own.decode()}"/></o:shapelayout>'
        return b"".join((self._data[:end], layout.encode(), self._data[end:]))


def _place(shape: bytes) -> Place | None:
    """The cell (row, column from 1) of a comment's box."""
    row, column = ROW.search(shape), COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column and NOTE.search(shape) else None


def _box(words: str, at: Place, layout: Layout, identity: int, spaces: str) -> str:
    row, column = at[0], min(at[1], LAST_COLUMN - 1)
    width, height = 280, 17 * sum(1 + len(line) // 42 for line in words.split("\n")) + 30
    right, inset = layout.across(column + 1, 15 + width)
    top = max(1, row - 1)
    bottom, below = layout.down(top, 10 + height)
    return BOX.format(
        spaces=spaces,
        id=identity,
        left=round(layout.left(column + 1) * 0.75 + 11, 2),
        top=round((top - 1) * 15 + 7.5, 2),
        width=width * 0.75,
        height=height * 0.75,
        anchor=f"{column}, 15, {top - 1}, 10, {right - 1}, {inset}, {bottom - 1}, {below}",
        row=row - 1,
        column=at[1] - 1,
    )
