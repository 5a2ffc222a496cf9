"""The page of holidays: typed, suggested, taken out; each save is one act of the trail."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import make_user, make_ward
from tests.refusals import refused
from thanhsen.holidays import Span, save_holidays, suggested
from thanhsen.models import Event, Holiday
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db
PAGE = ("holidays_of", [2027])


@pytest.fixture
def supervisor():
    return make_user(Role.SUPERVISOR, make_ward())


def post(client, **data):
    return client.post(reverse(PAGE[0], args=PAGE[1]), data)


def stored():
    return list(Holiday.objects.order_by("date").values_list("date", "kind"))


def test_a_span_and_the_suggested_days_are_saved_together(client, supervisor):
    client.force_login(supervisor)
    response = post(
        client, first="5/2/2027", last="7/2/2027", name=" Tết  Nguyên đán ", kind="off", suggestions=["2027-01-01"]
    )  # fmt: skip
    assert response.status_code == 302
    assert stored() == [(date(2027, 1, 1), "off"), *((date(2027, 2, each), "off") for each in (5, 6, 7))]
    event = Event.objects.get()
    assert (event.act, event.actor, event.reason) == ("holiday.save", supervisor, "Năm 2027")
    assert event.after == {
        "days": [
            "Tết Dương lịch 01/01/2027 (nghỉ lễ)",
            *(f"Tết Nguyên đán 0{each}/02/2027 (nghỉ lễ)" for each in (5, 6, 7)),
        ]
    }


def test_only_fixed_days_of_the_solar_calendar_are_suggested(supervisor):
    assert [span.first for span in suggested(2027)] == [
        date(2027, 1, 1), date(2027, 4, 30), date(2027, 5, 1), date(2027, 9, 2),
    ]  # fmt: skip
    save_holidays(by=supervisor, year=2027, added=suggested(2027)[:2])
    assert [span.first for span in suggested(2027)] == [date(2027, 5, 1), date(2027, 9, 2)]


def test_a_line_is_taken_out(client, supervisor):
    made = save_holidays(by=supervisor, year=2027, added=suggested(2027))
    client.force_login(supervisor)
    post(client, removed=[made[0].pk])
    assert len(stored()) == 3
    assert Event.objects.newest_first()[0].before == {"days": ["Tết Dương lịch 01/01/2027 (nghỉ lễ)"]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"first": ""}, "Chưa có gì để lưu"),
        ({"name": "Tết"}, "Chưa nhập ngày đầu."),
        ({"first": "5/2/2027"}, "Ghi tên ngày nghỉ"),
        ({"first": "5/2/2027", "last": "4/2/2027", "name": "Tết"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"first": "31/12/2027", "last": "1/1/2028", "name": "Tết"}, "Trang này là của năm 2027"),
        ({"first": "5/2/2027", "last": "5/4/2027", "name": "Tết"}, "Một dòng nhiều nhất 31 ngày"),
        ({"first": "8/2/2027", "name": "Bù", "kind": "worked"}, "Ngày làm bù phải là thứ bảy hoặc chủ nhật"),
        ({"first": "1/1/2027", "name": "Tết"}, "Ngày này đã có trong danh sách"),
        ({"removed": ["999"]}, "không có trong danh sách"),
        ({"suggestions": ["2027-02-06"]}, "không có trong danh sách"),
    ],
)
def test_wrong_input_is_answered_and_saves_nothing(client, supervisor, data, sentence):
    save_holidays(by=supervisor, year=2027, added=suggested(2027)[:1])
    client.force_login(supervisor)
    response = post(client, **data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMIN, 200), (Role.OFFICER, 403), (Role.APPROVER, 403), (Role.VIEWER, 403)]
)
def test_who_may(client, role, status):
    client.force_login(make_user(role, make_ward()))
    assert client.get(reverse("holidays"), follow=True).status_code == status


def test_the_database_keeps_the_rules(supervisor):
    def make(**fields):
        Holiday.objects.create(**{"date": date(2027, 2, 8), "name": "Tết", "entered_by": supervisor} | fields)

    make()
    refused("holiday_once", make)
    refused("holiday_made_up_on_a_weekend", make, date=date(2027, 2, 9), kind="worked")
    refused("holiday_named", make, date=date(2027, 2, 9), name="")
    refused("holiday_kind_known", make, date=date(2027, 2, 9), kind="swap")


def test_a_page_of_no_year_is_not_there(client, supervisor):
    client.force_login(supervisor)
    assert client.get(reverse("holidays_of", args=[1999])).status_code == 404
    with pytest.raises(ValidationError):
        save_holidays(by=supervisor, year=2026, added=[Span(date(2027, 1, 1), date(2027, 1, 1), "Tết")])


def test_the_page_costs_the_same_for_a_full_year(client, supervisor, django_assert_num_queries):
    client.force_login(supervisor)
    client.get(reverse("holidays_of", args=[2027]))
    with django_assert_num_queries(6):
        client.get(reverse("holidays_of", args=[2027]))
    save_holidays(by=supervisor, year=2027, added=suggested(2027))
    with django_assert_num_queries(6):
        client.get(reverse("holidays_of", args=[2027]))
