"""The sections that split the poor and the near-poor: indicators, causes, groups, livelihoods, shocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from households.reports.picture import hiding
from households.reports.picture.figures import PERCENT, Behind, Count, Entry, Row, Section, percent
from thanhsen import charts

CLASSES = {"poor": "Hộ nghèo", "near_poor": "Hộ cận nghèo"}
Opens = Callable[[str, str], Behind | None]  # (class, code) → the same number in an official form


@dataclass(frozen=True)
class Counted:
    """The whole ward or tổ dân phố at the end of a year and of the year before (None where it cannot be compared)."""

    year: int
    now: Mapping[str, int]
    before: Mapping[str, int] | None
    restricted: bool

    def parts(
        self, kind: str, codes: Sequence[str], *, partition: bool = False
    ) -> dict[tuple[str, str], Count]:
        """(class, code) → how many households, now and before."""
        keys = [f"{kind}-{code}" for code in codes]
        hidden: set[tuple[str, str]] = set()
        earlier: set[tuple[str, str]] = set()
        if self.restricted:
            hidden = hiding.of_parts(self.now, keys, partition=partition)
            earlier = hiding.of_parts(self.before, keys, partition=partition) if self.before else set()
        return {
            (of, code): Count(
                self.now[f"{of}_{key}"],
                self.before[f"{of}_{key}"] if self.before else None,
                (of, key) in hidden,
                (of, key) in earlier,
                self.restricted,
            )
            for of in CLASSES
            for code, key in zip(codes, keys, strict=True)
        }


def split(
    counted: Counted,
    key: str,
    title: str,
    names: Mapping[str, str],
    *,
    opens: Opens = lambda of, code: None,
    partition: bool = False,
    ranked: bool = True,
    notes: tuple[str, ...] = (),
) -> Section:
    """A section by code. `names`: what the codes are called, in their order; `ranked`: the most poor households first."""
    counts = counted.parts(key, list(names), partition=partition)
    order = sorted(names, key=lambda code: -_rank(counts, code)) if ranked else list(names)
    since = f"so với {counted.year - 1}"
    headings = ("", *(text for of in CLASSES.values() for text in (of, "%", since)))
    rows = tuple(
        Row(names[code], tuple(entry for of in CLASSES for entry in _entries(counted, counts[of, code], of, opens(of, code))))
        for code in order
    )  # fmt: skip
    bars = [
        (names[code], [(counts[of, code].shown, _label(counts[of, code], counted.now[of])) for of in CLASSES])
        for code in order
        if any(counts[of, code].now for of in CLASSES)
    ]
    chart = charts.bars(f"c-{key}", title, list(CLASSES.values()), bars) if bars else None
    return Section(key, title, headings, rows, chart, notes=notes)


def _rank(counts: Mapping[tuple[str, str], Count], code: str) -> int:
    """Hidden numbers come last, so that the order gives nothing away."""
    shown = counts["poor", code].shown
    return -1 if shown is None else shown


def _entries(counted: Counted, count: Count, of: str, behind: Behind | None) -> tuple[Entry, Entry, Entry]:
    return (
        Entry(count.text, behind if count.shown else None),
        Entry(percent(count.shown, counted.now[of]).removesuffix(PERCENT)),
        Entry(count.change_text),
    )


def _label(count: Count, whole: int) -> str:
    share = percent(count.shown, whole)
    return f"{count.text} ({share})" if share else count.text
