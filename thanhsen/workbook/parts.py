"""The XML parts of an .xlsx, streamed: which page is which part, and the fonts of before Unicode.

Names are taken without their prefix and namespace, so files of Excel, LibreOffice, strict OOXML (ISO 29500) and the
writers that prefix every element (x:worksheet) read alike.
"""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat  # what the file declares (DOCTYPE) is refused, so no entity can grow

from thanhsen.workbook.judging import AGAIN, CHUNK, Unreadable, refuse

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


def walk(archive: zipfile.ZipFile, part: str, set_up: Callable[[Any], None]) -> None:
    """Streams a part through a parser whose handlers `set_up` puts in place. Unreadable where it is spoilt."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_declarations
    set_up(parser)
    try:
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except Unreadable:
        raise
    except (expat.ExpatError, zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, LookupError):
        refuse(BROKEN)


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
    with archive.open(part) as stream:
        while piece := tail + stream.read(CHUNK):
            if any(each in piece for each in needles):
                return True
            if piece == tail:
                return False
            tail = piece[-2 * len(word) :]
    return False


def _no_declarations(*_: Any) -> None:
    refuse(BROKEN)
