"""Form 8: the poor and the near-poor by groups of people. Headings in rows 6–7, numbers in row 8."""

from households.poverty import Classification
from households.reports.composition import GROUPS, LISTED, by_group
from households.reports.forms import words
from households.reports.official.parts import (
    HOUSEHOLDS,
    PEOPLE,
    Filling,
    Job,
    column_sums,
    counted,
    line,
    text,
    whole,
    zero_check,
)
from thanhsen.tables import Cell, Check, Column, Heading, Kind, letter

NAMES = {
    "minority": "Dân tộc thiểu số",
    "no_labour": "Không có khả năng lao động",
    "merit": "Người có công với cách mạng",
    "other": "Khác (không thuộc ba nhóm)",
}
PER_CLASS = 1 + len(GROUPS)
FIRST = 3  # index of the first figure


def fill(job: Job) -> Filling:
    lines = []
    for place in job.places:
        for what, suffix in ((HOUSEHOLDS, ""), (PEOPLE, "_people")):
            lead = (text(place.number, 2), text(place.name, 2)) if what == HOUSEHOLDS else (None, None)
            keys = [
                f"{of.value}{group}{suffix}"
                for of in LISTED
                for group in ("", *(f"_{each}" for each in GROUPS))
            ]
            cells = [Cell(job.sum(place, key), key=key) for key in keys]
            lines.append(line(place, *lead, text(what), *cells, name=f"{place.name} – {what.lower()}"))
    columns = range(FIRST, FIRST + 2 * PER_CLASS)
    blocks = [columns[:PER_CLASS], columns[PER_CLASS:]]
    by_column = [
        each for column in columns for step in (0, 1) for each in column_sums(job.places, column, 2, step)
    ]
    return Filling(
        lines,
        # The groups overlap, so that they do not add up to the whole; where they happen not to, they would.
        sums=[*([(row, at) for at in block] for row in range(len(lines)) for block in blocks), *by_column],
        links=[((row, at), (row + 1, at)) for row in range(0, len(lines), 2) for at in columns],
        headings=_headings(),
        columns=_columns(),
        checks=tuple(_check(of, block[0]) for of, block in zip(LISTED, blocks, strict=True)),
        title_top=5,
        place_top=4,
        numbers_top=8,
    )


def _check(of: Classification, first: int) -> Check:
    """Nobody is in no group: the groups, `khác` with them, cover the whole."""
    start, left, right = letter(first + 1), letter(first + 2), letter(first + PER_CLASS)
    return zero_check(
        f"{of.label}: kiểm tra (bằng 0 thì khớp)",
        f"MAX(0,{start}{{r}}-SUM({left}{{r}}:{right}{{r}}))",
        lambda each: max(
            0, whole(each, first) - sum(whole(each, first + step) for step in range(1, PER_CLASS))
        ),
        f"Dòng “{{line}}”: {{value}} {words(of)} không thuộc nhóm nào.",
    )


def _headings() -> tuple[Heading, ...]:
    found = [
        Heading("TT", 6, 1, rows=2),
        Heading("Khu vực/Đơn vị", 6, 2, rows=2),
        Heading("Phân tổ", 6, 3, rows=2),
    ]
    for block, of in enumerate(LISTED):
        left = FIRST + 1 + block * PER_CLASS
        found.append(Heading(f"Tổng số {words(of)}", 6, left, rows=2))
        found.append(Heading(f"{of.label} theo nhóm đối tượng", 6, left + 1, columns=len(GROUPS)))
        found += [Heading(NAMES[group], 7, left + 1 + place) for place, group in enumerate(GROUPS)]
    return tuple(found)


def _columns() -> tuple[Column, ...]:
    lead = (Column(Kind.TEXT, 5, "A"), Column(Kind.TEXT, 26, "B"), Column(Kind.TEXT, 11, "C"))
    return lead + tuple(Column(Kind.COUNT, 11, str(number)) for number in range(1, 2 * PER_CLASS + 1))


RECIPE = counted(lambda form, standard: {**by_group(LISTED[0]), **by_group(LISTED[1])}, fill)
