"""Two rows compared: how likely they are one person, and why, in words.

The weights say how much each thing in common is worth; two rows are told from `TOLD` on. They are the portal's own
judgement, no figure of a law, and only sort what a person then decides.
"""

import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from thanhsen.vietnamese import TONES, clean, fold

TOLD = 60  # under this nothing is told: a name and a year alone, in a ward where many bear the same name

OLD_ID = (
    60  # a CMND was one person's within a province, and was mistyped often: enough to be told, never sure
)
SAME_NAME = 45  # with the year and the tổ dân phố well over the threshold; alone under it, names are few
BARE_NAME = 43  # one list without marks, as old software wrote: nearly as good as the same name
OTHER_MARKS = 38  # Hoa and Hoà may be two people
OTHER_ORDER = 38  # "Hoa Nguyễn Thị", as some lists print it
ONE_LETTER = 28  # "Thuý" and "Thuỷ" are typed for each other, but so are two cousins named
BIRTH_DATE = 30  # one day in 365 by chance: the best after a number
BIRTH_YEAR = 12  # of a tổ dân phố some ten people share it
YEAR_BESIDE = 5  # "tuổi mụ" and years told by heart are off by one
SAME_GROUP = 20  # the same few hundred people
NUMBER_LETTER = 0  # CCCD that differ in one digit are mistyped oftener than two people's: nothing against it
OTHER_NUMBER = -30  # two CCCD are two people, unless one is wrong
OTHER_DATE = -15  # two dates are two people, unless one is of the paper or was invented
DATE_PART = 0  # as a mistyped date: two of its three parts the same, or day and month changed round
OTHER_SEX = -20  # mistyped more rarely than a name


class Kind(StrEnum):
    """By what two rows were found alike, the strongest first."""

    CCCD = "cccd"
    OLD_ID = "cmnd"
    NAME = "ten"
    NEAR_NAME = "gan-giong"


@dataclass(frozen=True, slots=True)
class Person:
    """One row. `key` names it to who asks; areas by id. `household` is equal for those of one household: its code,
    as those of the register have it, or of a household the register does not know anything else."""

    key: Hashable
    full_name: str
    sex: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    cccd: str | None = None
    old_id: str = ""
    area_id: int | None = None
    ward_id: int | None = None
    household: Hashable = None
    relationship: str = ""

    @property
    def year(self) -> int | None:
        """The year of birth; None where it is not known, or what was typed cannot be one."""
        year = self.birth_year or (self.birth_date.year if self.birth_date else None)
        return year if year and year <= MAXYEAR else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be one person: keys, score 0..100, reasons in Vietnamese, the strongest first.

    `sure`: the same CCCD. `elsewhere`: the other is of an area the person asking does not see; `other` is None then.
    """

    one: Any
    other: Any
    score: int
    reasons: tuple[str, ...]
    sure: bool = False
    kind: Kind = Kind.NAME
    elsewhere: bool = False


class _Name(NamedTuple):
    spelled: tuple[str, ...]  # letters and tone of each word: Hoà and Hòa are spelled alike
    plain: tuple[str, ...]  # the words without marks
    bare: bool  # written without any mark


def compare(a: Person, b: Person) -> Pair | None:
    """What speaks for `a` and `b` being one person; None under the threshold."""
    if a.cccd and a.cccd == b.cccd:
        return Pair(a.key, b.key, 100, ("Cùng số CCCD", *(each for _, each in _rest(a, b))), True, Kind.CCCD)
    found = []
    kind = None
    if a.old_id and a.old_id == b.old_id:
        kind = Kind.OLD_ID
        found.append((OLD_ID, "Cùng số CMND cũ"))
    if name := _names(a, b):
        kind = kind or name[0]
        found.append(name[1:])
    if kind is None:
        return None
    found += _rest(a, b)
    score = sum(weight for weight, _ in found)
    if kind is Kind.OLD_ID:
        score = max(
            score, TOLD
        )  # one number and two people: one of the rows is wrong, whatever else they say
    if score < TOLD:
        return None
    return Pair(a.key, b.key, min(score, 99), tuple(each for _, each in found), False, kind)


def words(full_name: str) -> tuple[str, ...]:
    """The words of a name without marks, sorted: the same whatever the order. name_words() in SQL."""
    return tuple(sorted(_name(full_name).plain))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for marks that one of them does not write: Hoa and Hoà are two names."""
    a, b = _name(one), _name(other)
    return a.spelled == b.spelled or (a.plain == b.plain and (a.bare or b.bare))


