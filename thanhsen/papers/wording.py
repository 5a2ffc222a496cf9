"""Days, numbers and texts as official papers write them (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

# What XML cannot hold, and what turns the direction of letters: never part of a name or a reason.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")


def plain(text: object) -> str:
    """Text that a paper can hold: composed letters, no unprintable characters, line breaks as one newline."""
    broken = BREAKS.sub("\n", unicodedata.normalize("NFC", str(text))).replace("\t", " ")
    return UNPRINTABLE.sub("", broken).strip()


def spoken_day(day: date | None) -> str:
    """ngày 05 tháng 02 năm 2026: days under 10 and the first two months take a 0."""
    if day is None:
        return ""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def numbered(number: str) -> str:
    """The number of a paper, with a 0 before a single digit: 5/QĐ-UBND → 05/QĐ-UBND."""
    return re.sub(r"^(\d)(?=\D|$)", r"0\1", number.strip())


def place_name(area_name: str) -> str:
    """Thành Sen of Phường Thành Sen: what stands before the day."""
    return re.sub(r"^(?:phường|xã|đặc khu)\s+", "", area_name, flags=re.IGNORECASE)


def inside(name: str) -> str:
    """A name in the middle of a sentence: phường Thành Sen of Phường Thành Sen; UBND stays UBND."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def ascii_name(text: str) -> str:
    """Letters, digits and hyphens for a file name: 05/QĐ-UBND → 05-QD-UBND."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-")[:80]


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", " nghìn", " triệu")
BILLION = 10**9


def spelled(amount: int) -> str:
    """A whole number in words, as amounts are written on a receipt: 1.205.000 → một triệu hai trăm linh năm nghìn.

    From 0 up to 10^18 (not included); ValueError beyond.
    """
    if not 0 <= amount < BILLION * BILLION:
        raise ValueError(f"{amount} is not spelled")
    billions, rest = divmod(amount, BILLION)
    said = [f"{_below_a_billion(billions, is_first=True)} tỷ"] if billions else []
    if rest:
        said.append(_below_a_billion(rest, is_first=not billions))
    return " ".join(said) or DIGITS[0]


def dong_in_words(amount: int | Decimal) -> str:
    """An amount in đồng as it stands in brackets after the figures: Một triệu hai trăm nghìn đồng.

    What is too large to be spelled is left to whoever writes the paper.
    """
    whole = int(amount)
    return f"{spelled(whole).capitalize()} đồng" if 0 <= whole < BILLION * BILLION else "[ghi bằng chữ]"


def _below_a_billion(number: int, *, is_first: bool) -> str:
    groups = [number // 1000**place % 1000 for place in range(len(SCALES))]
    largest = max(place for place, group in enumerate(groups) if group)
    return " ".join(
        _hundreds(groups[place], is_first=is_first and place == largest) + SCALES[place]
        for place in range(largest, -1, -1)
        if groups[place]
    )


def _hundreds(number: int, *, is_first: bool) -> str:
    """A group of three digits; in front of others its missing hundreds and tens are not said."""
    hundreds, rest = divmod(number, 100)
    said = [f"{DIGITS[hundreds]} trăm"] if hundreds or not is_first else []
    tens, ones = divmod(rest, 10)
    if tens == 0 and ones:
        said += [f"linh {DIGITS[ones]}" if said else DIGITS[ones]]
    elif tens == 1:
        said += ["mười" + (f" {'lăm' if ones == 5 else DIGITS[ones]}" if ones else "")]
    elif tens:
        last = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(ones, f" {DIGITS[ones]}")
        said += [f"{DIGITS[tens]} mươi{last}"]
    return " ".join(said)
