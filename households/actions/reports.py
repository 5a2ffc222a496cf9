"""A report that leaves the portal."""

from thanhsen import events
from thanhsen.models import Area, User


def record_export(
    *, by: User, form: int, name: str, year: int, area: Area, failures: list[str], restricted: bool
) -> None:
    """Who took which form of which year and area away, and the cells whose checks failed when they did."""
    events.record(
        by=by,
        act="report.export",
        on=area,
        after={
            "form": form,
            "name": name,
            "year": year,
            "failing_cells": failures,
            "small_counts_hidden": restricted,
        },
        area=area,
    )


def record_comparison(*, by: User, first: int, second: int, area: Area, restricted: bool) -> None:
    """Who took the movement between two years of which area away."""
    events.record(
        by=by,
        act="report.export",
        on=area,
        after={"name": "Biến động giữa hai năm", "years": [first, second], "small_counts_hidden": restricted},
        area=area,
    )
