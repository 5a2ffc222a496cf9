"""The XML parts of an .xlsx, streamed: which page is which part, and the fonts of before Unicode.

Names are taken without their prefix and namespace, so files of Excel, LibreOffice, strict OOXML (ISO 29500) and the
writers that prefix every element (x:worksheet) read alike.
"""

import posixpath
import zipfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from xml.parsers import expat  # what the file declares (DOCTYPE) is refused, so no entity can grow

from thanhsen.workbook.judging import AGAIN, CHUNK, SPOILT, Unreadable, refuse

BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
BROKEN = f"Tệp hỏng hoặc không đúng cấu trúc .xlsx. {AGAIN}"


@dataclass(frozen=True)
class Page:
    """A page of the book as the book lists it. `kind`: "worksheet", "chartsheet", …; `part`: its XML."""

    name: str
    hidden: bool
    kind: str
    part: str


def plain(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def walk(
    archive: zipfile.ZipFile,
    part: str,
    set_up: Callable[[Any], None],
    thin: Callable[[bytes], bytes] = bytes,
) -> None:
    """Streams a part through a parser whose handlers `set_up` puts in place. Unreadable where it is spoilt.

    `thin` takes out of each piece what the handlers need not see.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_declarations
    set_up(parser)
    with _opened(archive, part) as stream:
        while piece := stream.read(CHUNK):
            parser.Parse(thin(piece), False)
        parser.Parse(b"", True)


def listed(archive: zipfile.ZipFile) -> tuple[list[Page], dict[str, str]]:
    """The pages in the order of the book, and what the book says of its calculation (attributes of calcPr)."""
    found: list[dict[str, str]] = []
    calculation: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if (name := plain(name)) == "sheet":
            found.append({plain(each): value for each, value in attributes.items()})
        elif name == "calcPr":
            calculation.update(attributes)

    walk(archive, BOOK, lambda parser: setattr(parser, "StartElementHandler", start))
    targets = _targets(archive)
    pages = []
    for each in found:
        kind, part = targets.get(each.get("id", ""), ("", ""))
        pages.append(Page(each.get("name", ""), each.get("state", "visible") != "visible", kind, part))
    return pages, calculation


def part_of(archive: zipfile.ZipFile, kind: str) -> str:
    """The part of the book of that kind ("styles", "sharedStrings"), "" for none."""
    return next((part for found, part in _targets(archive).values() if found == kind), "")


def codings_of_styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Style of a cell (attribute s) → coding of its font, for the fonts of before Unicode only."""
    fonts: list[str] = []
    styles: list[str] = []
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = plain(name)
        if name in {"fonts", "cellXfs", "cellStyleXfs", "dxfs"}:
            inside = name
        elif inside == "fonts" and name == "font":
            fonts.append("")
        elif inside == "fonts" and name == "name" and fonts:
            fonts[-1] = coding_of_font(attributes.get("val", ""))
        elif inside == "cellXfs" and name == "xf":
            styles.append(attributes.get("fontId", "0"))

    part = part_of(archive, "styles")
    if part:
        walk(archive, part, lambda parser: setattr(parser, "StartElementHandler", start))
    return {
        str(place): fonts[int(font)]
        for place, font in enumerate(styles)
        if font.isdigit() and int(font) < len(fonts) and fonts[int(font)]
    }


def codings_of_strings(archive: zipfile.ZipFile) -> dict[str, str]:
    """Number of a shared string → coding of the fonts of its runs, of strings whose runs name a font themselves.

    "" where a run with letters that are not ASCII has a modern font, or where runs differ.
    """
    part = part_of(archive, "sharedStrings")
    if not part or not _mentions(archive, part, "rFont"):
        return {}
    runs = Runs()
    found: dict[str, str] = {}
    number = -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number
        if (name := plain(name)) == "si":
            number += 1
            runs.clear()
        else:
            runs.start(name, attributes)

    def end(name: str) -> None:
        if (name := plain(name)) == "si" and (coding := runs.coding()) is not None:
            found[str(number)] = coding
        runs.end(name)

    def set_up(parser: Any) -> None:
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = runs.text

    walk(archive, part, set_up)
    return found


def letters_within(archive: zipfile.ZipFile, part: str, cells: int, most: int) -> bool:
    """Whether the texts of the page's cells come to `most` letters at the most; `cells`: how many there can be.

    A library writes a shared string out for every cell that shows it: one long text and a million cells that point
    at it, a file of some megabytes, would take gigabytes. The cells are only counted where that is possible.
    """
    lengths = _lengths_of_strings(archive)
    if not lengths or max(lengths) * cells <= most:
        return True
    total = 0
    shared = False
    number: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal shared
        if (name := plain(name)) == "c":
            shared = attributes.get("t") == "s"
        number.clear()

    def end(name: str) -> None:
        nonlocal total
        if shared and plain(name) == "v":
            total += lengths[int("".join(number))]

    def set_up(parser: Any) -> None:
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = number.append

    walk(archive, part, set_up)
    return total <= most


def _lengths_of_strings(archive: zipfile.ZipFile) -> array:
    """In letters, by the number of the string."""
    lengths = array("L")

    def start(name: str, _: dict[str, str]) -> None:
        if plain(name) == "si":
            lengths.append(0)

    def text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    def set_up(parser: Any) -> None:
        parser.StartElementHandler, parser.CharacterDataHandler = start, text

    part = part_of(archive, "sharedStrings")
    if part:
        walk(archive, part, set_up)
    return lengths


class Runs:
    """The runs of one text, each perhaps in a font of its own."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.found: set[str | None] = set()  # None: in the font of the cell
        self.font: str | None = None
        self.in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self.font = None
        elif name == "rFont":
            self.font = coding_of_font(attributes.get("val", ""))
        self.in_text = name == "t"

    def text(self, text: str) -> None:
        if self.in_text and not (text.isascii() and self.font != "TCVN3H"):
            self.found.add(self.font)

    def end(self, name: str) -> None:
        self.in_text = False

    def coding(self) -> str | None:
        """None where the font of the cell decides."""
        if not self.found or self.found == {None}:
            return None
        return next(iter(self.found)) if len(self.found) == 1 else ""


def coding_of_font(name: str) -> str:
    """ "TCVN3" for .VnTime, "TCVN3H" for its capitals (.VnTimeH shows every letter as a capital), "VNI", or ""."""
    lowered = name.strip().lower()
    if lowered.startswith(".vn"):
        return "TCVN3H" if name.strip().endswith("H") else "TCVN3"
    return "VNI" if lowered.startswith("vni") else ""


def _targets(archive: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Relation of the book → (kind, part)."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if plain(name) == "Relationship":
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], part)

    walk(archive, RELATIONS, lambda parser: setattr(parser, "StartElementHandler", start))
    return found


def _mentions(archive: zipfile.ZipFile, part: str, word: str) -> bool:
    needles = [word.encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be")]
    tail = b""
    with _opened(archive, part) as stream:
        while piece := tail + stream.read(CHUNK):
            if any(each in piece for each in needles):
                return True
            if piece == tail:
                return False
            tail = piece[-2 * len(word) :]
    return False


@contextmanager
def _opened(archive: zipfile.ZipFile, part: str) -> Iterator[IO[bytes]]:
    """The part as a stream; Unreadable for whatever goes wrong in reading it, or in what it says."""
    try:
        with archive.open(part) as stream:
            yield stream
    except Unreadable:
        raise
    except (*SPOILT, expat.ExpatError, LookupError):
        refuse(BROKEN)


def _no_declarations(*_: Any) -> None:
    refuse(BROKEN)
