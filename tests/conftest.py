"""The browser of the journeys. (The database: tests/plugin.py.)"""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.handlers.base import BaseHandler
from hypothesis import settings

from tests.browser.shown import LEAVING, settled

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 60_000  # ms

# What is slow is measured by the benchmark: a busy machine fails no test.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow",
        action="store_true",
        help="journeys on a slow PC behind a slow line: what passes only when quick shows itself",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Tests in a browser commit, and are cleaned up by emptying the tables: the trail refuses that elsewhere."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER event_never_emptied ON thanhsen_event")


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Hashing slowly on purpose is for the portal, not for every user a test makes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """One Chromium for the whole run."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # Playwright keeps an event loop in this thread, so Django would take every query here for one in async code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        places = [*CHROMIUM, playwright.chromium.executable_path]
        found = next((place for place in places if Path(place).exists()), None)
        if found is None:
            pytest.skip("Không có Chromium để thử trên trình duyệt; cài: apt-get install chromium")
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What the browser complained of. A test that expects complaints clears the list before it ends."""
    return []


@pytest.fixture
def slow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """With --slow, the portal answers 400 ms later."""
    wanted = request.config.getoption("--slow")
    if wanted:
        answer = BaseHandler.get_response
        monkeypatch.setattr(BaseHandler, "get_response", lambda *asked: time.sleep(0.4) or answer(*asked))
    return wanted


@pytest.fixture
def page(browser, page_errors: list[str], slow: bool) -> Iterator:
    """A page of its own context, where nothing moves by itself: what is clicked lies still. The test fails on
    console errors (CSP violations are among them), on exceptions in scripts, and on any request that leaves this
    machine."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="vi-VN", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(LEAVING)
    page = context.new_page()
    if slow:  # and on a PC six times slower
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})

    def on_console(message) -> None:
        if message.type == "error":
            page_errors.append(f"console: {message.text}")

    def on_request(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.hostname not in (
            "127.0.0.1",
            "localhost",
            "testserver",
        ):
            page_errors.append(f"request leaves this machine: {request.url}")

    context.on("console", on_console)
    context.on("request", on_request)
    context.on("weberror", lambda error: page_errors.append(f"script: {error.error}"))
    yield page
    context.close()
    assert page_errors == []


@pytest.fixture(scope="session")
def assert_accessible():
    """assert_accessible(page): no violation of the accessibility rules of axe on the page asked for last."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def check(page) -> None:
        settled(page)
        results = axe.run(page)
        assert results.violations_count == 0, results.generate_report()

    return check
