"""A share only of what is wholly seen; nothing to stop once the period is over."""

from datetime import date

import pytest
from django.urls import reverse

from households.models import Budget, Receipt
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_support
from tests.households.reports.test_report_pages import signed_in

pytestmark = pytest.mark.django_db


def test_an_officer_of_some_places_is_not_told_a_share_of_the_plan_of_the_ward():
    group = make_group(make_ward())
    programme = make_programme(group.parent)
    support = make_support(programme, make_household(group))
    Receipt.objects.create(support=support, received_on=date(2026, 5, 1), amount=8_270_000)
    Budget.objects.create(programme=programme, year=2026, planned=100_000_000, basis="Ví dụ")
    pages = [reverse("budget_page", args=[2026]), reverse("programme_detail", args=[programme.pk])]
    for page in pages:
        assert "8,27%" in signed_in(make_user("supervisor", group.parent)).get(page).content.decode()
        shown = signed_in(make_user("officer", group)).get(page).content.decode()
        assert "8,27%" not in shown
        assert "của cả phường" in shown


def test_what_is_over_is_not_to_be_stopped():
    group = make_group(make_ward())
    home, programme = make_household(group), make_programme(group.parent)
    over = make_support(programme, home, valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1))
    shown = signed_in(make_user("officer", group)).get(reverse("support_list", args=[home.pk]))
    assert reverse("support_stop", args=[over.pk]) not in shown.content.decode()


def test_what_was_lent_is_not_added_to_what_was_given():
    group = make_group(make_ward())
    home = make_household(group)
    for policy, amount in (("loan", 50_000_000), ("insurance", 972_000)):
        support = make_support(make_programme(group.parent, policy=policy), home)
        Receipt.objects.create(support=support, received_on=date(2026, 5, 1), amount=amount)
    shown = (
        signed_in(make_user("officer", group)).get(reverse("support_list", args=[home.pk])).content.decode()
    )
    assert "đã nhận cộng 972.000 đồng, vay 50.000.000 đồng" in shown
