"""Two years side by side as tables: the matrix, why households left and came, who came back; tied to form 1."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from households.poverty import Classification
from households.poverty.between import AFTER, BEFORE, CLASSES, LONGEST, Stand
from households.poverty.movement import OTHER
from households.reports import disclosure, matrix, reasons, stock
from households.reports.matrix import Between, Count, Matrix
from households.reports.reasons import Section
from households.reports.rows import Figures, Period
from thanhsen import vietnamese
from thanhsen.tables import WITHHELD, Cell, Kind, Line

OF_CLASS = {Stand(each.value): each.label for each in Classification}
CAME_FROM = OF_CLASS | {
    Stand.UNCLASSED: "Chưa có phân loại",
    Stand.ELSEWHERE: "Chuyển đến",
    Stand.SPLIT: "Tách hộ",
}
WENT_TO = OF_CLASS | {
    Stand.UNCLASSED: "Không còn phân loại",
    Stand.ELSEWHERE: "Chuyển đi",
    Stand.DIED: "Hộ đơn thân chết",
    Stand.MERGED: "Nhập hộ khác",
    Stand.OTHER: "Ghi trùng, ghi nhầm",
}
TOTAL = "Tổng cộng"
LEADING = 3  # cells of a line of the matrix before its figures: number, name, what is counted
AWAY = ("Chưa đến 1 năm", "Từ 1 đến dưới 2 năm", "Từ 2 đến dưới 3 năm", "Từ 3 năm trở lên")
BACK = {Classification.POOR: "Tái nghèo", Classification.NEAR_POOR: "Tái cận nghèo"}
Where = disclosure.Place


@dataclass(frozen=True)
class Side:
    """A small table beside the matrix: lines of a label and figures, the first line the sum of each column."""

    title: str
    note: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Comparison:
    """`lines`: the matrix, three lines a row (households, people then, people now). `faults`: where it does not
    agree with form 1, as sentences. `restricted`: counts under 5 are hidden."""

    between: Between
    lines: tuple[Line, ...]
    left: tuple[Side, ...]
    came: tuple[Side, ...]
    returns: Side
    two_standards: Cell
    faults: tuple[str, ...]
    restricted: bool

    @property
    def rows(self) -> Iterator[tuple[str, str, list[tuple[Cell | None, ...]]]]:
        """(name, style, [(households, people on the first day, people on the second)]) as the screen shows them."""
        for row in range(0, len(self.lines), 3):
            lines = self.lines[row : row + 3]
            name, style = lines[0].cells[1], lines[0].style
            yield (
                name.text if name else "",
                style,
                list(zip(*(each.cells[LEADING:] for each in lines), strict=True)),
            )

    @property
    def is_empty(self) -> bool:
        return not any(cell and cell.is_number and cell.value for line in self.lines for cell in line.cells)


def compare(between: Between, *, restricted: bool = False) -> Comparison:
    """The comparison of two years of a place. Five queries. `restricted` hides counts under 5 and what they could
    be worked out from, through all the tables."""
    found = matrix.matrix(between)
    sections = reasons.sections(between)
    counts = reasons.counts(between, sections)
    lines = _matrix_lines(between, found)
    sides = [_side(each, counts) for each in sections]
    returns = _returns(matrix.returned(between))
    faults = _faults(
        between,
        found,
        *(stock.closing_stock(between.units, each) for each in (between.first, between.second)),
    )
    if restricted:
        lines, sides, returns = _hidden(lines, sections, sides, returns)
    return Comparison(
        between, lines,
        left=tuple(side for side, section in zip(sides, sections, strict=True) if section.groups != reasons.CAME),
        came=tuple(side for side, section in zip(sides, sections, strict=True) if section.groups == reasons.CAME),
        returns=returns, two_standards=_two_standards(found, restricted), faults=faults, restricted=restricted,
    )  # fmt: skip


def _two_standards(found: Matrix, restricted: bool) -> Cell:
    """Withheld from who may see no small count: it is a sum of parts of the matrix."""
    hide = restricted and found.two_standards > 0
    return Cell(WITHHELD if hide else found.two_standards, key=urlencode({"chuan": "hai"}))


def _matrix_lines(between: Between, found: Matrix) -> tuple[Line, ...]:
    lines: list[Line] = []
    for place, before in enumerate((*BEFORE, None), start=1):
        counts = [
            *((found.cell(before, after) if before else found.column(after), after) for after in AFTER),
            (found.row(before) if before else found.total, None),
        ]
        name = CAME_FROM[before] if before else TOTAL
        lead: tuple[Cell | None, ...] = (
            Cell(str(place) if before else "", Kind.TEXT, 3),
            Cell(name, Kind.TEXT, 3),
        )
        for what, figure in _figures(between):
            cells = [Cell(figure(count), key=_pair(before, after)) for count, after in counts]
            line = (*lead, Cell(what, Kind.TEXT), *cells)
            lines.append(Line(line, f"{name} – {what.lower()}", "unit" if before else "total"))
            lead = (None, None)
    return tuple(lines)


def _figures(between: Between):
    return (
        ("Hộ", lambda count: count.households),
        (f"Nhân khẩu cuối {between.first.year}", lambda count: count.people_before),
        (f"Nhân khẩu cuối {between.second.year}", lambda count: count.people_after),
    )


def _pair(before: Stand | None, after: Stand | None) -> str:
    return urlencode({key: each.value for key, each in (("tu", before), ("den", after)) if each})


def _side(section: Section, counts: Mapping[tuple[str, str], int]) -> Side:
    def line(code: str, label: str, style: str) -> Line:
        cells = (
            Cell(
                counts[group.code, code], key=urlencode({"nhom": group.code} | ({"vi": code} if code else {}))
            )
            for group in section.groups
        )
        return Line((Cell(label, Kind.TEXT), *cells), label, style)

    lines = (line("", "Tất cả", "total"), *(line(each.code, each.label, "unit") for each in section.reasons))
    return Side(section.title, section.note, tuple(each.label for each in section.groups), lines)


def _returns(found: Mapping[tuple[str, int], int]) -> Side:
    def line(years: int | None, label: str) -> Line:
        whole = range(LONGEST + 1) if years is None else (years,)
        cells = (
            Cell(
                sum(found.get((of.value, each), 0) for each in whole),
                key=urlencode({"tai": of.value} | ({} if years is None else {"nam": years})),
            )
            for of in OTHER
        )
        return Line((Cell(label, Kind.TEXT), *cells), label, "total" if years is None else "unit")

    lines = (line(None, "Tất cả"), *(line(years, label) for years, label in enumerate(AWAY)))
    note = "Tính từ ngày hộ ra khỏi loại ấy lần gần nhất đến ngày trở lại; mỗi hộ tính lần trở lại cuối cùng."
    return Side("Trở lại sau bao lâu", note, tuple(BACK.values()), lines)


def _faults(between: Between, found: Matrix, first: Figures, second: Figures) -> tuple[str, ...]:
    """Form 1 counts the same days on its own."""

    def of(period: Period, stand: Stand, count: Count, people: int, figures: Figures) -> Iterator[str]:
        for what, own, key in (("hộ", count.households, ""), ("nhân khẩu", people, "_people")):
            form = sum(row[stand.value + key] for row in figures.values())
            if own != form:
                yield (
                    f"{OF_CLASS[stand]} cuối năm {period.year}: bảng này có {vietnamese.number(own)} {what}, "
                    f"mẫu 1 có {vietnamese.number(form)}."
                )

    faults: list[str] = []
    for stand in CLASSES[:3]:  # form 1 has no column of those who are not poor
        row, column = found.row(stand), found.column(stand)
        faults += of(between.first, stand, row, row.people_before, first)
        faults += of(between.second, stand, column, column.people_after, second)
    return tuple(faults)


def _hidden(
    lines: tuple[Line, ...], sections: Sequence[Section], sides: Sequence[Side], returns: Side
) -> tuple[tuple[Line, ...], list[Side], Side]:
    """All the tables covered at once: a figure of one must not give away a figure of another."""
    board, starts = list(lines), []
    for side in (*sides, returns):
        starts.append(len(board))
        board += side.lines
    sums, links = [*_matrix_sums(lines)], [*_matrix_links(lines)]
    shown: dict[str, Where] = {}  # group → where its number first stands
    for section, start in zip(sections, starts[:-1], strict=True):
        for column, group in enumerate(section.groups, start=1):
            whole = (start, column)
            if section.apart:
                sums.append([whole, *((start + step, column) for step in range(1, len(section.reasons) + 1))])
            first = shown.setdefault(group.code, whole)
            links += [(first, whole), (whole, first)] if first != whole else []
            if first == whole:
                cells = (
                    (3 * BEFORE.index(before), LEADING + AFTER.index(after))
                    for before in group.before
                    for after in group.after
                )
                sums.append([whole, *cells])
    for column in range(1, len(returns.columns) + 1):
        sums.append([(starts[-1] + step, column) for step in range(len(returns.lines))])
    covered = disclosure.cover(board, disclosure.hidden(board, sums, links))
    ends = [*starts[1:], len(board)]
    tables = [
        replace(side, lines=covered[start:end])
        for side, start, end in zip((*sides, returns), starts, ends, strict=True)
    ]
    return covered[: len(lines)], tables[:-1], tables[-1]


def _matrix_sums(lines: Sequence[Line]) -> Iterable[list[Where]]:
    columns = range(LEADING, LEADING + len(AFTER) + 1)
    yield from ([(row, column) for column in columns] for row in range(len(lines)))
    for column in columns:
        yield from ([(row, column) for row in range(step, len(lines), 3)] for step in range(3))


def _matrix_links(lines: Sequence[Line]) -> Iterable[tuple[Where, Where]]:
    """Who may not see the households may not see their people. Those outside the place have no people in it."""
    for row, before in zip(range(0, len(lines), 3), (*BEFORE, None), strict=True):
        for column, after in enumerate((*AFTER, None), start=LEADING):
            for people, stand in ((row + 1, before), (row + 2, after)):
                if stand is None or stand in CLASSES:
                    yield (row, column), (people, column)
