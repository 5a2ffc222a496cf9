"""A page of receipts gone back to and sent for other households must not say that it was recorded."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from households.actions.support.receipts import receive, void_receipt
from households.models import Receipt
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_support

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("other", [{"supports": 1}, {"amount": 2}, {"received_on": date(2026, 4, 1)}])
def test_one_request_for_something_else(other):
    group = make_group(make_ward())
    programme, by = make_programme(group.parent), make_user("officer", group)
    first, second = (make_support(programme, make_household(group)) for _ in range(2))
    named = {
        "by": by, "supports": [first], "received_on": date(2026, 3, 1), "amount": 1, "today": TODAY,
        "request_id": uuid4(),
    }  # fmt: skip
    made = receive(**named)
    if "supports" in other:
        other = {"supports": [second]}
    with pytest.raises(ValidationError, match="đã ghi một lần rồi"):
        receive(**{**named, **other})
    assert receive(**named) == made
    assert Receipt.objects.count() == 1


def test_more_than_the_programme_gives_in_a_period_is_said_to_be_meant():
    group = make_group(make_ward())
    by, home = make_user("officer", group), make_household(group)
    support = make_support(make_programme(group.parent, amount=500_000), home)
    named = {"by": by, "supports": [support], "today": TODAY}
    receive(**named, received_on=date(2026, 3, 1), amount=300_000)
    receive(**named, received_on=date(2026, 4, 1), amount=200_000)  # in two parts
    for amount in (1, 500_000):
        with pytest.raises(ValidationError, match="đồng mỗi kỳ"):
            receive(**named, received_on=date(2026, 5, 1), amount=amount)
    with pytest.raises(ValidationError, match="Ghi chú"):
        receive(**named, received_on=date(2026, 5, 1), amount=1, beyond=True)
    receive(**named, received_on=date(2026, 5, 1), amount=1, beyond=True, note="Hỗ trợ thêm theo QĐ 12")
    assert Receipt.objects.filter(support=support).count() == 3


def test_a_receipt_taken_back_leaves_room_for_the_right_one():
    group = make_group(make_ward())
    by = make_user("officer", group)
    support = make_support(make_programme(group.parent, amount=500_000), make_household(group))
    (wrong,) = receive(by=by, supports=[support], received_on=date(2026, 3, 1), amount=500_000, today=TODAY)
    void_receipt(by=by, receipt=wrong, reason="Ghi nhầm ngày", at=now())
    receive(by=by, supports=[support], received_on=date(2026, 3, 2), amount=500_000, today=TODAY)
