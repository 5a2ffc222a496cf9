"""A ward with a round and its three people, for every test of the season's actions."""

from types import SimpleNamespace

import pytest

from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_round


@pytest.fixture
def place(db):
    ward = make_ward()
    group = make_group(ward)
    return SimpleNamespace(
        ward=ward, group=group, officer=make_user(areas=group), supervisor=make_user("supervisor", ward),
        chair=make_user("approver", ward), round=make_round(ward),
    )  # fmt: skip
