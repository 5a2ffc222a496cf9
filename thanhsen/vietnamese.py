"""Vietnamese text: sorting, searching, and numbers and dates as they are printed.

The sort key follows the alphabet a ă â b c d đ e ê … y and, within equal letters, the tones ngang, huyền,
hỏi, ngã, sắc, nặng; digit runs sort as numbers (Tổ 2 before Tổ 10). It is stored, compared bytewise
(collation "C"), so that every PostgreSQL sorts alike, with or without ICU.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: parts of a letter, not tones
_RANK = {letter: f"{index:02d}" for index, letter in enumerate(ALPHABET, start=10)}
_TOKENS = re.compile(r"\d+|\D")
# What PostgreSQL's unaccent writes plainly and people do type: other crossed d's, curly marks, long dashes.
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ɖ": "d", "“": '"', "”": '"', "…": "..."}
    | dict.fromkeys("‘’‛", "'")
    | dict.fromkeys("‐‑‒–—", "-")
)
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """One line of text as it is kept: composed letters (NFC), single spaces, nothing at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def split_name(full_name: str) -> tuple[str, str, str]:
    """(họ, đệm, tên): the family name is the first word, the given name the last."""
    words = clean(full_name).split(" ")
    if len(words) == 1:
        return "", "", words[0]
    return words[0], " ".join(words[1:-1]), words[-1]


def sort_key(text: str) -> str:
    """A key whose bytewise order is the Vietnamese order of `text`."""
    letters: list[str] = []
    tones: list[str] = []
    for token in _TOKENS.findall(clean(text).lower()):
        if token.isdigit() and token.isascii():
            digits = token.lstrip("0") or "0"
            letters.append(f"0{min(len(digits), 99):02d}{digits}")
            tones.append("0")
            continue
        base, tone = _base_and_tone(token)
        if base == " ":
            letters.append("!")
        else:
            letters.append(_RANK.get(base, f"~{base}"))
        tones.append(str(tone))
    return "".join(letters) + " " + "".join(tones).rstrip("0")


def name_key(full_name: str) -> str:
    """A key that sorts people by tên, then đệm, then họ."""
    family, middle, given = split_name(full_name)
    return "|".join((sort_key(given), sort_key(middle), sort_key(family)))


def fold(text: str) -> str:
    """`text` without marks, case or đ/d: what a search compares. "Nguyễn Thị Đào" gives "nguyen thi dao"."""
    decomposed = unicodedata.normalize("NFD", clean(text).lower().translate(_PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _base_and_tone(char: str) -> tuple[str, int]:
    base, tone = "", 0
    for part in unicodedata.normalize("NFD", char):
        if part in TONES:
            tone = TONES[part]
        else:
            base += part
    return unicodedata.normalize("NFC", base), tone


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded to `places` decimals, halves away from zero, as official tables round."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: int | Decimal | float | None, places: int | None = None) -> str:
    """1234567.5 as "1.234.567,5"; None as "". `places` fixes the decimals, rounding half up."""
    if value is None:
        return ""
    exact = Decimal(str(value))
    if places is not None:
        exact = half_up(exact, places)
    text = f"{exact:,f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def rate(part: int, whole: int | None) -> Decimal | None:
    """part ÷ whole × 100 with two decimals, half up; None (printed blank) where there is no whole."""
    if not whole:
        return None
    return half_up(Decimal(part) * 100 / Decimal(whole), 2)


def day(value: date | None) -> str:
    """dd/mm/yyyy, or "" for no day."""
    return value.strftime("%d/%m/%Y") if value else ""


def day_of(text: str) -> date | None:
    """The day that dd/mm/yyyy says; None where it says none."""
    try:
        in_month, month, year = (int(part) for part in text.split("/"))
        return date(year, month, in_month)
    except ValueError:
        return None
