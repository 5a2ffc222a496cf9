"""Form 1: the result of the review by tổ dân phố. Headings in rows 6–7, numbers in row 8."""

from households.reports import checks
from households.reports.official.parts import TOTALS, Filling, Job, column_sums, counted, line, rate, text
from households.reports.stock import CLASSES, WANTED
from thanhsen.tables import Cell, Column, Heading, Kind


def fill(job: Job) -> Filling:
    lines = []
    for place in job.places:
        cells = [
            text(place.number),
            text(place.name),
            Cell(place.households, key=TOTALS),
            Cell(place.people, key=TOTALS),
        ]
        for suffix, whole in (("", place.households), ("_people", place.people)):
            for each in CLASSES:
                key = each.value + suffix
                count = job.sum(place, key)
                cells += [Cell(count, key=key), rate(place.rate(count, whole), key)]
        lines.append(line(place, *cells))
    counts = range(4, 16, 2)
    return Filling(
        lines,
        sums=[each for column in counts for each in column_sums(job.places, column)],
        links=[((row, at), (row, at + 1)) for row in range(len(lines)) for at in counts],
        headings=_headings(),
        columns=_columns(),
        checks=checks.stock_checks(job.places, job.scope.period.year),
        title_top=4,
        place_top=None,
        numbers_top=checks.STOCK_TOP - 1,
    )


def _headings() -> tuple[Heading, ...]:
    classes = ("nghèo", "cận nghèo", "nông, lâm, ngư, diêm nghiệp có mức sống trung bình")
    found = [
        Heading("STT", 6, 1, rows=2),
        Heading("Tổ dân phố", 6, 2, rows=2),
        Heading("Tổng số hộ", 6, 3, rows=2),
        Heading("Tổng số nhân khẩu", 6, 4, rows=2),
    ]
    for place, name in enumerate(classes):
        for left, what, count in (
            (5 + 2 * place, f"Hộ {name}", "Số hộ"),
            (11 + 2 * place, f"Nhân khẩu thuộc hộ {name}", "Số nhân khẩu"),
        ):
            found.append(Heading(what, 6, left, columns=2))
            found.append(Heading(count, 7, left))
            found.append(Heading("Tỷ lệ (%)", 7, left + 1))
    return tuple(found)


def _columns() -> tuple[Column, ...]:
    """A, B, then 1–14 with the formulas of the rates."""
    found = [Column(Kind.TEXT, 5, "A"), Column(Kind.TEXT, 26, "B")]
    found += [Column(Kind.COUNT, 9, "1"), Column(Kind.COUNT, 9, "2")]
    for number in range(3, 15, 2):
        whole = 1 if number < 9 else 2
        found.append(Column(Kind.COUNT, 8, str(number)))
        found.append(Column(Kind.RATE, 8.5, f"{number + 1}={number}/{whole}"))
    return tuple(found)


RECIPE = counted(lambda form, standard: WANTED, fill)
