"""The holidays and made-up working days of a year: what is suggested, and the only write."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from thanhsen import events, vietnamese
from thanhsen.constraints import kept
from thanhsen.models import Holiday, User

# The days of the solar calendar that do not move. Tết and Giỗ Tổ follow the lunar one, and the days added or
# swapped around them are announced year by year: those are typed from the announcement, never guessed.
FIXED = [
    (1, 1, "Tết Dương lịch"),
    (4, 30, "Ngày Chiến thắng"),
    (5, 1, "Ngày Quốc tế lao động"),
    (9, 2, "Quốc khánh"),
]
LONGEST = 31  # days of one line


@dataclass(frozen=True)
class Span:
    """Days in a row with one name, as they are typed."""

    first: date
    last: date
    name: str
    kind: str = Holiday.Kind.OFF

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=each) for each in range((self.last - self.first).days + 1)]


def suggested(year: int) -> list[Span]:
    """The fixed days of a year that are not entered yet."""
    stored = set(Holiday.objects.filter(date__year=year).values_list("date", flat=True))
    spans = [Span(day, day, name) for month, number, name in FIXED if (day := date(year, month, number))]
    return [span for span in spans if span.first not in stored]


def save_holidays(
    *, by: User, year: int, added: Iterable[Span] = (), removed: Iterable[int] = ()
) -> list[Holiday]:
    """Add and take out days of one year. Deadlines that were counted before stay as they were."""
    with kept():
        before = _listed(year)
        Holiday.objects.filter(date__year=year, pk__in=list(removed)).delete()
        made = [
            Holiday(date=day, name=vietnamese.clean(span.name), kind=span.kind, entered_by=by)
            for span in added
            for day in _days(span, year)
        ]
        Holiday.objects.bulk_create(made)
        after = _listed(year)
        if before != after:
            events.record(
                by=by, act="holiday.save", reason=f"Năm {year}",
                before={"days": [each for each in before if each not in after]},
                after={"days": [each for each in after if each not in before]},
            )  # fmt: skip
    return made


def _days(span: Span, year: int) -> list[date]:
    if span.last < span.first:
        raise ValidationError({"last": "Ngày cuối phải từ ngày đầu trở đi."})
    if {span.first.year, span.last.year} != {year}:
        raise ValidationError(
            {"first": f"Trang này là của năm {year}; ngày của năm khác nhập ở trang năm ấy."}
        )
    if len(span.days) > LONGEST:
        raise ValidationError({"last": f"Một dòng nhiều nhất {LONGEST} ngày; xem lại ngày cuối."})
    return span.days


def _listed(year: int) -> list[str]:
    days = Holiday.objects.filter(date__year=year).order_by("date")
    return [f"{day} ({day.get_kind_display().lower()})" for day in days]
