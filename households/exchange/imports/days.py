"""Days and years: as people write them, as Excel keeps them, and as it spoils them."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from households.exchange.imports.cells import SHOWN, Given, Raw, Taken, noted, or_nothing, shown, taker

EPOCH = date(1899, 12, 30)  # day 0 of Excel, for the days after its invented 29/02/1900
SERIALS = range(2200, 73_051)  # a day of 1906 … 31/12/2099; below are years
WRITTEN = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", re.ASCII)
JOINED = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
IN_WORDS = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.I | re.ASCII)
SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}", re.ASCII)
MONTH = re.compile(r"(?:0{1,2}[/.\-])?(\d{1,2})[/.\-](\d{4})", re.ASCII)
YEAR = re.compile(r"(?:năm |sn |sinh năm )?(\d{4})", re.I | re.ASCII)
TELLING = 3  # days of a column that tell how it was written
AS_WRITTEN = "Ghi theo dạng ngày/tháng/năm, ví dụ 05/12/1980"


@taker
@or_nothing
def day(value: Raw, given: Given) -> Taken:
    """A day, as dd/mm/yyyy. Text is day first unless the file was said to be month first."""
    if isinstance(value, (date, datetime)):
        return _of_date(value, given)
    if isinstance(value, int) and not isinstance(value, bool) and value in SERIALS:
        return noted(str(value), _told(EPOCH + timedelta(days=value)), "ngày được lưu dưới dạng số")
    if isinstance(value, float) and int(value) in SERIALS:
        return noted(shown(value), _told(EPOCH + timedelta(days=int(value))), "ngày được lưu dưới dạng số")
    if not isinstance(value, str):
        return Taken(fault=f"“{shown(value)}” không phải là ngày. {AS_WRITTEN}.")
    return _of_text(value, given)


@taker
@or_nothing
def birth(value: Raw, given: Given) -> Taken:
    """A day of birth as dd/mm/yyyy or, where only that is known, the year: `fields_of_birth` tells them apart."""
    if isinstance(value, int) and not isinstance(value, bool) and value < SERIALS[0]:
        return year(value, given)
    if isinstance(value, str):
        if found := YEAR.fullmatch(value):
            return _year(value, int(found[1]), given)
        if found := MONTH.fullmatch(value):
            if int(found[1]) > 12:
                return Taken(
                    fault=f"Không có tháng {int(found[1])}: “{value}”. {AS_WRITTEN}, hoặc chỉ ghi năm."
                )
            taken = _year(value, int(found[2]), given)
            return taken if taken.fault else noted(value, taken.text, "không rõ ngày, chỉ giữ năm")
    return day(value, given)


@taker
@or_nothing
def year(value: Raw, given: Given) -> Taken:
    """Four digits, not after this year."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _year(str(value), value, given)
    if isinstance(value, str) and (found := YEAR.fullmatch(value)):
        return _year(value, int(found[1]), given)
    return Taken(fault=f"“{shown(value)[:SHOWN]}” không phải là năm. Ghi năm bằng bốn chữ số, ví dụ 1980.")


def typed_year(day: date, today: date) -> int | None:
    """The year that somebody typed into a cell formatted as a day: 1985 there is 07/06/1905."""
    number = (day - EPOCH).days
    return number if 1900 <= number <= today.year else None


def fields_of_birth(text: str) -> dict[str, str]:
    """The fields of the form that a taken birth fills."""
    if not text:
        return {}
    if "/" in text:
        return {"birth_date": text, "birth_year": text[-4:]}
    return {"birth_year": text}


