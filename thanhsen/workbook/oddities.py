"""What a sheet shows that its values do not tell: hidden rows, formulas, errors, merged cells, fonts of before Unicode.

Found in one streaming pass over the XML of the page. What is kept grows with the oddities, a byte a cell, and never
with the sheet.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from thanhsen.tables import letter
from thanhsen.workbook.judging import refuse
from thanhsen.workbook.parts import Runs, codings_of_strings, codings_of_styles, letters_within, plain, walk
from thanhsen.workbook.thinning import thinned

MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_CELLS = 8_000_000  # of the rectangle that holds every filled cell
MOST_LETTERS = 200_000_000
MOST_MERGED = 100_000
TEXTS = {"s", "str", "inlineStr"}
TRUE = {"1", "true"}
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


class Marks(Mapping[tuple[int, int], str]):
    """(row, column) → a word, of the cells that bear one; a byte a cell, and rows marked alike share theirs."""

    def __init__(self) -> None:
        self._words: list[str] = [""]
        self._rows: dict[int, bytes] = {}
        self._alike: dict[bytes, bytes] = {}

    def put(self, row: int, words: dict[int, str]) -> None:
        """Marks the cells of a row: column → word."""
        line = bytearray(max(words) + 1)
        for column, word in words.items():
            if word not in self._words:
                if len(self._words) > 255:
                    word = self._words[1]
                else:
                    self._words.append(word)
            line[column] = self._words.index(word)
        kept = bytes(line)
        self._rows[row] = self._alike.setdefault(kept, kept)

    def __getitem__(self, place: tuple[int, int]) -> str:
        row, column = place
        line = self._rows.get(row, b"")
        if not 0 < column < len(line) or not line[column]:
            raise KeyError(place)
        return self._words[line[column]]

    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and self.get(place) is not None

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for row, line in self._rows.items():
            yield from ((row, column) for column, word in enumerate(line) if word)

    def of_row(self, row: int) -> dict[int, str]:
        """Column → word, of the cells of one row that bear one."""
        line = self._rows.get(row)
        return {column: self._words[word] for column, word in enumerate(line) if word} if line else {}

    def __len__(self) -> int:
        return sum(len(line) - line.count(0) for line in self._rows.values())


@dataclass
class Oddities:
    """Rows and columns from 1. Hidden ones only where they hold something.

    `formulas`: the cells that are one, "" words apart: "formula", or "uncached" where the file has no value of it
    (`uncached` holds those alone). `errors`: → "#REF!". `codings`: → "TCVN3", "TCVN3H" (capitals), "VNI", told by the
    font of a text. `merged`: (row, column, last row, last column).
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: Marks = field(default_factory=Marks)
    uncached: Marks = field(default_factory=Marks)
    errors: Marks = field(default_factory=Marks)
    codings: Marks = field(default_factory=Marks)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0


def scan(archive: zipfile.ZipFile, part: str, *, recalculated: bool = False) -> Oddities:
    """The oddities of a page. Unreadable where it is spoilt or passes the limits, before a library opens it.

    `recalculated`: the writer asks for a full calculation on opening, so its cached zeros are no values.
    """
    reader = _Scan(codings_of_styles(archive), codings_of_strings(archive), recalculated)
    fonts_matter = bool(reader.styles or reader.strings)
    walk(archive, part, reader.set_up, lambda piece: thinned(piece, fonts_matter=fonts_matter))
    reader.finish()
    found = reader.found
    if not letters_within(archive, part, found.last_row * found.last_column, MOST_LETTERS):
        refuse(
            "Bảng có quá nhiều chữ: nhiều ô lặp lại một đoạn rất dài. Xoá các ô thừa, hoặc chia thành nhiều tệp."
        )
    return found


