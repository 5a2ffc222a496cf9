"""What every workbook we write has in common: text that stays text, and the same bytes for the same content."""

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

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
    return _settled(stream.getvalue())


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


def _settled(data: bytes) -> bytes:
    """The same archive without the moment it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(stream, "w") as kept:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            kept.writestr(entry, content)
    return stream.getvalue()
