"""Given and nothing received for a month: the month counts from the later of the period's first day and the giving."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from households.models import Support
from households.reports.support import grants
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_support
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import counted_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
LAST_MOMENT = datetime(2026, 10, 28, 16, 59, tzinfo=UTC)  # 23:59 of 28/10 here, 30 days before


@pytest.mark.parametrize(
    ("begun", "given", "waits"),
    [
        (date(2026, 1, 1), datetime(2026, 11, 27, tzinfo=UTC), False),  # given today for the whole year
        (date(2026, 1, 1), LAST_MOMENT, True),
        (date(2026, 1, 1), LAST_MOMENT.replace(hour=17), False),  # 29/10 here
        (date(2026, 11, 1), datetime(2026, 1, 5, tzinfo=UTC), False),  # given long before it begins
        (date(2026, 10, 28), datetime(2026, 1, 5, tzinfo=UTC), True),
    ],
)
def test_thirty_days_from_the_later_of_begun_and_given(begun, given, waits):
    group = make_group(make_ward())
    by, home = make_user("officer", group), make_household(group)
    make_support(make_programme(group.parent), home, valid_from=begun, made_at=given)
    assert Support.objects.visible_to(by).unreceived(TODAY).exists() is waits
    assert sum(each.count for each in counted_for(grants.waiting, by, TODAY)) == waits


def test_the_page_says_what_is_counted():
    group = make_group(make_ward())
    page = signed_in(make_user("officer", group)).get(reverse("support_unreceived")).content.decode()
    assert "Đã giao và vào kỳ hưởng hơn 30 ngày, chưa ghi nhận lần nào" in page


def waiting_two():
    """An officer, and two supports of his that wait."""
    group = make_group(make_ward())
    programme = make_programme(group.parent)
    long_ago = datetime(2020, 1, 5, tzinfo=UTC)
    period = {"valid_from": localdate() - timedelta(days=60), "valid_to": localdate() + timedelta(days=60)}
    two = [make_support(programme, make_household(group), made_at=long_ago, **period) for _ in range(2)]
    return make_user("officer", group), two


@pytest.mark.parametrize(
    ("back", "safe"),
    [
        ("/ho-tro/chua-nhan/?to=1&trang=2", True),
        ("https://xau.example/", False),
        ("//xau.example/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_one_receipt_leads_back_to_the_list(back, safe):
    by, (one, _) = waiting_two()
    page = reverse("support_receive", args=[one.pk], query={"ve": back})
    answer = signed_in(by).post(page, {"received_on": f"{localdate():%d/%m/%Y}", "request_id": uuid4()})
    assert answer.status_code == 302
    assert answer["Location"] == (back if safe else reverse("support_list", args=[one.household_id]))


def test_many_are_received_at_once_from_the_list():
    by, (one, two) = waiting_two()
    client, page = signed_in(by), reverse("support_unreceived")
    shown = client.get(page).content.decode()
    assert shown.count('name="chon"') == 2
    assert f"{reverse('support_receive', args=[one.pk])}?ve=%2Fho-tro%2Fchua-nhan%2F" in shown
    sent = {"received_on": f"{localdate():%d/%m/%Y}", "request_id": uuid4()}
    assert client.post(page, sent).status_code == 422
    assert client.post(page, {**sent, "chon": [one.pk]}).status_code == 302
    assert client.get(page).content.decode().count('name="chon"') == 1
    assert client.post(page, {**sent, "request_id": uuid4(), "everyone": "on"}).status_code == 302
    assert Support.objects.filter(receipts__isnull=False).count() == 2
    approver = signed_in(make_user("approver", one.area.parent))
    assert approver.get(page).status_code == 200
    assert approver.post(page, {**sent, "chon": [two.pk]}).status_code == 403
