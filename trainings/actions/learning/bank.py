"""Questions to begin a ward's bank with, read from the file beside this one. They ask what was read in the law itself."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trainings.models import Question

FILE = Path(__file__).resolve().parent / "bank.toml"


@dataclass(frozen=True)
class BankQuestion:
    kind: str
    text: str
    explanation: str
    offers: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Part:
    """A topic as the bank names it; a ward may have its own name for it."""

    key: str
    name: str
    questions: tuple[BankQuestion, ...]


@cache
def bank() -> tuple[Part, ...]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Part(each["key"], each["name"], tuple(_question(one) for one in each["question"]))
        for each in read["topic"]
    )


def _question(given: dict) -> BankQuestion:
    """`right`: the texts that are right; of a question of order `answers` stand in the right order."""
    kind, answers = Question.Kind(given["kind"]), given.get("answers", ["Đúng", "Sai"])
    right = answers if kind == Question.Kind.ORDER else given["right"]
    if unknown := set(right) - set(answers):
        raise ValueError(f"“{given['text']}”: đáp án đúng không có trong các đáp án: {unknown}")
    return BankQuestion(
        kind, given["text"], given["explanation"], tuple((each, each in right) for each in answers)
    )
