"""Form 9 (7.9): by the head's ethnicity. Title in row 5, headings in rows 6–7, numbers in row 8; a column per group present."""

from collections.abc import Sequence

from households.models.people import KINH, Ethnicity
from households.poverty import Classification, Standard
from households.reports.composition import LISTED, OTHERS, by_ethnicity, ethnic_figure, ethnic_keys
from households.reports.forms import Form, words
from households.reports.held import Members, Scope, members
from households.reports.official.parts import (
    Filling,
    Job,
    Recipe,
    column_sums,
    line,
    text,
    whole,
    zero_check,
)
from households.reports.rows import Figures
from thanhsen.tables import Cell, Check, Column, Heading, Kind, letter

FIRST = 2  # index of the first figure
LEAD = 3  # columns of a class before its groups: all, without the Kinh, the Kinh


def fill(job: Job) -> Filling:
    groups = _present(job)
    keys = [f"{of.value}-{group}" for of in LISTED for group in ("all", "not_kinh", KINH, *groups, OTHERS)]
    lines = [
        line(
            place, text(place.number), text(place.name), *(Cell(job.sum(place, key), key=key) for key in keys)
        )
        for place in job.places
    ]
    width = LEAD + len(groups) + 1
    starts = [FIRST, FIRST + width]
    rows = range(len(lines))
    by_row = [[(row, start + step) for step in range(LEAD)] for row in rows for start in starts]
    by_row += [
        [(row, start + 1), *((row, start + step) for step in range(LEAD, width))]
        for row in rows
        for start in starts
    ]
    by_column = [
        each for column in range(FIRST, FIRST + 2 * width) for each in column_sums(job.places, column)
    ]
    return Filling(
        lines,
        sums=[*by_row, *by_column],
        links=[],
        headings=_headings(groups, width),
        columns=_columns(len(groups), width),
        checks=tuple(_check(of, start, width) for of, start in zip(LISTED, starts, strict=True)),
        title_top=5,
        place_top=4,
        numbers_top=8,
    )


def _present(job: Job) -> list[str]:
    """The groups, in their official order, that any household of the report belongs to."""
    codes = [code for code in Ethnicity.values if code not in {KINH, "55", "99"}]
    return [
        code
        for code in codes
        if any(figures[f"{of.value}-{code}"] for figures in job.figures.values() for of in LISTED)
    ]


def _check(of: Classification, start: int, width: int) -> Check:
    """1 − 3 − Σ groups = 0."""
    total, kinh = letter(start + 1), letter(start + LEAD)
    left, right = letter(start + LEAD + 1), letter(start + width)
    return zero_check(
        f"{of.label}: kiểm tra (bằng 0 thì khớp)",
        f"{total}{{r}}-{kinh}{{r}}-SUM({left}{{r}}:{right}{{r}})",
        lambda each: (
            whole(each, start)
            - whole(each, start + LEAD - 1)
            - sum(whole(each, start + step) for step in range(LEAD, width))
        ),
        f"Dòng “{{line}}”: tổng số {words(of)} lệch {{value}} so với các dân tộc cộng lại.",
    )


def _headings(groups: Sequence[str], width: int) -> tuple[Heading, ...]:
    found = [Heading("TT", 6, 1, rows=2), Heading("Khu vực/Đơn vị", 6, 2, rows=2)]
    for block, of in enumerate(LISTED):
        left = FIRST + 1 + block * width
        names = ["Tổng số (trừ DT Kinh)", "Kinh", *(Ethnicity(code).label for code in groups), "Khác"]
        found.append(Heading(f"Tổng số {words(of)}", 6, left, rows=2))
        found.append(Heading(f"{of.label} dân tộc thiểu số", 6, left + 1, columns=width - 1))
        found += [Heading(name, 7, left + 1 + place) for place, name in enumerate(names)]
    return tuple(found)


def _columns(groups: int, width: int) -> tuple[Column, ...]:
    found = [Column(Kind.TEXT, 5, "A"), Column(Kind.TEXT, 26, "B")]
    for first in (1, 1 + width):
        numbers = [str(first), f"{first + 1}={first}-{first + 2}", *map(str, range(first + 2, first + width))]
        found += [Column(Kind.COUNT, 10, number) for number in numbers]
    return tuple(found)


def _figures(scope: Scope, form: Form, standard: Standard) -> Figures:
    return by_ethnicity(scope)


def _members(scope: Scope, form: Form, standard: Standard) -> Members:
    return members(scope, {key: ethnic_figure(key) for key in ethnic_keys()})


RECIPE = Recipe(_figures, _members, fill)
