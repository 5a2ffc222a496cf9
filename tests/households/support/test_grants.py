"""Help a household received: recorded once, never changed, taken out with a reason; and what the picture makes of it."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support.grants import record_support, void_support
from households.models import Receipt, Support
from households.reports import Live
from households.reports.picture import support as picture
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.reports.test_report_pages import signed_in
from tests.refusals import refused
from thanhsen.models import Area, Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def household():
    return make_household(make_group(make_ward()))


def give(
    household, policy="livelihood", content="2 con bò giống", day=date(2026, 5, 4), amount=30_000_000, **named
):
    values = {"policy": policy, "content": content, "received_on": day, "amount": amount, "source": "NS tỉnh"}
    return record_support(by=make_user(), household=household, values=values, today=TODAY, **named)


def test_a_help_is_recorded_with_its_trail(household):
    made = give(household)
    assert (made.area_id, str(made)) == (
        household.area_id,
        "Sinh kế, mô hình phát triển kinh tế: 2 con bò giống",
    )
    assert Event.objects.get(act="support.record").record_id == made.pk


def test_the_same_request_and_the_same_help_count_once(household):
    request_id = uuid4()
    assert give(household, request_id=request_id) == give(household, request_id=request_id)
    with pytest.raises(ValidationError, match="đã được ghi khoản này"):
        give(household)
    assert give(household, day=date(2026, 5, 5)).pk


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 11, 26), "tương lai"), (date(2021, 12, 31), "không thể trước đó")]
)
def test_a_day_that_cannot_be(household, day, words):
    with pytest.raises(ValidationError, match=words):
        give(household, day=day)


def test_a_mistake_is_taken_out_with_its_reason_and_stays(household):
    made, supervisor = give(household), make_user("supervisor")
    void_support(by=supervisor, support=made, reason="Ghi nhầm hộ", at=AT)
    assert list(household.supports.counted()) == []
    with pytest.raises(ValidationError, match="đã được bỏ"):
        void_support(by=supervisor, support=made, reason="x", at=AT)
    assert give(household).pk != made.pk  # the right one may be entered again


def test_rules_by_name(household):
    made = give(household)
    rows = Support.objects.filter(pk=made.pk)
    refused("support_is_only_voided", rows.update, content="y")
    refused("support_never_deleted", rows._raw_delete, rows.db)
    receipts = Receipt.objects.filter(support=made)
    refused("receipt_is_only_voided", receipts.update, amount=1)
    refused("receipt_never_deleted", receipts.delete)
    refused("receipt_amount_sensible", Receipt.objects.create, support=made, received_on=TODAY, amount=10**12)
    refused("support_voided_with_reason", rows.update, voided_at=AT)
    named = {
        "household": household,
        "area": household.area,
        "policy": "loan",
        "content": "x",
        "valid_from": TODAY,
    }
    for constraint, changes in (
        ("support_policy_known", {"policy": "gold"}),
        ("support_says_what", {"content": ""}),
        ("support_area_is_group", {"area": Area.objects.get(pk=household.area.parent_id)}),
        (
            "support_once_a_day",
            {"policy": "livelihood", "content": "2 con bò giống", "valid_from": date(2026, 5, 4)},
        ),
    ):
        refused(constraint, Support.objects.create, **{**named, **changes})


def test_the_page_of_a_household(household):
    ward = household.area.parent
    url = reverse("support_list", args=[household.pk])
    client = signed_in(make_user("officer", household.area))
    data = {
        "policy": "loan",
        "content": "Vay NHCSXH",
        "received_on": "04/05/2026",
        "amount": "50.000.000",
        "request_id": uuid4(),
    }
    assert client.post(url, data).status_code == 302
    assert "50.000.000" in client.get(url).content.decode()
    assert client.post(url, {**data, "content": "", "request_id": uuid4()}).status_code == 422
    chair = signed_in(make_user("approver", ward))
    assert chair.get(url).status_code == 200
    assert chair.post(url, {**data, "request_id": uuid4()}).status_code == 403
    for role in ("viewer", "admin"):
        assert signed_in(make_user(role, ward)).get(url).status_code == 403
    assert signed_in(make_user("officer", make_group(make_ward()))).get(url).status_code == 404
    made = Support.objects.get()
    void = reverse("support_void", args=[made.pk])
    assert client.post(void, {"reason": ""}).status_code == 422
    assert client.post(void, {"reason": "Ghi nhầm"}).status_code == 302
    assert "đã bỏ: Ghi nhầm" in client.get(url).content.decode()


def a_year(helped: int, others: int):
    """Poor households at the beginning of 2026; of the helped all but one are out by December, of the others one."""
    group = make_group(make_ward())
    for number in range(helped + others):
        home = make_household(group)
        make_status(home, "poor", date(2025, 12, 1), lacking=("water", "toilet", "insurance"))
        out = number < helped - 1 or number == helped
        make_status(home, "not_poor" if out else "poor", date(2026, 10, 1), lacking=() if out else ("water",))
        if number < helped:
            give(home, amount=10_000_000)
    return group


def test_what_became_of_the_helped_and_of_the_others():
    group = a_year(6, 5)
    found = picture.helped(Live(2026).scope(group))
    assert set(found) == {"livelihood", "any", ""}
    assert found["livelihood"] == found["any"].__class__(6, 60_000_000, 5, 1, 0, 0, 18, 1)
    assert (found[""].households, found[""].better, found[""].same, found[""].lacks) == (5, 1, 4, 4)
    shown = picture.section(Live(2026).scope(group), restricted=False)
    assert [row.name for row in shown.rows][-2:] == ["Có hỗ trợ bất kỳ", "Không có hỗ trợ nào được ghi"]
    assert [entry.text for entry in shown.rows[0].entries][:4] == ["6", "60.000.000", "5", "83,33\u00a0%"]


def test_nothing_under_five_to_a_viewer():
    group = a_year(6, 5)
    shown = picture.section(Live(2026).scope(group), restricted=True)
    assert {entry.text for row in shown.rows for entry in row.entries[1:]} == {"ẩn"}
    assert shown.chart is None or not shown.chart.rows


def test_a_year_without_help_says_where_to_record_it(household):
    shown = picture.section(Live(2026).scope(household.area), restricted=False)
    assert shown.rows == ()
    assert "Chưa ghi khoản hỗ trợ nào năm 2026" in shown.lead[0]


def test_the_dashboard_shows_it(household):
    ward = household.area.parent
    make_status(household, "poor", date(2025, 12, 1))
    give(household)
    page = signed_in(make_user("approver", ward)).get(
        reverse("dashboard"), {"nam": "2026", "dia_ban": ward.pk}
    )
    assert "Hỗ trợ đi đâu và đổi được gì" in page.content.decode()
