"""The pairs of one list, in memory: only rows that share what `compare` asks for meet."""

from collections.abc import Hashable, Iterable, Iterator

from households.reports.alike.comparing import Pair, Person, compare, words
from thanhsen.vietnamese import fold

CROWD = 20  # a row meets so many before it: a list of one name a thousand times over stays quick, and is told


def within(people: Iterable[Person]) -> list[Pair]:
    """The pairs of `people` (of one ward) that may be one person, the likeliest first.

    Equal to `compare` of every two, except that where more than `CROWD` rows share one block each meets the last
    `CROWD` before it.
    """
    # By the hash of a block alone: two that share one by chance are compared, which tells them apart. Most blocks hold
    # one row, and a list for each would cost more than the rows.
    blocks: dict[int, int | list[int]] = {}
    listed, found = list(people), []
    for at, person in enumerate(listed):
        met: set[int] = set()
        for block, joins in _blocks(person):
            there = blocks.get(number := hash(block))
            if there is not None:
                met.update(there[-CROWD:] if isinstance(there, list) else (there,))
            if not joins:
                continue
            if isinstance(there, list):
                there.append(at)
            else:
                blocks[number] = at if there is None else [there, at]
        for before in sorted(met):
            if pair := compare(listed[before], person):
                found.append(pair)
    return sorted(found, key=lambda pair: -pair.score)


def _blocks(person: Person) -> Iterator[tuple[Hashable, bool]]:
    """(block, whether the person stands in it or only looks into it)."""
    if person.cccd:
        yield ("cccd", person.cccd), True
    if person.old_id:
        yield ("old_id", person.old_id), True
    name, area, year = words(person.full_name), person.area_id, person.year
    if person.birth_date:
        yield ("day", name, person.birth_date), True
    if area is None:
        return
    yield ("unknown", name, area), not year
    if year:
        yield ("year", name, area, year), True
        yield ("year", name, area, year - 1), False
        yield ("year", name, area, year + 1), False
        yield ("named", name, area), True  # for those whose year is not known
        *rest, given = fold(person.full_name).split() or [""]
        yield ("rest", tuple(rest), area, year), True
        yield ("given", given, area, year), True
    else:
        yield ("named", name, area), False
