"""Working days: worked cases, then the laws of the arithmetic, then what is read from the holidays entered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_user
from thanhsen import workdays
from thanhsen.models import Holiday
from thanhsen.permissions import Role
from thanhsen.workdays import Calendar

DAY = timedelta(days=1)
PLAIN = Calendar()
SEPTEMBER = Calendar(
    off=frozenset({date(2026, 9, 1), date(2026, 9, 2)}), worked=frozenset({date(2026, 8, 22)})
)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    lambda off, worked: Calendar(off, frozenset(each for each in worked if each.weekday() > 4)),
    st.frozensets(days, max_size=25),
    st.frozensets(days, max_size=10),
)


@pytest.mark.parametrize(
    ("calendar", "day", "count", "expected"),
    [
        (PLAIN, date(2026, 11, 25), 0, date(2026, 11, 25)),
        (PLAIN, date(2026, 11, 25), 3, date(2026, 11, 30)),  # Wednesday: Thursday, Friday, Monday
        (PLAIN, date(2026, 11, 28), 1, date(2026, 11, 30)),  # Saturday
        (SEPTEMBER, date(2026, 8, 31), 1, date(2026, 9, 3)),  # over the holiday
        (SEPTEMBER, date(2026, 8, 21), 1, date(2026, 8, 22)),  # a Saturday that is made up
    ],
)
def test_the_nth_working_day_after(calendar, day, count, expected):
    assert calendar.add(day, count) == expected


def test_a_span_counts_its_first_day_where_it_is_worked():
    assert PLAIN.last_of(date(2026, 11, 25), 3) == date(2026, 11, 27)
    assert PLAIN.last_of(date(2026, 11, 28), 3) == date(2026, 12, 2)  # begins on a Saturday
    assert PLAIN.count(date(2026, 11, 23), date(2026, 11, 29)) == 5
    assert PLAIN.count(date(2026, 11, 29), date(2026, 11, 23)) == 0


@given(calendars, days, st.integers(1, 40))
def test_adding_lands_on_a_working_day_and_counting_gives_the_number_back(calendar, day, count):
    landed = calendar.add(day, count)
    assert calendar.is_working(landed)
    assert calendar.count(day + DAY, landed) == count
    assert calendar.last_of(day + DAY, count) == landed


@given(calendars, days, st.integers(0, 40), st.integers(0, 40))
def test_adding_in_two_steps_is_adding_once(calendar, day, one, other):
    assert calendar.add(calendar.add(day, one), other) == calendar.add(day, one + other)


@given(calendars, days, days, st.integers(1, 40))
def test_later_days_and_more_holidays_never_give_an_earlier_end(calendar, one, other, count):
    first, second = sorted((one, other))
    assert calendar.add(first, count) <= calendar.add(second, count)
    fewer = Calendar(frozenset(), calendar.worked)
    assert fewer.add(first, count) <= calendar.add(first, count)


@pytest.mark.django_db
def test_the_calendar_is_read_in_one_query(django_assert_num_queries):
    by = make_user(Role.ADMIN)
    for day, kind in [(date(2026, 9, 2), "off"), (date(2026, 8, 22), "worked"), (date(2027, 1, 1), "off")]:
        Holiday.objects.create(date=day, name="Ngày thử", kind=kind, entered_by=by)
    with django_assert_num_queries(1):
        calendar = workdays.calendar_for(date(2026, 1, 1), date(2026, 12, 31))
    assert calendar == Calendar(frozenset({date(2026, 9, 2)}), frozenset({date(2026, 8, 22)}))


@pytest.mark.django_db
def test_a_year_nobody_entered_is_said():
    Holiday.objects.create(date=date(2026, 9, 2), name="Quốc khánh", entered_by=make_user(Role.ADMIN))
    assert workdays.entered(2026)
    assert not workdays.entered(2027)
    assert workdays.notice([2026]) == ""
    assert workdays.notice([2027, 2026, 2027]) == (
        "Chưa nhập ngày nghỉ lễ năm 2027: hạn của năm này đang tính chỉ trừ thứ bảy, chủ nhật."
    )
