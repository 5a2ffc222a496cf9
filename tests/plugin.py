"""Where the tests' database comes from. A plugin (addopts: -p tests.plugin), because pytest-django reads the
settings before any conftest.py is loaded."""

import fcntl
import os

import pytest

import portal
from thanhsen import postgres

SERVER = "pgtest"
_slots: list[int] = []


def _free_slot() -> int:
    """A number no other test run of this checkout uses now: each run has a database of its own."""
    base = portal.data_folder()
    for slot in range(1, 100):
        handle = os.open(base / f".{SERVER}.slot{slot}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        _slots.append(handle)  # locked until this process ends
        return slot
    raise pytest.UsageError("Quá nhiều lượt kiểm thử đang chạy cùng lúc.")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    portal.settle_for_tests()
    if os.environ.get("DATABASE_URL"):  # set by the caller, or by the run these workers belong to
        return
    slot = _free_slot()
    try:
        database = "portal" if slot == 1 else f"portal_{slot}"
        os.environ["DATABASE_URL"] = postgres.ensure(SERVER, test=True, database=database)
    except postgres.ServerError as error:
        raise pytest.UsageError(str(error)) from None


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if _slots:
        os.close(_slots.pop())
        postgres.leave(SERVER)
