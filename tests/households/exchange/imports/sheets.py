"""A grid as it is read from a file, made in memory."""

from households.exchange.imports.cells import Raw
from thanhsen.workbook.grid import Grid
from thanhsen.workbook.oddities import Oddities


def grid(*rows: list[Raw], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    """The rows from the first; None for an empty cell."""
    return Grid(
        "Trang",
        len(rows),
        max(map(len, rows), default=0),
        Oddities(merged=list(merged)),
        [list(row) for row in rows],
    )
