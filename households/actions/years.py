"""Closing the books of a year: from then on no figure of it moves (rules *_year_is_open): statuses, households, members,
life events, totals, decisions, certificates. Papers that carry no figure (requests, minutes, postings) stay open."""

from datetime import date

from django.core.exceptions import ValidationError

from households.models import ClosedYear
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, User


def close_year(*, by: User, ward: Area, year: int, reason: str, today: date) -> ClosedYear:
    """Close `year` of the ward, and with it every year before. There is no opening again."""
    if year >= today.year:
        raise ValidationError(f"Năm {year} chưa hết nên chưa khoá sổ được; khoá sau ngày 31/12/{year}.")
    with kept():
        # Whoever writes into a year holds the ward's row: wait for them, and let the next ones see the year closed.
        Area.objects.select_for_update().get(pk=ward.pk)
        if ClosedYear.objects.covers(ward, year):
            raise ValidationError(f"Năm {year} đã khoá sổ.")
        closed = ClosedYear.objects.create(ward=ward, year=year, reason=reason.strip(), closed_by=by)
        events.record(
            by=by, act="year.close", on=closed, after=events.snapshot(closed), area=ward, reason=closed.reason
        )
    return closed
