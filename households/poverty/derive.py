"""Indicators that follow from the members and the floor area, each with the reason in Vietnamese."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from households.poverty.household import SCHOOLING, Facts, Person
from households.poverty.standard import Indicator, Standard
from households.poverty.wording import decimal, listed

# Attending or holding one of these satisfies "Trình độ giáo dục của người lớn" from the age named.
FROM_16 = frozenset({"lower_secondary", "upper_secondary", "vocational", "higher"})
FROM_18 = frozenset({"upper_secondary", "vocational", "higher"})
WITHOUT_WORK = frozenset({"none_seeking", "wage_no_contract"})
LEVELS = list(SCHOOLING)


@dataclass(frozen=True)
class Derived:
    """`lacking` is None when a field is missing; the reason then says which, and whose."""

    lacking: bool | None
    reason: str


@dataclass(frozen=True)
class _Words:
    who: str  # "thành viên từ 6 tuổi"
    lacks: str  # "chưa có BHYT"
    fine: str  # "đều có BHYT"
    missing: str  # "BHYT"


def derive(standard: Standard, facts: Facts) -> dict[str, Derived]:
    """What can be derived, by indicator code, in the order of the standard. Ages are taken on the survey date."""
    return {
        each.code: _RULES[each.derived](standard, each, facts)
        for each in standard.indicators
        if each.derived is not None
    }


def _not_usable(facts: Facts) -> Derived | None:
    """Why no rule about people can be applied, if so."""
    if not facts.people:
        return Derived(None, "Hộ chưa có thành viên nào được ghi.")
    if facts.unborn:
        return Derived(None, f"Ngày sinh sau ngày khảo sát: {listed(facts.unborn)}.")
    return None


def _everyone(people: Sequence[Person], lacks: Callable[[Person], bool | None], words: _Words) -> Derived:
    """Lacking when one person lacks; unknown only when nobody is known to lack and somebody is not recorded."""
    if not people:
        return Derived(False, f"Không có {words.who}: không thiếu hụt.")
    found = [(person.called, lacks(person)) for person in people]
    lacking = [name for name, answer in found if answer]
    missing = [name for name, answer in found if answer is None]
    if lacking:
        share = f"{len(lacking)}/{len(people)}"
        return Derived(True, f"{share} {words.who} {words.lacks}: {listed(lacking)}.")
    if missing:
        return Derived(None, f"Chưa ghi {words.missing} của: {listed(missing)}.")
    return Derived(False, f"{len(people)}/{len(people)} {words.who} {words.fine}.")


def _aged(facts: Facts, low: int, below: int | None = None) -> list[Person]:
    ages = ((person, person.age_on(facts.surveyed_on)) for person in facts.people)
    return [person for person, age in ages if low <= age and (below is None or age < below)]


def _employment(standard: Standard, indicator: Indicator, facts: Facts) -> Derived:
    if (refusal := _not_usable(facts)) is not None:
        return refusal
    rule, day = standard.working_age, facts.surveyed_on
    # Somebody whose sex is not recorded may be past the age or not: counted, and never known to lack.
    of_age = {person: person.is_of_working_age(day, rule) for person in facts.people}

    def lacks(person: Person) -> bool | None:
        if not person.work:
            return None
        if person.work not in WITHOUT_WORK:
            return False
        return True if of_age[person] else None

    words = _Words(
        "thành viên trong độ tuổi lao động",
        "không có việc làm hoặc làm công không có hợp đồng",
        "có việc làm, có hợp đồng hoặc không thuộc diện xét",
        "việc làm hoặc giới tính",
    )
    return _everyone([person for person in facts.people if of_age[person] is not False], lacks, words)


def _dependants(standard: Standard, indicator: Indicator, facts: Facts) -> Derived:
    if (refusal := _not_usable(facts)) is not None:
        return refusal
    child, elderly = indicator.bound("child_below"), indicator.bound("elderly_from")
    percent = indicator.bound("share_percent")
    dependants = []
    for person in facts.people:
        age = person.age_on(facts.surveyed_on)
        helped = person.has_monthly_allowance and (age >= elderly or person.has_disability)
        if age < child or helped:
            dependants.append(person.called)
    count, total = len(dependants), len(facts.people)
    share = decimal(Decimal(100 * count) / total)
    lacking = 100 * count > percent * total
    against = f"trên {percent} %" if lacking else f"không quá {percent} %"
    names = f": {listed(dependants)}" if dependants else ""
    return Derived(lacking, f"{count}/{total} thành viên là người phụ thuộc ({share} %, {against}){names}.")


def _nutrition(standard: Standard, indicator: Indicator, facts: Facts) -> Derived:
    if (refusal := _not_usable(facts)) is not None:
        return refusal
    below = indicator.bound("child_below")
    words = _Words(
        f"trẻ em dưới {below} tuổi", "suy dinh dưỡng", "không suy dinh dưỡng", "tình trạng dinh dưỡng"
    )
    return _everyone(_aged(facts, 0, below), lambda person: person.undernourished, words)


def _insurance(standard: Standard, indicator: Indicator, facts: Facts) -> Derived:
    if (refusal := _not_usable(facts)) is not None:
        return refusal
    age = indicator.bound("from_age")
    words = _Words(f"thành viên từ {age} tuổi", "chưa có BHYT", "có BHYT", "BHYT")

    def lacks(person: Person) -> bool | None:
        return None if person.has_insurance is None else not person.has_insurance

    return _everyone(_aged(facts, age), lacks, words)


def _adult_education(standard: Standard, indicator: Indicator, facts: Facts) -> Derived:
    if (refusal := _not_usable(facts)) is not None:
        return refusal
    low, upper, top = (indicator.bound(key) for key in ("from_age", "upper_from", "to_age"))

    def lacks(person: Person) -> bool | None:
        enough = FROM_18 if person.age_on(facts.surveyed_on) >= upper else FROM_16
        if person.employer_trained or person.schooling in enough or person.education in enough:
            return False
        return True if person.schooling and person.education else None

    words = _Words(
        f"thành viên từ {low} đến {top} tuổi",
        "không theo học và chưa có bằng cấp phù hợp với độ tuổi",
        "đang học hoặc có bằng cấp phù hợp",
        "bậc đang học hoặc bằng cấp",
    )
    return _everyone(_aged(facts, low, top + 1), lacks, words)


def _schooling(standard: Standard, indicator: Indicator, facts: Facts) -> Derived:
    if (refusal := _not_usable(facts)) is not None:
        return refusal
    low, below = indicator.bound("preschool_from"), indicator.bound("below_age")

    words = _Words(
        f"trẻ em từ {low} đến dưới {below} tuổi",
        "không học đúng bậc phù hợp với độ tuổi",
        "học đúng bậc",
        "bậc đang học",
    )
    return _everyone(
        _aged(facts, low, below), lambda each: is_unschooled(indicator, each, facts.surveyed_on), words
    )


def is_unschooled(indicator: Indicator, person: Person, day: date) -> bool | None:
    """Whether a child does not attend the level for the age on `day`; None when nothing is recorded."""
    age = person.age_on(day)
    if not indicator.bound("preschool_from") <= age < indicator.bound("below_age"):
        return False
    level = "preschool"
    if age >= indicator.bound("primary_from"):
        level = "primary"
    if age >= indicator.bound("lower_secondary_from"):
        level = "lower_secondary"
    if not person.schooling:
        return None
    # Schools enrol by calendar year, so in autumn a child may already be one level ahead of the age.
    return LEVELS.index(person.schooling) < LEVELS.index(level)


def _housing_area(standard: Standard, indicator: Indicator, facts: Facts) -> Derived:
    if not facts.people:
        return Derived(None, "Hộ chưa có thành viên nào được ghi.")
    if facts.floor_area is None:
        return Derived(None, "Chưa ghi diện tích nhà ở.")
    least = indicator.bound("square_metres")
    lacking = facts.floor_area < least * len(facts.people)
    each = decimal(facts.floor_area / len(facts.people))
    against = f"dưới {least} m²" if lacking else f"không dưới {least} m²"
    return Derived(lacking, f"Diện tích bình quân {each} m²/người, {against}.")


_RULES: dict[str, Callable[[Standard, Indicator, Facts], Derived]] = {
    "employment": _employment,
    "dependants": _dependants,
    "nutrition": _nutrition,
    "insurance": _insurance,
    "adult_education": _adult_education,
    "schooling": _schooling,
    "housing_area": _housing_area,
}
