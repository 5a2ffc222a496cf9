"""XML as bytes with places in them, so that what is changed can be told from what must stay."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

WITHIN = rb"""[^<>"']*(?:"[^<"]*"[^<>"']*|'[^<']*'[^<>"']*)*"""  # what a tag holds after its name
APART = rb"!--.*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|\?.*?(?:\?>|\Z)"  # what only looks like tags
NAME = rb"[^\s/>!?\"'<]+"
ATTRIBUTE = re.compile(rb"""(?<=\s)([^\s=/]+)\s*=\s*("[^"]*"|'[^']*')""")
PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x000D_ in a text as a character
SPACES = {9: "&#9;", 10: "&#10;", 13: "&#13;", 34: "&quot;", 38: "&amp;", 60: "&lt;", 62: "&gt;"}


@dataclass(frozen=True)
class Tag:
    """A tag with its place; `name` without the prefix, `kind`: "open", "close" or "empty"."""

    name: str
    kind: str
    start: int
    end: int
    inner: bytes

    @cached_property
    def attributes(self) -> dict[str, str]:
        """With the prefixes they have."""
        return attributes(self.inner)


@dataclass(frozen=True)
class Element:
    """From the first byte of its first tag to the last of its last; `depth`: how many of those asked for hold it."""

    tag: Tag
    depth: int
    end: int
    body: tuple[int, int]

    @property
    def start(self) -> int:
        return self.tag.start


@lru_cache
def _pattern(*names: str) -> re.Pattern[bytes]:
    wanted = rb"(?:[^\s<>/:]+:)?(?:%s)(?=[\s/>])" % "|".join(names).encode() if names else NAME
    return re.compile(rb"<(?:%s|(/?)(%s)(%s)>)" % (APART, wanted, WITHIN), re.DOTALL)


def tags(data: bytes, *names: str) -> Iterator[Tag]:
    """Those of the names, or all; comments, instructions and CDATA are passed over."""
    for found in _pattern(*names).finditer(data):
        if found[2] is not None:
            kind = "close" if found[1] else "empty" if found[3].endswith(b"/") else "open"
            yield Tag(local(found[2]), kind, found.start(), found.end(), found[3])


def elements(data: bytes, *names: str) -> list[Element]:
    """Those of the names, or all, in the order in which they end."""
    found: list[Element] = []
    above: list[Tag] = []
    for tag in tags(data, *names):
        if tag.kind == "open":
            above.append(tag)
            continue
        opened = above.pop() if tag.kind == "close" and above else tag
        found.append(Element(opened, len(above), tag.end, (opened.end, max(tag.start, opened.end))))
    return found


def local(name: bytes) -> str:
    return name.rpartition(b":")[2].decode("utf-8", "replace")


def prefix(data: bytes) -> bytes:
    """What stands before the names of the elements, as the root has it: b"" or b"x:"."""
    found = next(each for each in _pattern().finditer(data) if each[2] is not None)
    before, colon, _ = found[2].rpartition(b":")
    return before + colon


def attributes(inner: bytes) -> dict[str, str]:
    return {
        each[1].decode("utf-8", "replace"): html.unescape(each[2][1:-1].decode("utf-8", "replace"))
        for each in ATTRIBUTE.finditer(inner)
    }


def spelled(values: Mapping[str, str]) -> bytes:
    """Attributes as they are written in a tag, each with a space before it."""
    return "".join(f' {name}="{value.translate(SPACES)}"' for name, value in values.items()).encode()


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The tag with the attribute set; all its other bytes stay."""
    found = re.search(rb"(\s" + re.escape(name) + rb"\s*=\s*)(\"[^\"]*\"|'[^']*')", tag)
    if found:
        return b"".join((tag[: found.start(2)], b'"', value, b'"', tag[found.end(2) :]))
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return b"".join((tag[:end].rstrip(), b" ", name, b'="', value, b'"', tag[end:]))


def without_attribute(tag: bytes, name: bytes) -> bytes:
    return re.sub(rb"\s" + re.escape(name) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag, count=1)


def replaced(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Pieces from start to end put in the place of what was there; they do not overlap."""
    pieces, reached = [], 0
    for start, end, piece in sorted(changes, key=lambda each: each[:2]):
        pieces += [data[reached:start], piece]
        reached = end
    return b"".join((*pieces, data[reached:]))


def escaped(text: str) -> str:
    """A text as it may stand between two tags of a workbook."""
    return html.escape(ESCAPED.sub("_x005F_", UNPRINTABLE.sub("", text)), quote=False)


def utf8(data: bytes) -> bytes:
    """The same XML, in UTF-8 where it is in UTF-16."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    return renamed(data.decode("utf-16").encode())


def renamed(head: bytes) -> bytes:
    """A beginning that no longer says UTF-16."""
    return re.sub(rb"(<\?xml[^>]*encoding\s*=\s*[\"'])[^\"']+", rb"\g<1>UTF-8", head, count=1)


def place(reference: str) -> tuple[int, int] | None:
    """(row, column) of "B7", both from 1; None of what is no cell."""
    found = PLACE.fullmatch(reference)
    return (int(found[2]), number(found[1])) if found else None


def number(letters: str) -> int:
    """28 of "AB"."""
    total = 0
    for each in letters.upper():
        total = total * 26 + ord(each) - 64
    return total
