"""Cells that hold one of a list: its label, a word people use for it, or a word that may mean several."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from households.exchange.imports import words
from households.exchange.imports.cells import NOTHING, SHOWN, Given, Raw, Take, Taken, nothing, shown, taker
from households.models.people import Ethnicity, Housing, Livelihood, Relationship, Sex
from households.poverty import EDUCATION as EDUCATIONS
from households.poverty import SCHOOLING as SCHOOLINGS
from households.poverty import WORK as WORKS
from households.poverty import Classification
from thanhsen.models import AreaType

Labels = Mapping[str, str]
FEW = 8  # labels that a sentence names all of
LONGEST = 100  # letters of a word worth remembering
SEX = dict(Sex.choices)
RELATIONSHIP = dict(Relationship.choices)
ETHNICITY = dict(Ethnicity.choices)
LIVELIHOOD = dict(Livelihood.choices)
HOUSING = dict(Housing.choices)
AREA_TYPE = dict(AreaType.choices)
CLASSIFICATION = {each.value: each.label for each in Classification}
SCHOOLING, EDUCATION, WORK = dict(SCHOOLINGS), dict(EDUCATIONS), dict(WORKS)
YES_NO = {"true": "Có", "false": "Không"}


class Words:
    """What the words of one list mean."""

    def __init__(
        self,
        labels: Labels,
        aliases: Mapping[str, str],
        several: Mapping[str, tuple[str, ...]],
        *,
        by_code: bool,
    ):
        self.labels, self.aliases, self.several, self.by_code = labels, aliases, several, by_code
        self.exact = {label.casefold(): code for code, label in labels.items()}
        self.plain: dict[str, set[str]] = defaultdict(set)
        for word, code in (*self.exact.items(), *aliases.items()):
            self.plain[words.key(word)].add(code)

    def read(self, word: str) -> Taken:
        """The code of a word. Without its marks it is taken where only one is written so."""
        if code := self.exact.get(word.casefold()):
            return Taken(code)
        meant = self._meant(word)
        if len(meant) > 1:
            named = " hoặc ".join(f"“{label}”" for code, label in self.labels.items() if code in meant)
            return Taken(fault=f"“{word[:SHOWN]}” có thể hiểu nhiều cách. Ghi rõ {named}.")
        if meant:
            return Taken(meant[0], note=f"“{word[:SHOWN]}” → “{self.labels[meant[0]]}”")
        return nothing(word) if NOTHING.fullmatch(word) else self.unknown(word)

    def unknown(self, value: Raw) -> Taken:
        named = "Chọn đúng một mục trong danh sách của tệp mẫu."
        if len(self.labels) <= FEW:
            named = f"Chọn một trong: {', '.join(f'“{each}”' for each in self.labels.values())}."
        return Taken(fault=f"“{shown(value)[:SHOWN]}” không có trong danh sách. {named}")

    def _meant(self, word: str) -> tuple[str, ...]:
        if self.by_code and word in self.labels:
            return (word,)
        if code := self.aliases.get(word.casefold()):
            return (code,)
        folded = words.key(word)
        return self.several.get(folded) or tuple(self.plain.get(folded, ()))


def choice(
    labels: Labels,
    aliases: Mapping[str, str],
    several: Mapping[str, tuple[str, ...]] | None = None,
    *,
    by_code: bool = False,
) -> Take:
    """A taker of one of `labels` (code → label). `aliases`: other words → code; `several`: words, as `words.key` has
    them, that may mean many. `by_code`: the two digits of the code say it too.
    """
    known = Words(labels, aliases, several or {}, by_code=by_code)
    read = lru_cache(4096)(known.read)  # a list says the same few words ten thousand times

    @taker
    def take(value: Raw, given: Given) -> Taken:
        if not isinstance(value, str):
            return known.unknown(value)
        return read(value) if len(value) <= LONGEST else known.unknown(value)

    return take


sex = choice(SEX, words.SEX)
relationship = choice(RELATIONSHIP, words.RELATIONSHIP, words.RELATIONSHIP_OF_SEVERAL)
ethnicity = choice(ETHNICITY, words.ETHNICITY, words.ETHNICITY_OF_SEVERAL, by_code=True)
schooling = choice(SCHOOLING, words.SCHOOLING)
education = choice(EDUCATION, words.EDUCATION)
work = choice(WORK, words.WORK, words.WORK_OF_SEVERAL)
livelihood = choice(LIVELIHOOD, words.LIVELIHOOD)
housing = choice(HOUSING, words.HOUSING, words.HOUSING_OF_SEVERAL)
area_type = choice(AREA_TYPE, words.AREA_TYPE)
classification = choice(CLASSIFICATION, words.CLASSIFICATION, words.CLASSIFICATION_OF_SEVERAL)
