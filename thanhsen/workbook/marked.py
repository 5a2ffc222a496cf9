"""A sender's own workbook back: bad cells red with the message in a comment, all else byte for byte as it came.

The file is never loaded and saved, which would lose charts, pictures, pivot tables and whatever a library does not
know: the zip is copied, and only the page's cells, the formats and the comments are patched on the way.
"""

import os
import shutil
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from thanhsen.vietnamese import number
from thanhsen.workbook.marking import MAIN, STRICT_MAIN, Mark, Marks
from thanhsen.workbook.marking.comments import Comments
from thanhsen.workbook.marking.package import (
    COMMENTS_TYPE,
    DRAWING_TYPE,
    NO_RELATIONS,
    STYLES_TYPE,
    TYPES,
    Package,
    copied,
    new,
    relations_of,
    with_relation,
    with_type,
    without_relations,
    without_types,
)
from thanhsen.workbook.marking.shapes import Shapes, blocks_of
from thanhsen.workbook.marking.sheet import Page
from thanhsen.workbook.marking.styles import MINIMAL, Styles
from thanhsen.workbook.marking.tail import Tail, gathered
from thanhsen.workbook.reading import Fault, Unreadable

MOST = 20_000  # cells with a comment; more would make Excel slow
Cells = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Marked:
    """What became of the messages: how many cells have one, how many more there were, how many could not be told
    because the cell holds a conversation (it is only coloured)."""

    cells: int
    left: int = 0
    untold: int = 0

    @property
    def note(self) -> str:
        """What the officer must know besides, "" when every message is in the file."""
        said = []
        if self.left:
            said.append(
                f"Chỉ đánh dấu {number(self.cells)} ô đầu tiên; còn {number(self.left)} lỗi chưa đánh dấu. "
                "Sửa các ô này rồi nạp lại để thấy phần còn lại."
            )
        if self.untold:
            said.append(
                f"{number(self.untold)} ô đang có bình luận trao đổi (threaded comment) nên chỉ được tô màu, "
                "không ghi lỗi vào ô. Xem lỗi của các ô này trên cổng."
            )
        return " ".join(said)


def mark(
    source: Path,
    target: Path,
    page: str,
    faults: Cells,
    notes: Cells | None = None,
    *,
    row_faults: Mapping[int, str] | None = None,
) -> Marked:
    """Copy `source` to `target` with the messages on the page. Rows and columns from 1.

    `faults`: (row, column) → message, the cell is red; `notes`: the same without colour; `row_faults`: row → message, on
    the first cell of the row that holds something. What an earlier call left in the file is taken away first, so a file
    without faults comes back clean. Unreadable when the page is not there. `target` is whole or not there at all, and
    may be `source`.
    """
    partial = target.with_name(f"{target.name}.part")
    marks, left = _chosen(faults, notes or {}, row_faults or {})
    try:
        with zipfile.ZipFile(source) as archive, zipfile.ZipFile(partial, "w") as out:
            made = _Marking(Package(archive), page, marks).copy(archive, out)
        os.replace(partial, target)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, StopIteration) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(Fault("", "Tệp hỏng hoặc không đúng cấu trúc .xlsx.")) from error
    finally:
        partial.unlink(missing_ok=True)
    return Marked(made.cells, left, made.untold)


def returned(
    content: bytes, page: str, told: Iterable[tuple[int, int, str]], rows: Mapping[int, str]
) -> tuple[bytes, str]:
    """A workbook as it was sent, marked; and what the sender must know besides. `told`: (row, column, what is wrong),
    several of one cell stand below each other; `rows`: row → what is wrong with it as a whole."""
    faults: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row, column, sentence in told:
        faults[row, column].append(f"{sentence[:1].upper()}{sentence[1:]}")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "sent.xlsx", Path(folder) / "marked.xlsx"
        source.write_bytes(content)
        told_once = {place: "\n".join(sentences) for place, sentences in faults.items()}
        marked = mark(source, target, page, told_once, row_faults=rows)
        return target.read_bytes(), marked.note


def returned_name(file_name: str) -> str:
    return f"{file_name.rsplit('.', 1)[0]}-can-sua.xlsx"


def _chosen(faults: Cells, notes: Cells, row_faults: Mapping[int, str]) -> tuple[Marks, int]:
    """The first MOST faults from the top, then notes where room is left; and how many faults found none."""
    every = sorted(
        [
            *((at, text) for at, text in faults.items()),
            *(((row, 0), text) for row, text in row_faults.items()),
        ]
    )
    marks: Marks = {}
    for (row, column), text in every[:MOST]:
        marks.setdefault(row, {})[column] = Mark([text], True)
    room = max(0, MOST - len(every))
    for (row, column), text in sorted(notes.items())[:room]:
        marks.setdefault(row, {}).setdefault(column, Mark()).words.append(text)
    return marks, max(0, len(every) - MOST)


