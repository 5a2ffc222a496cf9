"""Whom a programme of support is for: its rule, the facts of a household or a person on a day, and the answer.

The rule itself is data of the ward (programme, legal basis, group, ages, term); nothing of it is fixed here. Days are
`datetime.date`, ages full years, terms calendar months.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ANY = "any"
LEFT = {
    "poor": "left_poor",
    "near_poor": "left_near_poor",
}  # a class of the list → the position after leaving it
UNLISTED = frozenset({"not_poor", "average"})


class Refusal(StrEnum):
    """Why somebody is not entitled; `sentence` is what the family is told."""

    LEFT_REGISTER = "left_register"
    PERSON_GONE = "person_gone"
    CLASS = "class"
    TERM = "term"
    GROUP = "group"
    LACKING = "lacking"
    AGE = "age"
    STUDYING = "studying"

    @property
    def sentence(self) -> str:
        return SENTENCES[self]


SENTENCES = {
    Refusal.LEFT_REGISTER: "Hộ đã ra khỏi sổ (chuyển đi, qua đời, nhập hộ khác…).",
    Refusal.PERSON_GONE: "Người hưởng đã qua đời hoặc không còn ở hộ.",
    Refusal.CLASS: "Hộ không thuộc diện được hưởng theo quyết định đang hiệu lực.",
    Refusal.TERM: "Hộ đã thoát nghèo, thoát cận nghèo quá thời hạn còn được hưởng.",
    Refusal.GROUP: "Hộ không thuộc nhóm chương trình dành cho.",
    Refusal.LACKING: "Hộ không thiếu hụt chỉ số chương trình dành cho.",
    Refusal.AGE: "Người này ngoài độ tuổi của chương trình.",
    Refusal.STUDYING: "Người này không đang đi học.",
}


@dataclass(frozen=True)
class Rule:
    """Whom a programme is for. Within one field any of the values is enough; every field that says something counts."""

    classes: frozenset[str]  # poor, near_poor, average, left_poor, left_near_poor, any
    term_months: int | None = None  # how long after leaving the list the last two still hold
    groups: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()  # indicator codes
    per_person: bool = False
    min_age: int | None = None
    max_age: int | None = None
    studying: bool = False


@dataclass(frozen=True)
class Person:
    """`present`: lives in the household on the day, neither gone nor still to come."""

    present: bool
    born: date  # 1 January where only the year is known
    studying: bool


@dataclass(frozen=True)
class Facts:
    """A household on a day, and the person asked about where the rule is for people.

    `classification`: the class in force, "" for none. `last_listed`: the class (poor, near_poor) it had when it was last
    on the list and the day it left it; None while it is on the list or where it never was.
    """

    present: bool
    classification: str = ""
    last_listed: tuple[str, date] | None = None
    groups: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    person: Person | None = None


def refusal(rule: Rule, facts: Facts, on: date) -> Refusal | None:
    """The first reason against, None where entitled.

    >>> rule = Rule(frozenset({"poor", "left_poor"}), term_months=36)
    >>> refusal(rule, Facts(True, "poor"), date(2026, 1, 1)) is None
    True
    >>> refusal(rule, Facts(True, "not_poor", ("poor", date(2023, 1, 1))), date(2025, 12, 31)) is None
    True
    >>> refusal(rule, Facts(True, "not_poor", ("poor", date(2023, 1, 1))), date(2026, 1, 1))
    <Refusal.TERM: 'term'>
    """
    if not facts.present:
        return Refusal.LEFT_REGISTER
    person = facts.person
    if rule.per_person and (person is None or not person.present or on < person.born):
        return Refusal.PERSON_GONE
    if against := _class_refusal(rule, facts, on):
        return against
    if rule.groups and not rule.groups & facts.groups:
        return Refusal.GROUP
    if rule.lacking and not rule.lacking & facts.lacking:
        return Refusal.LACKING
    if rule.per_person and person is not None:
        age = full_years(person.born, on)
        if (rule.min_age is not None and age < rule.min_age) or (
            rule.max_age is not None and age > rule.max_age
        ):
            return Refusal.AGE
        if rule.studying and not person.studying:
            return Refusal.STUDYING
    return None


def _class_refusal(rule: Rule, facts: Facts, on: date) -> Refusal | None:
    if ANY in rule.classes or facts.classification in rule.classes:
        return None
    if facts.classification not in UNLISTED or facts.last_listed is None:
        return Refusal.CLASS
    had, left_on = facts.last_listed
    if LEFT[had] not in rule.classes or rule.term_months is None:
        return Refusal.CLASS
    return None if on < add_months(left_on, rule.term_months) else Refusal.TERM


def full_years(born: date, on: date) -> int:
    """Age on `on`; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last: 31 January and one month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_of(per: str, day: date) -> tuple[date, date | None]:
    """[from, to) of the period that holds `day`: month, quarter, year, school_year (from 1 September), once (open).

    >>> period_of("quarter", date(2026, 11, 25))
    (datetime.date(2026, 10, 1), datetime.date(2027, 1, 1))
    """
    if per == "once":
        return day, None
    first = {
        "month": day.replace(day=1),
        "quarter": date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        "year": date(day.year, 1, 1),
        "school_year": date(day.year if day.month >= 9 else day.year - 1, 9, 1),
    }[per]
    return first, add_months(first, {"month": 1, "quarter": 3, "year": 12, "school_year": 12}[per])
