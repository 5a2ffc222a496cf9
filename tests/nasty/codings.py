"""Unicode into the codings of before it, by the tables as they were published (an order of their own)."""

import unicodedata

_UNICODE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_LOWER = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
_VNI = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä ñ eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò "
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î"
)
LETTERS = _LOWER + _LOWER.upper()  # every Vietnamese letter beyond ASCII
_TO_TCVN3 = dict(zip(_UNICODE, _TCVN3, strict=True))
_TO_VNI = dict(zip(LETTERS, [*_VNI.split(), *_VNI.upper().split()], strict=True))


def as_tcvn3(text: str) -> str:
    """A capital with a tone has no place of its own: it takes that of the small letter."""
    return "".join(_TO_TCVN3.get(char) or _TO_TCVN3.get(char.lower(), char) for char in text)


def as_vni(text: str) -> str:
    return "".join(_TO_VNI.get(char, char) for char in text)


def as_loose_marks(text: str) -> str:
    """NFD, as files from a Mac hold it."""
    return unicodedata.normalize("NFD", text)


def as_misread_utf8(text: str) -> str:
    """UTF-8 opened as Windows-1252."""
    return "".join(
        bytes([byte]).decode("cp1252" if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "latin-1")
        for byte in text.encode()
    )