class _Marking:
    """One copy of one workbook."""

    def __init__(self, package: Package, page: str, marks: Marks):
        self.package = package
        self.part = self._found(page)
        self.book = package.book()
        self.strict = package.is_strict()
        with package.open(self.part) as stream:
            self.tail = Tail.of(stream)
        self.marks = gathered(marks, self.tail)
        own = package.relations(self.part)
        self.comments_part = next((each.part for each in own if each.kind == "comments"), "")
        self.drawing_part = next((each.part for each in own if each.identity == self.tail.drawing), "")
        main = STRICT_MAIN if self.strict else MAIN
        self.comments = Comments(self._read(self.comments_part), main)
        self.shapes = Shapes(self._read(self.drawing_part), self.comments.removed)
        self.styles_part = next(
            (each.part for each in package.relations(self.book) if each.kind == "styles"), ""
        )
        styles = self._read(self.styles_part) or MINIMAL % main.encode()
        self.styles = Styles(styles, careless=package.is_by_libreoffice())
        self.changed: dict[str, bytes] = {}  # parts as they are to be
        self.gone: set[str] = set()
        self.ending = self.tail.data
        self._relate()

    def copy(self, archive: zipfile.ZipFile, out: zipfile.ZipFile) -> Marked:
        page = Page(self.marks, marked=self.styles.marked, cleared=self.styles.cleared, ours=self.styles.ours)
        last = {self.styles_part, self.comments_part, self.drawing_part}  # known when the cells have gone by
        entries = {each.filename: each for each in self.package.entries()}
        for entry in entries.values():
            if entry.filename in last or entry.filename in self.gone:
                continue
            if entry.filename in self.changed:
                out.writestr(copied(entry), self.changed.pop(entry.filename))
            elif entry.filename == self.part:
                with self.package.open(self.part) as stream, out.open(copied(entry), "w") as written:
                    page.copy(stream, written, self.ending)  # type: ignore[arg-type]
            else:
                with archive.open(entry) as stream, out.open(copied(entry), "w") as written:
                    shutil.copyfileobj(stream, written, 1 << 20)
        self.comments.say(page.said)
        self._settle(page)
        for name, data in self.changed.items():
            out.writestr(copied(entries[name]) if name in entries else new(name), data)
        return Marked(len(page.said), untold=len(page.said.keys() & self.comments.threads))

    def _found(self, page: str) -> str:
        part = self.package.page(page)
        if part is None or not self.package.has(part):
            has = ", ".join(f"“{title}”" for title, _ in self.package.pages()) or "không có trang nào"
            raise Unreadable(Fault("", f"Tệp không có trang “{page}”. Các trang trong tệp: {has}."))
        return part

    def _read(self, part: str) -> bytes | None:
        return self.package.read(part) if part and self.package.has(part) else None

    def _relate(self) -> None:
        """What the page needs to be tied to, or is to be free of: known before its first cell."""
        if self.marks:
            if not self.styles_part:
                self.styles_part, _ = self._tied(self.book, "xl/styles.xml", "styles", STYLES_TYPE)
            if not self.comments_part:
                self.comments_part, _ = self._tied(self.part, "xl/comments{}.xml", "comments", COMMENTS_TYPE)
            if not self.drawing_part:
                name = "xl/drawings/vmlDrawing{}.vml"
                self.drawing_part, identity = self._tied(self.part, name, "vmlDrawing", DRAWING_TYPE)
                tail = Tail(self.tail.without_drawing())  # it may name a part that is lost
                self.ending = tail.with_drawing(identity, strict=self.strict)
        elif self.comments.removed and not self.comments.places:
            self.gone.add(self.comments_part)
            if self.drawing_part and self.shapes.is_empty:
                self.gone.add(self.drawing_part)
                self.ending = self.tail.without_drawing()
            self._part_from(self.gone)

    def _tied(self, part: str, pattern: str, kind: str, content: str) -> tuple[str, str]:
        """A new part that `part` names as its own, and the id it has there."""
        name = self.package.free_name(pattern)
        listed = relations_of(part)
        data = self.changed.get(listed) or self._read(listed) or NO_RELATIONS
        self.changed[listed], identity = with_relation(data, part, kind, name, strict=self.strict)
        self.changed[TYPES] = with_type(self.changed.get(TYPES) or self.package.read(TYPES), name, content)
        return name, identity

    def _part_from(self, parts: set[str]) -> None:
        listed = relations_of(self.part)
        own = {each.identity for each in self.package.relations(self.part) if each.part in parts}
        self.changed[listed] = without_relations(self.package.read(listed), own)
        self.changed[TYPES] = without_types(self.package.read(TYPES), parts)

    def _settle(self, page: Page) -> None:
        """The parts that are known when the cells have gone by."""
        if self.styles_part:
            self.changed[self.styles_part] = self.styles.data()
        if self.comments_part and self.comments_part not in self.gone:
            self.changed[self.comments_part] = self.comments.written()
        if self.drawing_part and self.drawing_part not in self.gone:
            words = {at: page.said.get(at, "") for at in self.comments.places} if page.said else {}
            others = [each for each in self.package.parts(".vml") if each != self.drawing_part.lower()]
            used = {
                each for part in others for each in blocks_of(self.package.read(part))
            } | self.shapes.blocks
            free = (each for each in count(1) if each not in used)
            self.changed[self.drawing_part] = self.shapes.written(words, page.layout, lambda: next(free))
