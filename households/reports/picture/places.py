"""The section by tổ dân phố: where most poor households are, where the rate is high, where it rises."""

from dataclasses import dataclass

from households.reports.picture import hiding
from households.reports.picture.figures import PERCENT, Behind, Count, Entry, Row, Section, percent
from households.reports.picture.series import History
from households.reports.rows import Place
from thanhsen import charts, vietnamese

DRAWN = 10  # bars: the table has every tổ dân phố
NAMED = 3


@dataclass(frozen=True)
class _Spot:
    """A tổ dân phố: its poor and near-poor households."""

    place: Place
    poor: Count
    near_poor: Count

    @property
    def whole(self) -> int | None:
        return self.place.households

    @property
    def rate(self) -> str:
        return percent(self.poor.shown, self.whole)


def by_place(history: History, year: int, *, restricted: bool) -> Section:
    """Ranked by poor households; those whose number is hidden come last, in the order of their names."""
    spots = _spots(history, year, restricted=restricted)
    spots.sort(key=lambda each: -1 if each.poor.hidden else each.poor.now, reverse=True)
    rows = tuple(_row(each, year) for each in spots)
    drawn = [each for each in spots if each.poor.shown][:DRAWN]
    title = "Hộ nghèo theo tổ dân phố"
    bars = [(each.place.name, [(each.poor.shown, _label(each))]) for each in drawn]
    chart = charts.bars("c-place", title, ["Hộ nghèo"], bars) if bars else None
    headings = (
        "Tổ dân phố", "Tổng số hộ", "Hộ nghèo", "%", f"so với {year - 1}", "Hộ cận nghèo", "%",
    )  # fmt: skip
    notes = (f"Biểu đồ vẽ {DRAWN} tổ dân phố nhiều hộ nghèo nhất; bảng có đủ.",) if len(spots) > DRAWN else ()
    return Section("places", title, headings, rows, chart, lead=_lead(spots, year), notes=notes)


def _spots(history: History, year: int, *, restricted: bool) -> list[_Spot]:
    then = history.before(year)
    hidden = hiding.of_places(history.places[year], history.figures[year]) if restricted else set()
    earlier: set[tuple[str, str]] = set()
    was_there: set[str] = set()
    if then:
        earlier = hiding.of_places(history.places[then.year], history.figures[then.year]) if restricted else set()  # fmt: skip
        was_there = {each.key for each in history.places[then.year] if each.style == "unit"}

    def count(place: Place, of: str) -> Count:
        now = place.sum(history.figures[year], of)
        before = place.sum(history.figures[year - 1], of) if then and place.key in was_there else None
        return Count(now, before, (of, place.key) in hidden, (of, place.key) in earlier, restricted)

    return [
        _Spot(each, count(each, "poor"), count(each, "near_poor"))
        for each in history.places[year]
        if each.style == "unit"
    ]


def _row(spot: _Spot, year: int) -> Row:
    def cells(count: Count, of: str) -> tuple[Entry, Entry]:
        behind = Behind(1, year, spot.place.key, of) if count.shown else None
        return Entry(count.text, behind), Entry(percent(count.shown, spot.whole).removesuffix(PERCENT))

    number, rate = cells(spot.poor, "poor")
    change = Entry(spot.poor.change_text)
    whole = Entry(vietnamese.number(spot.whole))
    return Row(spot.place.name, (whole, number, rate, change, *cells(spot.near_poor, "near_poor")))


def _label(spot: _Spot) -> str:
    change = spot.poor.change_text if spot.poor.change else ""
    more = "; ".join(part for part in (spot.rate, change) if part)
    return f"{vietnamese.number(spot.poor.now)} ({more})" if more else vietnamese.number(spot.poor.now)


def _lead(spots: list[_Spot], year: int) -> tuple[str, ...]:
    found = []
    rated = [each for each in spots if each.poor.shown and each.whole]
    rated.sort(key=lambda each: each.poor.now / (each.whole or 1), reverse=True)
    if rated:
        names = ", ".join(f"{each.place.name} ({each.rate})" for each in rated[:NAMED])
        found.append(f"Tỷ lệ hộ nghèo cao nhất: {names}.")
    rising = sorted((each for each in spots if each.poor.rises), key=lambda each: -(each.poor.change or 0))  # fmt: skip
    if rising:
        names = ", ".join(f"{each.place.name} ({each.poor.change_text})" for each in rising[:NAMED])
        more = f" và {len(rising) - NAMED} tổ dân phố khác" if len(rising) > NAMED else ""
        found.append(f"Số hộ nghèo tăng so với năm {year - 1}: {names}{more}.")
    elif any(each.poor.change is not None and not each.poor.restricted for each in spots):
        found.append(f"Không tổ dân phố nào (trong số so được) có hộ nghèo tăng so với năm {year - 1}.")
    return tuple(found)
