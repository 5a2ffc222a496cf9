"""Form 11: the children of the poor and the near-poor, and what they lack. Counts children, not households."""

from households.poverty import Classification
from households.reports.forms import words
from households.reports.hardship import CHILDREN, LISTED, children
from households.reports.held import Figure
from households.reports.official.parts import (
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

FIRST = 2
NAMES = {
    "children": "Tổng số trẻ em",
    "unhealthy": "Trẻ em thiếu hụt y tế (BHYT, dinh dưỡng)",
    "unschooled": "Trẻ em thiếu hụt giáo dục (tình trạng đi học)",
}


def fill(job: Job) -> Filling:
    keys = [f"{of.value}-{key}" for of in LISTED for key in CHILDREN]
    lines = [
        line(
            place, text(place.number), text(place.name), *(Cell(job.sum(place, key), key=key) for key in keys)
        )
        for place in job.places
    ]
    columns = range(FIRST, FIRST + len(keys))
    return Filling(
        lines,
        sums=[each for at in columns for each in column_sums(job.places, at)],
        links=[],
        headings=_headings(),
        columns=_columns(),
        checks=tuple(_check(of, FIRST + place * len(CHILDREN)) for place, of in enumerate(LISTED)),
        title_top=5,
        place_top=4,
        numbers_top=8,
        notes=(
            "Trẻ em là người dưới 16 tuổi tính đến ngày rà soát. Thiếu hụt y tế: suy dinh dưỡng, hoặc từ đủ 6 tuổi mà chưa có "
            "BHYT (một em chỉ tính một lần). Thiếu hụt giáo dục: từ 3 đến dưới 16 tuổi không học đúng bậc.",
        ),
    )


def _check(of: Classification, first: int) -> Check:
    """Who lacks something is one of the children."""
    total, left, right = (letter(first + step) for step in (1, 2, 3))
    return zero_check(
        f"{of.label}: kiểm tra (bằng 0 thì khớp)",
        f"MAX(0,MAX({left}{{r}}:{right}{{r}})-{total}{{r}})",
        lambda each: max(0, max(whole(each, first + 1), whole(each, first + 2)) - whole(each, first)),
        f"Dòng “{{line}}”: số trẻ em thiếu hụt của {words(of)} nhiều hơn tổng số trẻ em {{value}}.",
    )


def _headings() -> tuple[Heading, ...]:
    found = [Heading("TT", 6, 1, rows=2), Heading("Khu vực/Đơn vị", 6, 2, rows=2)]
    for block, of in enumerate(LISTED):
        left = FIRST + 1 + block * len(CHILDREN)
        found.append(Heading(f"Trẻ em thuộc {words(of)}", 6, left, columns=len(CHILDREN)))
        found += [Heading(name, 7, left + place) for place, name in enumerate(NAMES.values())]
    return tuple(found)


def _columns() -> tuple[Column, ...]:
    lead = (Column(Kind.TEXT, 5, "A"), Column(Kind.TEXT, 30, "B"))
    return lead + tuple(Column(Kind.COUNT, 15, str(number)) for number in range(1, 2 * len(CHILDREN) + 1))


def _wanted() -> dict[str, Figure]:
    return {f"{of.value}-{key}": figure for of in LISTED for key, figure in children(of).items()}


RECIPE = counted(lambda form, standard: _wanted(), fill)
