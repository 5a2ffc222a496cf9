"""A poverty standard as dated data: income lines, dimensions and indicators, read from `standards/*.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "standards"


class UnknownStandard(LookupError):
    """No standard has this id, or none is in force on this day."""


class AreaType(StrEnum):
    URBAN = "urban"
    RURAL = "rural"

    @property
    def label(self) -> str:
        return {"urban": "Thành thị", "rural": "Nông thôn"}[self.value]


class Classification(StrEnum):
    """From the poorest to the best off."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    NOT_POOR = "not_poor"

    @property
    def label(self) -> str:
        return {
            "poor": "Hộ nghèo",
            "near_poor": "Hộ cận nghèo",
            "average": "Hộ có mức sống trung bình",
            "not_poor": "Không nghèo",
        }[self.value]

    @property
    def rank(self) -> int:
        """0 for the poorest; a higher rank is better off."""
        return list(Classification).index(self)


class DecidedBy(StrEnum):
    """What stands for income: the points of the form (B1), or the income itself."""

    INCOME_SCORE = "income_score"
    PER_CAPITA_INCOME = "per_capita_income"


class Mark(StrEnum):
    """How sure the data is."""

    FIRM = "firm"
    GOOD = "good"
    OPEN = "open"


@dataclass(frozen=True)
class IncomeLine:
    """Lines of one area type, VND per person per month; every bound is inclusive."""

    poor_line: int
    average_line: int | None
    score_cutoff: int | None


@dataclass(frozen=True)
class RetirementAge:
    """Months of age at which one sex retires: `base_months` in the base year, one step more each year."""

    base_months: int
    step_months: int
    top_months: int


@dataclass(frozen=True)
class WorkingAge:
    from_age: int
    from_basis: str
    retirement_basis: str
    mark: Mark
    base_year: int
    male: RetirementAge
    female: RetirementAge


@dataclass(frozen=True)
class Dimension:
    code: str
    name: str


@dataclass(frozen=True)
class Option:
    """One answer. `lacking` matters in single-choice questions only."""

    code: str
    label: str
    lacking: bool


@dataclass(frozen=True)
class Question:
    """`single`: the option chosen decides. `multi`: lacking when fewer than `at_least` options are chosen."""

    text: str
    kind: str
    options: tuple[Option, ...]
    at_least: int | None

    def option(self, code: str) -> Option | None:
        return next((each for each in self.options if each.code == code), None)


@dataclass(frozen=True)
class Indicator:
    number: int
    code: str
    dimension: str
    name: str
    rule: str
    mark: Mark
    derived: str | None
    bounds: tuple[tuple[str, int], ...]
    question: Question | None

    def bound(self, key: str) -> int:
        """A number of the rule (an age, a share, an area); KeyError when the rule has none so named."""
        return dict(self.bounds)[key]


@dataclass(frozen=True)
class Standard:
    id: str
    title: str
    legal_basis: str
    valid_from: date
    valid_to: date
    draft: bool
    open: tuple[str, ...]
    decided_by: DecidedBy
    income_basis: str
    income_mark: Mark
    score_basis: str | None
    rural: IncomeLine
    urban: IncomeLine
    deprivation_basis: str
    deprivation_mark: Mark
    lacking_cutoff: int
    points_per_indicator: int | None
    working_age: WorkingAge
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the indicators, in order."""
        return tuple(each.code for each in self.indicators)

    @property
    def deprivation_cutoff(self) -> int | None:
        """B2 that separates poor from near-poor; None while the standard has no points."""
        if self.points_per_indicator is None:
            return None
        return self.lacking_cutoff * self.points_per_indicator

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code; LookupError (Vietnamese) when the standard has none."""
        for each in self.indicators:
            if each.code == code:
                return each
        raise LookupError(f"{self.title} không có chỉ số “{code}”.")

    def dimension(self, code: str) -> Dimension:
        for each in self.dimensions:
            if each.code == code:
                return each
        raise LookupError(f"{self.title} không có chiều “{code}”.")

    def line(self, area_type: AreaType) -> IncomeLine:
        return self.urban if area_type is AreaType.URBAN else self.rural

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to

    def falls_between_years(self, day: date) -> bool:
        """Whether a class from this day on would be in the opening stock of its year without a movement in either
        year: on 1 January, unless the standard itself begins with it."""
        return (day.month, day.day) == (1, 1) and day != self.valid_from


@cache
def standard_ids() -> tuple[str, ...]:
    """Ids of the standards that come with the portal, oldest first."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load(standard_id: str) -> Standard:
    """The standard with this id, validated. UnknownStandard when there is none, Malformed when its file is bad."""
    from households.poverty.parse import parse  # parse builds the classes above

    if standard_id not in standard_ids():
        known = ", ".join(standard_ids())
        raise UnknownStandard(f"Không có chuẩn nghèo “{standard_id}”. Các chuẩn đã nạp: {known}.")
    standard = parse(tomllib.loads((FOLDER / f"{standard_id}.toml").read_text(encoding="utf-8")))
    if standard.id != standard_id:
        raise UnknownStandard(f"Tệp của chuẩn “{standard_id}” lại ghi mã “{standard.id}”.")
    return standard


def standard_on(day: date) -> Standard:
    """The standard in force on a day; UnknownStandard when none covers it."""
    for standard_id in standard_ids():
        standard = load(standard_id)
        if standard.covers(day):
            return standard
    raise UnknownStandard(f"Chưa nạp chuẩn nghèo áp dụng cho ngày {day:%d/%m/%Y}.")
