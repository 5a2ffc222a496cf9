"""Forms 4–7 (7.4, 7.5): the indicators lacking, in households or as rates over the households of the class."""

from dataclasses import replace

from households.poverty import Standard
from households.reports import checks, deprivation
from households.reports.forms import Content, Form, words
from households.reports.official.parts import Filling, Job, column_sums, counted, line, rate, text
from thanhsen import vietnamese
from thanhsen.tables import Cell, Column, Heading, Kind, Line

# The words of the headings of 7.4 and 7.5 where they are not those of the standard.
INDICATOR_WORDS = {
    "2022-2026": {
        "dependants": "Người phụ thuộc trong hộ gia đình",
        "housing_area": "Diện tích nhà ở bình quân đầu người",
        "telecom": "Sử dụng dịch vụ viễn thông",
        "info_means": "Phương tiện phục vụ tiếp cận thông tin",
    }
}


def fill(job: Job) -> Filling:
    rates = job.form.content is Content.LACKING_RATES
    codes = (deprivation.HOUSEHOLDS, *job.standard.codes)
    lines = [
        line(
            place,
            text(place.number),
            text(place.name),
            *(Cell(job.sum(place, key), key=key) for key in codes),
        )
        for place in job.places
    ]
    columns = range(2, 2 + len(codes))
    top = 5 if rates else 6
    return Filling(
        lines,
        sums=[each for column in columns for each in column_sums(job.places, column)],
        links=[((row, 2), (row, at)) for row in range(len(lines)) for at in columns if at > 2],
        headings=_headings(job.form, job.standard, top),
        columns=_columns(job.form, job.standard),
        checks=checks.lacking_checks(
            job.form.of_class, len(job.standard.indicators), job.standard.lacking_cutoff, rates=rates
        ),
        title_top=top - 1,
        place_top=None if rates else 4,
        numbers_top=top + 1,
        notes=_by_another_standard(job),
        finish=_rates if rates else None,
    )


def _rates(counts: Line) -> Line:
    """The same line with each count over the households of the class, in percent."""
    number, name, whole, *parts = counts.cells
    base = whole.value if whole and isinstance(whole.value, int) else None
    rates = [
        rate(vietnamese.rate(each.value, base), each.key)
        for each in parts
        if each and isinstance(each.value, int)
    ]
    return replace(counts, cells=(number, name, whole, *rates))


def _by_another_standard(job: Job) -> tuple[str, ...]:
    count = sum(each[deprivation.ELSEWHERE] for each in job.figures.values())
    if not count:
        return ()
    return (
        f"{vietnamese.number(count)} {words(job.form.of_class)} có quyết định theo chuẩn khác {job.standard.title}; "
        "các chỉ số thiếu hụt của những hộ này không có trong bảng.",
    )


def _headings(form: Form, standard: Standard, top: int) -> tuple[Heading, ...]:
    """7.4 and 7.5: row `top`, numbers in the next one."""
    name, own = words(form.of_class), INDICATOR_WORDS.get(standard.id, {})
    listed = "; ".join(
        f"{place}: {own.get(each.code, each.name)}" for place, each in enumerate(standard.indicators, start=1)
    )
    rates = form.content is Content.LACKING_RATES
    what = f"Tỷ lệ các chỉ số thiếu hụt dịch vụ xã hội cơ bản của {name} (so với tổng số {name})"
    counts = f"Chỉ số thiếu hụt dịch vụ xã hội cơ bản của {name}"
    return (
        Heading("TT", top, 1, rows=2),
        Heading("Khu vực/Đơn vị", top, 2, rows=2),
        Heading(f"Tổng số {name}", top, 3, rows=2),
        Heading(f"{what if rates else counts} ({listed})", top, 4, columns=len(standard.indicators)),
    )


def _columns(form: Form, standard: Standard) -> tuple[Column, ...]:
    kind = Kind.RATE if form.content is Content.LACKING_RATES else Kind.COUNT
    first = (Column(Kind.TEXT, 5), Column(Kind.TEXT, 26), Column(Kind.COUNT, 11))
    count = len(standard.indicators)
    return first + tuple(Column(kind, 8.5, str(place)) for place in range(1, count + 1))


RECIPE = counted(lambda form, standard: deprivation.wanted(form.of_class, standard), fill)
