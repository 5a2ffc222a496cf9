"""What a ward may begin with (`offered.toml`): topics of a course, citations for cost lines, hours."""

import tomllib
from datetime import time
from functools import cache
from pathlib import Path

from trainings.actions.learning.bank import bank


@cache
def _read() -> dict:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def topics() -> list[dict[str, str]]:
    """`name`, which is the bank's, and `objective` of each, in order."""
    names = {each.key: each.name for each in bank()}
    return [{"name": names[each["key"]], "objective": each["objective"]} for each in _read()["topic"]]


def citations() -> list[str]:
    return [each["text"] for each in _read()["citation"]]


def hours() -> dict[str, list[time]]:
    """Part of the day → from, to."""
    return _read()["hours"]
