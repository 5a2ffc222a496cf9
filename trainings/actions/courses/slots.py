"""Days and parts of days that a timetable may use: pure arithmetic over what was chosen."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from thanhsen.models import Holiday

LONGEST = 366  # days looked at for one timetable
DAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


@dataclass(frozen=True)
class Part:
    """A part of the day that classes meet in."""

    starts: time
    ends: time


@dataclass(frozen=True)
class Slot:
    starts_at: datetime
    ends_at: datetime


@dataclass
class Slots:
    """Slots in order, one after another as they are asked for. `skipped`: the holidays passed over on the way."""

    first: date
    weekdays: Collection[int]
    parts: Sequence[Part]
    holidays: dict[date, str]
    skipped: dict[date, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Slot]:
        """Ends after LONGEST days, so that a choice without a day does not go on for ever."""
        for offset in range(LONGEST):
            day = self.first + timedelta(days=offset)
            if day.weekday() not in self.weekdays:
                continue
            if day in self.holidays:
                self.skipped[day] = self.holidays[day]
                continue
            for part in sorted(self.parts, key=lambda each: each.starts):
                yield Slot(moment(day, part.starts), moment(day, part.ends))


def moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=get_current_timezone())


def holidays_from(first: date) -> dict[date, str]:
    """Day → name of the holidays entered in the year that begins with `first`."""
    last = first + timedelta(days=LONGEST)
    found = Holiday.objects.filter(kind=Holiday.Kind.OFF, date__range=(first, last))
    return dict(found.values_list("date", "name"))


def day_named(day: date) -> str:
    """thứ ba 08/12/2026"""
    return f"{DAYS[day.weekday()]} {day:%d/%m/%Y}"
