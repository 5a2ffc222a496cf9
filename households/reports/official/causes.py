"""Form 10 (7.10): by the causes of poverty. Title in row 6, headings in rows 7–8, numbers in row 9; three lines a place."""

from households.models import Cause
from households.reports.forms import words
from households.reports.hardship import LISTED, UNEXPLAINED, causes
from households.reports.held import Figure
from households.reports.official.parts import Filling, Job, column_sums, counted, line, text
from thanhsen import vietnamese
from thanhsen.tables import Cell, Check, Column, Heading, Kind, Line

# The words of the form, one by one.
WORDS = {
    Cause.LAND: "Không có đất sản xuất",
    Cause.CAPITAL: "Không có vốn sản xuất, kinh doanh",
    Cause.LABOUR: "Không có lao động",
    Cause.TOOLS: "Không có công cụ/phương tiện sản xuất",
    Cause.KNOWLEDGE: "Không có kiến thức về sản xuất",
    Cause.SKILLS: "Không có kỹ năng lao động, sản xuất",
    Cause.ILLNESS: "Có người ốm đau, bệnh nặng, tai nạn...",
    Cause.OTHER: "Nguyên nhân khác (ghi rõ)",
}
FIRST = 2
LINES = 1 + len(LISTED)


def fill(job: Job) -> Filling:
    lines: list[Line] = []
    unexplained: dict[tuple[str, str], int] = {}
    for place in job.places:
        for of in (None, *LISTED):
            prefix = f"{of.value}-" if of else ""
            lead = (text(place.number), text(place.name)) if of is None else (text(""), text(f"- {of.label}"))
            cells = [Cell(job.sum(place, prefix + each.value), key=prefix + each.value) for each in Cause]
            name = f"{place.name} – {words(of)}" if of else place.name
            lines.append(line(place, *lead, *cells, name=name))
            unexplained[_which(lines[-1])] = job.sum(place, prefix + UNEXPLAINED)
    columns = range(FIRST, FIRST + len(Cause))
    rows = range(len(lines))
    return Filling(
        lines,
        sums=[
            *([(row + step, at) for step in range(LINES)] for row in rows[::LINES] for at in columns),
            *(
                each
                for at in columns
                for step in range(LINES)
                for each in column_sums(job.places, at, LINES, step)
            ),
        ],
        links=[],
        headings=_headings(),
        columns=_columns(),
        checks=(_parts(), _unexplained(unexplained)),
        title_top=6,
        place_top=4,
        numbers_top=9,
    )


def _which(each: Line) -> tuple[str, str]:
    return each.place, each.name


def _parts() -> Check:
    """The line of a place is the sum of its two lines; those two have nothing to be held against."""

    def formula(each: Line, row: int) -> str:
        of_a_class = str(each.value(1)).startswith("- ")
        return "0" if of_a_class else f"SUM(C{row}:J{row})-SUM(C{row + 1}:J{row + 2})"

    return Check("Nghèo + cận nghèo (bằng 0 thì khớp)", formula, lambda each: 0, lambda each: None)


def _unexplained(found: dict[tuple[str, str], int]) -> Check:
    """Households without a cause are in no column. Said where they are, not again in the sums."""

    def fault(each: Line) -> str | None:
        count = found[_which(each)]
        if not count or each.style != "unit" or not str(each.value(1)).startswith("- "):
            return None
        return f"Dòng “{each.name}”: {vietnamese.number(count)} hộ chưa ghi nguyên nhân trên phiếu."

    return Check(
        "Số hộ chưa ghi nguyên nhân (bằng 0 thì đủ)",
        lambda each, row: str(found[_which(each)]),
        lambda each: found[_which(each)],
        fault,
    )


def _headings() -> tuple[Heading, ...]:
    return (
        Heading("TT", 7, 1, rows=2),
        Heading("Khu vực/Đơn vị", 7, 2, rows=2),
        Heading("Nguyên nhân nghèo, cận nghèo", 7, 3, columns=len(Cause)),
        *(Heading(WORDS[each], 8, FIRST + 1 + place) for place, each in enumerate(Cause)),
    )


def _columns() -> tuple[Column, ...]:
    lead = (Column(Kind.TEXT, 5, "A"), Column(Kind.TEXT, 30, "B"))
    return lead + tuple(Column(Kind.COUNT, 12, str(number)) for number in range(1, len(Cause) + 1))


def _wanted() -> dict[str, Figure]:
    return {
        **causes(),
        **{f"{of.value}-{key}": figure for of in LISTED for key, figure in causes(of).items()},
    }


RECIPE = counted(lambda form, standard: _wanted(), fill)
