"""Numbers, marks, and lists of indicators."""

import re
from decimal import InvalidOperation

from households.exchange.imports.cells import NONE, SHOWN, Given, Raw, Taken, noted, or_nothing, shown, taker
from households.exchange.imports.words import key
from households.forms.totals import whole as whole_number
from households.poverty import load
from thanhsen.forms.fields import plain_number

UNIT = re.compile(r"\s*(?:m2|m²|m vuông|mét vuông|hộ|người|khẩu|nhân khẩu)\.?", re.I)
PLAIN = re.compile(r"\d+(?:,\d+)?", re.ASCII)
YES = {"co", "x", "v", "1", "true", "yes", "dung", "✓", "✔", "√", "☑", "☒"}
NO = {"khong", "0", "false", "no", "k", "ko", "sai", "chua", "☐"}
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
    return (
        value is True
        or value == 1
        or (isinstance(value, str) and value.strip().casefold() in {"x", "v", *MARKS})
    )


@taker
def lacking(value: Raw, given: Given) -> Taken:
    """Indicators lacking, by number, code or name: "1, 3, 7". Their codes; none for "Không"."""
    indicators = load(given.standard).indicators
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        told = str(value)
        if key(told) in NONE_WORDS:
            return NONE
        known = {str(place): each.code for place, each in enumerate(indicators, start=1)}
        known |= {key(each.code): each.code for each in indicators} | {
            key(each.name): each.code for each in indicators
        }
        parts = [each for part in re.split(r"[;,+]", told) if (each := part.strip(" ."))]
        parts = (
            parts
            if len(parts) > 1 or key(told) in known
            else told.split()
            if NUMBERS.fullmatch(told)
            else parts
        )
        found = [known.get(key(part).removeprefix("chiso")) for part in parts]
        unknown = [part for part, code in zip(parts, found, strict=True) if code is None]
        if parts and not unknown:
            return Taken(",".join(dict.fromkeys(code for code in found if code)))
        if unknown and not NUMBERS.fullmatch(told):
            return Taken(fault=f"Không có chỉ số “{unknown[0][:SHOWN]}”. {_how(len(indicators))}")
    return Taken(
        fault=f"“{shown(value)[:SHOWN]}” không rõ là những chỉ số nào, có thể do Excel tự đổi. {_how(len(indicators))}"
    )


def _how(count: int) -> str:
    return f"Ghi số thứ tự từ 1 đến {count} cách nhau dấu phẩy, trong ô kiểu Văn bản, ví dụ 1, 3, 7."
