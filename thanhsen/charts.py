"""Charts as geometry: what an inline SVG draws, in its own units, 440 wide, so that 14-unit letters stay readable on a phone.

Series are told apart by shape and hatching, never by colour alone. A value of None draws nothing; its label still says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 440
TOP, FOOT, LEFT, RIGHT = 34, 30, 20, 20  # margins of a line chart
PLOT = 190  # its height
NAME, BAR, GAP = 19, 18, 10  # of a bar chart: the line of the name, a bar, between two names
LABEL = 148  # kept free at the end of the longest bar for its label
MARKS = ("circle", "square")  # of the first and the second series of a line chart
Value = int | Decimal | None


@dataclass(frozen=True)
class Bar:
    y: int
    text_y: int
    width: str
    label_x: str
    label: str
    series: int


@dataclass(frozen=True)
class BarRow:
    name: str
    name_y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart:
    """`key` makes the ids of the page unique. `legend`: (x, name, series)."""

    key: str
    title: str
    description: str
    rows: tuple[BarRow, ...]
    legend: tuple[tuple[int, str, int], ...]
    height: int
    width: int = WIDTH


def bars(
    key: str, title: str, series: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[Value, str]]]]
) -> BarChart:
    """Horizontal bars from one zero, those of a row under its name. `rows`: (name, a (value, label) for each series)."""
    most = max((value for _, values in rows for value, _ in values if value), default=0)
    head = 24 if len(series) > 1 else 0
    step = NAME + BAR * len(series) + GAP
    drawn = []
    for place, (name, values) in enumerate(rows):
        top = head + place * step
        drawn.append(BarRow(name, top + 14, tuple(_bar(top + NAME + BAR * n, value, label, most, n) for n, (value, label) in enumerate(values))))  # fmt: skip
    legend = tuple((n * 150, name, n) for n, name in enumerate(series)) if head else ()
    spoken = "; ".join(f"{name}: {', '.join(_said(series, values))}" for name, values in rows)
    return BarChart(key, title, spoken, tuple(drawn), legend, head + len(rows) * step)


def _bar(y: int, value: Value, label: str, most: Value, series: int) -> Bar:
    width = (WIDTH - LABEL) * float(value) / float(most) if value and most else 0.0
    return Bar(y, y + 12, f"{max(width, 1.5 if value else 0):.1f}", f"{width + 6:.1f}", label, series)


def _said(series: Sequence[str], values: Sequence[tuple[Value, str]]) -> list[str]:
    if len(series) == 1:
        return [label or "không có số" for _, label in values]
    return [f"{name} {label or 'không có số'}" for name, (_, label) in zip(series, values, strict=True)]


@dataclass(frozen=True)
class Point:
    """`label_y` above the point or, for the lower of two series, under it."""

    x: str
    y: str
    label: str
    label_y: str


@dataclass(frozen=True)
class Trace:
    """`runs`: polylines (a gap where a value is missing)."""

    name: str
    mark: str
    runs: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Goal:
    """A short thick rule at the value aimed at."""

    left: str
    right: str
    y: str
    label: str


@dataclass(frozen=True)
class LineChart:
    key: str
    title: str
    description: str
    traces: tuple[Trace, ...]
    goals: tuple[Goal, ...]
    axis: tuple[tuple[str, str], ...]
    base: int = TOP + PLOT
    height: int = TOP + PLOT + FOOT
    width: int = WIDTH


def line(
    key: str,
    title: str,
    axis: Sequence[str],
    series: Sequence[tuple[str, Sequence[tuple[Value, str]]]],
    goals: Sequence[tuple[Value, str]] = (),
) -> LineChart:
    """Lines from zero over `axis`; at most two. `series`: (name, a (value, label) for each place of the axis)."""
    values = [value for _, points in series for value, _ in points] + [value for value, _ in goals]
    most = float(max((value for value in values if value), default=0)) * 1.08 or 1.0
    across = [LEFT + 20 + place * (WIDTH - LEFT - RIGHT - 40) / max(len(axis) - 1, 1) for place in range(len(axis))]  # fmt: skip
    means = [_mean(points) for _, points in series]
    traces = tuple(
        _trace(name, MARKS[n], points, across, most, above=means[n] >= max(means))
        for n, (name, points) in enumerate(series)
    )
    aims = tuple(
        Goal(f"{x - 20:.1f}", f"{x + 20:.1f}", f"{_height(value, most):.1f}", label)
        for x, (value, label) in zip(across, goals, strict=False)
        if value is not None
    )
    spoken = "; ".join(
        f"{name}: " + ", ".join(f"{at} {label or 'không có số'}" for at, (_, label) in zip(axis, points, strict=True))
        for name, points in [*series, *([("Chỉ tiêu", goals)] if aims else [])]
    )  # fmt: skip
    ticks = tuple((f"{x:.1f}", text) for x, text in zip(across, axis, strict=True))
    return LineChart(key, title, spoken, traces, aims, ticks)


def _trace(
    name: str,
    mark: str,
    points: Sequence[tuple[Value, str]],
    across: list[float],
    most: float,
    *,
    above: bool,
) -> Trace:
    runs: list[list[str]] = [[]]
    drawn = []
    for x, (value, label) in zip(across, points, strict=True):
        if value is None:
            runs.append([])
            continue
        y = _height(value, most)
        runs[-1].append(f"{x:.1f},{y:.1f}")
        drawn.append(Point(f"{x:.1f}", f"{y:.1f}", label, f"{y - 11 if above else y + 21:.1f}"))
    return Trace(name, mark, tuple(" ".join(run) for run in runs if len(run) > 1), tuple(drawn))


def _height(value: int | Decimal, most: float) -> float:
    return TOP + PLOT * (1 - float(value) / most)


def _mean(points: Sequence[tuple[Value, str]]) -> float:
    known = [float(value) for value, _ in points if value is not None]
    return sum(known) / len(known) if known else 0.0
