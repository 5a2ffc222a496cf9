"""The statuses of one household as a line in time: class, decision, cause, what was lacking, where it came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from households.models import Cause, Household, LifeEvent, Sheet, Status
from households.poverty import Classification, load
from households.poverty.movement import OTHER, Spell, returns

# The lanes of the drawing, the poorest lowest.
LANES = {
    Classification.NOT_POOR: "Không nghèo",
    Classification.AVERAGE: "Trung bình",
    Classification.NEAR_POOR: "Cận nghèo",
    Classification.POOR: "Nghèo",
}
LANE = 28  # pixels high
MANY_YEARS = 4  # of the axis: a longer one names every second, third … year


@dataclass(frozen=True)
class Step:
    """One status. `returned`: with it the household came back (tái nghèo, tái cận nghèo). `event`: the life event
    that continued it; `sheet`: the survey its decision stands on."""

    status: Status
    returned: bool
    lacking: tuple[str, ...]
    causes: tuple[str, ...]
    main_cause: str

    @property
    def event(self) -> LifeEvent | None:
        return self.status.event

    @property
    def lacking_said(self) -> str:
        """What was lacking, in words: a class decided without a sheet may lack what nobody wrote down."""
        if self.lacking:
            return "; ".join(self.lacking)
        return "không chỉ số nào" if self.status.score_id else "không ghi"

    @property
    def back(self) -> str:
        if not self.returned:
            return ""
        return "tái nghèo" if self.status.classification == Classification.POOR.value else "tái cận nghèo"


def of_household(household: Household) -> list[Step]:
    """Every status that counts, the oldest first. One query."""
    return steps_of(
        household.statuses.select_related("decision", "area", "event", "ending_event", "score__sheet")
        .order_by("valid_from")
        .defer("score__sheet__facts", "score__sheet__answers")
    )


def steps_of(statuses: Iterable[Status]) -> list[Step]:
    """The same of the statuses of a household, read already, the oldest first."""
    statuses = list(statuses)
    came_back = {spell.start for spell in returns([_spell(each) for each in statuses])}
    return [_step(each, each.valid_from in came_back) for each in statuses]


def _spell(status: Status) -> Spell:
    return Spell(
        Classification(status.classification),
        status.area_id,
        status.size,
        status.valid_from,
        status.valid_to,
        status.end_reason,
    )


def _step(status: Status, returned: bool) -> Step:
    sheet: Sheet | None = status.score.sheet if status.score else None
    names = {each.code: each.name for each in load(status.standard_id).indicators}
    listed = Classification(status.classification) in OTHER
    return Step(
        status=status,
        returned=returned,
        lacking=tuple(names.get(code, code) for code in status.lacking),
        causes=tuple(str(Cause(each).label) for each in sheet.causes) if sheet and listed else (),
        main_cause=str(Cause(sheet.main_cause).label) if sheet and listed and sheet.main_cause else "",
    )


@dataclass(frozen=True)
class Bar:
    """A status on the drawing: left and width in percent, top in pixels."""

    left: str
    width: str
    top: int
    classification: str
    returned: bool


@dataclass(frozen=True)
class Line:
    """The drawing: lanes by name, a rule (pixels) under each, bars in them, and the years (left in percent, text)."""

    lanes: tuple[str, ...]
    rules: tuple[int, ...]
    bars: tuple[Bar, ...]
    years: tuple[tuple[str, str], ...]

    @property
    def came_back(self) -> bool:
        return any(each.returned for each in self.bars)


def drawn(steps: Sequence[Step], today: date) -> Line | None:
    """The line from the first day of the first status's year to the end of this year; None without a status."""
    if not steps:
        return None
    first = date(steps[0].status.valid_from.year, 1, 1)
    last = date(max(today.year, steps[-1].status.valid_from.year) + 1, 1, 1)
    whole = (last - first).days

    def percent(day: date) -> float:
        return 100 * (min(day, last) - first).days / whole

    now = max(today, steps[-1].status.valid_from)
    bars = tuple(
        Bar(
            left=f"{percent(each.status.valid_from):.2f}%",
            width=f"{max(percent(each.status.valid_to or now) - percent(each.status.valid_from), 0.6):.2f}%",
            top=LANE * list(LANES).index(Classification(each.status.classification)) + 4,
            classification=each.status.classification,
            returned=each.returned,
        )
        for each in steps
    )
    every = -(-(last.year - first.year) // MANY_YEARS)
    years = tuple(
        (f"{percent(date(year, 1, 1)):.2f}%", str(year)) for year in range(first.year, last.year, every)
    )
    rules = tuple(LANE * place for place in range(1, len(LANES) + 1))
    return Line(tuple(LANES.values()), rules, bars, years)
