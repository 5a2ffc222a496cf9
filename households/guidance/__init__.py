"""Guidance for new officers and the words of the work, read strictly from the two files beside this one.

`mistakes` and `missing` of a step are the authors' advice; only `basis` is law, marked firm or to be checked.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from households.models import Round
from households.poverty.strict import Malformed, Reader
from thanhsen.permissions import Role
from thanhsen.vietnamese import fold

FOLDER = Path(__file__).resolve().parent
# Settings of a round that a text may name.
SETTINGS = ("posting_days", "recheck_days", "opinion_days")


@dataclass(frozen=True)
class Basis:
    """`is_firm`: read in the document itself; otherwise it must be compared with it before relying on it."""

    text: str
    is_firm: bool


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    short: str
    roles: tuple[str, ...]
    what: str
    who: str
    when: str
    papers: tuple[str, ...]
    mistakes: tuple[str, ...]
    missing: str
    basis: tuple[Basis, ...]

    def by_when(self, round_: Any = None) -> str:
        """`when` with the numbers of the round; without a round it points at where they are set."""
        if round_ is not None:
            return self.when.format(**{name: str(getattr(round_, name)) for name in SETTINGS})
        text = self.when
        for name in SETTINGS:
            text = text.replace(f"{{{name}}} ngày làm việc", f"số ngày làm việc đặt ở đợt ({{{name}}})")
        return text.format(**{name: f"mặc định {value}" for name, value in defaults().items()})


@dataclass(frozen=True)
class Term:
    key: str
    name: str
    means: str
    see: tuple[str, ...]

    @property
    def word(self) -> str:
        """The term as it stands in a text: without what follows a comma or a bracket, marks and case aside."""
        return fold(re.split(r"[,(]", self.name)[0])

    def has(self, words: list[str]) -> bool:
        """Whether every word is in the name or the meaning, marks and case aside."""
        text = fold(f"{self.name} {self.means}")
        return all(word in text for word in words)


@cache
def steps() -> dict[str, Step]:
    """The steps by key, in the order of the season."""
    return {each.key: each for each in (_step(table) for table in _tables("steps.toml", "step"))}


@cache
def terms() -> dict[str, Term]:
    """The words by key, in Vietnamese order."""
    found = [_term(table) for table in _tables("terms.toml", "term")]
    known = {each.key for each in found}
    for term in found:
        if unknown := set(term.see) - known:
            raise Malformed(f"“{term.key}.see” chỉ đến từ không có: {', '.join(sorted(unknown))}.")
    return {each.key: each for each in sorted(found, key=lambda each: fold(each.name))}


def terms_in(step: Step) -> list[Term]:
    """The words of the work that a step uses, so that its page can link them."""
    text = fold(" ".join((step.what, step.who, step.by_when(), *step.papers, *step.mistakes, step.missing)))
    return [each for each in terms().values() if re.search(rf"\b{re.escape(each.word)}\b", text)]


def search(text: str) -> list[Term]:
    words = fold(text).split()
    return [each for each in terms().values() if each.has(words)]


@cache
def defaults() -> dict[str, int]:
    """What a new round is opened with."""
    new = Round()
    return {name: getattr(new, name) for name in SETTINGS}


def _tables(file: str, key: str) -> tuple[Reader, ...]:
    reader = Reader(tomllib.loads((FOLDER / file).read_text(encoding="utf-8")), file)
    tables = reader.tables(key)
    reader.close()
    return tables


def _step(table: Reader) -> Step:
    made = Step(
        key=table.text("key"),
        title=table.text("title"),
        short=table.text("short"),
        roles=table.texts("roles"),
        what=table.text("what"),
        who=table.text("who"),
        when=table.text("when"),
        papers=table.texts("papers"),
        mistakes=table.texts("mistakes"),
        missing=table.text("missing"),
        basis=tuple(_basis(each) for each in table.tables("basis")),
    )
    table.close()
    if unknown := {name for _, name, _, _ in Formatter().parse(made.when) if name} - set(SETTINGS):
        raise Malformed(
            f"“{made.key}.when” nêu điều không phải là cài đặt của đợt: {', '.join(sorted(unknown))}."
        )
    if unknown := set(made.roles) - set(Role.values):
        raise Malformed(f"“{made.key}.roles” có vai trò lạ: {', '.join(sorted(unknown))}.")
    return made


def _basis(table: Reader) -> Basis:
    made = Basis(table.text("text"), table.text("mark", among=("firm", "check")) == "firm")
    table.close()
    return made


def _term(table: Reader) -> Term:
    made = Term(table.text("key"), table.text("name"), table.text("means"), table.texts("see"))
    table.close()
    return made
