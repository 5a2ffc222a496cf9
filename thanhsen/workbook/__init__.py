"""Tables as .xlsx and back: the only package that knows a spreadsheet library.

`files` writes the official forms, one or all, each laid out by `official`; `plain` writes lists that people fill in,
`reading` reads what they send back. `grid` reads a large list of any layout. Both let `judging` see the file first.
"""

from thanhsen.workbook.cells import CONTENT_TYPE
from thanhsen.workbook.files import stream, write, write_set
from thanhsen.workbook.judging import Fault, Unreadable
from thanhsen.workbook.plain import Fill, write_plain
from thanhsen.workbook.reading import LARGEST, Cell, Page, Row, read_rows

__all__ = [
    "CONTENT_TYPE",
    "LARGEST",
    "Cell",
    "Fault",
    "Fill",
    "Page",
    "Row",
    "Unreadable",
    "read_rows",
    "stream",
    "write",
    "write_plain",
    "write_set",
]
