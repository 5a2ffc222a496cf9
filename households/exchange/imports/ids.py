"""Numbers that name a person or a phone, and what Excel does to them: zeros lost, digits rounded away."""

import re

from households.exchange.imports.cells import SHOWN, Given, Raw, Taken, noted, or_nothing, shown, taker

MASKED = re.compile(r"\d{3}•{5}\d{4}", re.ASCII)
HIDDEN = re.compile(r"[\d•*#xX. -]*[•*#xX]{2,}[\d•*#xX. -]*", re.ASCII)
SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+]?\d+", re.I | re.ASCII)
SEPARATORS = re.compile(r"[ .'’`‘\-]")
DIGITS = re.compile(r"\d+", re.ASCII)
WHOLE_DECIMAL = re.compile(r"(\d+)\.0", re.ASCII)  # a number that another program wrote as text
ABROAD = re.compile(r"840?([1-9]\d{8})", re.ASCII)
AS_TEXT = "Đổi cột sang kiểu Văn bản (Text) rồi gõ lại"


@taker
@or_nothing
def cccd(value: Raw, given: Given) -> Taken:
    """12 digits. 10 or 11 lost their zeros to Excel: asked once for the file. A masked number stays masked."""
    if isinstance(value, str) and MASKED.fullmatch(value):
        return Taken(value)
    digits, fault = _digits(value, "CCCD", "đủ 12 chữ số")
    if fault:
        return Taken(fault=fault)
    if len(digits) == 12:
        return noted(str(value), digits)
    if len(digits) in (10, 11) and not digits.startswith("0"):
        return _padded(value, digits, 12, "CCCD", "pad_cccd", given.pad_cccd)
    if len(digits) == 9:
        return Taken(
            fault=f"“{shown(value)[:SHOWN]}” có 9 chữ số, là số CMND cũ. Chuyển sang cột “Số CMND cũ”."
        )
    return Taken(
        fault=f"Số CCCD gồm đúng 12 chữ số, “{shown(value)[:SHOWN]}” có {len(digits)}. Ghi lại theo thẻ."
    )


@taker
@or_nothing
def old_id(value: Raw, given: Given) -> Taken:
    """9 digits of a CMND. 8, or 7, lost their zeros to Excel: asked once for the file."""
    digits, fault = _digits(value, "CMND cũ", "đủ 9 chữ số")
    if fault:
        return Taken(fault=fault)
    if len(digits) == 9:
        return noted(str(value), digits)
    if len(digits) in (7, 8) and not digits.startswith("0"):
        return _padded(value, digits, 9, "CMND cũ", "pad_old_id", given.pad_old_id)
    if len(digits) == 12:
        return Taken(fault=f"“{shown(value)[:SHOWN]}” có 12 chữ số, là số CCCD. Chuyển sang cột “Số CCCD”.")
    return Taken(
        fault=f"Số CMND cũ gồm đúng 9 chữ số, “{shown(value)[:SHOWN]}” có {len(digits)}. Ghi lại theo giấy tờ."
    )


@taker
@or_nothing
def phone(value: Raw, given: Given) -> Taken:
    """Ten digits that begin with 0, so that a lost 0 is known and put back."""
    written = re.sub(r"^\+|[()]", "", value) if isinstance(value, str) else value
    digits, fault = _digits(written, "điện thoại", "đủ 10 chữ số")
    if fault:
        return Taken(fault=fault)
    if len(digits) == 9 and not digits.startswith("0"):
        return noted(str(value), f"0{digits}", "thêm số 0 ở đầu")
    if found := ABROAD.fullmatch(digits):
        return noted(str(value), f"0{found[1]}", "đổi 84 thành 0")
    if len(digits) == 10 and digits.startswith("0"):
        return noted(str(value), digits)
    return _no_phone(value)


@taker
@or_nothing
def number(value: Raw, given: Given) -> Taken:
    """A number the register gave: of a person, of a version."""
    digits, fault = _digits(value, "này", "như tệp đã xuất")
    if fault:
        return Taken(fault=fault)
    return Taken(digits)


def _no_phone(value: Raw) -> Taken:
    return Taken(
        fault=f"“{shown(value)[:SHOWN]}” không phải số điện thoại. Ghi một số gồm 10 chữ số, bắt đầu bằng 0."
    )


def _digits(value: Raw, what: str, how: str) -> tuple[str, str]:
    """The digits in a cell, or the sentence that says why there are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return "", f"Ô đang là {shown(value)}, cần số {what}. {AS_TEXT} {how}."
    if isinstance(value, float) or (isinstance(value, int) and value < 0):
        return "", f"“{shown(value)}” không phải số {what}. {AS_TEXT} {how}."
    told = str(value)
    if SCIENTIFIC.fullmatch(told.replace(" ", "")):
        return "", (
            f"Excel đã đổi số {what} thành “{told[:SHOWN]}” nên mất các chữ số cuối. {AS_TEXT} {how} theo giấy tờ."
        )
    if HIDDEN.fullmatch(told):
        return "", f"Số {what} “{told[:SHOWN]}” bị che. Ghi {how}, hoặc để trống để giữ nguyên trong sổ."
    digits = SEPARATORS.sub("", told)
    if whole := WHOLE_DECIMAL.fullmatch(told):
        digits = whole[1]
    if not DIGITS.fullmatch(digits):
        letters = (
            " Xem có gõ nhầm chữ O, chữ l thay cho số 0, số 1 không." if re.search("[OoIl]", digits) else ""
        )
        return "", f"Số {what} “{told[:SHOWN]}” có ký tự không phải chữ số.{letters} Ghi {how}."
    return digits, ""


def _padded(value: Raw, digits: str, length: int, what: str, asks: str, answer: bool | None) -> Taken:
    full = digits.zfill(length)
    if answer is False:
        return Taken(
            fault=f"Số {what} “{shown(value)[:SHOWN]}” chỉ có {len(digits)} chữ số. Ghi đủ {length} chữ số theo giấy tờ."
        )
    taken = noted(str(value), full, "thêm số 0 ở đầu")
    return Taken(full, note=taken.note, asks="" if answer else asks)


def _plain(value: Raw) -> str:
    return str(value)
