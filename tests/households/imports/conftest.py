"""A ward of two tổ dân phố and a supervisor who sends files in."""

import pytest

from tests.factories import make_group, make_user, make_ward
from tests.households.imports.books import book, send
from thanhsen.permissions import Role


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def groups(ward):
    return [make_group(ward, name=f"Tổ dân phố {number}", code=f"TDP{number}") for number in (1, 2)]


@pytest.fixture
def sender(ward, groups):
    return make_user(Role.SUPERVISOR, areas=ward)


@pytest.fixture
def sent(sender, ward):
    return lambda *rows, **more: send(book(rows), by=sender, ward=ward, **more)
