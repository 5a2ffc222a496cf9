"""What every workbook we write has in common: text that stays text, looks made once, the same bytes for the same content."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thanhsen.archives import settled
from thanhsen.tables import Checked, Value

FONT = "Times New Roman"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - stands in the file's properties for the moment of writing
# Rows go to the disk as they are written, so that a workbook takes no more memory however long it is. A text is never
# taken for a formula, a number or an address.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Book:
    """A workbook being written: rows in their order, each look made once."""

    def __init__(self, file: str | BinaryIO, title: str):
        self.workbook = Workbook(file, OPTIONS)
        self.workbook.set_properties(
            {"title": title, "author": "Cổng thông tin giảm nghèo", "created": MOMENT}
        )
        self._looks: dict[tuple, Format] = {}

    def look(self, **properties: Any) -> Format:
        """A format; the same properties give the same one."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format(
                {"font_name": FONT, "font_size": 11, "valign": "vcenter", **properties}
            )
        return self._looks[key]

    def sheet(self, name: str) -> Worksheet:
        return self.workbook.add_worksheet(name)

    def put(
        self, sheet: Worksheet, row: int, column: int, value: Value | date | bool, **properties: Any
    ) -> None:
        """A value in a cell (row and column from 1), never a formula."""
        row, column = row - 1, column - 1
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.look(**properties))
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.look(**properties))
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, column, value, self.look(**properties))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.look(**properties))
        else:
            if value.startswith(LIKE_A_FORMULA):
                properties["quote_prefix"] = True
            sheet.write_string(row, column, value, self.look(**properties))

    def formula(
        self, sheet: Worksheet, row: int, column: int, formula: str, value: Checked, **properties: Any
    ) -> None:
        """A formula of ours, with what it comes to: not every program works it out when it opens the file."""
        shown = float(value) if isinstance(value, Decimal) else value
        sheet.write_formula(row - 1, column - 1, f"={formula}", self.look(**properties), shown)


@contextmanager
def opened(file: str | BinaryIO, title: str) -> Iterator[Book]:
    """A workbook that is whole when the block ends."""
    book = Book(file, title)
    yield book
    book.workbook.close()


@contextmanager
def in_memory(title: str) -> Iterator[tuple[Book, list[bytes]]]:
    """The same for bytes, which stand in the list when the block ends."""
    stream, made = io.BytesIO(), list[bytes]()
    with opened(stream, title) as book:
        yield book, made
    made.append(settled(stream.getvalue()))
