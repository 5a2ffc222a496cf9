"""Who is entitled and who no longer, after the law, the household or the person went on: nobody falls between two lists."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from households import entitlement
from households.actions.support.assigning import stop
from households.models import Support
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_member, make_programme, make_status, make_support
from tests.households.life.factories import birth, gone, merge
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_assigning import poor

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 25)


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("supervisor", group.parent)


# --- the law goes on --------------------------------------------------------------------------------------------------


def test_each_version_of_a_programme_judges_by_the_one_of_the_day(group):
    first = make_programme(group.parent, valid_to=date(2026, 7, 1))
    second = make_programme(
        group.parent, replaces=first, valid_from=date(2026, 7, 1), valid_to=date(2027, 1, 1)
    )
    third = make_programme(group.parent, replaces=second, valid_from=date(2027, 1, 1))
    make_support(first, poor(group))
    waits = poor(group)
    for version in (first, second, third):
        assert entitlement.lapsed(version, [group.pk], ON) == []
        assert entitlement.proposed(version, [group.pk], ON) == [(waits.pk, None)]


def test_the_page_of_a_replaced_version_is_of_the_one_of_today(group, by):
    year = localdate().year
    first = make_programme(group.parent, name="Bản cũ", valid_to=date(year, 1, 1))
    later = make_programme(group.parent, name="Bản mới", replaces=first, valid_from=date(year, 1, 1))
    make_support(later, poor(group), valid_from=date(year, 1, 1), valid_to=date(year + 1, 1, 1))
    poor(group)
    client = signed_in(by)
    for name, count in (("support_lapsed", 0), ("support_proposed", 1), ("support_receiving", 1)):
        page = client.get(reverse(name, args=[first.pk]))
        assert page.context["page"].paginator.count == count, name
        assert "Bản mới" in page.content.decode(), name


# --- the household goes on --------------------------------------------------------------------------------------------


def test_a_birth_does_not_propose_again_who_declined(group, by):
    programme, home = make_programme(group.parent), poor(group)
    support = make_support(programme, home)
    stop(by=by, supports=[support], on=date(2026, 3, 1), reason="Gia đình không nhận")
    assert entitlement.proposed(programme, [group.pk], ON) == []
    birth(home, date(2026, 5, 4))
    assert entitlement.proposed(programme, [group.pk], ON) == []
    make_status(home, "poor", date(2026, 6, 1))
    assert entitlement.proposed(programme, [group.pk], ON) == [(home.pk, None)]  # decided since


def test_a_person_stopped_where_he_left_is_proposed_where_he_lives(group, by):
    programme = make_programme(group.parent, per_person=True, max_age=15)
    old, new = poor(group), poor(group)
    child = make_member(old, birth_year=2016)
    support = make_support(programme, old, child)
    roles = {each.pk: "nephew_niece" if each == child else "sibling" for each in old.members.present()}
    merge(old, new, roles, date(2026, 5, 4))
    assert entitlement.proposed(programme, [group.pk], ON) == []  # it still runs
    assert [each.refusal for each in entitlement.lapsed(programme, [group.pk], ON)] == ["left_register"]
    stop(by=by, supports=[support], on=date(2026, 5, 10), reason="Nhập hộ")
    here = new.members.present().get(full_name=child.full_name)
    assert entitlement.proposed(programme, [group.pk], ON) == [(new.pk, here.pk)]


def test_who_left_the_register_waits_for_no_receipt(group):
    home = poor(group)
    make_support(make_programme(group.parent), home, made_at="2026-01-02T00:00Z")
    assert Support.objects.unreceived(ON).exists()
    gone(home, day=date(2026, 5, 4))
    assert not Support.objects.unreceived(ON).exists()
