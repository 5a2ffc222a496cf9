"""What a cell means: as the form of the screen would be given it, with what was changed, or why it cannot be."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import wraps

from thanhsen import vietnamese

Raw = str | int | float | bool | date | datetime | time | None

ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", re.I)
NOTHING = re.compile(r"[-–—_./…*?]+|(?:không|chưa) (?:có|rõ)|n/a", re.I)
CODE = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ._/-]*", re.ASCII)
SPACES = re.compile(r"\s{2,}|[^\S ]")  # two, or another than the plain one
SHOWN = 60  # letters of a cell that a sentence repeats


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the whole file: the day, the standard the indicators are of, and the questions answered once.

    `pad_cccd`, `pad_old_id`: whether the zeros that a number lost are put back; None: not answered yet, and the cell
    asks. `swap_days`: whether days kept as dates have day and month exchanged. `month_first`: the same of days in text.
    `doubts`: which of these two the file itself gives reason to ask.
    """

    today: date
    standard: str = "2022-2026"
    pad_cccd: bool | None = None
    pad_old_id: bool | None = None
    swap_days: bool | None = None
    month_first: bool | None = None
    doubts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """`text`: as typed into the form. `note`: what was changed, "before → after". `fault`: why nothing was taken, and
    what to do. `asks`: the field of Given this waits for; `text` is then what it would be.
    """

    text: str = ""
    note: str = ""
    fault: str = ""
    asks: str = ""


Take = Callable[[Raw, Given], Taken]
NONE = Taken()


def taker(take: Take) -> Take:
    """A taker of what is in the cell: an empty one has no meaning, an error of Excel is never one."""

    @wraps(take)
    def of_cell(value: Raw, given: Given) -> Taken:
        if value is None:
            return NONE
        if isinstance(value, str):
            value = vietnamese.clean(value)
            if not value:
                return NONE
            if ERRORS.fullmatch(value):
                return Taken(fault=f"Ô báo lỗi {value} của Excel. Sửa công thức hoặc gõ thẳng giá trị vào ô.")
        elif isinstance(value, float):
            if not math.isfinite(value):
                return Taken(fault="Ô không phải là một số. Gõ lại giá trị vào ô.")
            if value.is_integer():
                value = int(value)
        return take(value, given)

    return of_cell


def or_nothing(take: Take) -> Take:
    """A dash, "không có" or "chưa rõ" in a cell that holds no free text: nothing is told, and that is noted."""

    @wraps(take)
    def of_told(value: Raw, given: Given) -> Taken:
        if isinstance(value, str) and NOTHING.fullmatch(value):
            return nothing(value)
        return take(value, given)

    return of_told


def nothing(word: str) -> Taken:
    """What was written says that there is nothing to say."""
    return Taken(note=f"“{word}” → để trống")


@taker
def text(value: Raw, given: Given) -> Taken:
    """Free text. A day is refused: Excel makes one of a house number such as 12/5."""
    if isinstance(value, (date, time)):
        return Taken(
            fault=f"Ô đang là {shown(value)}, có thể do Excel tự đổi (ví dụ số nhà 12/5). "
            "Đổi ô sang kiểu Văn bản (Text) rồi gõ lại."
        )
    if isinstance(value, bool):
        return Taken(fault=f"Ô đang là {shown(value)}, cần ghi bằng chữ. Gõ lại nội dung vào ô.")
    return Taken(shown(value))


@taker
def name(value: Raw, given: Given) -> Taken:
    """A name, kept as typed, capitals too."""
    if not isinstance(value, str) or not any(letter.isalpha() for letter in value):
        return Taken(fault=f"“{shown(value)}” không phải là họ và tên. Ghi họ và tên bằng chữ.")
    return Taken(value)


def full_name(value: Raw, given: Given) -> Taken:
    """A name; spaces inside that were made one are noted."""
    taken = name(value, given)
    if taken.text and isinstance(value, str) and SPACES.search(value.strip()):
        return replace(taken, note=f"Bỏ khoảng trắng thừa: “{taken.text[:SHOWN]}”")
    return taken


@taker
@or_nothing
def code(value: Raw, given: Given) -> Taken:
    """A code of a household or a place: letters, digits, dot, dash, slash. Excel makes a day of some."""
    if isinstance(value, (date, time, bool)):
        return Taken(
            fault=f"Ô đang là {shown(value)}, cần một mã. Đổi ô sang kiểu Văn bản (Text) rồi gõ lại mã."
        )
    if isinstance(value, float):
        return Taken(
            fault=f"Ô đang là số {shown(value)}, cần một mã. Đổi ô sang kiểu Văn bản (Text) rồi gõ lại."
        )
    found = str(value)
    if not CODE.fullmatch(found):
        return Taken(
            fault=f"Mã “{found[:SHOWN]}” không đúng. Mã chỉ gồm chữ, số, dấu chấm hoặc gạch; ghi lại mã."
        )
    return Taken(found)


@taker
def codes(value: Raw, given: Given) -> Taken:
    """Codes one after another: "18073; 18076". With commas between."""
    if not isinstance(value, str):
        return code(value, given)
    found = [each for each in re.split(r"[;, ]+", value) if each]
    for each in found:
        if fault := code(each, given).fault:
            return Taken(fault=fault)
    return Taken(",".join(found))


@taker
def group(value: Raw, given: Given) -> Taken:
    """Whatever the file numbers its households by; the lines with the same are one household."""
    if isinstance(value, (date, time, bool)):
        return Taken(fault=f"Ô đang là {shown(value)}, cần số thứ tự của hộ. Gõ lại số hộ.")
    return Taken(shown(value))


def noted(before: str, after: str, why: str = "") -> Taken:
    """`after`, with the note that it was `before` where that differs."""
    if before == after:
        return Taken(after)
    return Taken(after, note=f"“{before[:SHOWN]}” → “{after[:SHOWN]}”{f' ({why})' if why else ''}")


def shown(value: Raw) -> str:
    """What stands in a cell, as a sentence repeats it or a text keeps it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        at = f" {value:%H:%M}" if value.time() != time() else ""
        return f"ngày {value.day:02}/{value.month:02}/{value.year:04}{at}"
    if isinstance(value, date):
        return f"ngày {value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, time):
        return f"giờ {value.hour:02}:{value.minute:02}"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return str(value)