class _Scan:
    """Handlers of the parser. A cell costs two calls and no look at its text, unless it is odd."""

    def __init__(self, styles: dict[str, str], strings: dict[str, str], recalculated: bool):
        self.styles, self.strings, self.recalculated = styles, strings, recalculated
        self.found = Oddities()
        self.row = 0
        self.row_hidden = False
        self.cell: dict[str, str] = {}
        self.filled: dict[str, str] = {}  # the last cell of the row that holds something
        self.formula = False
        self.valued = False  # the formula has a value in the file
        self.texts: list[str] | None = None
        self.runs = Runs()
        self.marks: dict[str, dict[int, str]] = {}
        self.columns: list[tuple[int, int]] = []

    def set_up(self, parser: Any) -> None:
        self.parser = parser
        parser.StartElementHandler = self.start

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            if self.texts is not None:
                self.end_cell()
            if "r" not in attributes:
                attributes["r"] = self.next_place()
            self.cell = attributes
            kind = attributes.get("t")
            if kind == "e" or (kind in TEXTS and (self.styles or self.strings)):
                self.listen()
        elif name == "v":
            self.filled = self.cell
            if self.formula:
                self.texts, self.valued = [], True
        elif name == "row":
            self.end_row()
            self.row = int(attributes.get("r") or self.row + 1)
            self.row_hidden = attributes.get("hidden") in TRUE or attributes.get("ht") == "0"
        elif ":" in name:
            self.start(plain(name), attributes)
        else:
            self.rarer(name, attributes)

    def rarer(self, name: str, attributes: dict[str, str]) -> None:
        if name == "f":
            self.filled = self.cell
            self.formula, self.valued = True, False
            self.listen()
        elif name == "is":
            self.filled = self.cell
            self.listen()
        elif name == "col":
            if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
                self.columns.append((int(attributes["min"]), int(attributes["max"])))
        elif name == "mergeCell":
            self.merge(attributes.get("ref", ""))
        elif self.texts is not None:
            self.runs.start(name, attributes)

    def listen(self) -> None:
        """From here to the end of the cell its text matters."""
        if self.texts is None:
            self.texts = []
            self.runs.clear()
            self.parser.CharacterDataHandler = self.text

    def text(self, text: str) -> None:
        self.runs.text(text)
        if self.texts is not None:
            self.texts.append(text)

    def next_place(self) -> str:
        """A cell that does not say where it stands follows the one before."""
        before = self.cell.get("r", "")
        return f"{letter(_column(before) + 1 if before else 1)}{self.row}"

    def end_cell(self) -> None:
        text = "".join(self.texts or ())
        kind = self.cell.get("t", "n")
        column = _column(self.cell["r"])
        if self.formula:
            stale = self.recalculated and text == "0"
            known = self.valued and ((text and not stale) or kind == "str")
            self.mark("formulas", column, "formula" if known else "uncached")
            if not known:
                self.mark("uncached", column, "uncached")
        if kind == "e":
            self.mark("errors", column, text)
        coding = self.coding(kind, text)
        if coding:
            self.mark("codings", column, coding)
        self.formula = False
        self.texts = None
        self.parser.CharacterDataHandler = None

    def coding(self, kind: str, text: str) -> str:
        if kind not in TEXTS:
            return ""
        own = self.runs.coding() if kind == "inlineStr" else self.strings.get(text) if kind == "s" else None
        return self.styles.get(self.cell.get("s", "0"), "") if own is None else own

    def mark(self, which: str, column: int, word: str) -> None:
        self.marks.setdefault(which, {})[column] = word

    def end_row(self) -> None:
        if self.texts is not None:
            self.end_cell()
        if self.filled:
            self.measure(_column(self.filled["r"]))
        for which, words in self.marks.items():
            getattr(self.found, which).put(self.row, words)
        self.marks = {}
        self.cell, self.filled = {}, {}

    def measure(self, column: int) -> None:
        found = self.found
        found.last_row = max(found.last_row, self.row)
        found.last_column = max(found.last_column, column)
        at = f"{letter(column)}{self.row}"
        if self.row > MOST_ROWS:
            refuse(
                f"Bảng dài quá: có ô ở dòng {self.row}, cổng đọc đến dòng {MOST_ROWS}. Xoá các dòng thừa ở cuối "
                "bảng (chọn cả dòng rồi Delete), hoặc chia thành nhiều tệp.",
                at,
            )
        if column > MOST_COLUMNS:
            refuse(
                f"Bảng rộng quá: có ô ở cột {letter(column)}, cổng đọc {MOST_COLUMNS} cột đầu. Xoá các cột thừa "
                "bên phải bảng.",
                at,
            )
        if found.last_row * found.last_column > MOST_CELLS:
            refuse(
                f"Bảng lớn quá: {found.last_row} dòng × {found.last_column} cột. Xoá ô thừa ở xa bảng, hoặc chia "
                "thành nhiều tệp.",
                at,
            )
        if self.row_hidden:
            found.hidden_rows.add(self.row)

    def merge(self, ref: str) -> None:
        match = _RANGE.fullmatch(ref)
        if match and match[3]:
            self.found.merged.append((int(match[2]), _column(match[1]), int(match[4]), _column(match[3])))
        if len(self.found.merged) > MOST_MERGED:
            refuse("Bảng có quá nhiều ô gộp. Chọn cả bảng, bỏ gộp ô (Unmerge Cells) rồi nạp lại.")

    def finish(self) -> None:
        self.end_row()
        width = self.found.last_column
        self.found.hidden_columns = {
            column for first, last in self.columns for column in range(first, min(last, width) + 1)
        }


def _column(place: str) -> int:
    """1 of "A7" or "A"; 27 of "AA1"."""
    number = 0
    for char in place:
        if not char.isalpha():
            break
        number = number * 26 + ord(char) - 64
    return number
