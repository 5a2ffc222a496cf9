"""The zip of a workbook: where the parts of a page are, and a copy of it with some of them changed."""

import codecs
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from thanhsen.vietnamese import clean
from thanhsen.workbook.marking import OFFICE, STRICT_MAIN, STRICT_OFFICE
from thanhsen.workbook.marking.markup import elements, prefix, replaced, spelled, tags, utf8

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
TYPES = "[Content_Types].xml"
NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@dataclass(frozen=True)
class Relation:
    """`kind`: the last word of its type; `part`: the name of the part in the zip."""

    identity: str
    kind: str
    part: str


class Package:
    """A workbook opened for reading. KeyError or ValueError of a part that is not there or not as it should be."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        self._names = {_plain(each): each for each in archive.namelist()}

    def has(self, part: str) -> bool:
        return _plain(part) in self._names

    def read(self, part: str) -> bytes:
        return utf8(self._archive.read(self._names[_plain(part)]))

    def open(self, part: str) -> BinaryIO:
        stream = self._archive.open(self._names[_plain(part)])
        start = stream.peek(2)[:2] if hasattr(stream, "peek") else b""
        if start in (b"\xff\xfe", b"\xfe\xff"):
            return codecs.EncodedFile(stream, "utf-8", "utf-16")
        return stream  # type: ignore[return-value]

    def parts(self, ending: str) -> list[str]:
        return [each for each in self._names if each.endswith(ending)]

    def relations(self, part: str) -> list[Relation]:
        """Of the parts a part names as its own; what lies outside the file is left out."""
        name = relations_of(part)
        found = []
        for tag in tags(self.read(name), "Relationship") if self.has(name) else ():
            values = tag.attributes
            if values.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(part), values.get("Target", ""))
                )
                named = self._names.get(_plain(target), target.lstrip("/"))
                found.append(Relation(values.get("Id", ""), values.get("Type", "").rpartition("/")[2], named))
        return found

    def book(self) -> str:
        return next(each.part for each in self.relations("") if each.kind == "officeDocument")

    def pages(self) -> list[tuple[str, str]]:
        """Name and part of every page that has cells."""
        book = self.book()
        parts = {each.identity: each.part for each in self.relations(book) if each.kind == "worksheet"}
        listed = [tag.attributes for tag in tags(self.read(book), "sheet")]
        named = [
            (
                each.get("name", ""),
                next(
                    (parts[value] for key, value in each.items() if key.endswith(":id") and value in parts),
                    "",
                ),
            )
            for each in listed
        ]
        return [each for each in named if each[1]]

    def page(self, name: str) -> str | None:
        """The part of the page: of this very name, else of one that reads the same."""
        pages = self.pages()
        wanted = clean(name).casefold()
        same = [part for title, part in pages if title == name]
        alike = [part for title, part in pages if clean(title).casefold() == wanted]
        return next(iter((*same, *alike)), None)

    def is_strict(self) -> bool:
        return STRICT_MAIN.encode() in self.read(self.book())[:4000]

    def is_by_libreoffice(self) -> bool:
        return self.has("docProps/app.xml") and b"LibreOffice" in self.read("docProps/app.xml")

    def free_name(self, pattern: str) -> str:
        return next(
            name for name in (pattern.format(each) for each in range(1, 100_000)) if not self.has(name)
        )

    def entries(self) -> Iterator[zipfile.ZipInfo]:
        """In their order; of a name that stands twice, the last."""
        for each in self._archive.infolist():
            if self._archive.NameToInfo[each.filename] is each:
                yield each


def relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def with_relation(data: bytes, part: str, kind: str, target: str, *, strict: bool) -> tuple[bytes, str]:
    """The list of relations of `part` with one more, and its id."""
    taken = {tag.attributes.get("Id") for tag in tags(data, "Relationship")}
    identity = next(name for name in (f"rId{each}" for each in range(1, 100_000)) if name not in taken)
    values = {
        "Id": identity,
        "Type": f"{STRICT_OFFICE if strict else OFFICE}/{kind}",
        "Target": posixpath.relpath("/" + target, "/" + posixpath.dirname(part)),
    }
    return _appended(data, b"<%sRelationship" % prefix(data) + spelled(values) + b"/>"), identity


def without_relations(data: bytes, identities: set[str]) -> bytes:
    gone = [each for each in elements(data, "Relationship") if each.tag.attributes.get("Id") in identities]
    return replaced(data, [(each.start, each.end, b"") for each in gone])


def with_type(data: bytes, part: str, content: str) -> bytes:
    """The list of what the parts are, with this one; a drawing is known by the ending of its name."""
    for tag in tags(data, "Override", "Default"):
        values = tag.attributes
        if values.get("PartName", "").lower() == f"/{part}".lower():
            return data
        if (
            values.get("Extension", "").lower() == part.rpartition(".")[2]
            and values.get("ContentType") == content
        ):
            return data
    at = prefix(data)
    return _appended(
        data, b"<%sOverride" % at + spelled({"PartName": f"/{part}", "ContentType": content}) + b"/>"
    )


def without_types(data: bytes, parts: set[str]) -> bytes:
    names = {f"/{each}".lower() for each in parts}
    gone = [
        each
        for each in elements(data, "Override")
        if each.tag.attributes.get("PartName", "").lower() in names
    ]
    return replaced(data, [(each.start, each.end, b"") for each in gone])


def copied(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry of the same name, moment and way of packing, to be written anew."""
    fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
    fresh.compress_type = (
        entry.compress_type if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    )
    fresh.external_attr = entry.external_attr
    return fresh


def new(name: str) -> zipfile.ZipInfo:
    fresh = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    fresh.compress_type = zipfile.ZIP_DEFLATED
    fresh.external_attr = 0o600 << 16
    return fresh


def _appended(data: bytes, element: bytes) -> bytes:
    """At the end of the root, which may have nothing in it yet."""
    end = data.rindex(b"</") if re.search(rb"</[^<]*\Z", data) else -1
    if end >= 0:
        return b"".join((data[:end], element, data[end:]))
    root = next(tags(data))
    name = re.match(rb"<([^\s/>]+)", data[root.start : root.end])
    assert name
    return data[: root.end - 2] + b">" + element + b"</" + name[1] + b">"


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
