"""The picture of poverty reduction for the leaders: rates against targets, places, what is lacked, who the poor are, why.

Every number is that of an official form of the same year (statuses decided, on 31/12).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from households.poverty import Classification, Standard
from households.reports.held import Scope, count, of_class
from households.reports.movement import flows
from households.reports.picture import holding, support, wanted, words
from households.reports.picture.figures import Behind, Entry, Row, Section, covered
from households.reports.picture.hiding import ALL, of_places
from households.reports.picture.parts import CLASSES, Counted, split
from households.reports.picture.places import by_place
from households.reports.picture.series import History, Year, history
from households.reports.rows import Period, Unit
from thanhsen import charts, vietnamese
from thanhsen.models import Area

__all__ = ["Behind", "Picture", "draw"]
LISTED = (Classification.POOR, Classification.NEAR_POOR)


@dataclass(frozen=True)
class Picture:
    """`now`: the year asked for, None where nothing is known of it; then only `rates` is filled in."""

    now: Year | None
    rates: Section
    facts: tuple[holding.Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    compares: bool = False


def draw(area: Area, year: int, *, today: date, restricted: bool) -> Picture:
    """The picture of a ward or of one tổ dân phố in a year. Six queries. `restricted` hides counts under 5 and whatever
    gives one away. ReportError for a year without a standard."""
    known = history(area, year, today)
    whole = str(area.pk) if area.is_group else "all"
    hidden = _hidden(known, "poor") if restricted else []
    rates = _rates(known, whole, area, hidden, restricted=restricted)
    now = known.at(year)
    if now is None:
        return Picture(None, rates)
    standard, then = Period(year).standard, known.before(year)
    counted = Counted(
        year,
        _count(known, year, standard),
        _count(known, year - 1, standard) if then else None,
        restricted,
    )
    units = known.places[year][-1].units
    moved = holding.summed(list(flows(units, Period(year), Classification.POOR).values()))
    lasting = bool(known.at(year - 1) and known.at(year - 2))
    facts = holding.facts(counted, standard, moved, whole, is_lasting_known=lasting)
    places = () if area.is_group else (by_place(known, year, restricted=restricted),)
    helped = support.section(Scope(units, Period(year)), restricted=restricted)
    return Picture(now, rates, facts, (*places, *_parts(counted, standard, whole), helped), then is not None)


def _count(known: History, year: int, standard: Standard) -> dict[str, int]:
    """Every part of the two classes at the end of the year. One query."""
    units: tuple[Unit, ...] = known.places[year][-1].units
    figures = wanted.wanted(standard, year)
    return wanted.summed(count(Scope(units, Period(year)), figures, of_class(*LISTED)), figures)


def _hidden(known: History, of: str) -> list[int]:
    """The years whose number of a class a reader of aggregates may not see."""
    return [
        year for year, places in known.places.items() if (of, ALL) in of_places(places, known.figures[year])
    ]


def _rates(known: History, place: str, area: Area, hidden: list[int], *, restricted: bool) -> Section:
    near_hidden = _hidden(known, "near_poor") if restricted else []
    headings = (
        "Năm", "Tổng số hộ", "Hộ nghèo", "%", "giảm (điểm)", "chỉ tiêu (%)", "Hộ cận nghèo", "%", "giảm (điểm)", "chỉ tiêu (%)",
    )  # fmt: skip
    rows = tuple(
        Row(str(each.year), (Entry(vietnamese.number(each.poor.whole)), *_of(known, each, "poor", place, hidden), *_of(known, each, "near_poor", place, near_hidden)))
        for each in known.years
    )  # fmt: skip
    chart = _line(known, {"poor": hidden, "near_poor": near_hidden})
    return Section(
        "rates", "Tỷ lệ hộ nghèo qua từng năm", headings, rows, chart,
        lead=words.about(known, hidden), notes=_notes(known, area), is_line=True,
    )  # fmt: skip


def _line(known: History, hidden: dict[str, list[int]]) -> charts.LineChart | None:
    """From the first year that has a rate to be seen; None without any."""
    rates = {
        of: {each.year: getattr(each, of).rate for each in known.years if each.is_known and each.year not in hidden[of]}
        for of in CLASSES
    }  # fmt: skip
    drawn = [year for of in CLASSES for year, rate in rates[of].items() if rate is not None]
    if not drawn:
        return None
    years = [each for each in known.years if each.year >= min(drawn)]
    return charts.line(
        "c-rates",
        "Tỷ lệ hộ nghèo, hộ cận nghèo cuối năm (%)",
        [str(each.year) for each in years],
        [(name, [_point(rates[of].get(each.year)) for each in years]) for of, name in CLASSES.items()],
        [_point(each.target.poor_rate if each.target else None) for each in years],
    )


def _point(rate: Decimal | None) -> tuple[Decimal | None, str]:
    return rate, vietnamese.number(rate, 2)


def _of(known: History, now: Year, of: str, place: str, hidden: list[int]) -> tuple[Entry, ...]:
    """Number, rate, fall and target of a class in a year."""
    target = getattr(now.target, f"{of}_rate", None)
    aim = Entry(vietnamese.number(target, 2))
    if not now.is_known:
        return Entry(""), Entry(""), Entry(""), aim
    share, then = getattr(now, of), known.before(now.year)
    if now.year in hidden:
        return Entry(covered(share.part)), Entry("ẩn"), Entry("ẩn"), aim
    fall = share.fall_from(getattr(then, of)) if then else None
    said = "ẩn" if then and then.year in hidden else vietnamese.number(fall, 2).replace("-", "−")
    behind = Behind(1, now.year, place, of) if share.part else None
    return (
        Entry(vietnamese.number(share.part), behind),
        Entry(vietnamese.number(share.rate, 2)),
        Entry(said),
        aim,
    )


def _notes(known: History, area: Area) -> tuple[str, ...]:
    found = []
    without = [str(each.year) for each in known.years if each.is_known and each.has_no_totals]
    if without:
        found.append(f"Để trống tỷ lệ năm {', '.join(without)}: chưa nhập tổng số hộ của tổ dân phố nào.")
    for each in known.years:
        if each.is_known and each.lacks and not each.has_no_totals:
            names = ", ".join(each.lacks[:3]) + (" …" if len(each.lacks) > 3 else "")
            found.append(
                f"Để trống tỷ lệ năm {each.year}: chưa nhập tổng số hộ của {len(each.lacks)} tổ dân phố ({names})."
            )
        if each.is_known and not each.is_over:
            found.append(f"Năm {each.year} chưa hết: số tính theo các quyết định đã ban hành đến hôm nay.")
    if area.is_group:
        found.append("Chỉ tiêu được giao cho cả phường nên không so với riêng một tổ dân phố.")
    elif not any(each.target for each in known.years):
        found.append("Chưa nhập chỉ tiêu giảm nghèo của năm nào.")
    return tuple(found)


def _parts(counted: Counted, standard: Standard, place: str) -> tuple[Section, ...]:
    year = counted.year

    def opens(poor: int, near_poor: int, *codes: str):
        """The form of each class whose column has the name of the part."""
        forms = {"poor": poor, "near_poor": near_poor}
        return lambda of, code: Behind(forms[of], year, place, code) if code in codes else None

    indicators = {each.code: f"{each.number}. {each.name}" for each in standard.indicators}
    return (
        split(
            counted, "indicator", "Mười hai chỉ số thiếu hụt", indicators, ranked=False,
            opens=opens(4, 6, *indicators),
        ),
        split(
            counted, "cause", "Nguyên nhân nghèo", wanted.CAUSES,
            opens=lambda of, code: Behind(10, year, place, f"{of}-{code}"),
            notes=("Một hộ có thể có nhiều nguyên nhân, nên cộng lại có thể hơn số hộ.",),
        ),
        split(
            counted, "group", "Nhóm đối tượng", wanted.GROUPS,
            opens=opens(12, 13, "minority", "no_labour", "merit", "female_head"),
            notes=("Một hộ có thể thuộc nhiều nhóm, nên cộng lại có thể hơn số hộ.",),
        ),
        split(counted, "livelihood", "Sinh kế chính của hộ", wanted.LIVELIHOODS, partition=True),
        split(
            counted, "shock", "Biến cố đẩy hộ vào nghèo", wanted.SHOCKS,
            notes=("Một hộ có thể gặp nhiều biến cố; hộ không gặp biến cố nào không có trong bảng.",),
        ),
    )  # fmt: skip
