"""A household that moved within the ward: its visits stay where they were made, its story goes with it."""

from datetime import date

import pytest
from django.urls import reverse

from households.actions.life import homes
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.life.factories import WHY
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_outreach import record, said
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved():
    """Visited in one tổ dân phố, moved to another the day after: the officers of both, the household, the visit."""
    ward = make_ward()
    old, new = make_user("officer", make_group(ward)), make_user("officer", make_group(ward))
    (left,), (came,) = old.areas.all(), new.areas.all()
    home = make_household(left, head={"full_name": "Phan Văn Chuyển"})
    visit = record(old, left, said(home, "agreed"), kind="visit", date=date(2026, 11, 20))
    homes.moved_inside(by=None, household=home, area=came, address="x", date=date(2026, 11, 21), **WHY)
    return old, new, home, visit


def test_who_moved_is_not_told_where_it_was(moved):
    old, _, home, _ = moved
    assert "Phan Văn Chuyển" not in signed_in(old).get(reverse("activity_list")).content.decode()
    assert not Event.objects.filter(act="household.list", actor=old, records__contains=[home.pk]).exists()


def test_where_a_contact_leads_opens(moved):
    _, new, home, visit = moved
    client, link = signed_in(new), reverse("activity_detail", args=[visit.pk])
    assert client.get(link).status_code == 404
    contact = visit.contacts.get()
    story = reverse("outreach_home", args=[home.pk])
    for page in (reverse("contact_list"), story, reverse("contact_changes", args=[contact.pk])):
        shown = client.get(page)
        assert shown.status_code == 200
        assert link not in shown.content.decode(), page
    said_again = {"answer": "considering", "reason": "Nghe nhầm", "version": contact.version}
    assert client.post(reverse("contact_correct", args=[contact.pk]), said_again).headers["Location"] == story
    supervisor = signed_in(make_user("supervisor", home.area.parent))
    assert link in supervisor.get(reverse("contact_list")).content.decode()
