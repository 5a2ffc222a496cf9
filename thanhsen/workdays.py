"""Working days: weekends and the holidays entered are off, the Saturdays made up for are worked.

The arithmetic is plain Python; the two functions at the end read the holidays that somebody entered. A year
nobody entered counts weekends only, and pages say so (`notice`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from thanhsen.models import Holiday

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """`off`: holidays; `worked`: days of a weekend that are worked."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted itself."""
        while count > 0:
            day += DAY
            count -= self.is_working(day)
        return day

    def last_of(self, first: date, count: int) -> date:
        """The last of `count` working days of which `first` is the first where it is worked."""
        return self.add(first - DAY, count)

    def count(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 where `last` is before `first`."""
        return sum(self.is_working(first + DAY * each) for each in range((last - first).days + 1))


def calendar_for(first: date, last: date) -> Calendar:
    """The days entered between two days, in one query."""
    days: dict[str, set[date]] = {Holiday.Kind.OFF: set(), Holiday.Kind.WORKED: set()}
    for day, kind in Holiday.objects.filter(date__range=(first, last)).values_list("date", "kind"):
        days[kind].add(day)
    return Calendar(frozenset(days[Holiday.Kind.OFF]), frozenset(days[Holiday.Kind.WORKED]))


def entered(year: int) -> bool:
    """Whether anybody entered a holiday of this year."""
    return Holiday.objects.filter(date__year=year, kind=Holiday.Kind.OFF).exists()


def notice(years: Iterable[int]) -> str:
    """The sentence for a page whose deadlines fall in these years; "" where all are entered."""
    missing = [str(year) for year in sorted(set(years)) if not entered(year)]
    if not missing:
        return ""
    named = ", ".join(missing)
    return f"Chưa nhập ngày nghỉ lễ năm {named}: hạn của năm này đang tính chỉ trừ thứ bảy, chủ nhật."
