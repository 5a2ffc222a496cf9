"""Where the headings stand in a sheet that a ward made, and the lines in it that are no record."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from households.exchange.imports.cells import Raw, shown
from households.exchange.imports.matching import How, key, meaning
from thanhsen import vietnamese
from thanhsen.legacy import decoded
from thanhsen.workbook.grid import Grid

LOOKED_AT = 30  # rows among which the headings are looked for
DEEPEST = 3  # rows of headings, one below the other, as on the official forms
WIDEST = 300
LONGEST = 150  # letters of a heading; a longer text is a note
NUMBERING = re.compile(r"\(?(\d{1,3}|[A-ZĐa-z])\)?(?:\s*=.*)?")
SUM = re.compile(
    r"tổng(?: (?:cộng|số).*)?|cộng(?: (?:lại|dồn|số|tổ|tdp|thôn|toàn|\d).*)?|(?:toàn|cả) (?:phường|xã)\b.*"
)
PLAIN_SUM = re.compile(r"tong(?: cong| so)?|cong|(?:toan|ca) (?:phuong|xa)")
PLACE = re.compile(r"(?:tổ|tdp|tổ dân phố|thôn|xóm|khối|khối phố|khu dân cư|khu phố|to dan pho)\b[ .:]*\S.*")
ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-H]|\d{1,3})\s*[.)/:\-]\s*")
ORDINAL_ALONE = re.compile(r"(?:[IVX]{1,5}|[A-H]|\d{1,3})[.)]?")
COUNTED = re.compile(r"\s*[:(,–-]\s*\d+\s*(?:hộ|khẩu|nhân khẩu|người)\b.*$", re.I)


@dataclass(frozen=True)
class Heading:
    """`rows`: those of the headings, and the one of column numbers under them. `columns`: column number → its text,
    where headings stand one below the other all of them, unless the lowest alone says what it is.
    """

    rows: tuple[int, ...] = ()
    columns: dict[int, str] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """The first row that may hold a record."""
        return self.rows[-1] + 1 if self.rows else 1


def find(grid: Grid, kind: str, remembered: Mapping[str, str]) -> Heading | None:
    """The headings among the first 30 rows: the rows that name the most columns of `kind` or, where none names two,
    the first that looks like headings. None where nothing does.
    """
    top = _Top(grid, kind, remembered)
    looked = range(1, min(grid.height, LOOKED_AT) + 1)
    best, most = None, 1
    for depth in range(1, DEEPEST + 1):  # the fewest rows first: a title over the headings is none
        for row in looked:
            found = top.heading(row, depth)
            if found and (named := top.named(found)) > most:
                best, most = found, named
    best = best or next((top.heading(row, 1) for row in looked if top.looks_like_headings(row)), None)
    if best is None:
        return None
    while len(best.rows) < DEEPEST and top.goes_on(best.rows[-1]):
        deeper = top.heading(best.rows[0], len(best.rows) + 1)
        if deeper is None:
            break
        best = deeper
    below = best.first_row
    return Heading((*best.rows, below), best.columns) if is_numbering(_row(grid, below)) else best


def is_numbering(values: Sequence[Raw]) -> bool:
    """Whether a row only numbers the columns, as official forms do: A, B, 1, 2, 3=1+2."""
    told = [text for value in values if (text := shown(value).strip())]
    found = [NUMBERING.fullmatch(text) for text in told]
    if len(told) < 3 or not all(found):
        return False
    numbers = [int(each[1]) for each in found if each and each[1].isdigit()]
    letters = [ord(each[1].upper()) - 64 for each in found if each and not each[1].isdigit()]
    runs = [run for run in (letters, numbers) if run]
    return all(run[0] == 1 and all(after == before + 1 for before, after in pairwise(run)) for run in runs)


def is_sum(grid: Grid, row: int) -> bool:
    """Whether a line adds others up ("Tổng cộng"): it is left out. Told by the first two texts of the line."""
    told = (place for place in range(1, grid.width + 1) if _is_word(grid.value(row, place)))
    return any(_adds_up(vietnamese.clean(_text_in(grid, row, place))) for place in islice(told, 2))


def section(grid: Grid, row: int) -> str:
    """The tổ dân phố that a line only names, for the lines below it; "" for any other line.

    Such a line holds one cell, or a number and one cell; it begins as such names do, or is merged across columns.
    """
    told = (place for place in range(1, grid.width + 1) if grid.value(row, place) not in (None, ""))
    places = list(islice(told, 3))
    if not 1 <= len(places) <= 2:
        return ""
    filled = [(place, vietnamese.clean(_text_in(grid, row, place))) for place in places]
    if len(filled) == 2 and ORDINAL_ALONE.fullmatch(filled[0][1]):
        del filled[0]
    if len(filled) != 1 or _adds_up(filled[0][1]):
        return ""
    column, text = filled[0]
    named = COUNTED.sub("", ORDINAL.sub("", text, count=1)).strip(" :.")
    is_place = PLACE.fullmatch(named.casefold()) is not None
    return named if is_place or _is_across(grid, row, column) else ""


def repeats(grid: Grid, row: int, heading: Heading) -> bool:
    """Whether a line is a row of the headings again, as at the top of every printed page."""
    first = next(
        (column for column in range(1, grid.width + 1) if grid.value(row, column) not in (None, "")), 0
    )
    if not any(grid.value(row, first) == grid.value(each, first) for each in heading.rows):
        return False
    told = [shown(value) for value in grid.row(row)]
    return sum(map(bool, told)) > 1 and any(
        told == [shown(value) for value in grid.row(each)] for each in heading.rows
    )


def _is_word(value: Raw) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _adds_up(text: str) -> bool:
    """Tống and Tòng are family names, so marks count where other words follow."""
    told = text.casefold().rstrip(" :.")
    return bool(SUM.fullmatch(told) or PLAIN_SUM.fullmatch(told))


def _row(grid: Grid, row: int) -> list[Raw]:
    """The values of a row, its texts in Unicode: headings too are written in fonts of before it."""
    return [_value(grid, row, column) for column in range(1, min(grid.width, WIDEST) + 1)]


def _value(grid: Grid, row: int, column: int) -> Raw:
    value = grid.value(row, column)
    if isinstance(value, str):
        return decoded(value, grid.oddities.codings.get((row, column), ""))[0]
    return value


def _text_in(grid: Grid, row: int, column: int) -> str:
    return shown(_value(grid, row, column))


def _is_across(grid: Grid, row: int, column: int) -> bool:
    return any(
        top <= row <= bottom and left <= column <= right and right > left
        for top, left, bottom, right in grid.merged
    )


class _Top:
    """The first rows of a sheet, and what stands in them as headings."""

    def __init__(self, grid: Grid, kind: str, remembered: Mapping[str, str]):
        self.kind, self.remembered = kind, remembered
        self.height = grid.height
        self.rows = {row: _row(grid, row) for row in range(1, min(grid.height, LOOKED_AT + DEEPEST) + 1)}
        self.merged = [each for each in grid.merged if each[0] <= LOOKED_AT + DEEPEST]

    def heading(self, row: int, depth: int) -> Heading | None:
        """The rows from `row` as headings; None where they hold what is no heading."""
        rows = range(row, row + depth)
        if rows[-1] not in self.rows or not all(
            self._is_text(each) and any(self.rows[each]) and not is_numbering(self.rows[each])
            for each in rows
        ):
            return None
        columns = {}
        for place in range(len(self.rows[row])):
            parts = [part for each in rows if (part := self._text(each, place, rows[-1]))]
            if parts:
                columns[place + 1] = self._said(list(dict.fromkeys(parts)))
        return Heading(tuple(rows), columns) if columns else None

    def named(self, heading: Heading) -> int:
        """How many headings are understood: columns of the list, and those the ward said to leave out."""
        known = [(text, *meaning(text, self.kind, self.remembered)) for text in heading.columns.values()]
        left_out = {key(text) for text, name, how in known if not name and how is How.REMEMBERED}
        return len({name for _, name, _ in known} - {""}) + len(left_out)

    def looks_like_headings(self, row: int) -> bool:
        told = [shown(value).strip() for value in self.rows[row] if value is not None]
        told = [each for each in told if each]
        return len(told) >= 3 and self._is_text(row) and len(set(told)) == len(told) and row < self.height

    def goes_on(self, last: int) -> bool:
        """Whether the row below still belongs to the headings: a heading is merged down into it, or all that it holds
        stands under headings merged across.
        """
        if any(top <= last < bottom for top, _, bottom, _ in self.merged):
            return True
        below = self.rows.get(last + 1, [])
        filled = [place for place, value in enumerate(below, start=1) if value is not None]
        across = [
            (left, right) for top, left, bottom, right in self.merged if bottom == last and right > left
        ]
        return bool(filled) and all(any(left <= place <= right for left, right in across) for place in filled)

    def _is_text(self, row: int) -> bool:
        """Years as headings are numbers in a sheet; anything else that is no short text is a record."""
        return all(
            value is None
            or (isinstance(value, str) and len(value) <= LONGEST)
            or (type(value) is int and 2000 <= value <= 2100)
            for value in self.rows[row]
        )

    def _text(self, row: int, place: int, last: int) -> str:
        own = vietnamese.clean(shown(self.rows[row][place]))
        if own or row == last:
            return own
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= place + 1 <= right:
                return vietnamese.clean(shown(self.rows[top][left - 1])) if top in self.rows else ""
        if not shown(self.rows[last][place]).strip():
            return ""
        # Not merged, but left empty beside the heading that stands over several.
        for before in range(place - 1, -1, -1):
            if text := vietnamese.clean(shown(self.rows[row][before])):
                return text if shown(self.rows[last][before]).strip() else ""
        return ""

    def _said(self, parts: list[str]) -> str:
        whole = " ".join(parts)
        return next((text for text in (whole, parts[-1]) if self._meaning(text)), whole)

    def _meaning(self, text: str) -> str:
        return meaning(text, self.kind, self.remembered)[0]
