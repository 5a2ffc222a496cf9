"""Help a household received: recorded once, never changed, taken out with a reason; and what the picture makes of it."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support.grants import record_support, void_support
from households.models import Receipt, Support
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
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
