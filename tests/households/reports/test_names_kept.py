"""A closed year read back for one tổ dân phố, or line by line: its bytes too are those of the day it was closed."""

import pytest

from tests.factories import make_user
from tests.households.reports.test_editions import chair, closed  # noqa: F401 - fixtures
from tests.households.reports.test_report_pages import download, signed_in

pytestmark = pytest.mark.django_db


def test_one_place_of_a_closed_year_is_the_same_when_names_change(ward, closed):  # noqa: F811
    client = signed_in(make_user("supervisor", ward.area))
    first = client.get(download(1, ward.one)).content
    ward.area.name = "Phường Tên Mới"
    ward.area.save()
    ward.one.name = "Tổ dân phố 1 mới"
    ward.one.save()
    assert client.get(download(1, ward.one)).content == first
