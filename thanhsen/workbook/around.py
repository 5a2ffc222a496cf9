"""What stands above and below the lines of an official table: agency, motto, title, headings; sentences, signatures."""

from dataclasses import dataclass, field, replace

from thanhsen.tables import Column, Table, Value
from thanhsen.workbook.cells import Book, Sheet, Style

BLACK, GREY = "#000000", "#EDEDED"
LEFT = Style(align="left")
CHARACTERS_PER_LINE = 1.15  # of 11-point Times New Roman in one unit of column width
LINE_HEIGHT = 15.0
TEXT_SIZE, WORDS_SIZE, TITLE_SIZE = 11, 12, 14
WORDS_LINE = 16.5
SIGNER_BELOW = 5  # rows from the title of who signs to the name
COUNCIL = "ỦY BAN NHÂN DÂN"  # alone no agency: the ward on the next line belongs to its name


@dataclass
class Block:
    """Cells above or below the lines, kept until they are written in order. Row → column → (value, style)."""

    cells: dict[int, dict[int, tuple[Value, Style]]] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, value: Value, style: Style) -> None:
        self.cells.setdefault(row, {})[column] = (value, style)

    def across(
        self, row: int, left: int, right: int, value: Value, style: Style, *, bottom: int | None = None
    ) -> None:
        """One text over several cells."""
        bottom = bottom or row
        for each in range(row, bottom + 1):
            for column in range(left, right + 1):
                self.put(each, column, None, style)
        self.put(row, left, value, style)
        if right > left or bottom > row:
            self.merged.append((row, left, bottom, right))

    def height(self, first: int, last: int) -> float:
        """Points of these rows together."""
        return sum(self.heights.get(row, LINE_HEIGHT) for row in range(first, last + 1))

    def write(self, book: Book, sheet: Sheet) -> None:
        for row in sorted({*self.cells, *self.heights}):
            if row in self.heights:
                sheet.set_row(row - 1, self.heights[row])
            for column, (value, style) in sorted(self.cells.get(row, {}).items()):
                book.put(sheet, row - 1, column - 1, value, style)


def top(table: Table, checks: tuple) -> Block:
    block, width, middle = Block(), len(table.columns), _middle(table)
    block.across(1, 1, width, table.form_line, replace(LEFT, italic=True))
    motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    is_one = table.authority[:1] == (COUNCIL,)
    for step, (name, words) in enumerate(zip([*table.authority, ""][:2], motto, strict=True)):
        row, second = table.motto_top + step, bool(step)
        block.across(row, 1, middle, name, Style(size=12, bold=second or is_one))
        look = Style(size=13 if second else 12, bold=True, underline=second)
        block.across(row, middle + 1, width, words, look)
        block.heights[row] = 18
    italic = Style(size=WORDS_SIZE, italic=True)
    if table.place_top:
        block.across(table.place_top, middle + 1, width, table.place, italic)
        block.heights[table.place_top] = 18
    block.across(table.title_top, 1, width, "\n".join(table.title), Style(size=14, bold=True))
    room = sum(column.width for column in table.columns)
    title_lines = sum(lines_of(each, room * TEXT_SIZE / TITLE_SIZE) for each in table.title)
    block.heights[table.title_top] = 20.0 * title_lines + 8
    if table.subtitle:
        block.across(table.title_top + 1, 1, width, table.subtitle, italic)
        lines = lines_of(table.subtitle, room * TEXT_SIZE / WORDS_SIZE)
        if lines > 1:
            block.heights[table.title_top + 1] = lines * WORDS_LINE + 3
    _headings(block, table)
    first = min(each.top for each in table.headings)
    for place, check in enumerate(checks, start=width + 1):
        look = Style(size=10, bold=True, box=BLACK, fill=GREY)
        block.across(first, place, place, check.heading, look, bottom=max(first, table.numbers_top - 1))
    return block


def _middle(table: Table) -> int:
    """The last column of the left part: about two fifths of the width, so that neither name is cut."""
    goal, so_far = sum(column.width for column in table.columns) * 0.42, 0.0
    for place, column in enumerate(table.columns, start=1):
        so_far += column.width
        if so_far >= goal:
            return min(place, len(table.columns) - 1)
    return 1


def _headings(block: Block, table: Table) -> None:
    numbered: list[Column | None] = table.number_row()
    for place, column in enumerate(numbered, start=1):
        if column:
            block.put(table.numbers_top, place, column.number, Style(size=10, italic=True, box=BLACK))
    for each in table.headings:
        bottom, right = each.top + each.rows - 1, each.left + each.columns - 1
        block.across(each.top, each.left, right, each.text, Style(bold=True, box=BLACK), bottom=bottom)
        room = sum(column.width for column in table.columns[each.left - 1 : right])
        rows = [row for row in range(each.top, bottom + 1) if row < table.numbers_top]
        needed = lines_of(each.text, room) * LINE_HEIGHT / len(rows)
        for row in rows:
            block.heights[row] = max(block.heights.get(row, 18), needed)


def below(table: Table, last: int) -> tuple[Block, int]:
    """The signatures and who receives the report, and the last row to print."""
    block, width, middle, row = Block(), len(table.columns), _middle(table), last + 2
    room = sum(column.width for column in table.columns)
    for sentence in table.below:
        block.across(row, 1, width, sentence, replace(LEFT, size=WORDS_SIZE, italic=True))
        block.heights[row] = lines_of(sentence, room * TEXT_SIZE / WORDS_SIZE) * WORDS_LINE + 3
        row += 1
    row += bool(table.below)
    if table.place_top is None and table.place:
        block.across(row, middle + 1, width, table.place, Style(size=WORDS_SIZE, italic=True))
        row += 1
    end = row + 4
    sides = ((1, middle), (middle + 1, width))
    for (left, right), title, signer in zip(sides, table.signatures, table.signers, strict=True):
        block.across(row, left, right, title, Style(size=12, bold=True))
        if "\n" in title:  # KT. over the one who signs
            block.heights[row] = (title.count("\n") + 1) * LINE_HEIGHT + 3
        if signer:
            end = row + SIGNER_BELOW
            block.across(end, left, right, signer, Style(size=12, bold=True))
    if table.recipients:
        block.across(end + 1, 1, middle, "Nơi nhận:", replace(LEFT, bold=True, italic=True))
        for step, name in enumerate(table.recipients, start=end + 2):
            block.across(step, 1, middle, name, LEFT)
        end += 1 + len(table.recipients)
    end += bool(table.recipients or any(table.signers))
    if table.is_signed:  # heights that are told, so that the pages can be foreseen
        for each in range(last + 1, end + 1):
            block.heights.setdefault(each, WORDS_LINE)
    return block, end


def lines_of(text: str, room: float) -> int:
    """How many lines `text` takes in a cell `room` characters wide, broken at spaces, and in a word that is longer."""
    most = room * CHARACTERS_PER_LINE
    if len(text) <= most and "\n" not in text:
        return 1
    lines = 0
    for part in text.split("\n"):
        used, lines = 0.0, lines + 1
        for word in part.split(" "):
            if used and used + len(word) > most:
                used, lines = 0.0, lines + 1
            used += len(word) + 1
            if len(word) > most:
                over, used = divmod(len(word), most)
                lines += int(over)
    return lines