def doubts(values: Iterable[Raw]) -> frozenset[str]:
    """What a column of days gives reason to ask, of the fields of Given.

    `swap_days`: Excel set to month/day/year made days of those it could, all of the 12 first of a month, and left the
    others as text; a few may have been text before. `month_first`: days in text cannot be day first, and none cannot be month first.
    """
    kept, left = [], []
    for value in values:
        if isinstance(value, date):
            kept.append(value.day)
        elif isinstance(value, str) and (found := WRITTEN.fullmatch(value.strip())):
            left.append((int(found[1]), int(found[2])))
    day_first = sum(first > 12 >= second for first, second in left)
    month_first = sum(first <= 12 < second for first, second in left)
    if len(kept) >= TELLING and max(kept) <= 12 and day_first >= TELLING and 2 * day_first > len(left):
        return frozenset({"swap_days"})
    return frozenset({"month_first"}) if month_first >= TELLING and not day_first else frozenset()


def _of_date(value: date, given: Given) -> Taken:
    told = date(value.year, value.month, value.day)
    before = _told(told)
    if told.day <= 12 and told.day != told.month:
        exchanged = date(told.year, told.day, told.month)
        if given.swap_days:
            return _sensible(before, exchanged, "đổi lại ngày và tháng")
        if given.swap_days is None and "swap_days" in given.doubts:
            return _asked(before, exchanged, "swap_days")
    if isinstance(value, datetime) and value.time() != time():
        return _sensible(f"{before} {value:%H:%M}", told, "bỏ giờ")
    return _sensible(before, told)


def _of_text(value: str, given: Given) -> Taken:
    before, asks = value, ""
    found = WRITTEN.fullmatch(value) or JOINED.fullmatch(value) or IN_WORDS.fullmatch(value)
    if found:
        first, second, in_year = int(found[1]), int(found[2]), int(found[3])
        asks = "month_first" if given.month_first is None and "month_first" in given.doubts else ""
        if given.month_first or asks:
            first, second = second, first
        elif WRITTEN.fullmatch(value):
            before = ""  # the same day, written without its zeros or with other marks: as the screen takes it
    elif found := ISO.fullmatch(value):
        in_year, second, first = int(found[1]), int(found[2]), int(found[3])
    elif SHORT_YEAR.fullmatch(value):
        return Taken(fault=f"Năm trong “{value}” chỉ có hai chữ số. Ghi đủ bốn chữ số, ví dụ 05/12/1980.")
    else:
        return Taken(fault=f"“{value[:SHOWN]}” không đọc được thành ngày. {AS_WRITTEN}.")
    try:
        taken = _sensible(before, date(in_year, second, first))
    except ValueError:
        return Taken(fault=_no_day(value, first, second, in_year))
    if asks and taken.text and first != second:
        return _asked(value, date(in_year, second, first), asks)
    return taken if before else replace(taken, note="")


def _asked(before: str, told: date, asks: str) -> Taken:
    """The day it would be, once somebody says so."""
    return replace(_sensible(before, told, "ngày và tháng có thể đã đổi chỗ"), asks=asks)


def _no_day(value: str, first: int, second: int, in_year: int) -> str:
    if second > 12 >= first >= 1 and second <= 31:
        return (
            f"“{value[:SHOWN]}” ghi tháng trước ngày: không có tháng {second}. "
            "Ghi ngày trước, tháng sau, ví dụ 25/12/1980."
        )
    if not (first and second and in_year):
        return f"“{value[:SHOWN]}” thiếu ngày hoặc tháng. {AS_WRITTEN}; không rõ ngày sinh thì chỉ ghi năm."
    return f"Không có ngày “{value[:SHOWN]}”. Xem lại ngày, tháng; {AS_WRITTEN[0].lower()}{AS_WRITTEN[1:]}."


def _sensible(before: str, told: date, why: str = "") -> Taken:
    if not 1900 <= told.year <= 2100:
        return Taken(fault=f"Ngày {_told(told)} có năm ngoài 1900–2100. Xem lại năm.")
    return noted(before, _told(told), why)


def _year(before: str, found: int, given: Given) -> Taken:
    if not 1900 <= found <= given.today.year:
        return Taken(fault=f"Năm {found} không đúng. Ghi năm từ 1900 đến {given.today.year}.")
    return noted(before, str(found))


def _told(value: date) -> str:
    return f"{value.day:02}/{value.month:02}/{value.year:04}"
