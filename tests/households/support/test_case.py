"""The case page: one household's story in order, from every room, for those who may read it."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from households.models import Certificate, Plan
from households.reports.support import case, now
from households.reports.support.entries import Entry
from households.reports.support.merged import merged
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_programme, make_status, make_support
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


def test_what_was_not_written_down_is_not_none(household):
    """A decision taken over without a sheet: nobody wrote what was lacking."""
    bare = make_household(household.area)
    make_status(bare, "poor", date(2022, 12, 1))
    page = (
        signed_in(make_user("officer", bare.area)).get(reverse("case_page", args=[bare.pk])).content.decode()
    )
    assert "Thiếu hụt: không ghi." in page
    assert "Không thiếu hụt" not in page
    assert "không chỉ số nào" not in page


def test_what_is_had_now_and_what_can_be_done(household):
    today = localdate()
    card = make_programme(household.area.parent, name="Thẻ", per="year")
    storm_before = make_programme(household.area.parent, name="Bão trước", per="once")
    storm = make_programme(household.area.parent, name="Bão", per="once")
    for programme, content, on in (
        (card, "Thẻ BHYT", today.replace(month=1, day=1)),
        (storm_before, "Quà bão năm ngoái", date(today.year - 1, 9, 1)),
        (storm, "Quà bão năm nay", today.replace(month=1, day=2)),
    ):
        make_support(programme, household, content=content, valid_from=on, valid_to=None)
    household.vulnerabilities.create(assessed_on=today, illness=True, exposures=["flood"])
    stands = now.of_household(household, today)
    assert [each.content for each in stands.lasting] == ["Thẻ BHYT"]
    assert [each.content for each in stands.once] == ["Quà bão năm nay"]
    page = (
        signed_in(make_user("officer", household.area))
        .get(reverse("case_page", args=[household.pk]))
        .content.decode()
    )
    for words in (
        "dễ bị ngập lụt, bão",
        "2024: hộ nghèo; 2025: hộ cận nghèo",
        reverse("need_add", args=[household.pk]),
    ):
        assert words in page, words
    shut = signed_in(make_user("approver", household.area.parent)).get(
        reverse("case_page", args=[household.pk])
    )
    assert reverse("need_add", args=[household.pk]) not in shut.content.decode()


def test_alike_entries_are_one_and_nothing_is_lost():
    day = date(2026, 1, 1)
    cards = [
        Entry(
            day, "support", f"Được giao: Thẻ ({name})", "Thẻ cả năm", "/x", shared="Được giao: Thẻ", whom=name
        )
        for name in ("An", "Bình")
    ]
    power = [
        Entry(date(2026, month, 5), "support", "Nhận: Điện", f"{month}0.000 đồng", "/x", shared="Nhận: Điện")
        for month in (3, 6)
    ]
    struck = replace(cards[0], is_struck=True)
    told = merged([*cards, struck, *power])
    assert [(each.on, each.title, each.text) for each in told] == [
        (day, "Được giao: Thẻ (2 người)", "An, Bình: Thẻ cả năm"),
        (day, "Được giao: Thẻ (An)", "Thẻ cả năm"),
        (date(2026, 3, 5), "Nhận: Điện (2 ngày)", "05/03/2026: 30.000 đồng\n05/06/2026: 60.000 đồng"),
    ]
    assert merged([]) == []


def test_on_one_day_given_before_received_before_done(household):
    day = localdate()
    plan = Plan.objects.create(household=household, made_on=day, goal="x")
    plan.steps.create(position=1, text="Nhận thẻ", who="ward", due_on=day)
    Plan.objects.filter(pk=plan.pk).update(agreed_on=day, agreed_by="x")
    plan.steps.update(done_on=day)
    programme = make_programme(household.area.parent, name="Thẻ", per="year")
    support = make_support(programme, household, content="Thẻ", valid_from=day, valid_to=None)
    support.receipts.create(received_on=day)
    titles = [each.entry.title for each in case.told(household) if each.entry.on == day]
    assert [each for each in titles if "hẻ" in each] == ["Được giao: Thẻ", "Nhận: Thẻ", "Xong: Nhận thẻ"]
