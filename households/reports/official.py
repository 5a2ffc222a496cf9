"""The figures laid into the official forms: `build` gives the table that the screen and the workbook show."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from households.poverty import Standard
from households.poverty.movement import Flow
from households.reports import checks, deprivation, disclosure, movement, stock
from households.reports import forms as official
from households.reports.errors import ReportError
from households.reports.forms import FORMS, Content, Form, words
from households.reports.rows import Figures, Period, Place, Unit, alone, grouped, units
from thanhsen import vietnamese
from thanhsen.models import Area
from thanhsen.tables import Cell, Kind, Line, Table

HOUSEHOLDS, PEOPLE = "Hộ", "Nhân khẩu"
Where = disclosure.Place


@dataclass(frozen=True)
class _Body:
    """The lines of a form, what they add up to, and what may not be shown without the other."""

    lines: list[Line]
    sums: list[list[Where]]
    links: list[tuple[Where, Where]]


def build(form: int, year: int, area: Area, *, restricted: bool = False) -> Table:
    """Form 1–7 of a year, of a ward or of one tổ dân phố, filled in from the statuses that decisions made.

    Counts are households or people, rates percent with two decimals (half up), None where there is no
    denominator. `restricted` hides counts under 5. Six queries at most. ReportError (a Vietnamese sentence)
    for a form or year that does not exist, an area that is a province or has no tổ dân phố in the year.
    Layout: Thông tư 07/2021/TT-BLĐTBXH, see `forms`.
    """
    if form not in FORMS:
        raise ReportError(f"Không có mẫu số {form}. Các mẫu lập được: từ 1 đến {max(FORMS)}.")
    chosen, period = FORMS[form], Period(year)
    standard = period.standard
    rows = units(area, period)
    if not rows:
        raise ReportError(
            f"{area.name} không có tổ dân phố nào trong năm {year}. Chọn năm khác, hoặc nhập tổ dân phố ở phần Địa bàn."
        )
    ward = area.parent if area.is_group else area
    assert ward is not None
    split = chosen.content is not Content.STOCK
    last = "Tổng cộng I + II" if split else "TỔNG CỘNG"
    places = alone(rows[0]) if area.is_group else grouped(rows, always_split=split, last_name=last)
    table = _FILL[chosen.content](chosen, period, standard, rows, places, restricted)
    return replace(
        table,
        name=f"mau-{form:02d}-{_plain(area.code)}-{year}",
        authority=_authority(ward),
        title=(*table.title, area.name) if area.is_group else table.title,
        subtitle=_attached(ward) if chosen.content is Content.STOCK else "",
        place=f"{_bare(ward.name)}, ngày …… tháng …… năm ……",
        notes=(*table.notes, *_draft(standard)),
        restricted=restricted,
    )


def _stock(
    form: Form, period: Period, standard: Standard, rows: list[Unit], places: list[Place], restricted: bool
) -> Table:
    figures = stock.closing_stock(rows, period)
    lines = []
    for place in places:
        cells = [_text(place.number), _text(place.name), Cell(place.households), Cell(place.people)]
        for suffix, whole in (("", place.households), ("_people", place.people)):
            for each in stock.CLASSES:
                count = place.sum(figures, each.value + suffix)
                cells += [Cell(count), Cell(place.rate(count, whole), Kind.RATE)]
        lines.append(Line(tuple(cells), place.name, place.style))
    counts = range(4, 16, 2)
    body = _Body(
        lines,
        sums=[each for column in counts for each in _column_sums(places, column)],
        links=[((row, at), (row, at + 1)) for row in range(len(lines)) for at in counts],
    )
    return _table(
        form, period, body, restricted,
        title_top=4, place_top=None, numbers_top=checks.STOCK_TOP - 1,
        headings=official.stock_headings(), columns=official.stock_columns(),
        checks=checks.stock_checks(places, period.year),
    )  # fmt: skip


def _movement(
    form: Form, period: Period, standard: Standard, rows: list[Unit], places: list[Place], restricted: bool
) -> Table:
    assert form.of is not None
    figures = movement.flows(rows, period, form.of)
    lines = []
    for place in places:
        for what, suffix in ((HOUSEHOLDS, ""), (PEOPLE, movement.PEOPLE)):
            lead = (_text(place.number, 2), _text(place.name, 2)) if what == HOUSEHOLDS else (None, None)
            cells = (Cell(place.sum(figures, flow.value + suffix)) for flow in Flow)
            line = (*lead, _text(what), *cells)
            lines.append(Line(line, f"{place.name} – {what.lower()}", place.style))
    columns = range(3, 3 + len(Flow))
    body = _Body(
        lines,
        sums=[
            *([(row, column) for column in columns] for row in range(len(lines))),
            *(
                each
                for column in columns
                for step in (0, 1)
                for each in _column_sums(places, column, 2, step)
            ),
        ],
        links=[((row, at), (row + 1, at)) for row in range(0, len(lines), 2) for at in columns],
    )
    return _table(
        form, period, body, restricted,
        title_top=5, place_top=4, numbers_top=9,
        headings=official.movement_headings(form.of), columns=official.movement_columns(),
        checks=checks.movement_check(form.of),
    )  # fmt: skip


def _lacking(
    form: Form, period: Period, standard: Standard, rows: list[Unit], places: list[Place], restricted: bool
) -> Table:
    assert form.of is not None
    rates = form.content is Content.LACKING_RATES
    figures = deprivation.lacking(rows, period, form.of, standard)
    codes = (deprivation.HOUSEHOLDS, *standard.codes)
    lines = [_lacking_line(place, [place.sum(figures, code) for code in codes]) for place in places]
    columns = range(2, 2 + len(codes))
    body = _Body(
        lines,
        sums=[each for column in columns for each in _column_sums(places, column)],
        links=[((row, 2), (row, at)) for row in range(len(lines)) for at in columns if at > 2],
    )
    places_hidden = disclosure.hidden(lines, body.sums, body.links) if restricted else set()
    if rates:
        lines = [_rates(line) for line in lines]
    top = 5 if rates else 6
    count = len(standard.indicators)
    table = _table(
        form, period, replace(body, lines=list(disclosure.cover(lines, places_hidden))), False,
        title_top=top - 1, place_top=None if rates else 4, numbers_top=top + 1,
        headings=official.lacking_headings(form, standard, top), columns=official.lacking_columns(form, standard),
        checks=checks.lacking_checks(form.of, count, standard.lacking_cutoff, rates=rates),
    )  # fmt: skip
    return replace(table, notes=_by_another_standard(figures, form, standard))


def _lacking_line(place: Place, counts: list[int]) -> Line:
    cells = (_text(place.number), _text(place.name), *map(Cell, counts))
    return Line(cells, place.name, place.style)


def _rates(line: Line) -> Line:
    """The same line with each count over the households of the class, in percent."""
    number, name, whole, *counts = line.cells
    assert whole is not None
    base = whole.value if isinstance(whole.value, int) else None
    rates = (
        Cell(vietnamese.rate(each.value, base), Kind.RATE)
        for each in counts
        if each and isinstance(each.value, int)
    )
    return replace(line, cells=(number, name, whole, *rates))


_FILL: dict[Content, Callable[..., Table]] = {
    Content.STOCK: _stock,
    Content.MOVEMENT: _movement,
    Content.LACKING: _lacking,
    Content.LACKING_RATES: _lacking,
}


def _table(form: Form, period: Period, body: _Body, restricted: bool, **layout) -> Table:
    lines = tuple(body.lines)
    if restricted:
        lines = disclosure.cover(lines, disclosure.hidden(lines, body.sums, body.links))
    title = f"{form.name} năm {period.year}".replace("trong năm năm", "trong năm").upper()
    return Table(
        name="",
        form_line=form.line,
        authority=(),
        motto_top=2,
        title=(title, form.note) if form.note else (title,),
        lines=lines,
        **layout,
    )


def _column_sums(places: list[Place], column: int, lines: int = 1, step: int = 0) -> list[list[Where]]:
    """Which figures of a column add up: the units to their group, the groups (or all units) to the total."""
    at = [(index * lines + step, column) for index in range(len(places))]
    groups: list[list[Where]] = []
    for place, where in zip(places, at, strict=True):
        if place.style == "group":
            groups.append([where])
        elif place.style == "unit" and groups:
            groups[-1].append(where)
    if places[-1].style != "total":
        return groups
    parts = [each[0] for each in groups] or at[:-1]
    return [*groups, [*parts, at[-1]]]


def _by_another_standard(figures: Figures, form: Form, standard: Standard) -> tuple[str, ...]:
    count = sum(each[deprivation.ELSEWHERE] for each in figures.values())
    if not count or form.of is None:
        return ()
    return (
        f"{vietnamese.number(count)} {words(form.of)} có quyết định theo chuẩn khác {standard.title}; "
        "các chỉ số thiếu hụt của những hộ này không có trong bảng.",
    )


def _draft(standard: Standard) -> tuple[str, ...]:
    return (f"{standard.title} còn là dự thảo, chưa dùng để quyết định.",) if standard.draft else ()


def _text(value: str, rows: int = 1) -> Cell:
    return Cell(value, Kind.TEXT, rows)


def _plain(code: str) -> str:
    """A code as it can stand in the name of a file."""
    return re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-") or "dia-ban"


_KINDS = ("tỉnh", "thành phố", "phường", "xã", "thị trấn", "đặc khu")


def _bare(name: str) -> str:
    """Phường Thành Sen → Thành Sen."""
    for kind in _KINDS:
        if name.lower().startswith(f"{kind} "):
            return name[len(kind) + 1 :]
    return name


def _authority(ward: Area) -> tuple[str, str]:
    province = ward.parent
    assert province is not None
    above = province.name if province.name != _bare(province.name) else f"Tỉnh {province.name}"
    return f"UBND {above}".upper(), f"UBND {ward.name}".upper()


def _attached(ward: Area) -> str:
    name = ward.name[0].lower() + ward.name[1:]
    return f"(Kèm theo Báo cáo số ……/BC-UBND ngày …… tháng …… năm …… của UBND {name})"
