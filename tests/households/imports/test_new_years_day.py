"""A class of a past year that begins on 1 January would be in no movement of either year."""

import pytest

from tests.households.factories import make_household
from tests.households.imports.books import book, faults, outcomes, send

pytestmark = pytest.mark.django_db
HEADINGS = ("Mã hộ", "Phân loại", "Số quyết định", "Ngày quyết định", "Người ký", "Số nhân khẩu")


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("01/01/2025", "faulty"), ("02/01/2025", "new"), ("01/01/2022", "new")],  # with 2022 its standard begins
)
def test_it_is_asked_for_the_day_it_was_signed(groups, sender, ward, day, outcome):
    home = make_household(groups[0])
    row = (home.code, "Hộ nghèo", "09/QĐ-UBND", day, "Trần Văn Ký", 2)
    imported = send(book([row], HEADINGS), by=sender, ward=ward, kind="statuses")
    assert outcomes(imported) == [outcome]
    assert any("rơi giữa hai năm" in said for _, said in faults(imported)) is (outcome == "faulty")
