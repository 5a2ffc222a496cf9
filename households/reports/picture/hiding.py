"""Which numbers of the picture a reader of aggregates may not see.

Beyond the rule of the forms (`disclosure`): a part whose complement is small is hidden too, as the whole stands on the
page; a number of the poor goes with that of the near-poor where a form prints their sum (parts that add up to the whole
stand in no form); and hidden numbers that could only be one thing each, 1 and 1 of a rest of 2, take another with them.
The two years are hidden each by itself, so that the page of either year hides the same.
"""

from collections.abc import Mapping, Sequence

from households.reports import disclosure
from households.reports.disclosure import LIMIT
from households.reports.official.parts import column_sums
from households.reports.rows import Figures, Place
from thanhsen.tables import Cell, Line

CLASSES = ("poor", "near_poor")
ALL = "all"  # the key of the place that holds them all
Where = disclosure.Place


def of_parts(
    figures: Mapping[str, int], keys: Sequence[str], *, partition: bool = False
) -> set[tuple[str, str]]:
    """(class, key) of the parts to hide. `figures`: `<class>` and `<class>_<key>`; `partition`: the parts add up."""
    lines, sums, links, whole_sums = [], [], [], []
    for place, of in enumerate(CLASSES):
        whole = figures[of]
        first = place * len(keys)
        for at, key in enumerate(keys, start=first):
            part = figures[f"{of}_{key}"]
            lines.append(Line((Cell(part), Cell(whole - part), Cell(whole)), key))
            sums.append([(at, 0), (at, 1), (at, 2)])
            if not partition:
                links.append(((at, 0), ((at + len(keys)) % (2 * len(keys)), 0)))
        if partition:
            whole_sums.append([(first, 2), *((at, 0) for at in range(first, first + len(keys)))])
    found = _hidden(lines, [*sums, *whole_sums], links, whole_sums)
    return {(CLASSES[row // len(keys)], keys[row % len(keys)]) for row, column in found if column == 0}


def of_places(places: Sequence[Place], figures: Figures) -> set[tuple[str, str]]:
    """(class, key of the place) to hide in the table of places: what form 1 hides, and what else pins a number down."""
    lines = [Line(tuple(Cell(place.sum(figures, of)) for of in CLASSES), place.name) for place in places]
    sums = [each for column in range(len(CLASSES)) for each in column_sums(list(places), column)]
    wholes = [_whole_first(each, lines) for each in sums]
    units = [row for row, place in enumerate(places) if place.style == "unit"]
    wholes += [
        [(len(places) - 1, column), *((row, column) for row in units)] for column in range(len(CLASSES))
    ]
    found = _hidden(lines, sums, [], wholes)
    return {(CLASSES[column], places[row].key) for row, column in found}


def _whole_first(places: Sequence[Where], lines: Sequence[Line]) -> list[Where]:
    """A group stands before its units, the total after what it adds up."""
    first, last = places[0], places[-1]
    return [last, *places[:-1]] if _value(lines, last) >= _value(lines, first) else list(places)


def _hidden(
    lines: Sequence[Line],
    sums: Sequence[Sequence[Where]],
    links: Sequence[tuple[Where, Where]],
    wholes: Sequence[Sequence[Where]],
) -> set[Where]:
    """What `disclosure` hides, and more until no hidden part of `wholes` (the whole, then its parts) is pinned down."""
    found = disclosure.hidden(lines, sums, links)
    for whole, *parts in [*wholes, *wholes]:  # twice: a unit hidden for its group may be of the total too
        while whole not in found and _is_pinned([_value(lines, each) for each in parts if each in found]):
            shown = [each for each in parts if each not in found]
            found.add(min(shown, key=lambda each: (_value(lines, each) or 10**9, each), default=whole))
    return found


def _is_pinned(values: Sequence[int]) -> bool:
    """Whether who knows the sum of these, and of each whether it is 1 to 4 or more, knows one of them."""
    rest = sum(values)
    bounds = [(1, LIMIT - 1) if 0 < value < LIMIT else (LIMIT if value else 0, rest) for value in values]
    least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    return any(max(low, rest - (most - high)) == min(high, rest - (least - low)) for low, high in bounds)


def _value(lines: Sequence[Line], place: Where) -> int:
    value = lines[place[0]].value(place[1])
    assert isinstance(value, int)
    return value
