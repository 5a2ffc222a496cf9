"""Numbers, marks, and lists of indicators."""

import re
from decimal import InvalidOperation
from functools import cache

from households.exchange.imports.cells import NONE, SHOWN, Given, Raw, Taken, noted, or_nothing, shown, taker
from households.exchange.imports.words import key
from households.forms.totals import whole as whole_number
from households.poverty import load, standard_ids
from thanhsen.forms.fields import plain_number

UNIT = re.compile(r"\s*(?:m2|m²|m vuông|mét vuông|hộ|người|khẩu|nhân khẩu)\.?", re.I)
PLAIN = re.compile(r"\d+(?:,\d+)?", re.ASCII)
YES = {"co", "x", "v", "1", "true", "yes", "dung", "✓", "✔", "√", "☑", "☒"}
NO = {"khong", "0", "false", "no", "k", "ko", "sai", "chua", "☐"}
CROSSES = {"x", "v", "✓", "✔", "√", "☑", "☒"}
MARKS = {"✓", "✔", "√", "☑", "☒", "☐"}
LARGEST = 999_999_999
NUMBERS = re.compile(r"[\d ;,.+]+", re.ASCII)
NONE_WORDS = {"khong", "khongthieuhut", "khongthieu", "0", "khongco"}


@taker
@or_nothing
def whole(value: Raw, given: Given) -> Taken:
    """A whole number not below 0; 1.234 in text is one thousand two hundred and thirty-four."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return Taken(str(value))
    if isinstance(value, str):
        bare = UNIT.sub("", value)
        found = whole_number(bare)
        if found is not None and found <= LARGEST:
            return noted(value, str(found))
    return Taken(
        fault=f"“{shown(value)[:SHOWN]}” không phải là số nguyên dùng được. Ghi một số nguyên, ví dụ 1234."
    )


@taker
@or_nothing
def decimal(value: Raw, given: Given) -> Taken:
    """A number with a comma before its decimals, not below 0."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        told = shown(value)
        if PLAIN.fullmatch(told):
            return Taken(told)
    elif isinstance(value, str):
        try:
            found = plain_number(UNIT.sub("", value))
        except InvalidOperation:
            pass
        else:
            if 0 <= found <= LARGEST:
                told = f"{found:f}".replace(".", ",")
                return Taken(told) if PLAIN.fullmatch(value) else noted(value, told)
    return Taken(fault=f"“{shown(value)[:SHOWN]}” không phải là số. Ghi một số, ví dụ 45,5.")


@taker
def yes_no(value: Raw, given: Given) -> Taken:
    """Có or Không; a mark is a yes. Empty: not told."""
    if isinstance(value, bool):
        return Taken("true" if value else "false")
    told = shown(value)
    found = told.casefold() if told in MARKS else key(told)
    if found in YES:
        return Taken("true", note="" if told.casefold() == "có" else f"“{told}” → “Có”")
    if found in NO:
        return Taken("false", note="" if told.casefold() == "không" else f"“{told}” → “Không”")
    return Taken(
        fault=f"“{told[:SHOWN]}” không rõ là có hay không. Ghi Có hoặc Không; chưa biết thì để trống."
    )


def is_mark(value: Raw) -> bool:
    """Whether a cell under a heading such as Nam or Nữ says "this one"."""
    return value is True or value == 1 or (isinstance(value, str) and value.strip().casefold() in CROSSES)


@taker
def lacking(value: Raw, given: Given) -> Taken:
    """Indicators lacking, by number, code or name: "1, 3, 7". Their codes; none for "Không"."""
    known, count = _indicators(given.standard)
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        told = str(value)
        if key(told) in NONE_WORDS:
            return NONE
        by_number = NUMBERS.fullmatch(told) is not None
        parts = (
            re.findall(r"\d+", told)
            if by_number
            else [part.strip() for part in re.split(r"[;,+]", told) if key(part)]
        )
        found = [known.get(key(part).removeprefix("chiso")) for part in parts]
        unknown = [part for part, code in zip(parts, found, strict=True) if code is None]
        if parts and not unknown:
            return Taken(",".join(dict.fromkeys(code for code in found if code)))
        if unknown and not by_number:
            return Taken(fault=f"Không có chỉ số “{unknown[0][:SHOWN]}”. {_how(count)}")
    return Taken(
        fault=f"“{shown(value)[:SHOWN]}” không rõ là những chỉ số nào, có thể do Excel tự đổi. {_how(count)}"
    )


@cache
def _indicators(standard: str) -> tuple[dict[str, str], int]:
    """Number in `standard`, name or code in any → code; and how many numbers there are."""
    known: dict[str, str] = {}
    for each in standard_ids():
        for indicator in load(each).indicators:
            known |= {key(indicator.code): indicator.code, key(indicator.name): indicator.code}
    own = load(standard).indicators
    return known | {str(place): each.code for place, each in enumerate(own, start=1)}, len(own)


def _how(count: int) -> str:
    return f"Ghi số thứ tự từ 1 đến {count} cách nhau dấu phẩy, trong ô kiểu Văn bản, ví dụ 1, 3, 7."
