"""A small ward of 2025: two urban tổ dân phố, one rural, every movement at least once."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision, make_household, make_status, make_total

BEFORE, NOW = date(2024, 12, 10), date(2025, 12, 10)
THREE, ONE = ("employment", "insurance", "water"), ("toilet",)


@pytest.fixture
def ward(db):
    area = make_ward(code="18073")
    one = make_group(area, code="T01", name="Tổ dân phố 1")
    ten = make_group(area, code="T10", name="Tổ dân phố 10")
    village = make_group(area, code="T02", name="Thôn Thanh Phú", area_type="rural")
    decisions = {day: make_decision(area, day) for day in (date(2022, 12, 1), BEFORE, NOW)}

    def household(place, *steps, **fields):
        """steps: (class, day, size); each ends where the next begins."""
        made = make_household(place, **fields)
        for step, (kind, day, size) in enumerate(steps):
            end = steps[step + 1][1] if step + 1 < len(steps) else None
            lacks = THREE if kind == "poor" else ONE if kind == "near_poor" else ()
            make_status(made, kind, day, end, size=size, lacking=lacks, decision=decisions[day])
        return made

    household(one, ("poor", BEFORE, 4), ("poor", NOW, 5))
    household(one, ("poor", BEFORE, 3), ("near_poor", NOW, 3))
    household(one, ("poor", BEFORE, 2), ("not_poor", NOW, 2))
    household(one, ("near_poor", BEFORE, 2), ("poor", NOW, 1))
    household(ten, ("poor", date(2022, 12, 1), 3), ("not_poor", BEFORE, 3), ("poor", NOW, 3))
    household(ten, ("poor", NOW, 6))
    household(ten, ("average", NOW, 4))
    household(ten, ("near_poor", NOW, 2), opened=date(2025, 5, 5), opened_reason="moved_in")
    gone = make_household(village)
    make_status(
        gone, "poor", BEFORE, date(2025, 6, 1), "died_out", size=1, lacking=THREE, decision=decisions[BEFORE]
    )
    household(village, ("near_poor", BEFORE, 4))
    make_total(one, 2025, 320, 1280)
    make_total(ten, 2025, 200, 800)
    make_total(village, 2025, 150, 600)
    return SimpleNamespace(area=area, one=one, ten=ten, village=village, decisions=decisions)
