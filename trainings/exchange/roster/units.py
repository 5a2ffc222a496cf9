"""Which unit or class a word of a file means."""

import re
from collections import defaultdict
from collections.abc import Iterable

from households.exchange.imports.words import key
from thanhsen import vietnamese
from trainings.models import TrainingClass, Unit

GROUP = re.compile(r"^(?:to dan pho|tdp|to|khoi pho|khoi|khu pho|khu dan cu)\b[ .:]*(?:so )?(?=\S)")
SHORT = re.compile(r"^tdp\b[ .:]*(?:số )?0*(?=\d)", re.IGNORECASE)
CLASS = re.compile(r"^lop(?: so)?[ .:]*")


class Units:
    """The units of a ward by every way to write their names: "TDP 5", "Tổ 5", "Tổ dân phố số 5"."""

    def __init__(self, units: Iterable[Unit]):
        self.by_key: dict[str, dict[int, Unit]] = defaultdict(dict)
        self.names: dict[int, str] = {}
        for each in units:
            self.names[each.pk] = each.name
            self.by_key[_plain(each.name)][each.pk] = each
            if each.area:
                self.by_key[_plain(each.area.name)][each.pk] = each
                self.by_key[f"ma{key(each.area.code)}"][each.pk] = each

    def named(self, text: str) -> tuple[Unit | None, str]:
        """The unit, or the sentence that says why there is none ("" where nothing is called so)."""
        found = self.by_key.get(_plain(text)) or self.by_key.get(f"ma{key(text)}") or {}
        if len(found) > 1:
            exact = [each for each in found.values() if vietnamese.fold(each.name) == vietnamese.fold(text)]
            if len(exact) == 1:
                return exact[0], ""
            names = ", ".join(f"“{each.name}”" for each in found.values())
            return None, f"“{text[:60]}” có thể là {names}. Ghi đúng tên đơn vị."
        return next(iter(found.values()), None), ""


class Classes:
    def __init__(self, classes: Iterable[TrainingClass]):
        self.by_key: dict[str, TrainingClass] = {}
        for each in classes:
            self.by_key.setdefault(f"#{each.number}", each)
            self.by_key[_of_class(each.name)] = each

    def named(self, text: str) -> TrainingClass | None:
        return self.by_key.get(_of_class(text)) or self.by_key.get(f"#{_of_class(text)}")


def in_full(name: str) -> str:
    """A name as the ward's papers print it: "TDP 5" is Tổ dân phố 5."""
    return SHORT.sub("Tổ dân phố ", vietnamese.clean(name))


def _plain(name: str) -> str:
    folded = vietnamese.fold(name)
    shortened = GROUP.sub("to ", folded)
    return key(re.sub(r"\b0+(?=\d)", "", shortened))


def _of_class(name: str) -> str:
    return re.sub(r"^0+(?=\d)", "", key(CLASS.sub("", vietnamese.fold(name))))
