"""Whether a word could be a Vietnamese syllable: what tells real text from text read in a wrong coding.

Spelling after the table of onsets, rimes and tones taught in school; both places of the tone in oa, oe, uy. A few
onsets and endings of the languages of Tây Nguyên stand in names of places (Krông, Đắk).
"""

import unicodedata
from functools import lru_cache

from thanhsen.vietnamese import TONES

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x br hr kr mn pl đr"
_RIMES = """
    a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec ek em en eng eo ep et ê êch êk êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu ik im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi ok om on ong
    ooc oong op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    yêm yên yêng yêt yêu
"""
ONSETS = {"", *_ONSETS.split()}
RIMES = set(_RIMES.split())
AFTER_QU = {each for each in RIMES if not each.startswith(("oa", "oă", "oe", "u"))} | {
    "y",
    "ynh",
    "yt",
    "ych",
}
BEFORE_Y = {"", "h", "k", "l", "m", "n", "s", "t", "th", "v"}  # onsets a lone y follows: Mỹ, Lý, Thy
VOWELS = "aăâeêioôơuưy"
SHARP = {4, 5}  # sắc and nặng: the only tones before c, ch, p, t


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Of composed letters in any case; "" and a word of several syllables are none."""
    letters, tone, place = _apart(word)
    if letters is None:
        return False
    return any(
        letters.startswith(onset) and _fits(onset, letters[len(onset) :], tone, place - len(onset))
        for onset in ONSETS
    )


def _apart(word: str) -> tuple[str | None, int, int]:
    """(letters without the tone, tone, place of the tone); None where there are two tones."""
    letters, tone, place = "", 0, -1
    for char in unicodedata.normalize("NFC", word.lower()):
        parts = unicodedata.normalize("NFD", char)
        found = [TONES[part] for part in parts if part in TONES]
        if found:
            if tone:
                return None, 0, -1
            tone, place = found[0], len(letters)
        letters += unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    return letters, tone, place


def _fits(onset: str, rime: str, tone: int, place: int) -> bool:
    if rime == "y" and onset in BEFORE_Y:
        return True
    if rime not in (AFTER_QU if onset == "qu" else RIMES):
        return False
    if rime.endswith(("c", "ch", "p", "t")) and tone not in SHARP:
        return False
    if rime.endswith("k") and tone not in {0, *SHARP}:
        return False
    return not tone or place in _places(rime)


def _places(rime: str) -> set[int]:
    """Where the tone may stand."""
    vowels = len(rime) - len(rime.lstrip(VOWELS))
    marked = [index for index, char in enumerate(rime) if char in "ăâêôơ"] or [
        index for index, char in enumerate(rime) if char == "ư"
    ]
    if marked:
        return {marked[-1]}
    if vowels == 2 and rime in {"oa", "oe", "uy"}:
        return {0, 1}
    if vowels == 1 or (vowels == 2 and len(rime) == 2):
        return {0}
    return {1}
