"""Which numbers of the picture a reader of aggregates may not see.

Beyond the rule of the forms (`disclosure`): a part whose complement is small is hidden too, as the whole stands on the
page; and a number of the poor goes with that of the near-poor where a form prints their sum (parts that add up to the
whole stand in no form). The two years are hidden each
by itself, so that the page of either year hides the same.
"""

from collections.abc import Mapping, Sequence

from households.reports import disclosure
from households.reports.official.parts import column_sums
from households.reports.rows import Figures, Place
from thanhsen.tables import Cell, Line

CLASSES = ("poor", "near_poor")


def of_parts(
    figures: Mapping[str, int], keys: Sequence[str], *, partition: bool = False
) -> set[tuple[str, str]]:
    """(class, key) of the parts to hide. `figures`: `<class>` and `<class>_<key>`; `partition`: the parts add up."""
    lines, sums, links = [], [], []
    for place, of in enumerate(CLASSES):
        whole = figures[of]
        first = place * len(keys)
        for at, key in enumerate(keys, start=first):
            part = figures[f"{of}_{key}"]
            lines.append(Line((Cell(part), Cell(whole - part), Cell(whole)), key))
            sums.append([(at, 0), (at, 1), (at, 2)])
            other = (at + len(keys)) % (2 * len(keys))
            if not partition:
                links.append(((at, 0), (other, 0)))
        if partition:
            sums.append([*((at, 0) for at in range(first, first + len(keys))), (first, 2)])
    found = disclosure.hidden(lines, sums, links)
    return {(CLASSES[row // len(keys)], keys[row % len(keys)]) for row, column in found if column == 0}


def of_places(places: Sequence[Place], figures: Figures) -> set[tuple[str, str]]:
    """(class, key of the place) to hide in the table of places, as form 1 hides them."""
    lines = [Line(tuple(Cell(place.sum(figures, of)) for of in CLASSES), place.name) for place in places]
    sums = [each for column in range(2) for each in column_sums(list(places), column)] if places else []
    return {(CLASSES[column], places[row].key) for row, column in disclosure.hidden(lines, sums, [])}
