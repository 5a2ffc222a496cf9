"""Official tables as .xlsx: A4 landscape, one page wide, headings repeated.

The same table gives the same bytes, so that a file can be compared with the one filed last year.
"""

from dataclasses import replace

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from thanhsen.tables import Column, Kind, Line, Table, letter
from thanhsen.workbook.cells import FONT, put, saved

FORMATS = {Kind.COUNT: "#,##0", Kind.RATE: "0.00", Kind.TEXT: "@", Kind.YEAR: "0"}
THIN = Side(style="thin", color="000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
GREY = PatternFill("solid", fgColor="EDEDED")
CHARACTERS_PER_LINE = 1.15  # of 11-point Times New Roman in one unit of column width
LINE_HEIGHT = 15.0


def write(table: Table) -> bytes:
    """The table as an .xlsx file in the official layout: A4 landscape, one page wide, headings repeated."""
    return write_set([table], title=" ".join(table.title))


def write_set(tables, *, title: str) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _sheet(book.create_sheet(table.name[:31]), table)
    return saved(book, title=title)


def stream(table, lines, file) -> None:
    file.write(write(replace(table, lines=tuple(lines))))


def _sheet(sheet, table: Table) -> None:
    width = len(table.columns)
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[letter(place)].width = column.width
    _top(sheet, table, width)
    _headings(sheet, table)
    for row, line in table.rows():
        _line(sheet, row, line, table.columns)
    last = table.first_line + len(table.lines) - 1
    if not table.restricted:
        _checks(sheet, table, width)
    end = _signatures(sheet, table, width, last)
    _page(sheet, table, width, end)


def _across(
    sheet: Worksheet, row: int, left: int, right: int, text: str, font: Font, alignment=CENTRE
) -> None:
    put(sheet, row, left, text, font=font, alignment=alignment)
    if right > left:
        sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=right)


def _top(sheet: Worksheet, table: Table, width: int) -> None:
    left_end = _middle(table)
    _across(sheet, 1, 1, width, table.form_line, Font(name=FONT, size=11, italic=True), LEFT)
    authority = [*table.authority, ""][:2]
    motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    for step, (name, words) in enumerate(zip(authority, motto, strict=True)):
        underlined = "single" if step else None
        row = table.motto_top + step
        _across(sheet, row, 1, left_end, name, Font(name=FONT, size=12, bold=bool(step)))
        font = Font(name=FONT, size=13 if step else 12, bold=True, underline=underlined)
        _across(sheet, row, left_end + 1, width, words, font)
        sheet.row_dimensions[row].height = 18
    if table.place_top:
        italic = Font(name=FONT, size=12, italic=True)
        _across(sheet, table.place_top, left_end + 1, width, table.place, italic)
        sheet.row_dimensions[table.place_top].height = 18
    _across(sheet, table.title_top, 1, width, "\n".join(table.title), Font(name=FONT, size=14, bold=True))
    sheet.row_dimensions[table.title_top].height = 20.0 * len(table.title) + 8
    if table.subtitle:
        italic = Font(name=FONT, size=12, italic=True)
        _across(sheet, table.title_top + 1, 1, width, table.subtitle, italic)


def _middle(table: Table) -> int:
    """The last column of the left part: about two fifths of the width, so that neither name is cut."""
    goal, so_far = sum(column.width for column in table.columns) * 0.42, 0.0
    for place, column in enumerate(table.columns, start=1):
        so_far += column.width
        if so_far >= goal:
            return min(place, len(table.columns) - 1)
    return 1


