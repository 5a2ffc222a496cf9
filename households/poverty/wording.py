"""Vietnamese wording shared by the explanations: numbers, money, days and lists as they are printed."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_DOWN, Decimal


def thousands(number: int) -> str:
    """A whole number with dots between thousands: 1500000 becomes "1.500.000"."""
    return f"{number:,}".replace(",", ".")


def money(amount: int) -> str:
    """Whole đồng: "1.500.000 đồng"."""
    return f"{thousands(amount)} đồng"


def decimal(number: Decimal) -> str:
    """At most two decimals after a comma, cut and not rounded, so that 7,999 never reads as 8."""
    cut = number.quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    whole, _, part = f"{cut:,f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def day(value: date) -> str:
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def lacking_word(lacking: bool | None) -> str:
    if lacking is None:
        return "chưa xác định"
    return "thiếu hụt" if lacking else "không thiếu hụt"
