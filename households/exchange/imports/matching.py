"""Which column of a list each heading of a sheet is: as the template, by other words, or as the ward said before."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from households.exchange.imports.columns import by_name, columns_of
from thanhsen import vietnamese

UNITS = re.compile(r"\((?:ho|nguoi|khau|nhan khau|m2|dong)\)")
COUNTERS = frozenset({"", "tt", "stt", "so tt", "so thu tu", "no"})
LONGEST = 200
NOTE = re.compile(r"\([^()]*\)")  # such as "(có/không)" or the number of the column


class How(StrEnum):
    """How the meaning of a heading is known."""

    TEMPLATE = "template"
    ALIAS = "alias"
    REMEMBERED = "remembered"
    COUNTER = "counter"  # the number of a line, which means nothing
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """A heading, the name of the column it is ("" where it is left out), and how that is known."""

    heading: str
    name: str
    how: How


@dataclass(frozen=True)
class Matching:
    """`columns`: column number → Match. `twice`: sentences of columns that mean the same. `missing`: of what is needed."""

    columns: dict[int, Match] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def names(self) -> dict[int, str]:
        """Column number → name, of the columns that are taken."""
        return {place: match.name for place, match in self.columns.items() if match.name}

    @property
    def unknown(self) -> list[str]:
        """The headings that are not understood: nothing under them is taken."""
        return [match.heading for match in self.columns.values() if match.how is How.UNKNOWN]

    @property
    def is_complete(self) -> bool:
        return not (self.twice or self.missing)


def key(text: str) -> str:
    """A heading as it is compared and remembered: no marks, no unit, no "trong đó", no note such as "(nếu có)"."""
    words = re.sub(r"[^a-z0-9()]+", " ", vietnamese.fold(text[:LONGEST]).replace("²", "2"))
    words = re.sub(r"[() ]+", " ", UNITS.sub(" ", words)).strip()
    return words.removeprefix("trong do ").removesuffix(" neu co")


def meaning(heading: str, kind: str, remembered: Mapping[str, str]) -> tuple[str, How]:
    """The column a heading is. What the ward said goes first: "" there means that it is left out."""
    folded = key(heading)
    if folded in remembered and (not remembered[folded] or remembered[folded] in by_name(kind)):
        return remembered[folded], How.REMEMBERED
    if found := _meanings(kind).get(folded) or _meanings(kind).get(key(NOTE.sub(" ", heading[:LONGEST]))):
        return found
    return "", How.COUNTER if folded in COUNTERS else How.UNKNOWN


def matched(columns: Mapping[int, str], kind: str, remembered: Mapping[str, str]) -> Matching:
    """What the headings of a sheet (column number → text) are; `remembered`: key of a heading → name, "" for none."""
    found = {place: Match(text, *meaning(text, kind, remembered)) for place, text in columns.items()}
    return Matching(found, _twice(found, kind), missing(kind, {match.name for match in found.values()}))


def missing(kind: str, names: set[str]) -> list[str]:
    """What a list of `kind` with the columns `names` lacks, each a sentence."""
    lacking = [
        f"Chưa có cột “{column.heading}”. Chọn cột của tệp ứng với nó."
        for column in columns_of(kind)
        if column.required and column.name not in names
    ]
    if kind == "households":
        if not names & {"birth", "birth_year", "born_male", "born_female"}:
            lacking.append("Chưa có cột “Ngày sinh” (hoặc năm sinh). Chọn cột của tệp ứng với nó.")
        if not names & {"code", "order", "relationship"}:
            lacking.append(
                "Không rõ những dòng nào là một hộ: cần cột “Mã hộ”, “Số hộ” hoặc “Quan hệ với chủ hộ”."
            )
    elif kind == "statuses" and not names & {"code", "cccd", "head"}:
        lacking.append("Không rõ phân loại là của hộ nào: cần cột “Mã hộ”, “CCCD chủ hộ” hoặc “Chủ hộ”.")
    elif kind == "totals" and not names & {"area", "area_code"}:
        lacking.append("Không rõ số liệu là của nơi nào: cần cột “Tổ dân phố” hoặc “Mã tổ dân phố”.")
    return lacking


@cache
def _meanings(kind: str) -> dict[str, tuple[str, How]]:
    """Every heading that is understood → column and how. A heading of the template goes before an alias."""
    aliases = {
        alias: (column.name, How.ALIAS)
        for column in reversed(columns_of(kind))
        for alias in column.aliases.split(", ")
        if alias
    }
    return aliases | {key(column.heading): (column.name, How.TEMPLATE) for column in columns_of(kind)}


def _twice(found: Mapping[int, Match], kind: str) -> list[str]:
    same: dict[str, list[str]] = defaultdict(list)
    for match in found.values():
        if match.name:
            same[match.name].append(match.heading)
    return [
        f"Các cột {' và '.join(f'“{each[:60]}”' for each in headings)} cùng được hiểu là "
        f"“{by_name(kind)[name].heading}”. Chỉ giữ một cột, các cột kia chọn “không dùng”."
        for name, headings in same.items()
        if len(headings) > 1
    ]
