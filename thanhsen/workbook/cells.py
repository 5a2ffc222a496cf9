"""What every workbook we write has in common: text that stays text, and the same bytes for the same content."""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from thanhsen.archives import settled
from thanhsen.tables import Value

FONT = "Times New Roman"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - stands in the file's properties for the moment of writing


def saved(book: Workbook, *, title: str) -> bytes:
    """The workbook as a file."""
    book.properties.creator = "Cổng thông tin giảm nghèo"
    book.properties.title = title
    book.properties.created = MOMENT
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue())


def put(sheet: Worksheet, row: int, column: int, value: Value | bool, **style) -> None:
    """A value, never a formula: a text that starts with = + - @ stays the text it is."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
            cell.quotePrefix = True
    for name, each in style.items():
        setattr(cell, name, each)