def one_letter_off(one: str, other: str) -> bool:
    """Whether one letter was put in, left out or changed, or two that stand side by side changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _names(a: Person, b: Person) -> tuple[Kind, int, str] | None:
    """The names as far as they are alike, and people of that name may be one by their age."""
    if a.year and b.year and abs(a.year - b.year) > 1:
        return None
    one, other = _name(a.full_name), _name(b.full_name)
    both = f"{clean(a.full_name)} / {clean(b.full_name)}"
    if not one.plain or not other.plain:
        return None
    if one.spelled == other.spelled:
        return Kind.NAME, SAME_NAME, "Cùng họ tên"
    if one.plain == other.plain:
        return Kind.NAME, BARE_NAME if one.bare or other.bare else OTHER_MARKS, f"Cùng tên, khác dấu: {both}"
    if sorted(one.plain) == sorted(other.plain):
        return Kind.NAME, OTHER_ORDER, f"Đảo thứ tự họ tên: {both}"
    # Brothers and sisters, twins above all, are named so; one home lists its own people side by side anyway.
    if a.household is not None and a.household == b.household:
        return None
    if one_word_off(one.plain, other.plain):
        return Kind.NEAR_NAME, ONE_LETTER, f"Tên khác một chữ cái: {both}"
    return None


def one_word_off(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether all words are the same but one, which is one letter off."""
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unlike) == 1 and one_letter_off(*unlike[0])


def _rest(a: Person, b: Person) -> list[tuple[int, str]]:
    """(weight, words) of everything besides the name and the numbers that are the same."""
    found = []
    if a.birth_date and a.birth_date == b.birth_date:
        found.append((BIRTH_DATE, f"Cùng ngày sinh {a.birth_date:%d/%m/%Y}"))
    elif a.year and b.year:
        off = abs(a.year - b.year)
        told = {0: (BIRTH_YEAR, f"Cùng năm sinh {a.year}"), 1: (YEAR_BESIDE, "Năm sinh lệch 1")}
        found.append(told.get(off, (0, f"Năm sinh lệch {off}")))
    if a.area_id is not None and a.area_id == b.area_id:
        found.append((SAME_GROUP, "Cùng tổ dân phố"))
    if a.household is not None and a.household == b.household:
        found.append((0, "Ghi trong cùng một hộ"))
    if a.birth_date and b.birth_date and a.birth_date != b.birth_date:
        weight = DATE_PART if _mistyped(a.birth_date, b.birth_date) else OTHER_DATE
        found.append((weight, f"Khác ngày sinh: {a.birth_date:%d/%m/%Y} / {b.birth_date:%d/%m/%Y}"))
    if a.cccd and b.cccd and a.cccd != b.cccd:
        near = one_letter_off(a.cccd, b.cccd)
        found.append(
            (NUMBER_LETTER, "Số CCCD chỉ khác một chữ số") if near else (OTHER_NUMBER, "Khác số CCCD")
        )
    if a.sex and b.sex and a.sex != b.sex:
        found.append((OTHER_SEX, "Khác giới tính"))
    return found


def _mistyped(one: date, other: date) -> bool:
    same = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    return same == 2 or (one.day, one.month, one.year) == (other.month, other.day, other.year)


@lru_cache(16_384)
def _name(full_name: str) -> _Name:
    text = clean(full_name).lower()
    plain = tuple(fold(text).split())
    return _Name(tuple(map(_spelled, text.split())), plain, tuple(text.split()) == plain)


def _spelled(word: str) -> str:
    """The letters with what belongs to them, then the tone: wherever on the word it is put."""
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(each for each in parts if each in TONES)
    return "".join(each for each in parts if each not in TONES) + tones