def _headings(sheet: Worksheet, table: Table) -> None:
    bold = Font(name=FONT, size=11, bold=True)
    heights: dict[int, float] = {}
    for each in table.headings:
        bottom, right = each.top + each.rows - 1, each.left + each.columns - 1
        for row in range(each.top, bottom + 1):
            for column in range(each.left, right + 1):
                sheet.cell(row, column).border = BOX
        put(sheet, each.top, each.left, each.text, font=bold, alignment=CENTRE)
        if bottom > each.top or right > each.left:
            sheet.merge_cells(start_row=each.top, start_column=each.left, end_row=bottom, end_column=right)
        room = sum(column.width for column in table.columns[each.left - 1 : right])
        heading_rows = [row for row in range(each.top, bottom + 1) if row < table.numbers_top]
        needed = _lines_of(each.text, room) * LINE_HEIGHT / len(heading_rows)
        for row in heading_rows:
            heights[row] = max(heights.get(row, 18), needed)
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
    italic = Font(name=FONT, size=10, italic=True)
    for place, numbered in enumerate(table.number_row(), start=1):
        if numbered:
            put(sheet, table.numbers_top, place, numbered.number, font=italic, alignment=CENTRE, border=BOX)


def _lines_of(text: str, room: float) -> int:
    """How many lines `text` takes in a cell `room` characters wide, broken at spaces."""
    lines = 0
    for part in text.split("\n"):
        used, lines = 0.0, lines + 1
        for word in part.split(" "):
            if used and used + len(word) > room * CHARACTERS_PER_LINE:
                used, lines = 0.0, lines + 1
            used += len(word) + 1
    return lines


def _line(sheet: Worksheet, row: int, line: Line, columns: tuple[Column, ...]) -> None:
    font = Font(name=FONT, size=11, bold=line.style != "unit")
    height = 17.0
    for place, cell in enumerate(line.cells, start=1):
        target = sheet.cell(row, place)
        target.border = BOX
        if cell is None:
            continue
        centred = place == 1 or (isinstance(cell.value, str) and cell.kind is not Kind.TEXT)
        alignment = CENTRE if centred else INDENTED if cell.kind is Kind.TEXT else RIGHT
        put(sheet, row, place, cell.value, font=font, alignment=alignment, number_format=FORMATS[cell.kind])
        if cell.rows > 1:
            sheet.merge_cells(
                start_row=row, start_column=place, end_row=row + cell.rows - 1, end_column=place
            )
        if isinstance(cell.value, str):
            height = max(
                height, _lines_of(cell.value, columns[place - 1].width) * LINE_HEIGHT / cell.rows + 2
            )
    sheet.row_dimensions[row].height = height


def _checks(sheet: Worksheet, table: Table, width: int) -> None:
    """Live formulas to the right of the table. `Check.formula` is ours, never typed by anyone."""
    small = Font(name=FONT, size=10)
    top = min(each.top for each in table.headings)
    for place, check in enumerate(table.checks, start=width + 1):
        sheet.column_dimensions[letter(place)].width = 15
        bold = Font(name=FONT, size=10, bold=True)
        put(sheet, top, place, check.heading, font=bold, alignment=CENTRE, fill=GREY, border=BOX)
        if table.numbers_top - 1 > top:
            sheet.merge_cells(
                start_row=top, start_column=place, end_row=table.numbers_top - 1, end_column=place
            )
        for row, line in table.rows():
            cell = sheet.cell(row, place, "=" + check.formula(line, row))
            cell.font, cell.fill, cell.border = small, GREY, BOX
            cell.alignment, cell.number_format = RIGHT, "General"


def _signatures(sheet: Worksheet, table: Table, width: int, last: int) -> int:
    left_end, row = _middle(table), last + 2
    if table.place_top is None and table.place:
        _across(sheet, row, left_end + 1, width, table.place, Font(name=FONT, size=12, italic=True))
        row += 1
    bold = Font(name=FONT, size=12, bold=True)
    _across(sheet, row, 1, left_end, table.signatures[0], bold)
    _across(sheet, row, left_end + 1, width, table.signatures[1], bold)
    return row + 4


def _page(sheet: Worksheet, table: Table, width: int, end: int) -> None:
    top = min(each.top for each in table.headings)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{table.numbers_top}"
    sheet.print_area = f"A1:{letter(width)}{end}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.4, 0.6, 0.6
    margins.header = margins.footer = 0.3
    sheet.oddFooter.right.text, sheet.oddFooter.right.font = "Trang &P/&N", FONT
    sheet.freeze_panes = f"C{table.first_line}"
