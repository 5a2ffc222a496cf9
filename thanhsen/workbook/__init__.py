"""Tables as .xlsx and back: the only package that knows a spreadsheet library.

`files` writes the official forms, one or all, each laid out by `official`; `plain` writes lists that people fill in,
`reading` reads what they send back. `grid` reads a large list of any layout. Both let `judging` see the file first.
`marked` gives a workbook back with its bad cells red. `listed` writes the lists of the portal, however long.
"""

from thanhsen.workbook.cells import CONTENT_TYPE
from thanhsen.workbook.files import stream, write, write_papers, write_set
from thanhsen.workbook.judging import Fault, Unreadable
from thanhsen.workbook.listed import Listed, write_list
from thanhsen.workbook.marked import Marked, mark
from thanhsen.workbook.plain import Fill, write_plain, write_tables
from thanhsen.workbook.reading import LARGEST, Cell, Page, Row, read_rows

__all__ = [
    "CONTENT_TYPE",
    "LARGEST",
    "Cell",
    "Fault",
    "Fill",
    "Listed",
    "Marked",
    "Page",
    "Row",
    "Unreadable",
    "mark",
    "read_rows",
    "stream",
    "write",
    "write_list",
    "write_papers",
    "write_plain",
    "write_set",
    "write_tables",
]
