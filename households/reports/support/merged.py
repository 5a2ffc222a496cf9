"""Entries of a story that say the same of several people or several days, told as one with nothing left out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from households.reports.support.entries import Entry


def merged(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, the oldest first: those of a year with one shared title and page, none taken back, become one on
    the day of the first."""
    alike: defaultdict[tuple[int, str, str] | int, list[Entry]] = defaultdict(list)
    for place, each in enumerate(entries):
        is_alone = each.is_struck or not each.shared
        alike[place if is_alone else (each.on.year, each.shared, each.url)].append(each)
    return [found[0] if len(found) == 1 else _one(found) for found in alike.values()]


def _one(found: list[Entry]) -> Entry:
    days, people = {each.on for each in found}, {each.whom for each in found if each.whom}
    how = [f"{len(people)} người"] if len(people) > 1 else list(people)
    how += [f"{len(days)} ngày"] if len(days) > 1 else []
    if len(days) == len(people) == 1 or not how:
        how += [f"{len(found)} lần"]
    lines = []
    for (on, text), rows in groupby(found, key=lambda each: (each.on, each.text)):
        names = [each.whom for each in rows] if len(people) > 1 else []
        head = [f"{on:%d/%m/%Y}"] if len(days) > 1 else []
        lines.append(": ".join(filter(None, [*head, ", ".join(filter(None, names)), text])))
    return replace(found[0], title=f"{found[0].shared} ({', '.join(how)})", text="\n".join(lines))
