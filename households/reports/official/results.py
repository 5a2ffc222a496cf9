"""Forms 12 and 13: the poor, the near-poor beside all who live there. Headings in rows 6–7, numbers in row 8."""

from decimal import Decimal

from households.poverty import Classification
from households.reports.composition import results
from households.reports.forms import words
from households.reports.official.parts import (
    TOTALS,
    Filling,
    Job,
    column_sums,
    counted,
    line,
    rate,
    text,
    whole,
    zero_check,
)
from households.reports.rows import Place
from thanhsen import vietnamese
from thanhsen.tables import Cell, Check, Column, Heading, Kind

BASE = ("Tổng số hộ dân cư", "Hộ Kinh và khác", "Hộ DTTS", "Tổng số nhân khẩu")
RESULT = {
    "households": "Tổng số hộ",
    "kinh": "Hộ Kinh",
    "minority": "Hộ DTTS",
    "merit": "Hộ có người có công",
    "no_labour": "Hộ không có khả năng lao động",
    "female_head": "Chủ hộ là nữ",
    "people": "Nhân khẩu",
}
# Rates: heading, the figure above, the number of the column below.
RATES = (
    ("Hộ", "households", 1),
    ("Hộ DTTS trên tổng số hộ DTTS", "minority", 3),
    ("Hộ DTTS", "minority", 5),
    ("Hộ có người có công", "merit", 5),
    ("Hộ không có KNLĐ", "no_labour", 5),
    ("Chủ hộ là nữ", "female_head", 5),
    ("Nhân khẩu", "people", 4),
)
FIRST = 2 + len(BASE)  # index of the first counted figure


def fill(job: Job) -> Filling:
    of = job.form.of_class
    lines = [
        line(place, text(place.number), text(place.name), *_base(place), *_result(job, place))
        for place in job.places
    ]
    counts = range(FIRST, FIRST + len(RESULT))
    rates = FIRST + len(RESULT)
    rows = range(len(lines))
    at = {key: FIRST + place for place, key in enumerate(RESULT)}
    return Filling(
        lines,
        sums=[
            *([(row, at[key]) for key in ("households", "kinh", "minority")] for row in rows),
            *(each for column in counts for each in column_sums(job.places, column)),
        ],
        links=[
            *(
                ((row, at[key]), (row, rates + place))
                for row in rows
                for place, (_, key, _) in enumerate(RATES)
            ),
            *(((row, at["households"]), (row, at["people"])) for row in rows),
        ],
        headings=_headings(of),
        columns=_columns(),
        checks=(_check(of),),
        title_top=4,
        place_top=None,
        numbers_top=8,
        notes=_notes(job),
    )


def _base(place: Place) -> list[Cell]:
    minority = place.minority_households
    known = place.households is not None and minority is not None and not place.lacking_minority
    majority = (place.households or 0) - (minority or 0) if known else None
    return [Cell(each, key=TOTALS) for each in (place.households, majority, minority, place.people)]


def _result(job: Job, place: Place) -> list[Cell]:
    found = {key: job.sum(place, key) for key in RESULT}
    below = {1: place.households, 3: place.minority_households, 4: place.people, 5: found["households"]}
    counts = [Cell(found[key], key=key) for key in RESULT]
    return [
        *counts,
        *(rate(_share(place, found[key], below[number], number), key) for _, key, number in RATES),
    ]


def _share(place: Place, part: int, whole_: int | None, number: int) -> Decimal | None:
    if number == 5:  # of the households of the class: needs no entered total
        return vietnamese.rate(part, whole_)
    if number == 3 and place.lacking_minority:
        return None
    return place.rate(part, whole_)


def _check(of: Classification) -> Check:
    """The Kinh and the minorities are not more than all; who is neither is foreign, or of unknown ethnicity."""
    return zero_check(
        "Kiểm tra: Kinh + DTTS không quá tổng số (bằng 0 thì khớp)",
        "MAX(0,H{r}+I{r}-G{r})",
        lambda each: max(0, whole(each, FIRST + 1) + whole(each, FIRST + 2) - whole(each, FIRST)),
        f"Dòng “{{line}}”: hộ Kinh và hộ DTTS cộng lại nhiều hơn tổng số {words(of)} {{value}} hộ.",
    )


def _notes(job: Job) -> tuple[str, ...]:
    missing = job.places[-1].lacking_minority
    if not missing:
        return ()
    return (
        f"Còn {missing} tổ dân phố chưa nhập tổng số hộ DTTS năm {job.scope.period.year}; các cột tính theo số này để trống.",
    )


def _headings(of: Classification) -> tuple[Heading, ...]:
    name = words(of)
    found = [
        Heading("STT", 6, 1, rows=2),
        Heading("Tổ dân phố", 6, 2, rows=2),
        Heading("Hộ dân cư trên địa bàn", 6, 3, columns=len(BASE)),
        Heading(f"Kết quả {name}", 6, 3 + len(BASE), columns=len(RESULT)),
        Heading(f"Tỷ lệ {name} (%)", 6, 3 + len(BASE) + len(RESULT), columns=len(RATES)),
    ]
    names = [*BASE, *RESULT.values(), *(heading for heading, _, _ in RATES)]
    return (*found, *(Heading(each, 7, 3 + place) for place, each in enumerate(names)))


def _columns() -> tuple[Column, ...]:
    found = [Column(Kind.TEXT, 5, "A"), Column(Kind.TEXT, 24, "B")]
    counted_ = {key: 5 + place for place, key in enumerate(RESULT)}
    found += [Column(Kind.COUNT, 9, number) for number in ("1", "2=1-3", "3", "4")]
    found += [Column(Kind.COUNT, 8, str(number)) for number in counted_.values()]
    return (
        *found,
        *(
            Column(Kind.RATE, 8.5, f"{12 + place}={counted_[key]}/{number}")
            for place, (_, key, number) in enumerate(RATES)
        ),
    )


RECIPE = counted(lambda form, standard: results(form.of_class), fill)
