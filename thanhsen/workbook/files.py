"""Files of official tables: one table, the whole set with an index, a list that is never held.

The same table gives the same bytes, so that a file can be compared with the one filed last year.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from thanhsen.tables import Line, Table
from thanhsen.workbook.around import BLACK, GREY, lines_of
from thanhsen.workbook.cells import PADDING, Book, Draft, Style
from thanhsen.workbook.official import A4, Written, put_table

INDEX = "Mục lục"
LONGEST_NAME = 31  # of a sheet
WIDTHS = (12, 92, 26)
LINK = Style(align="left", underline=True, box=BLACK)


def write(table: Table) -> bytes:
    """The table as an .xlsx file in the official layout: A4 landscape, one page wide, headings repeated."""
    book = Draft(title=" ".join(table.title))
    put_table(book, table, table.lines, name=_name(table))
    return book.saved()


def write_set(
    tables: Iterable[Table],
    *,
    title: str,
    about: Sequence[str] = (),
    lists: Iterable[tuple[Table, Iterable[Line]]] = (),
) -> bytes:
    """Several tables as the sheets of one workbook, after an index that tells which of their checks fail.

    `about`: what the index says under the title (year, area, kind). `lists`: tables whose lines come one by one,
    after the others. Two tables of one sheet name are a mistake of the caller (DuplicateWorksheetName).
    """
    book = Draft(title=title)
    index = book.sheet(INDEX)  # the first sheet; its rows are written last, when the checks are known
    written = [
        (table, put_table(book, table, lines, name=_name(table)))
        for table, lines in (*((each, each.lines) for each in tables), *lists)
    ]
    for place, width in enumerate(WIDTHS):
        index.set_column(place, place, width - PADDING)
    index.set_row(0, 26)
    book.put(index, 0, 0, title, Style(size=14, bold=True, align="left", wrap=False))
    for row, line in enumerate(about, start=1):
        book.put(index, row, 0, line, Style(size=12, align="left", wrap=False))
    top = len(about) + 2
    for place, heading in enumerate(("Mẫu số", "Tên biểu", "Cột kiểm tra chưa khớp")):
        book.put(index, top, place, heading, Style(bold=True, box=BLACK, fill=GREY))
    row = top
    for table, result in written:
        row = _entry(book, index, row + 1, table, result)
    index.set_landscape()
    index.set_paper(A4)
    index.fit_to_pages(1, 0)
    index.repeat_rows(top)
    return book.saved()


def write_papers(tables: Iterable[Table], *, title: str) -> bytes:
    """Tables that are printed and signed, each on its sheet, and no other sheet."""
    book = Draft(title=title)
    for table in tables:
        put_table(book, table, table.lines, name=_name(table))
    return book.saved()


def stream(table: Table, lines: Iterable[Line], target: str | Path | BinaryIO) -> Written:
    """The table with lines that are taken one by one and never held, into a file; memory does not grow with them."""
    book = Book(target, title=" ".join(table.title))
    written = put_table(book, table, lines, name=_name(table))
    book.close()
    return written


def _entry(book: Book, index, row: int, table: Table, result: Written) -> int:
    """The rows of a table in the index, one for each of its sheets; the last of them."""
    said = "không kiểm tra" if table.restricted or not table.checks else result.failures or "khớp"
    for step, name in enumerate(result.sheets):
        words = table.form_line if not step else f"{table.form_line} (tiếp theo)"
        index.set_row(row + step, max(18, 15.0 * lines_of(words, WIDTHS[1]) + 3))
        index.write_url(row + step, 0, f"internal:'{name}'!A1", book.format(LINK), name)
        book.put(index, row + step, 1, words, Style(align="left", box=BLACK))
        look = Style(bold=bool(result.failures), box=BLACK, number="#,##0")
        book.put(index, row + step, 2, None if step else said, look)
    return row + len(result.sheets) - 1


def _name(table: Table) -> str:
    return (table.sheet or table.name)[:LONGEST_NAME]
