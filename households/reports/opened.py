"""The households behind a number of the comparison of two years, asked for as the number's address says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from households.poverty.between import AFTER, BEFORE, LONGEST, Stand
from households.poverty.movement import OTHER
from households.reports import matrix, reasons
from households.reports.comparison import AWAY, BACK, CAME_FROM, WENT_TO
from households.reports.errors import ReportError
from households.reports.matrix import Between

ASKED = ("tu", "den", "nhom", "vi", "tai", "nam", "chuan")  # what an address may say: `comparison` writes it
_UNKNOWN = "Không có số liệu như vậy: quay lại bảng và bấm vào một con số."


@dataclass(frozen=True)
class Opened:
    """What the number is, in words, and the ids of its households, in no order."""

    title: str
    ids: list[int]


def opened(between: Between, asked: Mapping[str, str]) -> Opened:
    """One number; `asked` by the names of `ASKED`, "" for what was not said. One query. ReportError for a number
    that is not in the tables."""
    if asked["nhom"]:
        return _of_group(between, asked["nhom"], asked["vi"])
    if asked["tai"]:
        return _of_returns(between, asked["tai"], asked["nam"])
    if asked["chuan"]:
        return Opened("Hai loại theo hai chuẩn", matrix.households(between, matrix.TWO_STANDARDS))
    before, after = _stands(asked["tu"], BEFORE), _stands(asked["den"], AFTER)
    names = (
        CAME_FROM[before[0]] if asked["tu"] else "Mọi hộ",
        WENT_TO[after[0]] if asked["den"] else "tất cả",
    )
    return Opened(" → ".join(names), matrix.households(between, matrix.stood(before, after)))


def _stands(text: str, known: Sequence[Stand]) -> Sequence[Stand]:
    """The one asked for, or all of them."""
    if not text:
        return known
    found = [each for each in known if each.value == text]
    if not found:
        raise ReportError(_UNKNOWN)
    return found


def _of_group(between: Between, code: str, why: str) -> Opened:
    group = reasons.GROUPS.get(code)
    known = [
        (section, reason)
        for section in reasons.sections(between)
        if group in section.groups
        for reason in section.reasons
        if reason.code == why
    ]
    if group is None or (why and not known):
        raise ReportError(_UNKNOWN)
    section, reason = known[0] if known else (None, None)
    title = f"{group.label}. {section.title}: {reason.label}" if section and reason else group.label
    return Opened(title, reasons.households(between, group, reason))


def _of_returns(between: Between, of: str, years: str) -> Opened:
    names = {each.value: BACK[each] for each in OTHER}
    lengths = [str(each) for each in range(LONGEST + 1)]
    if of not in names or (years and years not in lengths):
        raise ReportError(_UNKNOWN)
    title = f"{names[of]}: {AWAY[int(years)].lower()}" if years else names[of]
    return Opened(title, matrix.households_returned(between, of, int(years) if years else None))
