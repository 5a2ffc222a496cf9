"""Vietnamese text of before Unicode, as old workbooks still hold it.

TCVN3 (TCVN 5712:1993, the fonts .VnTime, .VnArial, …) puts every letter on one of the places A1–FE of its font; the
program that opens the file sees Latin-1 there: "B¶o Th¾ng" is Bảo Thắng. Its ư is U+00AD, which no screen shows and
every trim removes, so text is decoded before it is tidied. VNI (the fonts VNI-Times, …) writes the plain vowel and
after it a sign: "Xin chaøo" is Xin chào.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from thanhsen.syllables import is_syllable

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_SIGNS = {  # the sign after a vowel → what it adds, as loose marks
    **dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True)),
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_ALONE |= {each.upper(): letter.upper() for each, letter in _ALONE.items()}
_PAIR = re.compile(
    "([aA])([øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË])|([eEoO])([øùûõïâàáåãäØÙÛÕÏÂÀÁÅÃÄ])"
    "|([uUyYôÔöÖ])([øùûõïØÙÛÕÏ])|([ìíæóòîñôöÌÍÆÓÒÎÑÔÖ])"
)
_MODERN = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")  # letters that only Unicode has
_WORD = re.compile("[A-Za-z\xa1-\xaf\xb5-\xb9\xbb-\xbe\xc0-\xff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_WEAK = re.compile("[A-Z]¹|[MN]ª|µ[glms]|[Tt]haï|[Ll]oïc")  # may be modern: plot A¹, ordinals, µm, names
_MARKS = re.compile("[\u0300-\u036f]")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")
_LEADS = re.compile("[ÃÂÄÆ][\x80-\xbf€-™ŒœŠšŽžŸƒˆ˜]|á[º»]")
_PAIR_OF_BYTES = re.compile("[\xc2-\xf4][^\x00-\x7f]")
_MIXED = re.compile(r"[^\W\d_][µ¶·¸¹¨©«¬\xad®»¼½¾][^\W\d_]|[A-Za-z][µ¶¸¨¬]|[a-z][\xc0-\xd6\xd8-\xde]")


def decoded(text: str, coding: str = "") -> tuple[str, str]:
    """(text in composed Unicode, not trimmed; the coding it was in: "" for none, "TCVN3", "VNI", "NFD" or "UTF-8").

    `coding` is what the font of the cell tells: "TCVN3", "TCVN3H" (a font of capitals) or "VNI". Without it the
    letters decide, and only where the text is no Vietnamese as it stands and is once decoded; plain ASCII, proper
    Unicode and other languages stay as they are. "NFD": the marks stood loose. "UTF-8": its bytes had been taken for
    letters ("Nguyá»…n").
    """
    if text.isascii() and coding != "TCVN3H":
        return text, ""
    if _MODERN.search(text) or any(unicodedata.combining(char) for char in text):
        composed = unicodedata.normalize("NFC", text)
        return composed, "NFD" if composed != text and _MARKS.search(text) else ""
    if coding:
        made = _DECODERS[coding.removesuffix("H")](text)
        made = made.upper() if coding == "TCVN3H" else made
        return made, coding.removesuffix("H") if made != text else ""
    if _PAIR_OF_BYTES.search(text) and (repaired := _repaired(text)):
        return repaired, "UTF-8"
    if _is_modern_vietnamese(text):
        return unicodedata.normalize("NFC", text), ""
    found = _found(text)
    return (_DECODERS[found](text), found) if found else (unicodedata.normalize("NFC", text), "")


def coding_of(texts: Iterable[str]) -> str:
    """The coding of a column that lost its font, where several of its texts show it and none is surely modern.

    For the texts that could be either, given to `decoded` as the font's word: "Vò" is Vũ in a column of TCVN3.
    """
    counts = dict.fromkeys(_DECODERS, 0)
    for text in texts:
        if _MODERN.search(text):
            return ""
        if not text.isascii() and (found := decoded(text)[1]) in counts:
            counts[found] += 1
    found = max(counts, key=lambda coding: counts[coding])
    return found if counts[found] >= 3 and sum(counts.values()) == counts[found] else ""


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def broken(text: str) -> str:
    """Why letters of a decoded text are lost beyond repair, as a sentence; "" where nothing shows it."""
    if text.isascii() and "?" not in text and not _CONTROL.search(text):
        return ""
    if _LOST.search(text) and "://" not in text:
        return "có chữ đã mất dấu thành “?”, không khôi phục được. Gõ lại theo giấy tờ."
    if any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} and char not in "\n\r\t" for char in text):
        return "có ký tự không in được. Gõ lại giá trị của ô."
    if _LEADS.search(text) and not _is_modern_vietnamese(text):
        return "có chữ vỡ do đọc nhầm bảng mã, không khôi phục được. Gõ lại theo giấy tờ."
    if _MODERN.search(text) and _MIXED.search(text):
        return "lẫn chữ Unicode với chữ của phông cũ (TCVN3) trong một ô. Gõ lại bằng Unicode."
    return ""


def _of_tcvn3(text: str) -> str:
    return _raised(text.translate(_TCVN3))


def _of_vni(text: str) -> str:
    return _PAIR.sub(_letter, text)


_DECODERS = {"TCVN3": _of_tcvn3, "VNI": _of_vni}


def _letter(match: re.Match[str]) -> str:
    if alone := match[7]:
        return _ALONE[alone]
    vowel, sign = (each for each in match.groups() if each)
    return unicodedata.normalize("NFC", _ALONE.get(vowel, vowel) + _SIGNS[sign.lower()])


def _raised(text: str) -> str:
    """TCVN3 has no capitals with a tone: "TRÇN" is TRẦN, typed for a font that shows capitals."""
    if not any(_is_shouted(word) for word in _LETTERS.findall(text)):
        return text
    if not any(char.isascii() and char.islower() for char in text):
        return text.upper()
    return _LETTERS.sub(lambda match: match[0].upper() if _is_shouted(match[0]) else match[0], text)


def _is_shouted(word: str) -> bool:
    """Capitals but for the letters that have none; not an abbreviation, not a name like Đỗ or Lê."""
    capitals = sum(char.isupper() for char in word)
    small = any(char.isascii() and char.islower() for char in word)
    return capitals > 1 and not small and any(not char.isascii() and char not in "Đđ" for char in word)


def _found(text: str) -> str:
    """The coding under which the text is Vietnamese, where it is none as it stands."""
    if any(char.isalpha() and ord(char) > 0xFF for char in text):
        return ""
    strength = {coding: _evidence(text, decode) for coding, decode in _DECODERS.items()}
    best = max(strength, key=lambda coding: strength[coding])
    return best if strength[best] > min(strength.values()) and strength[best] > 0 else ""


def _evidence(text: str, decode: Callable[[str], str]) -> int:
    """How many words become Vietnamese by decoding; 0 where some cease to be, or too many never are."""
    good = strange = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            continue
        was, is_now, is_short, is_modern = _weighed(word, decode)
        if is_modern or (was and not is_now):
            return 0
        if is_now and not was:
            follows_digit = text[: match.start()][-1:].isdigit()
            good += len(word) > 1 and not follows_digit and not _WEAK.fullmatch(word)
        elif not is_now and not is_short:
            strange += 1
    return good if good >= 2 * strange else 0


@lru_cache(maxsize=20_000)
def _weighed(word: str, decode: Callable[[str], str]) -> tuple[bool, bool, bool, bool]:
    """Is it Vietnamese as it stands, is it decoded, is it an abbreviation then, does the coding lack its letters."""
    made = decode(word)
    was = _is_modern_vietnamese(word)
    lacks = (
        was and made == word and not set(word.lower()) & set("ìíý")
    )  # which both codings keep in their place
    return was, _is_modern_vietnamese(made), _is_abbreviation(made), lacks


def _is_modern_vietnamese(text: str) -> bool:
    """Every word with a letter beyond ASCII is a syllable, and nothing but letters stands in it."""
    return all(is_syllable(word) for word in re.findall(r"[^\s\d_.,;:/()\-]+", text) if not word.isascii())


def _is_abbreviation(word: str) -> bool:
    """Without a vowel: ĐT, đ/c, TXĐ."""
    return all(char.isascii() or char in "đĐ" for char in word) and not re.search("[aeiouy]", word.lower())


def _repaired(text: str) -> str:
    """Text whose UTF-8 bytes were shown as Windows-1252, put right; "" where it is not that, exactly."""
    try:
        data = b"".join(
            char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode("cp1252") for char in text
        )
        made = unicodedata.normalize("NFC", data.decode())
    except UnicodeError:
        return ""
    is_text = all(char.isprintable() or char in "\n\r\t" for char in made)
    return made if is_text and any(char.isalpha() and not char.isascii() for char in made) else ""
