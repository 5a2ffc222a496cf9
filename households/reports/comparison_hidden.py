"""What a reader of aggregates does not see of the comparison of two years: small counts, and what gives them away.

All the tables are covered at once, for a figure of one must not give away a figure of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from households.poverty.between import AFTER, BEFORE, CLASSES, Stand
from households.reports import disclosure
from households.reports.reasons import Group, Section
from thanhsen.tables import Line

LEADING = 3  # cells of a line of the matrix before its figures: number, name, what is counted
IN_FORM_1 = CLASSES[:3]  # it has no column of those who are not poor
Where = disclosure.Place


@dataclass(frozen=True)
class Side:
    """A small table beside the matrix: lines of a label and figures, the first line the sum of each column."""

    title: str
    note: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Board:
    """Every table, one under the other. `starts`: the first line of each side. `sums`: the whole, then its parts.
    `same`: one figure in two places. `links`: (a, b), who may not see a may not see b."""

    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    sums: tuple[list[Where], ...]
    same: tuple[tuple[Where, Where], ...]
    links: tuple[tuple[Where, Where], ...]

    def hidden(self) -> set[Where]:
        both_ways = [pair for a, b in self.same for pair in ((a, b), (b, a))]
        equal = [list(each) for each in self.same]
        return disclosure.surely_hidden(
            self.lines, [*self.sums, *equal], [*self.links, *both_ways], in_form_1()
        )


def covered(
    lines: tuple[Line, ...], sections: Sequence[Section], sides: Sequence[Side]
) -> tuple[tuple[Line, ...], list[Side]]:
    """The matrix and its sides (one for each section, then the returns) with small counts hidden."""
    board = board_of(lines, sections, sides)
    found = disclosure.cover(board.lines, board.hidden())
    ends = (*board.starts[1:], len(board.lines))
    return found[: len(lines)], [
        replace(side, lines=found[start:end])
        for side, start, end in zip(sides, board.starts, ends, strict=True)
    ]


def board_of(lines: tuple[Line, ...], sections: Sequence[Section], sides: Sequence[Side]) -> Board:
    starts, under = [], list(lines)
    for side in sides:
        starts.append(len(under))
        under += side.lines
    sums = [*_matrix_sums(len(lines)), *_returns_sums(sides[-1], starts[-1])]
    same: list[tuple[Where, Where]] = []
    shown: dict[str, Where] = {}  # group → where its number first stands
    for section, start in zip(sections, starts[:-1], strict=True):
        for column, group in enumerate(section.groups, start=1):
            whole, cells = (start, column), _cells_of(group)
            if group.code in shown:
                same.append((shown[group.code], whole))
            else:
                sums.append([whole, *cells.values()])
            shown.setdefault(group.code, whole)
            if section.apart:
                sums.append([whole, *((start + step, column) for step in range(1, len(section.reasons) + 1))])
            for row, reason in enumerate(section.reasons, start=start + 1):
                if reason.after:
                    same += [((row, column), cells[before, reason.after]) for before in group.before]
    return Board(tuple(under), tuple(starts), tuple(sums), tuple(same), tuple(_matrix_links()))


def in_form_1() -> set[Where]:
    """The sums of the matrix that form 1 of either year shows: hiding them here would protect nothing."""
    total, last = LEADING + len(AFTER), 3 * len(BEFORE)
    rows = {(3 * place + step, total) for place in range(len(IN_FORM_1)) for step in (0, 1)}
    return rows | {(last + step, LEADING + place) for place in range(len(IN_FORM_1)) for step in (0, 2)}


def _cells_of(group: Group) -> dict[tuple[Stand, Stand], Where]:
    """Where the households of a group stand in the matrix."""
    return {
        (before, after): (3 * BEFORE.index(before), LEADING + AFTER.index(after))
        for before in group.before
        for after in group.after
    }


def _matrix_sums(lines: int) -> Iterator[list[Where]]:
    columns = range(LEADING + len(AFTER), LEADING - 1, -1)  # the sum stands last
    yield from ([(row, column) for column in columns] for row in range(lines))
    for column in columns:
        yield from ([(row, column) for row in range(lines - 3 + step, -1, -3)] for step in range(3))


def _returns_sums(returns: Side, start: int) -> Iterator[list[Where]]:
    for column in range(1, len(returns.columns) + 1):
        yield [(start + step, column) for step in range(len(returns.lines))]


def _matrix_links() -> Iterator[tuple[Where, Where]]:
    """Who may not see the households may not see their people. Those outside the place have no people in it."""
    for place, before in enumerate((*BEFORE, None)):
        for column, after in enumerate((*AFTER, None), start=LEADING):
            for people, stand in ((1, before), (2, after)):
                if stand is None or stand in CLASSES:
                    yield (3 * place, column), (3 * place + people, column)
