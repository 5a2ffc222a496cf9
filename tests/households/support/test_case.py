"""The case page: one household's story in order, from every room, for those who may read it."""

from datetime import date

import pytest
from django.urls import reverse

from households.models import Certificate
from households.reports.support import case
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_status
from tests.households.reports.test_report_pages import signed_in
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def household():
    """Poor from December 2024, near poor a year later, with its certificate."""
    home = make_household(make_group(make_ward()), opened_date=date(2023, 3, 1))
    poor = make_status(home, "poor", date(2024, 12, 1), lacking=("water", "toilet", "insurance"))
    make_status(home, "near_poor", date(2025, 12, 1), lacking=("water",))
    Certificate.objects.create(
        ward=home.area.parent, year=2024, serial=1, number="01/GCN", kind="poor", household=home, status=poor,
        holder=home.head_name, issued_on=date(2024, 12, 10),
    )  # fmt: skip
    return home


def test_the_story_is_told_in_order(household):
    lines = case.told(household)
    assert [(each.entry.on, each.part, each.entry.title) for each in lines] == [
        (date(2023, 3, 1), "register", "Vào sổ: đưa vào sổ"),
        (date(2024, 12, 1), "class", "Hộ nghèo"),
        (date(2024, 12, 10), "paper", "Giấy chứng nhận hộ nghèo số 01/GCN"),
        (date(2025, 12, 1), "class", "Hộ cận nghèo"),
    ]
    assert "Nguồn nước sinh hoạt" in lines[1].entry.text
    assert [each.part for each in case.told(household, ["paper"])] == ["paper"]
    assert [year for year, _ in case.by_year(lines)] == [2023, 2024, 2025]


def test_who_may_read_it(household):
    url, ward = reverse("case_page", args=[household.pk]), household.area.parent
    for role, area, status in (
        ("officer", household.area, 200), ("supervisor", ward, 200), ("approver", ward, 200), ("admin", ward, 403),
        ("viewer", ward, 403), ("officer", make_group(ward), 404),
    ):  # fmt: skip
        assert signed_in(make_user(role, area)).get(url).status_code == status, role
    assert Event.objects.filter(act="household.view").count() == 3


def test_the_page_turns_round_and_narrows(household):
    client = signed_in(make_user("officer", household.area))
    url = reverse("case_page", args=[household.pk])
    page = client.get(url).content.decode()
    assert page.index("Năm 2023") < page.index("Năm 2025")
    page = client.get(url, {"thu-tu": "moi", "phan": ["class", "nonsense"]}).content.decode()
    assert "Năm 2023" not in page
    assert page.index("Năm 2025") < page.index("Năm 2024")
    assert "2 việc đã ghi" in page


def test_hostile_text_stays_text(household):
    household.address = "<script>alert(1)</script>"
    household.save()
    page = signed_in(make_user("officer", household.area)).get(reverse("case_page", args=[household.pk]))
    assert "<script>alert" not in page.content.decode()


def test_a_long_story_is_read_in_one_query_and_its_page_in_twelve(household, django_assert_max_num_queries):
    client, url = signed_in(make_user("officer", household.area)), reverse("case_page", args=[household.pk])
    client.get(url)
    for year in range(2000, 2010):
        make_member(household, full_name=f"Người {year}", birth_year=year)
    make_status(household, "not_poor", date(2026, 11, 1))
    with django_assert_max_num_queries(1):
        case.told(household)
    with django_assert_max_num_queries(12):
        client.get(url)
