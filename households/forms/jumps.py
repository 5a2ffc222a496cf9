"""Figures that jump: totals unlike last year's, or unlike any ward. A warning, never a refusal: form 1 divides by them."""

from decimal import Decimal

from households.actions.totals import Figures
from thanhsen import vietnamese

# What is worth a second look. Nothing in the law: chosen so that an ordinary year passes without a question.
GROWN = Decimal("0.20")  # of last year's figure, and at least as many as below
LEAST = {"households": 20, "people": 60}
PEOPLE_A_HOUSEHOLD = Decimal("1.5"), Decimal(8)
MINORITY_POINTS, MINORITY_LEAST = Decimal(5), 10  # percent of the households, and households


def jumps(now: Figures, last: Figures | None, last_year: int) -> dict[str, str]:
    """Cell → sentence for each figure of a tổ dân phố that jumps; `last` are its figures of `last_year`."""
    said = {
        "households": [_grown("households", now, last, last_year)],
        "people": [_grown("people", now, last, last_year), _size(now)],
        "minority_households": [_minority(now, last, last_year)],
    }
    return {cell: " ".join(found) for cell, each in said.items() if (found := list(filter(None, each)))}


def _grown(cell: str, now: Figures, last: Figures | None, last_year: int) -> str:
    if last is None:
        return ""
    new, old = getattr(now, cell), getattr(last, cell)
    if abs(new - old) < LEAST[cell] or abs(new - old) <= GROWN * old:
        return ""
    percent = f" {vietnamese.number(Decimal(abs(new - old)) * 100 / old, 1)} %" if old else ""
    return f"{'Tăng' if new > old else 'Giảm'}{percent} so với {vietnamese.number(old)} của năm {last_year}."


def _size(now: Figures) -> str:
    least, most = PEOPLE_A_HOUSEHOLD
    if least * now.households <= now.people <= most * now.households:
        return ""
    if not now.households:
        return "Có nhân khẩu mà không có hộ nào."
    size = Decimal(now.people) / now.households
    return (
        f"Bình quân {vietnamese.number(size, 1)} người một hộ; thường từ {vietnamese.number(least)} "
        f"đến {vietnamese.number(most)}."
    )


def _minority(now: Figures, last: Figures | None, last_year: int) -> str:
    if last is None or last.minority_households is None:
        return ""
    if now.minority_households is None:
        return f"Năm {last_year} ghi {vietnamese.number(last.minority_households)} hộ, năm nay để trống."
    new, old = _share(now), _share(last)
    moved = abs(now.minority_households - last.minority_households)
    if moved < MINORITY_LEAST or abs(new - old) <= MINORITY_POINTS:
        return ""
    return f"Chiếm {vietnamese.number(new, 1)} % số hộ; năm {last_year} là {vietnamese.number(old, 1)} %."


def _share(figures: Figures) -> Decimal:
    if not figures.households or figures.minority_households is None:
        return Decimal(0)
    return Decimal(figures.minority_households) * 100 / figures.households
