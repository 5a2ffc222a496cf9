"""The formats of cells: one like another but for its fill, and the way back."""

import re

from thanhsen.workbook.marking.layout import whole
from thanhsen.workbook.marking.markup import (
    Element,
    attributes,
    elements,
    prefix,
    replaced,
    spelled,
    with_attribute,
)

LIGHT = "FFFFCBD1"  # nobody's own red: the colour is how our cells are known again
DEEP = "FFC8324B"  # under white letters
OURS = {LIGHT, DEEP}
NOTHING = {"indexed": "64"}
MOST = 64_000  # formats a workbook may have, with some room left
MINIMAL = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="%s"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    b'</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
WHITE = ({"rgb": "FFFFFFFF"}, {"theme": "0"}, {"indexed": "9"}, {"indexed": "1"})
Xf = tuple[tuple[tuple[str, str], ...], bytes]  # attributes in order, and what stands within


class Styles:
    """The part as it came, and the formats and fills that are asked for."""

    def __init__(self, data: bytes, *, careless: bool = False):
        """`careless`: last saved by LibreOffice, which forgets the second colour of a fill and writes another."""
        self._data, self._careless = data, careless
        self._prefix = prefix(data)
        self._fills, self._fill_list = self._children("fills", "fill")
        self._xf_bytes, self._xf_list = self._children("cellXfs", "xf")
        self._fonts, _ = self._children("fonts", "font")
        self._had = len(self._fills), len(self._xf_bytes)
        self._xfs = [self._read(each) for each in self._xf_bytes]
        self._places: dict[Xf, int] = {}
        for place, each in enumerate(self._xfs):
            self._places.setdefault(self._settled(each), place)
        ours = {place for place, each in enumerate(self._fills) if _told(each, "fgColor").get("rgb") in OURS}
        self.ours = {place for place, each in enumerate(self._xfs) if self._fill_of(each) in ours}
        self._cleared: dict[int, int] = {}
        self._marked: dict[int, int] = {}

    def marked(self, style: int) -> int:
        """The format like this one, on red."""
        if style not in self._marked:
            colour = DEEP if self._is_white(style) else LIGHT
            self._marked[style] = self._like(style, lambda fill: self._red(colour, fill))
        return self._marked[style]

    def cleared(self, style: int) -> int:
        """The format that one of ours was made from."""
        if style not in self.ours:
            return style
        if style not in self._cleared:
            self._cleared[style] = self._like(style, self._before)
        return self._cleared[style]

    def data(self) -> bytes:
        """The part with what was asked for at the ends of its lists."""
        changes = []
        for list_, pieces, had in (
            (self._fill_list, self._fills, self._had[0]),
            (self._xf_list, self._xf_bytes, self._had[1]),
        ):
            if list_ and len(pieces) > had:
                opening = self._data[list_.start : list_.tag.end]
                changes += [
                    (list_.start, list_.tag.end, with_attribute(opening, b"count", b"%d" % len(pieces))),
                    (list_.body[1], list_.body[1], b"".join(pieces[had:])),
                ]
        return replaced(self._data, changes)

    # A format is its attributes, in any order, and what stands within --------------------------------

    def _children(self, name: str, child: str) -> tuple[list[bytes], Element | None]:
        parent = next(iter(elements(self._data, name)), None)
        if parent is None or parent.tag.kind == "empty":
            return [], None
        within = self._data[slice(*parent.body)]
        known = [
            each for each in elements(within, child, "Choice") if each.depth == 0
        ]  # not what others may choose
        return [within[each.start : each.end] for each in known if each.tag.name == child], parent

    def _read(self, xf: bytes) -> Xf:
        found = re.match(rb"<[^\s/>]+([^>]*?)/?>", xf)
        assert found
        return tuple(attributes(found[1]).items()), xf[found.end() :]

    @staticmethod
    def _settled(xf: Xf) -> Xf:
        kept = {name: value for name, value in xf[0] if name != "applyFill"}
        return tuple(sorted({"fillId": "0", **kept}.items())), b"" if xf[1].startswith(b"</") else xf[1]

    @staticmethod
    def _fill_of(xf: Xf) -> int:
        return whole(dict(xf[0]).get("fillId"))

    def _like(self, style: int, change) -> int:
        """The place of the format with another fill: one that is there, or a new one."""
        if self._xf_list is None or self._fill_list is None or style >= len(self._xfs):
            return style
        named, within = self._xfs[style]
        wanted: Xf = (
            tuple(
                {
                    **dict(named),
                    "fillId": str(change(self._fill_of(self._xfs[style]))),
                    "applyFill": "1",
                }.items()
            ),
            within,
        )
        place = self._places.get(self._settled(wanted))
        if place is None:
            if len(self._xfs) >= MOST:
                return style
            place = self._places[self._settled(wanted)] = len(self._xfs)
            self._xfs.append(wanted)
            start = b"<" + self._prefix + b"xf" + spelled(dict(wanted[0]))
            self._xf_bytes.append(start + (b">" + within if within else b"/>"))
        return place

    # Fills ------------------------------------------------------------------------------------------

    def _fill(self, wanted: bytes) -> int:
        if wanted not in self._fills:
            self._fills.append(wanted)
        return self._fills.index(wanted)

    def _red(self, colour: str, fill: int) -> int:
        """Solid red. The second colour of a solid fill is never seen: the colour that was there waits in it, with
        the sign of ours that no program writes itself: an opacity of 00."""
        before = self._within(fill, "fgColor") if self._is_solid(fill) else {}
        if "rgb" in before:
            before = {"rgb": f"00{before['rgb'][2:]}"}
        return self._fill(self._solid({"rgb": colour}, before or NOTHING))

    def _before(self, fill: int) -> int:
        waiting = self._within(fill, "bgColor")
        rgb = waiting.get("rgb", "")
        if not waiting or waiting == NOTHING or rgb[2:] in {each[2:] for each in OURS}:
            return 0
        if rgb and self._careless and not rgb.startswith("00"):
            return 0
        waiting = _opaque(waiting)
        same = (
            place
            for place in range(len(self._fills))
            if self._is_solid(place) and _opaque(self._within(place, "fgColor")) == waiting
        )
        return next(same, None) or self._fill(self._solid(waiting, NOTHING))

    def _solid(self, front: dict[str, str], back: dict[str, str]) -> bytes:
        at = self._prefix
        return (
            b'<%(p)sfill><%(p)spatternFill patternType="solid"><%(p)sfgColor%(front)s/><%(p)sbgColor%(back)s/>'
            b"</%(p)spatternFill></%(p)sfill>" % {b"p": at, b"front": spelled(front), b"back": spelled(back)}
        )

    def _is_solid(self, fill: int) -> bool:
        return self._within(fill, "patternFill").get("patternType") == "solid"

    def _within(self, fill: int, name: str) -> dict[str, str]:
        return _told(self._fills[fill], name) if fill < len(self._fills) else {}

    def _is_white(self, style: int) -> bool:
        if style >= len(self._xfs):
            return False
        font = whole(dict(self._xfs[style][0]).get("fontId"))
        return font < len(self._fonts) and _told(self._fonts[font], "color") in WHITE


def _opaque(colour: dict[str, str]) -> dict[str, str]:
    return {**colour, "rgb": f"FF{colour['rgb'][2:]}"} if "rgb" in colour else colour


def _told(data: bytes, name: str) -> dict[str, str]:
    """The attributes of an element; a colour in the eight digits it should have."""
    found = elements(data, name)
    values = found[0].tag.attributes if found else {}
    return {**values, "rgb": values["rgb"].upper().rjust(8, "F")} if "rgb" in values else values
