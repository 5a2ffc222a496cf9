"""What every workbook we write has in common: text that stays text, and the same bytes for the same content."""

import io
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thanhsen.archives import settled
from thanhsen.tables import Value

FONT = "Times New Roman"
# The width of a column is counted in digits of the default font: one that every machine has, or has the like of.
DEFAULT = {"font_name": FONT, "font_size": 11, "font_scheme": False, "theme": -1}
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - stands in the file's properties for the moment of writing
MARKS = ("=", "+", "-", "@", "\t", "\r")  # a text that starts so is shown as text even after it is edited
PADDING = 5 / 7  # the library adds it to a width; ours are those of the file


@dataclass(frozen=True)
class Style:
    """How a cell looks; `box`, `fill`: colours, "" for none."""

    size: int = 11
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "center"
    valign: str = "vcenter"
    wrap: bool = True
    indent: int = 0
    box: str = ""
    fill: str = ""
    number: str = "General"
    quoted: bool = False

    def properties(self) -> dict:
        """In the words of the library."""
        found = {
            "font_name": FONT,
            "font_size": self.size,
            "bold": self.bold,
            "italic": self.italic,
            "underline": 1 if self.underline else 0,
            "align": self.align,
            "valign": self.valign,
            "text_wrap": self.wrap,
            "indent": self.indent,
            "num_format": self.number,
            "quote_prefix": self.quoted,
        }
        if self.box:
            found |= {"border": 1, "border_color": self.box}
        return found | ({"bg_color": self.fill} if self.fill else {})


class Sheet(Worksheet):
    """A sheet that is written row by row, from the top, and keeps one row in memory. Rows and columns from 0."""

    def join(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge cells already written. The library's `merge_range` refuses rows that have left memory, as it would
        write them again; a merge itself is told after the rows, so its place in the list is all it needs."""
        self.merge.append([top, left, bottom, right])

    def _write_single_row(self, current_row_num: int = 0) -> None:
        # The library keeps the height of every row for ever: 300 bytes a row, more than the row itself takes.
        written = self.previous_row
        super()._write_single_row(current_row_num)
        self.row_info.pop(written, None)
        self.row_sizes.pop(written, None)

    def _xml_rich_inline_string(self, string: str, attributes: list) -> None:
        # We write no rich text: what looks like its markup was typed by somebody and must not reach the file as XML.
        self._xml_inline_string(string, False, attributes)


class Book:
    """A workbook being written; `small`: held in memory, with no file on the disk beside it."""

    def __init__(self, target: str | Path | BinaryIO, *, title: str, small: bool = False):
        options: dict = {"in_memory": True} if small else {"constant_memory": True}
        options["default_format_properties"] = DEFAULT
        self._book = Workbook(str(target) if isinstance(target, Path) else target, options)
        self._book.set_properties({"title": title, "author": "Cổng thông tin giảm nghèo", "created": MOMENT})
        self._formats: dict[Style, Format] = {}

    def sheet(self, name: str) -> Sheet:
        return self._book.add_worksheet(name, Sheet)

    def format(self, style: Style) -> Format:
        if style not in self._formats:
            self._formats[style] = self._book.add_format(style.properties())
        return self._formats[style]

    def close(self) -> None:
        self._book.close()

    def put(self, sheet: Sheet, row: int, column: int, value: Value, style: Style) -> None:
        """A value, never a formula: a text that starts with = + - @ stays the text it is."""
        if isinstance(value, str) and value.startswith(MARKS):
            style = replace(style, quoted=True)
        write(sheet, row, column, value, self.format(style))


def write(sheet: Sheet, row: int, column: int, value: Value, look: Format) -> None:
    """Typed by what the value is, not by what its text looks like."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), look)
    else:
        sheet.write_number(row, column, float(value), look)


class Draft(Book):
    """A workbook made in memory, for a file of ordinary size."""

    def __init__(self, *, title: str, small: bool = False):
        self._stream = io.BytesIO()
        super().__init__(self._stream, title=title, small=small)

    def saved(self) -> bytes:
        self.close()
        return settled(self._stream.getvalue())
