"""A ward with a round, an officer of one tổ dân phố, a supervisor and a chair, each signed in."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_listing, make_round


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def ward(db):
    area = make_ward()
    group, other = make_group(area), make_group(area)
    officer, supervisor, chair = (
        make_user("officer", group),
        make_user("supervisor", area),
        make_user("approver", area),
    )
    round_, elsewhere = make_round(area), make_household(other)
    household = make_household(
        group, head={"full_name": "Nguyễn Thị Đào", "cccd": "042180001234", "sex": "female"}
    )
    for each in (household, elsewhere):
        make_listing(round_, each)
    return SimpleNamespace(
        area=area,
        group=group,
        other=other,
        round=round_,
        household=household,
        elsewhere=elsewhere,
        officer=officer,
        supervisor=supervisor,
        chair=chair,
        as_officer=client_of(officer),
        as_supervisor=client_of(supervisor),
        as_chair=client_of(chair),
        as_admin=client_of(make_user("admin")),
        as_viewer=client_of(make_user("viewer", area)),
    )
