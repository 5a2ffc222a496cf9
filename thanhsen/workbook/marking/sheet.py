"""The cells of a page, row by row as they come: a row without faults is copied, never taken apart."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from thanhsen.tables import letter
from thanhsen.workbook.marking import Mark, Marks
from thanhsen.workbook.marking.layout import Layout, whole
from thanhsen.workbook.marking.markup import (
    APART,
    WITHIN,
    attributes,
    number,
    place,
    renamed,
    replaced,
    tags,
    with_attribute,
    without_attribute,
)

PIECE = 1 << 20  # bytes read at a time
HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
HEIGHT = re.compile(rb"\sht\s*=\s*[\"'](\d+(?:\.\d+)?)[\"']")
STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)")
CAUTIOUS = (
    rb"!--(?:.*?--(>))?|!\[CDATA\[(?:.*?\]\](>))?|\?(?:.*?\?(>))?"  # without ">" it goes on in the next piece
)


class Page:
    """The page on its way from `stream` to `out`. After `copy`: `said`, place → text, and `layout`."""

    def __init__(
        self, marks: Marks, *, marked: Callable[[int], int], cleared: Callable[[int], int], ours: set[int]
    ):
        self._marks = dict(sorted(marks.items()))
        self._marked, self._cleared = marked, cleared
        numbers = b"|".join(b"%d" % each for each in ours)
        self._own = re.compile(rb"\ss\s*=\s*[\"'](?:%s)[\"']" % numbers) if ours else None
        self._row = 0
        self.said: dict[tuple[int, int], str] = {}
        self.layout = Layout()

    def copy(self, stream: BinaryIO, out: BinaryIO, tail: bytes) -> None:
        buffer = self._head(stream, out)
        scan = self._scanner
        kept = at = 0  # what is before `kept` is written, what is before `at` is understood
        opened: re.Match | None = None
        while True:
            found = scan.search(buffer, at)
            if found is None or (found[2] is None and not (found[4] or found[5] or found[6])):
                start = opened.start() if opened else at
                out.write(buffer[kept:start])
                piece = stream.read(PIECE)
                if not piece:
                    raise ValueError("the cells do not end")
                buffer, kept, at, opened = buffer[start:] + piece, 0, 0, None
                continue
            at = found.end()
            if found[2] == b"sheetData":
                out.write(buffer[kept : found.start()])
                out.write(self._before(None))
                out.write(found[0])
                out.write(tail)
                return
            if found[2] is None:
                continue
            if not found[1]:
                opened = found
                if not found[3].endswith(b"/"):
                    continue
            if opened is None:
                continue
            changed = self._seen(buffer, opened, found)
            if changed is not None:
                out.write(buffer[kept : opened.start()])
                out.write(changed)
                kept = found.end()
            opened = None

    # What stands before the cells -------------------------------------------------------------------

    def _head(self, stream: BinaryIO, out: BinaryIO) -> bytes:
        buffer = b""
        opening = re.compile(rb"<([^\s<>/:]+:)?sheetData(?:\s[^<>]*?)?(/?)>")
        while not (found := opening.search(buffer)):
            piece = stream.read(PIECE)
            if not piece:
                raise ValueError("no cells")
            buffer += piece
        self._prefix = found[1] or b""
        self._scanner = re.compile(
            rb"<(?:(/?)%s(row|sheetData)(?=[\s/>])(%s)>|%s)" % (re.escape(self._prefix), WITHIN, CAUTIOUS),
            re.DOTALL,
        )
        self._cells = re.compile(
            rb"<(?:(/?)%sc(?=[\s/>])(%s)>|%s)" % (re.escape(self._prefix), WITHIN, APART), re.DOTALL
        )
        head, rest = buffer[: found.start()], buffer[found.end() :]
        self.layout = Layout.of(head)
        out.write(renamed(self._widened(head)) if b"UTF-16" in head[:200] else self._widened(head))
        if found[2]:  # a page without cells
            rest = b"</%ssheetData>" % self._prefix
            out.write(b"<%ssheetData>" % self._prefix)
        else:
            out.write(found[0])
        return rest

    def _widened(self, head: bytes) -> bytes:
        """The extent of the page with the cells that are to be put in."""
        cells = [(row, column) for row, columns in self._marks.items() for column in columns if column]
        for tag in tags(head, "dimension") if cells else ():
            corners = [place(each) for each in tag.attributes.get("ref", "").split(":")]
            known = [each for each in corners if each]
            if len(known) != len(corners):
                break
            rows, columns = [each[0] for each in (*known, *cells)], [each[1] for each in (*known, *cells)]
            ref = f"{letter(min(columns))}{min(rows)}:{letter(max(columns))}{max(rows)}"
            if (min(rows), min(columns), max(rows), max(columns)) != (*known[0], *known[-1]):
                element = with_attribute(head[tag.start : tag.end], b"ref", ref.encode())
                return replaced(head, [(tag.start, tag.end, element)])
        return head

    # Rows -------------------------------------------------------------------------------------------

    def _seen(self, buffer: bytes, opened: re.Match, closed: re.Match) -> bytes | None:
        """A row as it is to be written with the rows that must come before it; None when it stays."""
        inner = opened[3]
        told = re.search(rb"\sr\s*=\s*[\"'](\d+)", inner)
        self._row = int(told[1]) if told else self._row + 1
        if HIDDEN.search(inner):
            self.layout.rises(self._row, 0)
        elif high := HEIGHT.search(inner):
            self.layout.rises(self._row, float(high[1]) / 0.75)
        before = self._before(self._row)
        marks = self._marks.pop(self._row, None)
        body = buffer[opened.end() : closed.start()] if opened is not closed else b""
        if not marks and not self._is_ours(body):
            return before + buffer[opened.start() : closed.end()] if before else None
        row = buffer[opened.start() : opened.end()]
        return before + self._changed(row, body, marks or {})

    def _is_ours(self, body: bytes) -> bool:
        return self._own is not None and self._own.search(body) is not None

    def _before(self, row: int | None) -> bytes:
        """New rows for the marks that come before this row, or at the end of the page."""
        made = []
        while self._marks and (row is None or next(iter(self._marks)) < row):
            kept, self._row = self._row, next(iter(self._marks))
            opening = b'<%srow r="%d">' % (self._prefix, self._row)
            made.append(self._changed(opening, b"", self._marks.pop(self._row)))
            self._row = kept
        return b"".join(made)

    def _changed(self, row: bytes, body: bytes, marks: dict[int, Mark]) -> bytes:
        cells = self._taken_apart(body)
        marks = self._settled(marks, cells)
        values = attributes(row)
        usual = whole(values.get("s")) if values.get("customFormat") in {"1", "true"} else None
        written, reached, left = [], 0, dict(sorted(marks.items()))
        for cell in cells:
            written.append(body[reached : cell.start])
            while left and next(iter(left)) < cell.column:
                column = next(iter(left))
                written.append(self._new(column, left.pop(column), usual))
            mark = left.pop(cell.column, None)
            written.append(self._cell(body, cell, mark, usual))
            reached = cell.end
        written += [body[reached:], *(self._new(column, mark, usual) for column, mark in left.items())]
        inner = b"".join(written)
        return b"" if not inner and values.keys() == {"r"} else self._whole_row(row, inner, marks)

    def _whole_row(self, row: bytes, body: bytes, marks: dict[int, Mark]) -> bytes:
        spans = re.search(rb"\sspans\s*=\s*[\"'](\d+):(\d+)[\"']", row)
        if spans and marks and not (int(spans[1]) <= min(marks) and max(marks) <= int(spans[2])):
            row = without_attribute(row, b"spans")  # only a hint to the reader, and no longer true
        if not body:
            return row if row.endswith(b"/>") else row[:-1] + b"/>"
        opening = row[:-2].rstrip() + b">" if row.endswith(b"/>") else row
        return opening + body + b"</%srow>" % self._prefix

    def _settled(self, marks: dict[int, Mark], cells: "list[_Cell]") -> dict[int, Mark]:
        """The mark of the row laid on its first cell that holds something and can be seen; what is said is kept."""
        if 0 in marks:
            filled = (cell.column for cell in cells if cell.is_filled)
            column = next((each for each in filled if not self.layout.is_hidden(each)), 1)
            of_row = marks.pop(0)
            there = marks.setdefault(column, Mark())
            there.words = of_row.words + there.words
            there.is_fault |= of_row.is_fault
        self.said |= {(self._row, column): mark.text for column, mark in marks.items()}
        return marks

    # Cells ------------------------------------------------------------------------------------------

    def _taken_apart(self, body: bytes) -> "list[_Cell]":
        cells, column, opened = [], 0, None
        for found in self._cells.finditer(body):
            if found[2] is None:
                continue
            if not found[1]:
                told = re.search(rb"\sr\s*=\s*[\"']([A-Za-z]+)", b" " + found[2])
                column = number(told[1].decode()) if told else column + 1
                opened = found
                if not found[2].endswith(b"/"):
                    continue
            if opened is not None:
                filled = opened is not found and bool(body[opened.end() : found.start()].strip())
                cells.append(_Cell(column, opened.start(), opened.end(), found.end(), filled))
            opened = None
        return cells

    def _cell(self, body: bytes, cell: "_Cell", mark: Mark | None, usual: int | None) -> bytes:
        """A cell with the format it is to have; an empty one we had put in goes again."""
        tag = body[cell.start : cell.inside]
        told = STYLE.search(tag)
        style = int(told[1]) if told else 0
        wanted = self._cleared(style)
        if wanted != style and not mark and not cell.is_filled and wanted == self._usual(cell.column, usual):
            return b""
        if mark and mark.is_fault:
            wanted = self._marked(wanted)
        if wanted != style:
            tag = with_attribute(tag, b"s", b"%d" % wanted)
        return tag + body[cell.inside : cell.end]

    def _new(self, column: int, mark: Mark, usual: int | None) -> bytes:
        if not mark.is_fault:
            return b""  # a comment needs no cell
        style = self._marked(self._usual(column, usual))
        return b'<%sc r="%s%d" s="%d"/>' % (self._prefix, letter(column).encode(), self._row, style)

    def _usual(self, column: int, usual: int | None) -> int:
        return usual if usual is not None else self.layout.style(column)


@dataclass(frozen=True)
class _Cell:
    """Places in the body of its row."""

    column: int
    start: int
    inside: int
    end: int
    is_filled: bool
