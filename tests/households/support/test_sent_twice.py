"""A form of support sent twice is answered as the first time, and makes nothing more."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from households.models import Support
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_programme
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_assigning import poor

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def client(group):
    return signed_in(make_user("supervisor", group.parent))


def typed(**values):
    return {"reason": "x", "day": f"{localdate():%d/%m/%Y}", "request_id": uuid4(), **values}


def test_one_household(group, client):
    programme, home = make_programme(group.parent), poor(group)
    url, sent = reverse("support_give", args=[home.pk]), typed(choice=f"{programme.pk}-")
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert Support.objects.count() == 1
    again = client.post(url, typed(choice=f"{programme.pk}-"))  # another page: it is held by now
    assert again.status_code == 422
    assert "Đã được giao trong kỳ này" in again.content.decode()


def test_everybody_of_the_list(group, client):
    programme = make_programme(group.parent)
    poor(group), poor(group)
    url, sent = reverse("support_proposed", args=[programme.pk]), typed(everyone="on")
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert Support.objects.count() == 2
    page = client.get(url).content.decode()
    assert page.count("Đã giao 2 khoản.") == 2
    assert "Không giao được" not in page
