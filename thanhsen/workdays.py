"""Working days: weekends and the holidays entered are off, the Saturdays made up for are worked."""

from dataclasses import dataclass
from datetime import date, timedelta

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
        while count:
            day += DAY
            count -= self.is_working(day)
        return day

    def last_of(self, first: date, count: int) -> date:
        """The last of `count` working days of which `first` is the first where it is worked."""
        return self.add(first - DAY, count)


def calendar_for(first: date, last: date) -> Calendar:
    return Calendar()
