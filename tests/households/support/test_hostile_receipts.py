"""A page of receipts gone back to and sent for other households must not say that it was recorded."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions.support.receipts import receive
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
