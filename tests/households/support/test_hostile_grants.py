"""A page of proposals gone back to and sent for other households must not say that they were given."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions.support.assigning import Recipient, grant
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_status

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_one_request_for_other_households():
    group = make_group(make_ward())
    programme, by = make_programme(group.parent), make_user("officer", group)
    homes = [make_household(group) for _ in range(2)]
    for each in homes:
        make_status(each, "poor", date(2025, 12, 1))
    first, second = (Recipient(each.pk) for each in homes)
    named = {
        "by": by, "programme": programme, "day": TODAY, "reason": "Theo danh sách", "today": TODAY,
        "request_id": uuid4(),
    }  # fmt: skip
    made = grant(**named, recipients=[first]).made
    with pytest.raises(ValidationError, match="đã dùng để giao một lần"):
        grant(**named, recipients=[second])
    again = grant(**named, recipients=[first, second])
    assert again.made == made
    assert [each for each, _ in again.refused] == [second]
