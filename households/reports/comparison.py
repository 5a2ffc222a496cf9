"""Two years side by side as tables: the matrix, why households left and came, who came back; tied to form 1."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from households.poverty import Classification
from households.poverty.between import AFTER, BEFORE, LONGEST, Stand
from households.poverty.movement import OTHER
from households.reports import matrix, reasons, stock
from households.reports.comparison_hidden import IN_FORM_1, LEADING, Side, covered
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
AWAY = ("Chưa đến 1 năm", "Từ 1 đến dưới 2 năm", "Từ 2 đến dưới 3 năm", "Từ 3 năm trở lên")
BACK = {Classification.POOR: "Tái nghèo", Classification.NEAR_POOR: "Tái cận nghèo"}


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
        lines, (*sides, returns) = covered(lines, sections, [*sides, returns])
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
    for stand in IN_FORM_1:
        row, column = found.row(stand), found.column(stand)
        faults += of(between.first, stand, row, row.people_before, first)
        faults += of(between.second, stand, column, column.people_after, second)
    return tuple(faults)
