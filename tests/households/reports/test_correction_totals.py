"""A closed year is read-only on the grid of totals, and can be typed into while a correction of it is open."""

from datetime import date

import pytest
from django.urls import reverse

from households.actions import years
from households.reports import freeze
from tests.factories import make_user
from tests.households.reports.test_report_pages import signed_in

pytestmark = pytest.mark.django_db


def test_the_grid_follows_the_correction(ward):
    chair, client = make_user("approver", ward.area), signed_in(make_user("supervisor", ward.area))

    def read_only(year: int) -> bool:
        return "readonly" in client.get(reverse("totals", args=[year])).content.decode()

    assert not read_only(2025)
    years.close_year(
        by=chair, ward=ward.area, year=2025, reason="báo cáo 45", today=date(2026, 11, 25), freeze=freeze
    )
    assert read_only(2025)
    years.open_correction(by=chair, ward=ward.area, year=2025, reason="x", document="y")
    assert not read_only(2025)
    assert read_only(2024)
