"""Forms 2 and 3 (7.2, 7.3): headings in rows 6–8, numbers in row 9; each place has a line of households and one of people."""

from households.poverty import Classification, Standard
from households.poverty.movement import Flow
from households.reports import checks, movement
from households.reports.forms import Form, words
from households.reports.held import Members, Scope
from households.reports.official.parts import (
    HOUSEHOLDS,
    PEOPLE,
    Filling,
    Job,
    Recipe,
    column_sums,
    line,
    text,
)
from households.reports.rows import Figures
from thanhsen.tables import Cell, Column, Heading, Kind

POOR = Classification.POOR


def fill(job: Job) -> Filling:
    of = job.form.of_class
    lines = []
    for place in job.places:
        for what, suffix in ((HOUSEHOLDS, ""), (PEOPLE, movement.PEOPLE)):
            lead = (text(place.number, 2), text(place.name, 2)) if what == HOUSEHOLDS else (None, None)
            keys = [flow.value + suffix for flow in Flow]
            cells = [Cell(job.sum(place, key), key=key) for key in keys]
            lines.append(line(place, *lead, text(what), *cells, name=f"{place.name} – {what.lower()}"))
    columns = range(3, 3 + len(Flow))
    by_row = [[(row, column) for column in columns] for row in range(len(lines))]
    by_column = [
        each for column in columns for step in (0, 1) for each in column_sums(job.places, column, 2, step)
    ]
    return Filling(
        lines,
        sums=[*by_row, *by_column],
        links=[((row, at), (row + 1, at)) for row in range(0, len(lines), 2) for at in columns],
        headings=_headings(of),
        columns=_columns(),
        checks=checks.movement_check(of),
        title_top=5,
        place_top=4,
        numbers_top=9,
    )


def _figures(scope: Scope, form: Form, standard: Standard) -> Figures:
    return movement.flows(scope.units, scope.period, form.of_class, scope.basis)


def _members(scope: Scope, form: Form, standard: Standard) -> Members:
    return movement.members(scope, form.of_class)


def _headings(of: Classification) -> tuple[Heading, ...]:
    name = words(of)
    poor = of is POOR
    authority = "(theo Quyết định phê duyệt của cấp có thẩm quyền)"
    return (
        Heading("TT", 6, 1, rows=4),
        Heading("Khu vực/Địa bàn", 6, 2, rows=4),
        Heading("Phân tổ", 6, 3, rows=4),
        Heading(f"Tổng số {name} đầu năm {authority}", 6, 4, rows=3),
        Heading(f"Diễn biến giảm số {name}", 6, 5, columns=3),
        Heading("Số hộ thoát nghèo" if poor else "Số hộ thoát cận nghèo", 7, 5, columns=2),
        Heading("Trở thành hộ cận nghèo" if poor else "Trở thành hộ nghèo", 8, 5),
        Heading("Vượt chuẩn cận nghèo", 8, 6),
        Heading(
            f"Nguyên nhân: thay đổi nhân khẩu, {name} đơn thân chết đi, chuyển đi nơi khác, tách, nhập với hộ khác,…",
            7, 7, rows=2,
        ),
        Heading(f"Diễn biến tăng số {name}", 6, 8, columns=4),
        Heading(
            "Số hộ cận nghèo trở thành hộ nghèo" if poor else "Số hộ nghèo trở thành hộ cận nghèo", 7, 8, rows=2
        ),
        Heading(
            "Số hộ ngoài danh sách hộ nghèo, hộ cận nghèo gặp khó khăn đột xuất trong năm", 7, 9, columns=2
        ),
        Heading("Tái nghèo" if poor else "Tái cận nghèo", 8, 9),
        Heading("Phát sinh mới", 8, 10),
        Heading("Nguyên nhân: thay đổi nhân khẩu, chuyển đến, tách, nhập với hộ khác,...", 7, 11, rows=2),
        Heading(f"Tổng số {name} cuối năm {authority}", 6, 12, rows=3),
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    first = (Column(Kind.TEXT, 5), Column(Kind.TEXT, 26), Column(Kind.TEXT, 11))
    return first + tuple(Column(Kind.COUNT, 13, str(number)) for number in range(1, 10))


RECIPE = Recipe(_figures, _members, fill)
