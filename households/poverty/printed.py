"""The measures of a matrix as they are printed: Vietnamese text with exact fractions, or JSON for another program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from households.poverty.matrix import shown
from households.poverty.measures import GroupMeasures, Measures
from households.poverty.wording import thousands

UNDEFINED = "không xác định"


@dataclass(frozen=True)
class Found:
    """What is printed. `dimensions`: contributions (fractions of 1) by the name of the dimension, None where nobody is
    poor or the weights know no dimensions."""

    whole: Measures
    groups: Sequence[GroupMeasures]
    weights: Mapping[str, Fraction]
    k: Fraction
    households: int
    dimensions: Mapping[str, Fraction] | None


def told(found: Found) -> str:
    """The figures in Vietnamese, as tables a terminal can show."""
    whole = found.whole
    lines = [
        f"{thousands(found.households)} hộ (dòng), tổng quy mô {thousands(whole.population)}.",
        f"Nghèo khi tổng trọng số các chỉ số thiếu hụt từ {found.k} trở lên.",
        f"Nghèo (theo quy mô): {thousands(whole.poor)}",
        f"H  = {_both(whole.H)}: tỷ lệ nghèo",
        f"A  = {_both(whole.A)}: mức thiếu hụt bình quân của người nghèo"
        if whole.A is not None
        else f"A  {UNDEFINED} (không có hộ nghèo)",
        f"M0 = {_both(whole.M0)}: H × A",
        "",
        *_table(("chỉ số", "trọng số", "thiếu hụt", "nghèo và thiếu hụt", "đóng góp"), _indicators(found)),
    ]
    if found.dimensions:
        shares = [(name, _both(part)) for name, part in found.dimensions.items()]
        lines += ["", *_table(("chiều", "đóng góp"), shares)]
    if found.groups:
        headings = ("nhóm", "quy mô", "tỷ trọng", "nghèo", "H", "A", "M0", "đóng góp vào M0")
        lines += ["", *_table(headings, _groups(found))]
    return "\n".join(lines)


def _indicators(found: Found) -> list[tuple[str, ...]]:
    whole = found.whole
    return [
        (
            shown(code),
            str(weight),
            _both(whole.uncensored[code]),
            _both(whole.censored[code]),
            _both(whole.contributions[code] if whole.contributions else None),
        )
        for code, weight in found.weights.items()
    ]


def _groups(found: Found) -> list[tuple[str, ...]]:
    return [
        (
            shown(each.group) or "(trống)",
            thousands(each.measures.population),
            _both(each.share),
            thousands(each.measures.poor),
            _both(each.measures.H),
            _both(each.measures.A),
            _both(each.measures.M0),
            _both(each.share * each.measures.M0 / found.whole.M0 if found.whole.M0 else None),
        )
        for each in found.groups
    ]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of columns as wide as what stands in them, the first to the left."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    return [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in (headings, *rows)
    ]


def _both(value: Fraction | None) -> str:
    """1/3 (0,3333): four decimals, half up."""
    if value is None:
        return UNDEFINED
    short = (Decimal(value.numerator) / value.denominator).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    return f"{value} ({str(short).replace('.', ',')})"


def as_json(found: Found) -> str:
    """Fractions are text, as “1/3”: another program reads them exactly. What is undefined is null."""
    data = {
        "k": str(found.k),
        "weights": _texts(found.weights),
        "households": found.households,
        **_figures(found.whole),
        "dimensions": _texts(found.dimensions),
        "groups": [
            {"group": each.group, "share": str(each.share), **_figures(each.measures)}
            for each in found.groups
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _figures(of: Measures) -> dict[str, object]:
    return {
        "population": of.population,
        "poor": of.poor,
        "H": str(of.H),
        "A": None if of.A is None else str(of.A),
        "M0": str(of.M0),
        "uncensored": _texts(of.uncensored),
        "censored": _texts(of.censored),
        "contributions": _texts(of.contributions),
    }


def _texts(found: Mapping[str, Fraction] | None) -> dict[str, str] | None:
    return None if found is None else {code: str(value) for code, value in found.items()}
